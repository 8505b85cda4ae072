-- Clients that nobody declared: they registered (RFC 7591), or a document describes them. The client is a row of clients like
-- any; here stands that it came by itself, and for how long it is kept.

CREATE TABLE registrations (
    tenant     text NOT NULL,
    client_id  text NOT NULL,
    -- How long it is kept though nobody uses it.
    life       bigint NOT NULL,
    used_at    bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, client_id)
);
CREATE INDEX registrations_expires_at ON registrations (expires_at);

-- How many a tenant has: counted with each row that comes or goes, by whatever statement.
CREATE TABLE registration_counts (
    tenant  text PRIMARY KEY,
    clients bigint NOT NULL
);

CREATE FUNCTION count_registration_1() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO registration_counts AS n VALUES (NEW.tenant, 1)
        ON CONFLICT (tenant) DO UPDATE SET clients = n.clients + 1;
    ELSE
        UPDATE registration_counts SET clients = clients - 1 WHERE tenant = OLD.tenant;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER count_registration AFTER INSERT OR DELETE ON registrations
FOR EACH ROW EXECUTE FUNCTION count_registration_1();

-- As in V4; a client that the configuration declares from now on is no longer one that came by itself.
CREATE OR REPLACE FUNCTION put_client_1(p_tenant text, p_client_id text, p_expected bigint, p_is_public boolean,
    p_rotates boolean, p_scope text[], p_disabled boolean, p_epoch bigint, p_record bytea)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM tenants WHERE tenant = p_tenant FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'NO_TENANT';
    END IF;
    IF p_expected > 0 THEN
        PERFORM FROM registrations WHERE tenant = p_tenant AND client_id = p_client_id FOR UPDATE;
        UPDATE clients SET is_public = p_is_public, rotates = p_rotates, scope = p_scope, version = version + 1,
            record = p_record
        WHERE tenant = p_tenant AND client_id = p_client_id AND version = p_expected;
        IF NOT FOUND THEN
            RETURN 'STALE';
        END IF;
        DELETE FROM registrations WHERE tenant = p_tenant AND client_id = p_client_id;
        RETURN 'WRITTEN';
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

-- Outcomes as of put_client_1, and FULL: the tenant has as many as it may. Whoever registers holds the tenant's lock, so that
-- no two take the last place.
CREATE FUNCTION register_client_1(p_tenant text, p_client_id text, p_is_public boolean, p_rotates boolean, p_scope text[],
    p_epoch bigint, p_record bytea, p_most bigint, p_life bigint, p_now bigint, p_expires_at bigint)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_outcome text;
BEGIN
    PERFORM FROM tenants WHERE tenant = p_tenant FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'NO_TENANT';
    END IF;
    PERFORM FROM registration_counts WHERE tenant = p_tenant AND clients >= p_most;
    IF FOUND THEN
        RETURN 'FULL';
    END IF;
    v_outcome := put_client_1(p_tenant, p_client_id, 0, p_is_public, p_rotates, p_scope, false, p_epoch, p_record);
    IF v_outcome = 'WRITTEN' THEN
        INSERT INTO registrations VALUES (p_tenant, p_client_id, p_life, p_now, p_expires_at);
    END IF;
    RETURN v_outcome;
END $$;

-- there: whether there was one of that version that came by itself.
CREATE FUNCTION remove_client_1(p_tenant text, p_client_id text, p_client_name text, p_version bigint, p_now bigint,
    p_until bigint, OUT there boolean, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_epoch bigint;
BEGIN
    PERFORM FROM registrations WHERE tenant = p_tenant AND client_id = p_client_id FOR UPDATE;
    IF FOUND THEN
        DELETE FROM clients WHERE tenant = p_tenant AND client_id = p_client_id AND version = p_version
        RETURNING epoch INTO v_epoch;
    END IF;
    there := v_epoch IS NOT NULL;
    IF there THEN
        DELETE FROM principals WHERE tenant = p_tenant AND id = p_client_id;
        DELETE FROM registrations WHERE tenant = p_tenant AND client_id = p_client_id;
        d := deny_1(denial_1(p_tenant, 'CLIENT', p_client_name, v_epoch + 1, p_client_name, p_client_id, p_until, NULL),
            p_now, p_until, false);
    END IF;
END $$;

-- Removes some clients that nobody used for too long; a disabled one stays what it is. Says how many it looked at.
CREATE FUNCTION sweep_registrations_1(p_before bigint, p_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    r registrations;
    v_seen integer := 0;
BEGIN
    FOR r IN
        SELECT * FROM registrations WHERE expires_at < p_before ORDER BY expires_at LIMIT p_most
        FOR UPDATE SKIP LOCKED
    LOOP
        v_seen := v_seen + 1;
        PERFORM FROM clients WHERE tenant = r.tenant AND client_id = r.client_id AND disabled;
        IF FOUND THEN
            UPDATE registrations SET expires_at = p_before + r.life
            WHERE tenant = r.tenant AND client_id = r.client_id;
        ELSE
            DELETE FROM clients WHERE tenant = r.tenant AND client_id = r.client_id;
            DELETE FROM principals WHERE tenant = r.tenant AND id = r.client_id;
            DELETE FROM registrations WHERE tenant = r.tenant AND client_id = r.client_id;
        END IF;
    END LOOP;
    RETURN v_seen;
END $$;
