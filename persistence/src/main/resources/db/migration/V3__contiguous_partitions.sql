-- Partitions of measurements without a default one among them, and without gaps: then PostgreSQL knows their order, and a
-- question for the newest reads the newest partition and stops. With a default partition it has to merge all of them.

-- The partitions and the time of each. The first one begins at no time: it has what is older than the weeks.
create view measurement_partition as
select i.inhrelid::regclass as name,
       tstzrange((regexp_match(b.bounds, 'FROM \(''([^'']+)''\)'))[1]::timestamptz,
                 (regexp_match(b.bounds, 'TO \(''([^'']+)''\)'))[1]::timestamptz) as time
from pg_inherits i
join pg_class c on c.oid = i.inhrelid
cross join lateral (select pg_get_expr(c.relpartbound, c.oid)) as b (bounds)
where i.inhparent = 'measurement'::regclass;

-- The weeks (from Monday 00:00 UTC) without a partition, from that of one time to that of the other.
create function missing_measurement_weeks(since timestamptz, until timestamptz) returns timestamptz[]
language sql stable set timezone = 'UTC' as $$
    select array(
        select week
        from generate_series(date_trunc('week', since), until, interval '7 days') as week
        where not coalesce((select range_agg(time) from measurement_partition), '{}') @> week
        order by week);
$$;

-- Makes their partitions; answers how many. Safe on several instances at once, and no intake waits for it.
create function make_measurement_partitions(since timestamptz, until timestamptz) returns int
language plpgsql set timezone = 'UTC' as $$
declare
    weeks timestamptz[] := missing_measurement_weeks(since, until);
    week  timestamptz;
    name  text;
begin
    if cardinality(weeks) = 0 then
        return 0;
    end if;
    perform pg_advisory_xact_lock(hashtext('measurement_partition'));
    -- Another instance may have made them meanwhile. Only a volatile function sees that: each of its statements looks anew.
    weeks := missing_measurement_weeks(since, until);
    foreach week in array weeks loop
        name := 'measurement_' || to_char(week, 'IYYY"w"IW');
        while to_regclass(name) is not null loop
            -- One that was detached and kept must not stand in the way.
            name := name || '_';
        end loop;
        execute format('create table %I (like measurement including defaults including constraints)', name);
        execute format('alter table measurement attach partition %I for values from (%L) to (%L)', name, week, week + interval '7 days');
    end loop;
    return cardinality(weeks);
end $$;

-- The same from the first week that there is, so that no week between it and the given time is missing afterwards.
create function make_measurement_partitions(until timestamptz) returns int language sql as $$
    select make_measurement_partitions((select upper(time) from measurement_partition where lower_inf(time)), until);
$$;

-- Makes measurement_old, which is no partition at the moment, the one for all that is older than the given Monday. What it
-- holds of later weeks goes to partitions of these.
create function attach_old_measurements(before timestamptz) returns void language plpgsql set timezone = 'UTC' as $$
begin
    perform make_measurement_partitions(before, greatest(
        (select max(upper(time)) - interval '1 microsecond' from measurement_partition),
        (select max(taken_at) from measurement_old)));
    with moved as (delete from measurement_old where taken_at >= before returning *)
    insert into measurement select * from moved;
    execute format('alter table measurement attach partition measurement_old for values from (minvalue) to (%L)', before);
end $$;

-- Lets the weeks begin with that of an earlier time, for whoever brings years of history. It takes as long as reading
-- measurement_old three times, and every intake and query waits meanwhile.
create function begin_measurement_weeks(since timestamptz) returns void language plpgsql set timezone = 'UTC' as $$
begin
    perform pg_advisory_xact_lock(hashtext('measurement_partition'));
    if date_trunc('week', since) < (select upper(time) from measurement_partition where lower_inf(time)) then
        alter table measurement detach partition measurement_old;
        perform attach_old_measurements(date_trunc('week', since));
    end if;
end $$;

-- What is there already: the default partition keeps what is older than the first week, and its other rows, of weeks that were
-- missing between or after the others, get partitions. An empty site begins four weeks ago.
select pg_advisory_xact_lock(hashtext('measurement_partition'));
alter table measurement detach partition measurement_default;
alter table measurement_default rename to measurement_old;
alter index measurement_default_pkey rename to measurement_old_pkey;
select attach_old_measurements(coalesce(
    (select min(lower(time)) from measurement_partition),
    date_trunc('week', now() - interval '28 days', 'UTC')));

drop function make_measurement_partition(timestamptz);
