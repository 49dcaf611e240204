-- Who did what, appended and never changed: hash-chained, one chain for each instance. See docs/decisions/audit-chains.md.

-- Written by requests in their own transactions, in no order that anybody waits for. Within about a second what is here is sealed.
create table audit_draft (
    id             bigint generated always as identity,
    instance       text not null,
    at             timestamptz not null default now(),
    who            text not null,
    roles          text[] not null,
    action         text not null,
    method         text,
    path           text,
    object         text,
    patients       text[] not null,
    detail         text,
    outcome        text not null check (outcome in ('done', 'not-found', 'refused')),
    status         smallint,
    address        text,
    correlation_id text,
    primary key (instance, id)
);
-- A queue: it is short, and what was taken from it is cleared away often.
alter table audit_draft set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 50000);

create table audit_entry (
    instance       text not null,
    number         bigint not null,
    at             timestamptz not null,
    who            text not null,
    roles          text[] not null,
    action         text collate "C" not null,
    method         text,
    path           text,
    object         text,
    patients       text[] not null,
    detail         text,
    outcome        text not null,
    status         smallint,
    address        text,
    correlation_id text,
    sealed_at      timestamptz not null,
    sealed_by      text not null,
    previous       bytea not null,
    hash           bytea not null,
    primary key (instance, number)
);
comment on column audit_entry.status is 'HTTP status; null for a change, which is noted in its own transaction before there is an answer.';
comment on column audit_entry.sealed_by is 'Another instance than its own: that one was lost, or gone, before it sealed this.';
create index audit_entry_by_time on audit_entry (at, instance, number);
create index audit_entry_by_who on audit_entry (who, at);
create index audit_entry_by_object on audit_entry (object, at) where object is not null;
create index audit_entry_by_action on audit_entry (action, at);
create index audit_entry_refused on audit_entry (at) where outcome = 'refused';
create index audit_entry_by_patient on audit_entry using gin (patients) where patients <> '{}';

-- How far each chain goes: without it entries taken off the end would not be missed.
create table audit_chain (
    instance text primary key,
    number   bigint not null,
    hash     bytea not null
) with (fillfactor = 50);

-- What instances have signed of the heads of all chains, in a chain for each instance that signs.
create table audit_checkpoint (
    witness   text not null,
    number    bigint not null,
    at        timestamptz not null,
    instances text[] not null,
    numbers   bigint[] not null,
    hashes    text[] not null,
    previous  text not null,
    key_id    text not null,
    signature bytea not null,
    primary key (witness, number)
);

-- One field of what is hashed: its length in bytes and its text, so that no two rows read the same; '-' for none.
create function audit_field(value text) returns text immutable language sql as $$
    select coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-') || ','
$$;

create function audit_field(value timestamptz) returns text immutable language sql as $$
    select audit_field(((extract(epoch from value) * 1000000)::bigint)::text)
$$;

create function audit_field(value text[]) returns text immutable language sql as $$
    select audit_field(cardinality(value)::text) || coalesce((select string_agg(audit_field(item), '' order by place)
                                                              from unnest(value) with ordinality as items (item, place)), '')
$$;

-- The hash of an entry over the one before it and all its own columns. The verification has a form of its own of the same.
create function audit_hash(e audit_entry) returns bytea immutable language sql as $$
    select sha256(convert_to(
        audit_field('velador-audit-1') || audit_field(e.instance) || audit_field(e.number::text) || audit_field(encode(e.previous, 'hex'))
        || audit_field(e.at) || audit_field(e.who) || audit_field(e.roles) || audit_field(e.action) || audit_field(e.method)
        || audit_field(e.path) || audit_field(e.object) || audit_field(e.patients) || audit_field(e.detail) || audit_field(e.outcome)
        || audit_field(e.status::text) || audit_field(e.address) || audit_field(e.correlation_id) || audit_field(e.sealed_at)
        || audit_field(e.sealed_by), 'UTF8'))
$$;

-- Seals what an instance has noted, oldest first, and answers how much. The row of the chain lets one do so at a time, whoever
-- calls; nobody but sealers waits for it. With the owner's rights: those who call may neither change nor take away what is noted.
create function seal_audit(chain text, sealer text, most int) returns int
language plpgsql security definer as $$
declare
    head  audit_chain;
    draft audit_draft;
    entry audit_entry;
    count int := 0;
begin
    if not exists (select from audit_draft d where d.instance = chain) then
        return 0;
    end if;
    insert into audit_chain values (chain, 0, '') on conflict do nothing;
    select * into head from audit_chain c where c.instance = chain for update;
    for draft in
        with taken as (
            delete from audit_draft d
            where d.instance = chain and d.id = any (array(
                select o.id from audit_draft o where o.instance = chain order by o.id limit most))
            returning *)
        select * from taken order by id
    loop
        head.number := head.number + 1;
        entry := row (chain, head.number, draft.at, draft.who, draft.roles, draft.action, draft.method, draft.path, draft.object,
            draft.patients, draft.detail, draft.outcome, draft.status, draft.address, draft.correlation_id, now(), sealer, head.hash, '');
        entry.hash := audit_hash(entry);
        insert into audit_entry select entry.*;
        head.hash := entry.hash;
        count := count + 1;
    end loop;
    update audit_chain c set number = head.number, hash = head.hash where c.instance = chain;
    return count;
end $$;

-- The chains of instances that are gone, or lost, and have left something unsealed.
create function abandoned_audit_chains() returns setof text stable language sql as $$
    select d.instance
    from (select distinct instance from audit_draft where at < now() - interval '15 seconds') d
    where not exists (select from instance i where i.name = d.instance and not is_lost(i))
    order by 1
$$;

-- No table of the same name elsewhere is taken for ours.
do $$
begin
    execute format('alter function seal_audit(text, text, int) set search_path = %I, pg_temp', current_schema());
end $$;
