-- Tenants, clients and users. Declarations of a tenant's clients and users take the lock of the tenant's row first, so
-- that what they look at stays as it is; the constraints hold without it as well.

-- Writes what was made of the row in the expected version (0: there was none). Outcomes: WRITTEN, STALE (read again),
-- NO_TENANT, CONFLICT.
CREATE FUNCTION put_client_1(p_tenant text, p_client_id text, p_expected bigint, p_is_public boolean,
    p_rotates boolean, p_scope text[], p_disabled boolean, p_epoch bigint, p_record bytea)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenants WHERE tenant = p_tenant FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'NO_TENANT';
    END IF;
    IF p_expected > 0 THEN
        UPDATE clients SET is_public = p_is_public, rotates = p_rotates, scope = p_scope, version = version + 1,
            record = p_record
        WHERE tenant = p_tenant AND client_id = p_client_id AND version = p_expected;
        RETURN CASE WHEN FOUND THEN 'WRITTEN' ELSE 'STALE' END;
    END IF;
    PERFORM FROM clients WHERE tenant = p_tenant AND client_id = p_client_id;
    IF FOUND THEN
        RETURN 'STALE';
    END IF;
    -- A tenant has few apps, and only a client's first declaration asks: no index.
    PERFORM FROM jwt_apps WHERE tenant = p_tenant AND p_client_id = ANY (audiences);
    IF FOUND THEN
        RETURN 'CONFLICT';
    END IF;
    INSERT INTO principals VALUES (p_tenant, p_client_id, 'client') ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'CONFLICT';
    END IF;
    INSERT INTO clients
    VALUES (p_tenant, p_client_id, p_is_public, p_rotates, p_scope, p_disabled, p_epoch, 1, p_record);
    RETURN 'WRITTEN';
END $$;

-- p_built_in: the record for a built-in client that has no row yet. there: whether there is such a client.
CREATE FUNCTION disable_client_1(p_tenant text, p_client_id text, p_client_name text, p_built_in bytea, p_now bigint,
    p_until bigint, OUT there boolean, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_epoch bigint;
BEGIN
    UPDATE clients SET disabled = true, epoch = epoch + 1, version = version + 1
    WHERE tenant = p_tenant AND client_id = p_client_id
    RETURNING epoch INTO v_epoch;
    IF NOT FOUND AND p_built_in IS NOT NULL THEN
        INSERT INTO clients AS c
        SELECT p_tenant, p_client_id, true, true, '{}', true, 1, 1, p_built_in FROM tenants WHERE tenant = p_tenant
        ON CONFLICT (tenant, client_id)
        DO UPDATE SET disabled = true, epoch = c.epoch + 1, version = c.version + 1
        RETURNING epoch INTO v_epoch;
    END IF;
    there := v_epoch IS NOT NULL;
    IF there THEN
        d := deny_1(denial_1(p_tenant, 'CLIENT', p_client_name, v_epoch, p_client_name, p_client_id, p_until, NULL),
            p_now, p_until, p_built_in IS NOT NULL);
    END IF;
END $$;

-- As put_client_1; a conflict says with which name. p_kinds, p_names and p_verified: every name the user has from now on, in the
-- order in which conflicts are looked for.
CREATE FUNCTION put_user_1(p_tenant text, p_subject text, p_expected bigint, p_state text, p_epoch bigint,
    p_last_login_at bigint, p_kinds text[], p_names text[], p_verified boolean[], p_record bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_taken text;
BEGIN
    PERFORM FROM tenants WHERE tenant = p_tenant FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'NO_TENANT';
    END IF;
    IF p_expected > 0 THEN
        PERFORM FROM users WHERE tenant = p_tenant AND subject = p_subject AND version = p_expected FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN 'STALE';
        END IF;
    ELSE
        PERFORM FROM login_keys WHERE tenant = p_tenant AND kind = 'USERNAME' AND name = p_names[1];
        IF FOUND THEN
            RETURN 'STALE';
        END IF;
        PERFORM FROM principals WHERE tenant = p_tenant AND id = p_subject;
        IF FOUND THEN
            RETURN 'SUBJECT';
        END IF;
    END IF;
    SELECT wanted.kind INTO v_taken
    FROM unnest(p_kinds, p_names) WITH ORDINALITY AS wanted (kind, name, n)
    JOIN login_keys k ON k.tenant = p_tenant AND k.kind = wanted.kind AND k.name = wanted.name
    WHERE k.subject <> p_subject ORDER BY wanted.n LIMIT 1;
    IF v_taken IS NOT NULL THEN
        RETURN v_taken;
    END IF;
    IF p_expected > 0 THEN
        UPDATE users SET version = version + 1, record = p_record WHERE tenant = p_tenant AND subject = p_subject;
        DELETE FROM login_keys WHERE tenant = p_tenant AND subject = p_subject;
    ELSE
        INSERT INTO principals VALUES (p_tenant, p_subject, 'user');
        INSERT INTO users VALUES (p_tenant, p_subject, p_state, p_epoch, 1, p_last_login_at, p_record);
    END IF;
    INSERT INTO login_keys SELECT p_tenant, kind, name, p_subject, verified
    FROM unnest(p_kinds, p_names, p_verified) AS wanted (kind, name, verified);
    RETURN 'WRITTEN';
END $$;

-- p_state: null keeps it. p_deny: one epoch more, and a denial of the earlier ones.
CREATE FUNCTION set_user_1(p_tenant text, p_subject text, p_subject_name text, p_state text, p_deny boolean,
    p_now bigint, p_until bigint, OUT there boolean, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_epoch bigint;
BEGIN
    UPDATE users SET state = coalesce(p_state, state), version = version + 1,
        epoch = epoch + CASE WHEN p_deny THEN 1 ELSE 0 END
    WHERE tenant = p_tenant AND subject = p_subject
    RETURNING epoch INTO v_epoch;
    there := v_epoch IS NOT NULL;
    IF there AND p_deny THEN
        d := deny_1(denial_1(p_tenant, 'SUBJECT', p_subject_name, v_epoch, '', '', p_until, NULL),
            p_now, p_until, false);
    END IF;
END $$;

-- Says whether there is the tenant, and the new version where the stored one was the expected one.
CREATE FUNCTION save_keys_1(p_tenant text, p_expected bigint, p_record bytea, OUT there boolean, OUT version bigint)
LANGUAGE plpgsql AS $$
BEGIN
    there := EXISTS (SELECT FROM tenants t WHERE t.tenant = p_tenant);
    IF there AND p_expected = 0 THEN
        INSERT INTO key_sets VALUES (p_tenant, 1, p_record) ON CONFLICT (tenant) DO NOTHING
        RETURNING key_sets.version INTO version;
    ELSIF there THEN
        UPDATE key_sets k SET version = k.version + 1, record = p_record
        WHERE k.tenant = p_tenant AND k.version = p_expected
        RETURNING k.version INTO version;
    END IF;
END $$;

-- Whether everything given to a user or client in a generation still counts.
CREATE FUNCTION user_stands_1(u users, p_epoch bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(u.state = 'ACTIVE' AND u.epoch <= p_epoch, false)
$$;

-- A built-in client without a row stands as it was born, in generation 0.
CREATE FUNCTION client_stands_1(c clients, p_built_in boolean, p_epoch bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN c.client_id IS NULL THEN p_built_in ELSE NOT c.disabled AND c.epoch <= p_epoch END
$$;

-- As put_client_1. Whoever makes a client or an app holds the tenant's lock: none gets the other's name meanwhile.
CREATE FUNCTION put_jwt_app_1(p_tenant text, p_name text, p_expected bigint, p_audiences text[], p_record bytea)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenants WHERE tenant = p_tenant FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'NO_TENANT';
    END IF;
    PERFORM FROM clients WHERE tenant = p_tenant AND client_id = ANY (p_audiences);
    IF FOUND THEN
        RETURN 'CONFLICT';
    END IF;
    IF p_expected > 0 THEN
        UPDATE jwt_apps SET audiences = p_audiences, version = version + 1, record = p_record
        WHERE tenant = p_tenant AND name = p_name AND version = p_expected;
    ELSE
        INSERT INTO jwt_apps VALUES (p_tenant, p_name, p_audiences, 1, p_record) ON CONFLICT DO NOTHING;
    END IF;
    RETURN CASE WHEN FOUND THEN 'WRITTEN' ELSE 'STALE' END;
END $$;
