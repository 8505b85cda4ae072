-- The log of denials: numbered in the order of commits, one line per thing denied, and bounded.
--
-- Order of locks, here and everywhere: tenant, code, grant, user, denial_counts in the order of their key, client,
-- denial_log. Lines of denials are written under the lock of denial_log only. Whoever holds denial_log waits for
-- nothing more.
--
-- Errors: GH429 one of a public client's users asks for too much; GH503 the log is full.

CREATE FUNCTION denial_id_1(p_tenant text, p_client_id text, p_kind text, p_key text) RETURNS bytea
LANGUAGE sql STABLE AS $$
    -- No name holds this separator: a backslash in a name is followed by a backslash, a 0 or a #.
    SELECT sha256(convert_to(p_tenant || '\,' || p_client_id || '\,' || p_kind || '\,' || p_key, 'UTF8'))
$$;

-- A line without number.
CREATE FUNCTION denial_1(p_tenant text, p_kind text, p_key text, p_epoch bigint, p_client_id text, p_client text,
    p_expires_at bigint, p_gid text) RETURNS denials LANGUAGE sql STABLE AS $$
    SELECT ROW(NULL, denial_id_1(p_tenant, p_client_id, p_kind, p_key), p_tenant, p_kind, p_key, p_epoch, p_client_id,
        p_client, p_expires_at, p_gid)::denials
$$;

-- Locks a counter, and gives it.
CREATE FUNCTION lock_denial_count_1(p_tenant text, p_client text, p_gid text) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO denial_counts AS c VALUES (p_tenant, p_client, p_gid, 0)
    ON CONFLICT (tenant, client, gid) DO UPDATE SET lines = c.lines
    RETURNING lines
$$;

-- Writes a line in place of one about the same thing, under the next number, so that readers see it.
CREATE FUNCTION write_denial_1(p denials, p_replaces denials) RETURNS denials LANGUAGE plpgsql AS $$
BEGIN
    UPDATE denial_log
    SET last = last + 1, lines = lines + CASE WHEN p_replaces.sequence IS NULL THEN 1 ELSE 0 END
    RETURNING last INTO p.sequence;
    IF p_replaces.sequence IS NOT NULL THEN
        DELETE FROM denials WHERE sequence = p_replaces.sequence;
        p.epoch := greatest(p.epoch, p_replaces.epoch);
        p.expires_at := greatest(p.expires_at, p_replaces.expires_at);
        p.gid := coalesce(p_replaces.gid, p.gid);
    END IF;
    INSERT INTO denials SELECT p.*;
    IF p.kind IN ('TOKEN', 'GRANT') AND p_replaces.sequence IS NULL THEN
        UPDATE denial_counts SET lines = lines + 1 WHERE tenant = p.tenant AND client = p.client AND gid = '';
    END IF;
    IF p.gid IS NOT NULL AND p_replaces.gid IS NULL THEN
        UPDATE denial_counts SET lines = lines + 1 WHERE tenant = p.tenant AND client = p.client AND gid = p.gid;
    END IF;
    RETURN p;
END $$;

-- One line that denies a client's whole generation takes the place of all lines about it. To be called with the locks
-- of the client and of its counter.
CREATE FUNCTION fold_denials_1(p_client clients, p_client_id text, p_until bigint) RETURNS denials
LANGUAGE plpgsql AS $$
DECLARE
    v_none denials;
    v_dropped bigint;
BEGIN
    UPDATE clients SET epoch = epoch + 1, version = version + 1
    WHERE tenant = p_client.tenant AND client_id = p_client.client_id;
    PERFORM FROM denial_log FOR UPDATE;
    DELETE FROM denials WHERE tenant = p_client.tenant AND client = p_client.client_id;
    GET DIAGNOSTICS v_dropped = ROW_COUNT;
    UPDATE denial_log SET lines = lines - v_dropped;
    UPDATE denial_counts SET lines = 0 WHERE tenant = p_client.tenant AND client = p_client.client_id;
    RETURN write_denial_1(denial_1(p_client.tenant, 'CLIENT', p_client_id, p_client.epoch + 1, p_client_id,
        p_client.client_id, p_until, NULL), v_none);
END $$;

-- Appends, unless an unexpired line already says as much, and gives the line that says it; null for what has expired.
-- p_until: when the last token that is out now has expired. p_built_in: the client is there without a row, and public.
CREATE FUNCTION deny_1(p denials, p_now bigint, p_until bigint, p_built_in boolean) RETURNS denials
LANGUAGE plpgsql AS $$
DECLARE
    v_counted boolean := p.kind IN ('TOKEN', 'GRANT');
    v_of_client bigint := 0;
    v_line denials;
    v_log denial_log;
    v_client clients;
BEGIN
    IF p.expires_at <= p_now THEN
        RETURN NULL;
    END IF;
    IF p.kind <> 'TOKEN' THEN
        p.gid := NULL;
    END IF;
    IF v_counted THEN
        v_of_client := lock_denial_count_1(p.tenant, p.client, '');
        SELECT * INTO v_log FROM denial_log;
    ELSE
        SELECT * INTO v_log FROM denial_log FOR UPDATE;
    END IF;
    SELECT * INTO v_line FROM denials WHERE id = p.id;
    IF v_line.epoch >= p.epoch AND v_line.expires_at >= p.expires_at THEN
        RETURN v_line;
    END IF;
    IF p.gid IS NOT NULL AND lock_denial_count_1(p.tenant, p.client, p.gid) >= v_log.most_of_grant THEN
        -- More tokens of one grant than anybody revokes one by one: the grant goes.
        RETURN deny_1(denial_1(p.tenant, 'GRANT', p.gid, 0, p.client_id, p.client, p_until, NULL),
            p_now, p_until, p_built_in);
    END IF;
    IF v_counted AND (v_of_client >= v_log.most_of_client OR v_of_client > 0 AND v_log.lines >= v_log.most) THEN
        SELECT * INTO v_client FROM clients WHERE tenant = p.tenant AND client_id = p.client FOR NO KEY UPDATE;
        IF FOUND AND NOT v_client.is_public THEN
            RETURN fold_denials_1(v_client, p.client_id, p_until);
        ELSIF (FOUND OR p_built_in) AND p.kind = 'TOKEN' THEN
            -- Its name shows nothing: one of its users must not be able to end what the others have.
            RAISE EXCEPTION 'too many tokens of a public client' USING ERRCODE = 'GH429';
        END IF;
    END IF;
    SELECT * INTO v_log FROM denial_log FOR UPDATE;
    IF v_line.sequence IS NULL AND v_log.lines >= v_log.most THEN
        RAISE EXCEPTION 'the revocation log is full' USING ERRCODE = 'GH503';
    END IF;
    RETURN write_denial_1(p, v_line);
END $$;

-- Removes some lines that expired before an instant; says how many. The locks in the order above, and what they cover
-- is looked at again under them.
CREATE FUNCTION sweep_denials_1(p_before bigint, p_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_sequences bigint[];
    v_swept integer;
BEGIN
    SELECT array_agg(sequence) INTO v_sequences
    FROM (SELECT sequence FROM denials WHERE expires_at < p_before ORDER BY expires_at LIMIT p_most) d;
    PERFORM FROM denial_counts c
    WHERE (c.tenant, c.client, c.gid) IN (
        SELECT tenant, client, unnest(ARRAY['', coalesce(gid, '')]) FROM denials WHERE sequence = ANY (v_sequences))
    ORDER BY c.tenant, c.client, c.gid FOR UPDATE;
    PERFORM FROM denial_log FOR UPDATE;
    WITH gone AS (
        DELETE FROM denials WHERE sequence = ANY (v_sequences) RETURNING tenant, client, kind, gid
    ), counted AS (
        SELECT tenant, client, '' AS gid FROM gone WHERE kind IN ('TOKEN', 'GRANT')
        UNION ALL
        SELECT tenant, client, gid FROM gone WHERE gid IS NOT NULL
    ), subtracted AS (
        UPDATE denial_counts c SET lines = c.lines - s.lines
        FROM (SELECT tenant, client, gid, count(*) AS lines FROM counted GROUP BY tenant, client, gid) s
        WHERE c.tenant = s.tenant AND c.client = s.client AND c.gid = s.gid
    )
    SELECT count(*) INTO v_swept FROM gone;
    UPDATE denial_log SET lines = lines - v_swept WHERE v_swept > 0;
    DELETE FROM denial_counts WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM denial_counts WHERE lines = 0 LIMIT p_most FOR UPDATE SKIP LOCKED));
    RETURN v_swept;
END $$;
