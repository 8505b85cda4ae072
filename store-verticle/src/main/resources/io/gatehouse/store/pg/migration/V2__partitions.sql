-- The partitions of codes, spent and grants: made ahead, dropped when their days are over.

-- How many days lie in one. Grants live for weeks: with one a day, plans would have hundreds to look at and to lock.
CREATE FUNCTION partition_days_1(p_table text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_table WHEN 'grants' THEN 7 ELSE 1 END
$$;

-- The first day of the partition that a day lies in.
CREATE FUNCTION partition_start_1(p_table text, p_day integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT p_day - p_day % partition_days_1(p_table)
$$;

-- Makes the partition of a day, unless it is there. Made aside and attached, since that blocks neither readers nor
-- writers of the others.
CREATE FUNCTION make_partition_1(p_table text, p_day integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_start integer := partition_start_1(p_table, p_day);
    v_name text := p_table || '_' || v_start;
BEGIN
    IF p_table NOT IN ('codes', 'spent', 'grants') THEN
        RAISE EXCEPTION 'no partitioned table: %', p_table;
    END IF;
    IF to_regclass(v_name) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('gatehouse.partitions'));
    IF to_regclass(v_name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) WITH (fillfactor = 70)', v_name, p_table);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
        p_table, v_name, v_start, v_start + partition_days_1(p_table));
    RETURN true;
END $$;

-- day: the first one of each.
CREATE FUNCTION partitions_1(p_table text) RETURNS TABLE (name text, day integer) LANGUAGE sql STABLE AS $$
    SELECT c.relname::text, substring(c.relname FROM '_(\d+)$')::integer
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = p_table::regclass
$$;

-- Makes what is missing between two days, some at a time; says how many. Nobody waits: where another node is at it, there is
-- nothing to do.
CREATE FUNCTION make_partitions_1(p_table text, p_first integer, p_last integer, p_most integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_day integer;
    v_made integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('gatehouse.partitions')) THEN
        RETURN 0;
    END IF;
    FOR v_day IN
        SELECT DISTINCT partition_start_1(p_table, d) AS start FROM generate_series(p_first, p_last) d
        WHERE NOT EXISTS (SELECT FROM partitions_1(p_table) p WHERE p.day = partition_start_1(p_table, d))
        ORDER BY start LIMIT p_most
    LOOP
        PERFORM make_partition_1(p_table, v_day);
        v_made := v_made + 1;
    END LOOP;
    RETURN v_made;
END $$;

-- Drops the oldest partition that ends before a day; says whether it did. That locks the table against everybody for a moment:
-- whoever holds it longer than the lock_timeout makes this fail, to be tried again later.
CREATE FUNCTION drop_partition_1(p_table text, p_before integer) RETURNS boolean
LANGUAGE plpgsql SET lock_timeout = '50ms' AS $$
DECLARE
    v_name text;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('gatehouse.partitions')) THEN
        RETURN false;
    END IF;
    SELECT p.name INTO v_name FROM partitions_1(p_table) p
    WHERE p.day + partition_days_1(p_table) <= p_before ORDER BY p.day LIMIT 1;
    IF v_name IS NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', p_table);
    EXECUTE format('DROP TABLE %I', v_name);
    RETURN true;
END $$;
