-- Withdrawn consents: what they gave is denied, and the answer to an old question does not bring them back.

-- Withdraws what the user of the shown session allowed a client. withdrawn: whether there was a consent that held.
-- p_client: as the client spells itself.
CREATE FUNCTION withdraw_consent_1(p_day integer, p_id bytea, p_tenant text, p_secret bytea, p_client_id text,
    p_client text, p_now bigint, p_until bigint, OUT withdrawn boolean, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_epoch bigint;
    v_subject text;
BEGIN
    UPDATE consents n SET scope = '{}', epoch = n.epoch + 1, granted_at = 0
    FROM sessions s JOIN users u ON u.tenant = s.tenant AND u.subject = s.subject
    WHERE s.expiry_day = p_day AND s.id = p_id AND s.tenant = p_tenant AND session_stands_1(s, p_secret, u, p_now)
        AND n.tenant = s.tenant AND n.subject = s.subject AND n.client_id = p_client_id AND n.granted_at > 0
    RETURNING n.epoch, s.subject_name INTO v_epoch, v_subject;
    withdrawn := FOUND;
    IF withdrawn THEN
        d := deny_1(denial_1(p_tenant, 'CONSENT', v_subject, v_epoch, p_client, p_client_id, p_until, NULL),
            p_now, p_until, false);
    END IF;
END $$;

-- Decides as SessionRules says, writes session and consent, and the code unless p_record is null: then it is kept
-- elsewhere. Outcomes: STORED, LOGIN_REQUIRED, CLIENT_REFUSED, CONSENT_REQUIRED (only then u is there). What ends
-- meanwhile needs no lock: whoever takes the code looks again.
-- p_client: as the client spells itself. p_noticeable: how much younger a use must be to be written down.
-- p_consent_epoch: the generation of the consent that the user was asked about; 0: nobody knows. consented: of the code,
-- or where the user must be asked, the one that the answer counts in.
CREATE FUNCTION put_session_code_2(p_tenant text, p_session_day integer, p_session_id bytea, p_secret bytea,
    p_client_id text, p_client text, p_family text, p_scope text[], p_consenting text, p_not_before bigint,
    p_subject text, p_listens boolean, p_redirect_uri text, p_code_challenge text, p_day integer, p_digest bytea,
    p_expires_at bigint, p_grant_day integer, p_grant_id bytea, p_gid text, p_grant_expires_at bigint, p_record bytea,
    p_noticeable bigint, p_idle bigint, p_most_listeners integer, p_consent_epoch bigint, p_now bigint,
    OUT outcome text, OUT remembered text[], OUT consented bigint, OUT s sessions, OUT u users, OUT c clients)
LANGUAGE plpgsql AS $$
DECLARE
    v record;
    v_asked boolean := p_consenting IN ('GIVEN', 'GIVEN_ONCE');
    v_more text[] := CASE p_consenting WHEN 'GIVEN' THEN p_scope ELSE '{}' END;
    v_noticeable boolean;
BEGIN
    SELECT x, y, z, w.scope AS allowed, w.epoch, w.granted_at > 0 AS held INTO v
    FROM sessions x
    JOIN users y ON y.tenant = x.tenant AND y.subject = x.subject
    LEFT JOIN clients z ON z.tenant = x.tenant AND z.client_id = p_client_id
    LEFT JOIN consents w ON w.tenant = x.tenant AND w.subject = x.subject AND w.client_id = p_client_id
    WHERE x.expiry_day = p_session_day AND x.id = p_session_id AND x.tenant = p_tenant
        AND session_stands_1(x, p_secret, y, p_now)
        AND (p_not_before IS NULL OR x.auth_time >= p_not_before) AND (p_subject IS NULL OR x.subject = p_subject);
    IF NOT FOUND THEN
        outcome := 'LOGIN_REQUIRED';
        RETURN;
    END IF;
    s := v.x;
    c := v.z;
    remembered := coalesce(v.allowed, '{}');
    consented := coalesce(v.epoch, 1);
    IF c.disabled IS DISTINCT FROM false OR NOT c.scope @> p_scope THEN
        outcome := 'CLIENT_REFUSED';
        RETURN;
    END IF;
    -- What was withdrawn since the question does not come back by its answer. What is empty covers the empty: somebody
    -- must have allowed it once.
    IF v_asked AND p_consent_epoch > 0 AND v.epoch > p_consent_epoch
        OR NOT v_asked AND NOT (p_consenting = 'REMEMBERED' AND remembered <> '{}' AND remembered @> p_scope) THEN
        outcome := 'CONSENT_REQUIRED';
        u := v.y;
        RETURN;
    END IF;
    v_noticeable := p_now > s.last_used_at + p_noticeable;
    IF v_noticeable
        OR p_listens AND p_client <> ALL (s.listeners) AND cardinality(s.listeners) < p_most_listeners THEN
        UPDATE sessions x SET
            last_used_at = CASE WHEN v_noticeable THEN p_now ELSE x.last_used_at END,
            idle_expires_at = CASE WHEN v_noticeable THEN least(p_now + p_idle, x.expires_at)
                ELSE x.idle_expires_at END,
            listeners = CASE WHEN p_listens AND p_client <> ALL (x.listeners)
                AND cardinality(x.listeners) < p_most_listeners THEN x.listeners || p_client ELSE x.listeners END
        WHERE x.expiry_day = p_session_day AND x.id = p_session_id AND x.tenant = p_tenant;
    END IF;
    IF v_asked AND (v.held IS NOT TRUE OR NOT remembered @> v_more) THEN
        INSERT INTO consents AS x (tenant, subject, client_id, scope, epoch, granted_at)
        VALUES (p_tenant, s.subject, p_client_id, v_more, 1, p_now)
        ON CONFLICT (tenant, subject, client_id) DO UPDATE SET granted_at = EXCLUDED.granted_at, scope = x.scope
            || ARRAY(SELECT m FROM unnest(EXCLUDED.scope) WITH ORDINALITY AS more (m, n) WHERE m <> ALL (x.scope) ORDER BY n)
        WHERE p_consent_epoch = 0 OR x.epoch <= p_consent_epoch
        RETURNING x.epoch INTO consented;
        IF NOT FOUND THEN
            -- It was withdrawn in this very moment.
            SELECT x.epoch, x.scope INTO consented, remembered FROM consents x
            WHERE x.tenant = p_tenant AND x.subject = s.subject AND x.client_id = p_client_id;
            outcome := 'CONSENT_REQUIRED';
            u := v.y;
            RETURN;
        END IF;
    END IF;
    IF p_record IS NOT NULL THEN
        INSERT INTO codes (expiry_day, digest, tenant, client_id, subject, family, scope, grant_day, grant_id, gid,
            grant_expires_at, subject_epoch, client_epoch, redirect_uri, code_challenge, expires_at, record,
            session_day, session_id, consent_epoch, auth_time, session_record)
        VALUES (p_day, p_digest, p_tenant, p_client_id, s.subject, p_family, p_scope, p_grant_day, p_grant_id, p_gid,
            p_grant_expires_at, s.subject_epoch, c.epoch, p_redirect_uri, p_code_challenge, p_expires_at, p_record,
            p_session_day, p_session_id, consented, s.auth_time, s.record);
    END IF;
    outcome := 'STORED';
END $$;
