-- Logins of one user beside each other waited for each other's commit, one after the other, to note when it was.

-- Notes a login, unless another one is just noting its own, which is of the same moment; waits for nobody.
CREATE FUNCTION note_login_1(p_tenant text, p_subject text, p_now bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM users WHERE tenant = p_tenant AND subject = p_subject FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE users SET last_login_at = p_now WHERE tenant = p_tenant AND subject = p_subject;
    END IF;
END $$;

-- As before, but for that.
CREATE OR REPLACE FUNCTION open_grant_2(p_day integer, p_id bytea, p_tenant text, p_client_id text, p_built_in boolean,
    p_subject text, p_family text, p_family_secret bytea, p_current_secret bytea, p_previous_secret bytea,
    p_sealed_successor bytea, p_generation bigint, p_rotated_at bigint, p_replayed boolean, p_subject_epoch bigint,
    p_client_epoch bigint, p_confirmation text, p_idle_expires_at bigint, p_expires_at bigint, p_revoked_at bigint,
    p_record bytea, p_session_day integer, p_session_id bytea, p_consent_epoch bigint, p_now bigint) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    v_written boolean;
    v_user users;
BEGIN
    LOOP
        INSERT INTO grants
        SELECT p_day, p_id, p_tenant, p_client_id, p_subject, p_family, p_family_secret, p_current_secret,
            p_previous_secret, p_sealed_successor, p_generation, p_rotated_at, p_replayed, p_subject_epoch,
            p_client_epoch, p_confirmation, p_idle_expires_at, p_expires_at, p_revoked_at, p_record,
            p_session_day, p_session_id, p_consent_epoch
        FROM users u LEFT JOIN clients c ON c.tenant = p_tenant AND c.client_id = p_client_id
        WHERE u.tenant = p_tenant AND u.subject = p_subject
            AND user_stands_1(u, p_subject_epoch) AND client_stands_1(c, p_built_in, p_client_epoch)
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
            PERFORM note_login_1(p_tenant, p_subject, p_now);
            RETURN 'OPENED';
        END IF;
        SELECT record IS NOT NULL INTO v_written FROM grants
        WHERE expiry_day = p_day AND id = p_id AND tenant = p_tenant FOR UPDATE;
        IF v_written THEN
            RETURN 'EXISTS';
        ELSIF NOT v_written THEN
            UPDATE grants SET client_id = p_client_id, subject = p_subject, family = p_family,
                family_secret = p_family_secret, current_secret = p_current_secret,
                previous_secret = p_previous_secret, generation = p_generation, rotated_at = p_rotated_at,
                replayed = p_replayed, subject_epoch = p_subject_epoch, client_epoch = p_client_epoch,
                confirmation = p_confirmation, idle_expires_at = p_idle_expires_at, expires_at = p_expires_at,
                revoked_at = p_now, record = p_record, session_day = p_session_day, session_id = p_session_id,
                consent_epoch = p_consent_epoch
            WHERE expiry_day = p_day AND id = p_id AND tenant = p_tenant;
            RETURN 'OPENED';
        END IF;
        SELECT * INTO v_user FROM users WHERE tenant = p_tenant AND subject = p_subject;
        IF NOT user_stands_1(v_user, p_subject_epoch) THEN
            RETURN 'SUBJECT_REFUSED';
        END IF;
        IF NOT (SELECT client_stands_1(c, p_built_in, p_client_epoch) FROM (SELECT) one
                LEFT JOIN clients c ON c.tenant = p_tenant AND c.client_id = p_client_id) THEN
            RETURN 'CLIENT_REFUSED';
        END IF;
        -- Whoever stood in the way is gone: once more.
    END LOOP;
END $$;
