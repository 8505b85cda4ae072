-- Copies one user and one grant of theirs, which a node has written, many times. Every copy is a row like any other: it
-- has its own id, names and days of expiry, in the columns and in the encoded record; only the hash of the password and
-- the secrets of the refresh token are the same for all.
--
-- Variables: users, first and last (numbers of grants). The user is called user-0000000, the grant is their only one.
\set ON_ERROR_STOP on

-- The bytes in which an encoded record keeps the seconds of an instant (nanoseconds since 1970).
CREATE FUNCTION pg_temp.seconds(p_nanos bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(set_byte('\x00', 0, ((z >> (7 * i)) & 127 | CASE WHEN i < 4 THEN 128 ELSE 0 END)::integer), NULL
        ORDER BY i)
    FROM (SELECT p_nanos / 1000000000 * 2 AS z) s, generate_series(0, 4) i
$$;

CREATE FUNCTION pg_temp.replaced(p_record bytea, p_old bytea, p_new bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    v_at integer := position(p_old IN p_record);
BEGIN
    IF v_at = 0 OR length(p_old) <> length(p_new) THEN
        RAISE EXCEPTION 'the record of a grant is not as expected';
    END IF;
    WHILE v_at > 0 AND p_old <> p_new LOOP
        p_record := overlay(p_record PLACING p_new FROM v_at);
        v_at := position(p_old IN p_record);
    END LOOP;
    RETURN p_record;
END $$;

-- One grant for each day on which grants expire.
CREATE TEMP TABLE template AS
SELECT g.*, k, g.expires_at - k * 86400000000000 AS ends_at,
    pg_temp.replaced(g.record, pg_temp.seconds(g.expires_at), pg_temp.seconds(g.expires_at - k * 86400000000000)) AS ending,
    position(g.id IN g.record) AS id_at, position(convert_to(g.subject, 'UTF8') IN g.record) AS subject_at
FROM grants g JOIN login_keys l USING (tenant, subject), generate_series(0, 26) k
WHERE l.kind = 'USERNAME' AND l.name = 'user-0000000';
ANALYZE template;

INSERT INTO grants
SELECT t.expiry_day - t.k, own.id, t.tenant, t.client_id, own.subject, t.family, t.family_secret, t.current_secret, NULL, NULL,
    t.generation, NULL, false, t.subject_epoch, t.client_epoch, NULL, t.ends_at, t.ends_at, NULL,
    overlay(overlay(t.ending PLACING own.id FROM t.id_at) PLACING convert_to(own.subject, 'UTF8') FROM t.subject_at)
FROM generate_series(:first, :last) n JOIN template t ON t.k = n % 27,
    LATERAL (SELECT int2send((t.expiry_day - t.k)::smallint) || substr(sha256(int4send(n)), 1, 14) AS id,
        md5('user ' || n % :users + 1)::uuid::text AS subject) own;
