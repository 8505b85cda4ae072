-- Requests of devices that wait for a user (RFC 8628).

-- Ids begin with their day of expiry; a partition is a day. What was begun lies in the record; what polls and decisions
-- change, in columns.
CREATE TABLE devices (
    expiry_day    integer NOT NULL,
    digest        bytea NOT NULL,
    tenant        text NOT NULL,
    client_id     text NOT NULL,
    -- Digest of what the user types.
    user_code     bytea NOT NULL,
    poll_interval bigint NOT NULL,
    polled_at     bigint,
    state         text NOT NULL CHECK (state IN ('PENDING', 'ALLOWED', 'DENIED')),
    expires_at    bigint NOT NULL,
    record        bytea NOT NULL,
    PRIMARY KEY (expiry_day, digest, tenant)
) PARTITION BY RANGE (expiry_day);
CREATE INDEX devices_user_code ON devices (tenant, user_code);

-- As in V8, and for every table that is partitioned.
CREATE OR REPLACE FUNCTION make_partition_1(p_table text, p_day integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_start integer := partition_start_1(p_table, p_day);
    v_name text := p_table || '_' || v_start;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = to_regclass(p_table)) THEN
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

-- Writes a request; false where another live one of the tenant has its user code. No index can say that, since two that
-- live may lie in two partitions: whoever writes under a user code waits for whoever does the same. p_today: the day of
-- p_now; what lives expires then or the day after.
CREATE FUNCTION begin_device_1(p_tenant text, p_day integer, p_digest bytea, p_client_id text, p_user_code bytea,
    p_interval bigint, p_expires_at bigint, p_record bytea, p_today integer, p_now bigint) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('gatehouse.devices'), hashtext(p_tenant || encode(p_user_code, 'hex')));
    PERFORM FROM devices x
    WHERE x.tenant = p_tenant AND x.user_code = p_user_code AND x.expiry_day BETWEEN p_today AND p_today + 1
        AND x.expires_at > p_now;
    IF FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO devices (expiry_day, digest, tenant, client_id, user_code, poll_interval, state, expires_at, record)
    VALUES (p_day, p_digest, p_tenant, p_client_id, p_user_code, p_interval, 'PENDING', p_expires_at, p_record);
    RETURN true;
END $$;

-- Decides as DeviceRules says. pause: the interval that holds from now on.
CREATE FUNCTION poll_device_1(p_tenant text, p_client_id text, p_day integer, p_digest bytea, p_slower bigint,
    p_tolerance bigint, p_now bigint, OUT outcome text, OUT pause bigint) LANGUAGE plpgsql AS $$
DECLARE
    d devices;
    v_early boolean;
BEGIN
    SELECT * INTO d FROM devices x
    WHERE x.expiry_day = p_day AND x.digest = p_digest AND x.tenant = p_tenant AND x.client_id = p_client_id FOR UPDATE;
    pause := coalesce(d.poll_interval, 0);
    IF NOT FOUND THEN
        outcome := 'UNKNOWN';
    ELSIF p_now >= d.expires_at THEN
        outcome := 'EXPIRED';
    ELSIF d.state = 'DENIED' THEN
        outcome := 'DENIED';
    ELSE
        v_early := coalesce(p_now < d.polled_at + d.poll_interval - p_tolerance, false);
        outcome := CASE WHEN v_early THEN 'TOO_EARLY' ELSE d.state END;
        pause := pause + CASE WHEN v_early THEN p_slower ELSE 0 END;
        UPDATE devices x SET polled_at = p_now, poll_interval = pause
        WHERE x.expiry_day = p_day AND x.digest = p_digest AND x.tenant = p_tenant;
    END IF;
END $$;
