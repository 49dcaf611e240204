-- The instances of the site as they tell of themselves, and alarms that are not about a measurement.

-- One row for each instance: it writes it every 5 s and takes it away when it stops in order. All times are this database's:
-- the clocks of machines are never compared.
create table instance (
    name                text primary key,
    run                 uuid not null,
    address             text not null,
    version             text not null,
    started_at          timestamptz not null,
    heard_since         timestamptz not null,
    last_seen           timestamptz not null,
    contested_at        timestamptz,
    state               text not null check (state in ('UP', 'DRAINING')),
    requests_per_second double precision not null,
    p99_ms              double precision,
    in_flight           int not null,
    settings            jsonb not null
) with (fillfactor = 50);
comment on column instance.run is 'One start of the process. Two that take turns in a row have the same name by mistake.';
comment on column instance.heard_since is 'Since when without a gap: only who has been heard for a while may judge others.';
comment on column instance.contested_at is 'When two processes were last seen to use this name.';
comment on column instance.settings is 'In force, by name; secrets are masked before they come here.';

-- Silent for too long. One that drains was asked to go: that it is gone is no news.
create function is_lost(i instance) returns boolean stable language sql as $$
    select i.state = 'UP' and i.last_seen < now() - interval '15 seconds'
$$;

-- Technical alarms have a condition (a stable name) and a subject in place of a variable at a place, and no value.
-- not valid: what stands here already was held to the same by V1, and need not be read again.
alter table alarm
    add column kind text not null default 'PHYSIOLOGICAL',
    add column condition text,
    add column subject text,
    alter column variable_id drop not null,
    alter column place_id drop not null,
    alter column value drop not null,
    alter column limit_exceeded drop not null,
    add constraint alarm_is_physiological_or_technical check (
        kind = 'PHYSIOLOGICAL' and num_nulls(variable_id, place_id, value, limit_exceeded) = 0 and num_nonnulls(condition, subject) = 0
        or kind = 'TECHNICAL' and num_nulls(condition, subject) = 0 and num_nonnulls(variable_id, value, limit_exceeded) = 0) not valid;

-- Whichever instances notice, and however often: one open alarm of a subject, and one of each time that it began.
create unique index alarm_one_technical_open on alarm (condition, subject) where kind = 'TECHNICAL' and cleared_at is null;
create unique index alarm_technical_by_story on alarm (condition, subject, raised_at) where kind = 'TECHNICAL';
