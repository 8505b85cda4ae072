-- Grants and their refresh tokens.

-- Why grant, user or client do not stand; null where all do.
CREATE FUNCTION grant_refusal_1(g grants, u users, c clients, p_built_in boolean, p_now bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN p_now >= g.idle_expires_at OR p_now >= g.expires_at THEN 'EXPIRED'
        WHEN g.revoked_at IS NOT NULL THEN 'REVOKED'
        WHEN NOT user_stands_1(u, g.subject_epoch) THEN 'SUBJECT_REFUSED'
        WHEN NOT client_stands_1(c, p_built_in, g.client_epoch) THEN 'CLIENT_REFUSED' END
$$;

-- The first write of a grant, and the user's time of login. Outcomes: OPENED, EXISTS, SUBJECT_REFUSED, CLIENT_REFUSED.
-- One that was ended before it was written is written dead: the first presentation of its code stays the one success.
CREATE FUNCTION open_grant_1(p_day integer, p_id bytea, p_tenant text, p_client_id text, p_built_in boolean,
    p_subject text, p_family text, p_family_secret bytea, p_current_secret bytea, p_previous_secret bytea,
    p_sealed_successor bytea, p_generation bigint, p_rotated_at bigint, p_replayed boolean, p_subject_epoch bigint,
    p_client_epoch bigint, p_confirmation text, p_idle_expires_at bigint, p_expires_at bigint, p_revoked_at bigint,
    p_record bytea, p_now bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v_written boolean;
    v_user users;
BEGIN
    LOOP
        INSERT INTO grants
        SELECT p_day, p_id, p_tenant, p_client_id, p_subject, p_family, p_family_secret, p_current_secret,
            p_previous_secret, p_sealed_successor, p_generation, p_rotated_at, p_replayed, p_subject_epoch,
            p_client_epoch, p_confirmation, p_idle_expires_at, p_expires_at, p_revoked_at, p_record
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
                revoked_at = p_now, record = p_record
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

-- Ends a grant that lives. To be called with its lock.
CREATE FUNCTION revoke_grant_1(g grants, p_client_name text, p_gid text, p_built_in boolean, p_now bigint,
    p_until bigint) RETURNS denials LANGUAGE plpgsql AS $$
BEGIN
    UPDATE grants SET revoked_at = p_now, sealed_successor = NULL
    WHERE expiry_day = g.expiry_day AND id = g.id AND tenant = g.tenant;
    RETURN deny_1(denial_1(g.tenant, 'GRANT', p_gid, 0, p_client_name, g.client_id, p_until, NULL),
        p_now, p_until, p_built_in);
END $$;

-- Decides as RotationRules says. Outcomes: ROTATED, REPLAYED, KEPT, or why it was refused.
-- p_idle: nanoseconds by family. p_window: in which a replay is answered.
CREATE FUNCTION rotate_grant_1(p_tenant text, p_client_id text, p_client_name text, p_built_in boolean,
    p_day integer, p_id bytea, p_gid text, p_family_secret bytea, p_presented bytea, p_successor bytea,
    p_sealed_successor bytea, p_confirmation text, p_idle jsonb, p_window bigint, p_now bigint, p_until bigint,
    OUT outcome text, OUT g grants, OUT u users, OUT c clients, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v record;
BEGIN
    LOOP
        -- Nearly always this is all. Where it finds nothing, the rest says why.
        UPDATE grants AS x SET previous_secret = x.current_secret, current_secret = p_successor,
            sealed_successor = p_sealed_successor, generation = x.generation + 1, rotated_at = p_now,
            replayed = false, idle_expires_at = least(p_now + (p_idle ->> x.family)::bigint, x.expires_at)
        FROM users y LEFT JOIN clients z ON z.tenant = p_tenant AND z.client_id = p_client_id
        WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant
            AND x.client_id = p_client_id AND x.family_secret = p_family_secret
            AND (x.confirmation IS NULL OR x.confirmation = p_confirmation)
            AND x.current_secret = p_presented
            AND y.tenant = p_tenant AND y.subject = x.subject
            AND grant_refusal_1(x, y, z, p_built_in, p_now) IS NULL AND coalesce(z.rotates, true)
        RETURNING x, y, z INTO v;
        IF FOUND THEN
            outcome := 'ROTATED';
            g := v.x;
            u := v.y;
            c := v.z;
            RETURN;
        END IF;
        -- Whoever fails here learns nothing and changes nothing: a stranger must not be able to end a grant.
        SELECT * INTO g FROM grants x
        WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND x.client_id = p_client_id
            AND x.family_secret = p_family_secret AND (x.confirmation IS NULL OR x.confirmation = p_confirmation)
        FOR UPDATE;
        IF NOT FOUND THEN
            outcome := 'UNKNOWN';
            RETURN;
        END IF;
        SELECT * INTO u FROM users x WHERE x.tenant = p_tenant AND x.subject = g.subject;
        SELECT * INTO c FROM clients x WHERE x.tenant = p_tenant AND x.client_id = p_client_id;
        outcome := grant_refusal_1(g, u, c, p_built_in, p_now);
        IF outcome IS NOT NULL THEN
            RETURN;
        END IF;
        -- With the grant locked, whatever stood in the way of its rotation is gone or shows itself the next time.
        EXIT WHEN g.current_secret <> p_presented OR NOT coalesce(c.rotates, true);
    END LOOP;
    IF g.current_secret = p_presented THEN
        outcome := 'KEPT';
        g.idle_expires_at := least(p_now + (p_idle ->> g.family)::bigint, g.expires_at);
        UPDATE grants x SET idle_expires_at = g.idle_expires_at
        WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant;
    -- Without a window there are no replays, also for one whose clock stands before the rotation's.
    ELSIF p_window > 0 AND g.previous_secret = p_presented AND g.sealed_successor IS NOT NULL
        AND p_now < g.rotated_at + p_window THEN
        outcome := 'REPLAYED';
        IF NOT g.replayed THEN
            g.replayed := true;
            UPDATE grants x SET replayed = true WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant;
        END IF;
    ELSE
        outcome := 'REUSED';
        d := revoke_grant_1(g, p_client_name, p_gid, p_built_in, p_now, p_until);
    END IF;
END $$;

-- Ends a grant by one of its refresh tokens. Outcomes: REVOKED, UNKNOWN, FOREIGN. Nothing to deny where it was revoked
-- before: whoever did that denied it.
CREATE FUNCTION end_grant_by_token_1(p_tenant text, p_client_id text, p_client_name text, p_built_in boolean,
    p_day integer, p_id bytea, p_gid text, p_family_secret bytea, p_now bigint, p_until bigint,
    OUT outcome text, OUT d denials) LANGUAGE plpgsql AS $$
DECLARE
    v_grant grants;
BEGIN
    SELECT * INTO v_grant FROM grants x
    WHERE x.expiry_day = p_day AND x.id = p_id AND x.tenant = p_tenant AND x.family_secret = p_family_secret
    FOR UPDATE;
    IF NOT FOUND THEN
        outcome := 'UNKNOWN';
    ELSIF v_grant.client_id <> p_client_id THEN
        outcome := 'FOREIGN';
    ELSE
        outcome := 'REVOKED';
        IF v_grant.revoked_at IS NULL THEN
            d := revoke_grant_1(v_grant, p_client_name, p_gid, p_built_in, p_now, p_until);
        END IF;
    END IF;
END $$;
