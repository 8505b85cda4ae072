-- Authorization codes: written once, taken once.

-- Spends the client's JWT (p_replay null: it has no time to be remembered by), finds whom it names (p_name_kind null:
-- the tenant's administrator) and writes the code. Null where that was done, else why not.
-- p_built_in: the scope of a built-in client; null where it is none.
CREATE FUNCTION put_code_1(p_tenant text, p_client_id text, p_built_in text[], p_client_epoch bigint, p_family text,
    p_name_kind text, p_name text, p_replay_day integer, p_replay bytea, p_replay_until bigint, p_never text[],
    p_day integer, p_digest bytea, p_expires_at bigint, p_grant_day integer, p_grant_id bytea, p_gid text,
    p_grant_expires_at bigint, p_record bytea, p_now bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_client clients;
    v_user users;
BEGIN
    IF p_replay IS NOT NULL THEN
        INSERT INTO spent AS s VALUES (p_replay_day, p_replay, p_tenant, p_client_id, 'client_jwt', p_replay_until)
        ON CONFLICT (expiry_day, digest, tenant, client_id, kind)
        DO UPDATE SET expires_at = EXCLUDED.expires_at WHERE s.expires_at <= p_now;
        IF NOT FOUND THEN
            RETURN 'REPLAYED';
        END IF;
    END IF;
    SELECT * INTO v_client FROM clients WHERE tenant = p_tenant AND client_id = p_client_id;
    IF NOT client_stands_1(v_client, p_built_in IS NOT NULL, p_client_epoch) THEN
        RETURN 'CLIENT_REFUSED';
    END IF;
    SELECT u.* INTO v_user
    FROM login_keys k JOIN users u ON u.tenant = k.tenant AND u.subject = k.subject
    WHERE k.verified AND k.tenant = p_tenant AND k.kind = coalesce(p_name_kind, 'USERNAME') AND k.name = CASE
        WHEN p_name_kind IS NULL THEN (SELECT administrator FROM tenants WHERE tenant = p_tenant) ELSE p_name END;
    IF NOT user_stands_1(v_user, v_user.epoch) THEN
        RETURN 'SUBJECT_REFUSED';
    END IF;
    INSERT INTO codes
    VALUES (p_day, p_digest, p_tenant, p_client_id, v_user.subject, p_family,
        ARRAY(SELECT s FROM unnest(coalesce(p_built_in, v_client.scope)) WITH ORDINALITY AS x (s, n)
            WHERE s <> ALL (p_never) ORDER BY n),
        p_grant_day, p_grant_id, p_gid, p_grant_expires_at, v_user.epoch, coalesce(v_client.epoch, 0),
        NULL, NULL, p_expires_at, NULL, p_record);
    RETURN NULL;
END $$;

-- Ends the grant of a code that was presented again. One that is not written yet gets a row that says so: what is
-- written later stays dead.
CREATE FUNCTION end_grant_1(k codes, p_client_name text, p_built_in boolean, p_now bigint, p_until bigint)
RETURNS denials LANGUAGE plpgsql AS $$
DECLARE
    v_nobodys bytea := decode(repeat('00', 32), 'hex');
    v_revoked_at bigint;
BEGIN
    LOOP
        SELECT revoked_at INTO v_revoked_at FROM grants
        WHERE expiry_day = k.grant_day AND id = k.grant_id AND tenant = k.tenant FOR UPDATE;
        IF FOUND AND v_revoked_at IS NOT NULL THEN
            RETURN NULL;
        ELSIF FOUND THEN
            UPDATE grants SET revoked_at = p_now, sealed_successor = NULL
            WHERE expiry_day = k.grant_day AND id = k.grant_id AND tenant = k.tenant;
            EXIT;
        END IF;
        INSERT INTO grants
        VALUES (k.grant_day, k.grant_id, k.tenant, k.client_id, k.subject, k.family, v_nobodys, v_nobodys, NULL, NULL,
            0, NULL, false, k.subject_epoch, k.client_epoch, NULL, k.grant_expires_at, k.grant_expires_at, p_now, NULL)
        ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
        -- It was written between the two: once more.
    END LOOP;
    RETURN deny_1(denial_1(k.tenant, 'GRANT', k.gid, 0, p_client_name, k.client_id, p_until, NULL),
        p_now, p_until, p_built_in);
END $$;

-- Decides as CodeRules says. Outcome: REDEEMED, or why it was refused. p_tombstone: for how long a taken code is
-- remembered behind its end.
CREATE FUNCTION take_code_1(p_tenant text, p_client_id text, p_client_name text, p_built_in boolean, p_day integer,
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
            WHEN NOT client_stands_1(c, p_built_in, k.client_epoch) THEN 'CLIENT_REFUSED'
            ELSE 'REDEEMED' END;
        UPDATE codes SET taken_at = p_now WHERE expiry_day = p_day AND digest = p_digest AND tenant = p_tenant;
    END IF;
END $$;
