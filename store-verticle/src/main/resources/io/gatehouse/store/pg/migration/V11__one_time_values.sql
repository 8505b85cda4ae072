-- Values that count once: what is spent beside client JWTs, which a code spends itself.

-- Says whether the value was not spent before; one whose memory is over counts once more.
CREATE FUNCTION spend_1(p_day integer, p_digest bytea, p_tenant text, p_owner text, p_kind text, p_until bigint,
    p_now bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO spent AS s (expiry_day, digest, tenant, client_id, kind, expires_at)
    VALUES (p_day, p_digest, p_tenant, p_owner, p_kind, p_until)
    ON CONFLICT (expiry_day, digest, tenant, client_id, kind)
    DO UPDATE SET expires_at = EXCLUDED.expires_at WHERE s.expires_at <= p_now;
    RETURN FOUND;
END $$;
