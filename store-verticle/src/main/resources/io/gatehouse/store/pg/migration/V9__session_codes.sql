-- Codes given in browser sessions, and grants that end with a session or a consent.

-- In which session and by which generation of a consent it was given; null and 0: in none, by none. What the code says
-- of the login lies in the session: when it was, and (session_record) how.
ALTER TABLE codes ADD COLUMN session_day integer, ADD COLUMN session_id bytea,
    ADD COLUMN consent_epoch bigint NOT NULL DEFAULT 0, ADD COLUMN auth_time bigint, ADD COLUMN session_record bytea;

-- The session it ends with (none where it outlives the one it was given in), and the generation of the consent.
ALTER TABLE grants ADD COLUMN session_day integer, ADD COLUMN session_id bytea,
    ADD COLUMN consent_epoch bigint NOT NULL DEFAULT 0;

-- Whether what was given in a session still counts. In functions, which plan for themselves: a statement that nearly
-- always has no session to look at would lock every partition of them.
CREATE FUNCTION session_carries_1(p_tenant text, p_day integer, p_id bytea, p_now bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM sessions x
        WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND p_now < x.expires_at);
END $$;

-- Whether the consent is in the generation that something was given by.
CREATE FUNCTION consent_carries_1(p_tenant text, p_subject text, p_client_id text, p_epoch bigint) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM consents x
        WHERE x.tenant = p_tenant AND x.subject = p_subject AND x.client_id = p_client_id AND x.epoch = p_epoch);
END $$;

-- Why the grant, or anything it rests on, does not stand; null where all does. Under its old name, so that nodes of the
-- build before look at sessions and consents as well.
CREATE OR REPLACE FUNCTION grant_refusal_1(g grants, u users, c clients, p_built_in boolean, p_now bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_now >= g.idle_expires_at OR p_now >= g.expires_at THEN 'EXPIRED'
        WHEN g.revoked_at IS NOT NULL THEN 'REVOKED'
        WHEN NOT user_stands_1(u, g.subject_epoch) THEN 'SUBJECT_REFUSED'
        WHEN g.session_id IS NOT NULL AND NOT session_carries_1(g.tenant, g.session_day, g.session_id, p_now)
            THEN 'SUBJECT_REFUSED'
        WHEN NOT client_stands_1(c, p_built_in, g.client_epoch) THEN 'CLIENT_REFUSED'
        WHEN g.consent_epoch > 0 AND NOT consent_carries_1(g.tenant, g.subject, g.client_id, g.consent_epoch)
            THEN 'CLIENT_REFUSED' END
$$;

-- Decides as SessionRules says, writes session and consent, and the code unless p_record is null: then it is kept
-- elsewhere. Outcomes: STORED, LOGIN_REQUIRED, CLIENT_REFUSED, CONSENT_REQUIRED (only then u is there). What ends
-- meanwhile needs no lock: whoever takes the code looks again.
-- p_client: as the client spells itself. p_noticeable: how much younger a use must be to be written down.
CREATE FUNCTION put_session_code_1(p_tenant text, p_session_day integer, p_session_id bytea, p_secret bytea,
    p_client_id text, p_client text, p_family text, p_scope text[], p_consenting text, p_not_before bigint,
    p_subject text, p_listens boolean, p_redirect_uri text, p_code_challenge text, p_day integer, p_digest bytea,
    p_expires_at bigint, p_grant_day integer, p_grant_id bytea, p_gid text, p_grant_expires_at bigint, p_record bytea,
    p_noticeable bigint, p_idle bigint, p_most_listeners integer, p_now bigint,
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
    consented := v.epoch;
    IF c.disabled IS DISTINCT FROM false OR NOT c.scope @> p_scope THEN
        outcome := 'CLIENT_REFUSED';
        RETURN;
    END IF;
    -- What is empty covers the empty: somebody must have allowed it once.
    IF NOT v_asked AND NOT (p_consenting = 'REMEMBERED' AND remembered <> '{}' AND remembered @> p_scope) THEN
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
        RETURNING x.epoch INTO consented;
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

-- As take_code_1, also for codes of sessions.
CREATE FUNCTION take_code_2(p_tenant text, p_client_id text, p_client_name text, p_built_in boolean, p_day integer,
    p_digest bytea, p_redirect_uri text, p_code_challenge text, p_tombstone bigint, p_now bigint, p_until bigint,
    OUT outcome text, OUT k codes, OUT u users, OUT c clients, OUT d denials) LANGUAGE plpgsql AS $$
BEGIN
    SELECT * INTO k FROM codes WHERE expiry_day = p_day AND digest = p_digest AND tenant = p_tenant FOR UPDATE;
    IF NOT FOUND THEN
        outcome := 'UNKNOWN';
        RETURN;
    END IF;
    SELECT * INTO c FROM clients WHERE tenant = p_tenant AND client_id = p_client_id;
    SELECT * INTO u FROM users WHERE tenant = p_tenant AND subject = k.subject;
    IF k.client_id <> p_client_id AND coalesce(c.is_public, true) THEN
        -- A public client only names itself: whoever saw a code could spend it under such a name.
        outcome := 'FOREIGN';
    ELSIF p_now >= k.expires_at + p_tombstone THEN
        outcome := 'UNKNOWN';
    ELSIF k.taken_at IS NOT NULL AND k.client_id <> p_client_id THEN
        outcome := 'FOREIGN';
    ELSIF k.taken_at IS NOT NULL THEN
        outcome := 'REPLAYED';
        -- One that stole the code but not its verifier must not be able to end the grant.
        IF k.code_challenge IS NULL OR k.code_challenge = p_code_challenge THEN
            d := end_grant_1(k, p_client_name, p_built_in, p_now, p_until);
        END IF;
    ELSE
        outcome := CASE
            WHEN k.client_id <> p_client_id THEN 'FOREIGN'
            WHEN p_now >= k.expires_at THEN 'EXPIRED'
            WHEN k.redirect_uri IS NOT NULL AND k.redirect_uri IS DISTINCT FROM p_redirect_uri THEN 'REDIRECT_URI'
            WHEN k.code_challenge IS DISTINCT FROM p_code_challenge THEN 'CODE_VERIFIER'
            WHEN NOT user_stands_1(u, k.subject_epoch) THEN 'SUBJECT_REFUSED'
            WHEN k.session_id IS NOT NULL AND NOT session_carries_1(k.tenant, k.session_day, k.session_id, p_now)
                THEN 'SUBJECT_REFUSED'
            WHEN NOT client_stands_1(c, p_built_in, k.client_epoch) THEN 'CLIENT_REFUSED'
            WHEN k.consent_epoch > 0 AND NOT consent_carries_1(k.tenant, k.subject, k.client_id, k.consent_epoch)
                THEN 'CLIENT_REFUSED'
            ELSE 'REDEEMED' END;
        UPDATE codes SET taken_at = p_now WHERE expiry_day = p_day AND digest = p_digest AND tenant = p_tenant;
    END IF;
END $$;

-- A node of the build before writes grants that no session ends: for it there are no codes of sessions.
CREATE OR REPLACE FUNCTION take_code_1(p_tenant text, p_client_id text, p_client_name text, p_built_in boolean, p_day integer,
    p_digest bytea, p_redirect_uri text, p_code_challenge text, p_tombstone bigint, p_now bigint, p_until bigint,
    OUT outcome text, OUT k codes, OUT u users, OUT c clients, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v record;
BEGIN
    PERFORM FROM codes x
    WHERE x.expiry_day = p_day AND x.digest = p_digest AND x.tenant = p_tenant AND x.session_id IS NOT NULL;
    IF FOUND THEN
        outcome := 'UNKNOWN';
        RETURN;
    END IF;
    SELECT t.outcome, t.k, t.u, t.c, t.d INTO v
    FROM take_code_2(p_tenant, p_client_id, p_client_name, p_built_in, p_day, p_digest, p_redirect_uri,
        p_code_challenge, p_tombstone, p_now, p_until) t;
    outcome := v.outcome;
    k := v.k;
    u := v.u;
    c := v.c;
    d := v.d;
END $$;

-- As open_grant_1, also in a session (p_session_id null: none that it ends with) and by a consent (p_consent_epoch 0:
-- none).
CREATE FUNCTION open_grant_2(p_day integer, p_id bytea, p_tenant text, p_client_id text, p_built_in boolean,
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
            UPDATE users SET last_login_at = p_now WHERE tenant = p_tenant AND subject = p_subject;
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

CREATE OR REPLACE FUNCTION open_grant_1(p_day integer, p_id bytea, p_tenant text, p_client_id text, p_built_in boolean,
    p_subject text, p_family text, p_family_secret bytea, p_current_secret bytea, p_previous_secret bytea,
    p_sealed_successor bytea, p_generation bigint, p_rotated_at bigint, p_replayed boolean, p_subject_epoch bigint,
    p_client_epoch bigint, p_confirmation text, p_idle_expires_at bigint, p_expires_at bigint, p_revoked_at bigint,
    p_record bytea, p_now bigint) RETURNS text LANGUAGE sql AS $$
    SELECT open_grant_2(p_day, p_id, p_tenant, p_client_id, p_built_in, p_subject, p_family, p_family_secret,
        p_current_secret, p_previous_secret, p_sealed_successor, p_generation, p_rotated_at, p_replayed, p_subject_epoch,
        p_client_epoch, p_confirmation, p_idle_expires_at, p_expires_at, p_revoked_at, p_record, NULL, NULL, 0, p_now)
$$;
