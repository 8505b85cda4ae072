-- Browser sessions, what users allowed clients, and the clients that are still to hear that a session ended.
--
-- Order of locks, in place of the one in V3: tenant, code, grant, session (one user's in the order of their key), consent,
-- user, denial_counts in the order of their key, client, denial_log. Rows of logouts are only inserted, or taken by
-- whoever finds them unlocked.

-- Ids begin with their day of expiry; a partition is a week. No row, no session. No index on what uses, logins and
-- listeners change, so that they stay on their page.
CREATE TABLE sessions (
    expiry_day      integer NOT NULL,
    id              bytea NOT NULL,
    tenant          text NOT NULL,
    secret          bytea NOT NULL,
    subject         text NOT NULL,
    -- As its user spells it: subject shortens a long one.
    subject_name    text NOT NULL,
    subject_epoch   bigint NOT NULL,
    auth_time       bigint NOT NULL,
    created_at      bigint NOT NULL,
    last_used_at    bigint NOT NULL,
    idle_expires_at bigint NOT NULL,
    expires_at      bigint NOT NULL,
    -- As clients spell their ids.
    listeners       text[] NOT NULL,
    record          bytea NOT NULL,
    PRIMARY KEY (expiry_day, id, tenant)
) PARTITION BY RANGE (expiry_day);
CREATE INDEX sessions_subject ON sessions (tenant, subject, expiry_day);

-- A withdrawn one stays, granted at 0; one without scope holds, but is asked for each time. A refresh asks for the epoch only.
CREATE TABLE consents (
    tenant     text NOT NULL,
    subject    text NOT NULL,
    client_id  text NOT NULL,
    scope      text[] NOT NULL,
    epoch      bigint NOT NULL,
    granted_at bigint NOT NULL,
    PRIMARY KEY (tenant, subject, client_id) INCLUDE (epoch)
) WITH (fillfactor = 90);

-- They live for minutes, most of them for less than a second, and are swept in batches. Names as their owners spell
-- them: the index of clients holds hashes, which have no longest name.
CREATE TABLE logouts (
    tenant     text NOT NULL,
    id         bytea NOT NULL,
    client_id  text NOT NULL,
    subject    text NOT NULL,
    session    bytea NOT NULL,
    tries      integer NOT NULL,
    due_at     bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX logouts_due_at ON logouts (due_at);
CREATE INDEX logouts_expires_at ON logouts (expires_at);
CREATE INDEX logouts_client ON logouts USING hash (client_id);

-- As in V2, and sessions like grants.
CREATE OR REPLACE FUNCTION partition_days_1(p_table text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_table IN ('grants', 'sessions') THEN 7 ELSE 1 END
$$;

-- As in V2, and for sessions.
CREATE OR REPLACE FUNCTION make_partition_1(p_table text, p_day integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_start integer := partition_start_1(p_table, p_day);
    v_name text := p_table || '_' || v_start;
BEGIN
    IF p_table NOT IN ('codes', 'spent', 'grants', 'sessions') THEN
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

-- Whether a session counts now, for whoever shows a secret: as SessionRules says.
CREATE FUNCTION session_stands_1(s sessions, p_secret bytea, u users, p_now bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(s.secret = p_secret AND p_now < s.idle_expires_at AND p_now < s.expires_at
        AND user_stands_1(u, s.subject_epoch), false)
$$;

-- Denies what was given in a session that is gone. Its key is the sid.
CREATE FUNCTION deny_session_1(s sessions, p_now bigint, p_until bigint) RETURNS denials LANGUAGE sql AS $$
    SELECT deny_1(denial_1(s.tenant, 'SESSION', translate(encode(s.id, 'base64'), '+/', '-_'), 0, '', '', p_until, NULL),
        p_now, p_until, false)
$$;

-- Lets a logout wait for every client that listens to a session which is gone. p_end: when it is forgotten. p_most: so
-- many wait for one client.
CREATE FUNCTION add_logouts_1(s sessions, p_now bigint, p_end bigint, p_most bigint) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO logouts
    SELECT s.tenant, uuid_send(gen_random_uuid()), l.client_id, s.subject_name, s.id, 0, p_now, p_end
    FROM unnest(s.listeners) AS l (client_id)
    WHERE p_most > (SELECT count(*) FROM (SELECT FROM logouts x
        WHERE x.client_id = l.client_id AND x.tenant = s.tenant LIMIT p_most) waiting)
$$;

-- Writes the session of a user who has just logged in, or renews the shown one where it is the same user's, and ends it
-- where it is another's. s: as it is now.
CREATE FUNCTION begin_session_1(p_day integer, p_id bytea, p_tenant text, p_secret bytea, p_subject text,
    p_subject_name text, p_subject_epoch bigint, p_auth_time bigint, p_created_at bigint, p_last_used_at bigint,
    p_idle_expires_at bigint, p_expires_at bigint, p_listeners text[], p_record bytea, p_shown_day integer,
    p_shown_id bytea, p_shown_secret bytea, p_now bigint, p_until bigint, p_logout_end bigint, p_logouts bigint,
    OUT s sessions, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_shown sessions;
BEGIN
    IF p_shown_id IS NOT NULL THEN
        SELECT x.* INTO v_shown FROM sessions x JOIN users y ON y.tenant = x.tenant AND y.subject = x.subject
        WHERE x.expiry_day = p_shown_day AND x.id = p_shown_id AND x.tenant = p_tenant
            AND session_stands_1(x, p_shown_secret, y, p_now)
        FOR UPDATE OF x;
    END IF;
    IF v_shown.subject = p_subject THEN
        UPDATE sessions x SET secret = p_secret, subject_epoch = p_subject_epoch, auth_time = p_auth_time,
            last_used_at = p_last_used_at, idle_expires_at = least(p_idle_expires_at, x.expires_at), record = p_record
        WHERE x.expiry_day = p_shown_day AND x.id = p_shown_id AND x.tenant = p_tenant
        RETURNING x.* INTO s;
    ELSE
        INSERT INTO sessions AS x
        VALUES (p_day, p_id, p_tenant, p_secret, p_subject, p_subject_name, p_subject_epoch, p_auth_time, p_created_at,
            p_last_used_at, p_idle_expires_at, p_expires_at, p_listeners, p_record)
        RETURNING x.* INTO s;
    END IF;
    IF v_shown.subject <> p_subject THEN
        DELETE FROM sessions x WHERE x.expiry_day = p_shown_day AND x.id = p_shown_id AND x.tenant = p_tenant;
        PERFORM add_logouts_1(v_shown, p_now, p_logout_end, p_logouts);
    END IF;
    UPDATE users SET last_login_at = p_now WHERE tenant = p_tenant AND subject = p_subject;
    IF v_shown.subject <> p_subject THEN
        d := deny_session_1(v_shown, p_now, p_until);
    END IF;
END $$;

-- Ends the shown session, or (p_other_id not null) another one of the same user. ended: whether there was one to end.
CREATE FUNCTION end_session_1(p_day integer, p_id bytea, p_tenant text, p_secret bytea, p_other_day integer,
    p_other_id bytea, p_now bigint, p_until bigint, p_logout_end bigint, p_logouts bigint,
    OUT ended boolean, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_subject text;
    v_ended sessions;
BEGIN
    SELECT x.subject INTO v_subject FROM sessions x JOIN users y ON y.tenant = x.tenant AND y.subject = x.subject
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND session_stands_1(x, p_secret, y, p_now);
    -- Also what comes late finds no row any more: one of many ends it.
    DELETE FROM sessions x
    WHERE x.expiry_day = coalesce(p_other_day, p_day) AND x.id = coalesce(p_other_id, p_id) AND x.tenant = p_tenant
        AND x.subject = v_subject AND (p_other_id IS NOT NULL OR x.secret = p_secret)
    RETURNING x.* INTO v_ended;
    ended := FOUND;
    IF ended THEN
        PERFORM add_logouts_1(v_ended, p_now, p_logout_end, p_logouts);
        d := deny_session_1(v_ended, p_now, p_until);
    END IF;
END $$;

-- Writes a user's new password, p_record, in the expected version of the row: their next epoch begins, every other
-- session ends, and the shown one goes on. Outcomes: CHANGED, NO_SESSION, STALE (read again). p_sessions: so many end at
-- most; of more the generation is over all the same.
CREATE FUNCTION change_password_1(p_day integer, p_id bytea, p_tenant text, p_secret bytea, p_fresh bytea,
    p_expected bigint, p_record bytea, p_sessions bigint, p_now bigint, p_until bigint, p_logout_end bigint,
    p_logouts bigint, OUT outcome text, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_subject text;
    v_shown sessions;
    v_ended sessions;
    v_others bytea[];
    v_epoch bigint;
BEGIN
    SELECT x.subject INTO v_subject FROM sessions x
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND x.secret = p_secret;
    v_others := ARRAY(SELECT x.id FROM sessions x WHERE x.tenant = p_tenant AND x.subject = v_subject
        ORDER BY x.expiry_day, x.id LIMIT p_sessions FOR UPDATE);
    SELECT x.* INTO v_shown FROM sessions x JOIN users y ON y.tenant = x.tenant AND y.subject = x.subject
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND session_stands_1(x, p_secret, y, p_now)
    FOR UPDATE OF x;
    IF NOT FOUND THEN
        outcome := 'NO_SESSION';
        RETURN;
    END IF;
    UPDATE users SET epoch = epoch + 1, version = version + 1, record = p_record
    WHERE tenant = p_tenant AND subject = v_subject AND version = p_expected
    RETURNING epoch INTO v_epoch;
    IF NOT FOUND THEN
        outcome := 'STALE';
        RETURN;
    END IF;
    UPDATE sessions x SET secret = p_fresh, subject_epoch = v_epoch
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant;
    FOR v_ended IN
        DELETE FROM sessions x WHERE x.tenant = p_tenant AND x.subject = v_subject AND x.id = ANY (v_others) AND x.id <> p_id
        RETURNING x.*
    LOOP
        PERFORM add_logouts_1(v_ended, p_now, p_logout_end, p_logouts);
    END LOOP;
    outcome := 'CHANGED';
    d := deny_1(denial_1(p_tenant, 'SUBJECT', v_shown.subject_name, v_epoch, '', '', p_until, NULL),
        p_now, p_until, false);
END $$;

-- Removes some logouts that were forgotten before an instant; says how many.
CREATE FUNCTION sweep_logouts_1(p_before bigint, p_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_swept integer;
BEGIN
    DELETE FROM logouts WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM logouts WHERE expires_at < p_before LIMIT p_most FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS v_swept = ROW_COUNT;
    RETURN v_swept;
END $$;
