-- Second factors of users: one or none each.
--
-- Order of locks: as in V8, and a second factor behind the user.

CREATE TABLE second_factors (
    tenant      text NOT NULL,
    subject     text NOT NULL,
    -- Tells it from one that the same user had before.
    enrolled_at bigint NOT NULL,
    -- No code of this time step, or of an earlier one, counts any more.
    last_step   bigint NOT NULL,
    -- Digests of the recovery codes that are left.
    recovery    bytea[] NOT NULL,
    -- As it was enrolled, with its sealed secret.
    record      bytea NOT NULL,
    PRIMARY KEY (tenant, subject)
) WITH (fillfactor = 90);

-- Writes the second factor of the shown session's user, or (p_record null) takes it away: their next epoch begins, every other session
-- ends, and the shown one goes on as p_session says. changed: whether the session counts, and there was something to change.
-- p_sessions: so many end at most; of more the generation is over all the same.
CREATE FUNCTION change_second_factor_1(p_day integer, p_id bytea, p_tenant text, p_secret bytea, p_fresh bytea,
    p_session bytea, p_sessions bigint, p_enrolled_at bigint, p_step bigint, p_recovery bytea[], p_record bytea,
    p_now bigint, p_until bigint, p_logout_end bigint, p_logouts bigint, OUT changed boolean, OUT d denials)
LANGUAGE plpgsql AS $$
DECLARE
    v_subject text;
    v_shown sessions;
    v_ended sessions;
    v_others bytea[];
    v_epoch bigint;
BEGIN
    changed := false;
    SELECT x.subject INTO v_subject FROM sessions x
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND x.secret = p_secret;
    v_others := ARRAY(SELECT x.id FROM sessions x WHERE x.tenant = p_tenant AND x.subject = v_subject
        ORDER BY x.expiry_day, x.id LIMIT p_sessions FOR UPDATE);
    SELECT x.* INTO v_shown FROM sessions x JOIN users y ON y.tenant = x.tenant AND y.subject = x.subject
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND session_stands_1(x, p_secret, y, p_now)
    FOR UPDATE OF x;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    -- Whatever was taken back meanwhile stays so.
    PERFORM FROM users WHERE tenant = p_tenant AND subject = v_subject AND epoch <= v_shown.subject_epoch FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF p_record IS NULL THEN
        DELETE FROM second_factors WHERE tenant = p_tenant AND subject = v_subject;
    ELSE
        INSERT INTO second_factors
        VALUES (p_tenant, v_subject, p_enrolled_at, p_step, p_recovery, p_record)
        ON CONFLICT DO NOTHING;
    END IF;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE users SET epoch = epoch + 1, version = version + 1
    WHERE tenant = p_tenant AND subject = v_subject
    RETURNING epoch INTO v_epoch;
    UPDATE sessions x SET secret = p_fresh, subject_epoch = v_epoch, record = p_session
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant;
    FOR v_ended IN
        DELETE FROM sessions x WHERE x.tenant = p_tenant AND x.subject = v_subject AND x.id = ANY (v_others) AND x.id <> p_id
        RETURNING x.*
    LOOP
        PERFORM add_logouts_1(v_ended, p_now, p_logout_end, p_logouts);
    END LOOP;
    changed := true;
    d := deny_1(denial_1(p_tenant, 'SUBJECT', v_shown.subject_name, v_epoch, '', '', p_until, NULL),
        p_now, p_until, false);
END $$;
