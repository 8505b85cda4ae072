-- The processes that verify tokens, each by a lease, and the key sets that they said they know.

CREATE TABLE verifiers (
    verifier   text PRIMARY KEY,
    -- When its first lease began that was not interrupted.
    since      bigint NOT NULL,
    expires_at bigint NOT NULL
);

CREATE TABLE verifier_keys (
    verifier text NOT NULL REFERENCES verifiers ON DELETE CASCADE,
    tenant   text NOT NULL,
    -- It knows no older one.
    version  bigint NOT NULL,
    said_at  bigint NOT NULL,
    PRIMARY KEY (verifier, tenant)
);

-- Renews a lease, or ends it where p_until is now, and notes what is known; whether a live one was there. What nobody asks about
-- any more goes: ended leases, and what was said before p_before.
CREATE FUNCTION report_verifier_1(p_verifier text, p_now bigint, p_until bigint, p_before bigint, p_tenants text[],
    p_versions bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    v_renewed boolean;
BEGIN
    -- A minute, since clocks of nodes differ.
    DELETE FROM verifiers WHERE verifier IN (
        SELECT verifier FROM verifiers WHERE expires_at < p_now - 60000000000 AND verifier <> p_verifier
        FOR UPDATE SKIP LOCKED);
    SELECT expires_at > p_now INTO v_renewed FROM verifiers WHERE verifier = p_verifier FOR UPDATE;
    v_renewed := coalesce(v_renewed, false);
    IF p_until <= p_now THEN
        DELETE FROM verifiers WHERE verifier = p_verifier;
        RETURN v_renewed;
    END IF;
    INSERT INTO verifiers AS v VALUES (p_verifier, p_now, p_until)
    ON CONFLICT (verifier) DO UPDATE SET expires_at = p_until,
        since = CASE WHEN v.expires_at > p_now THEN v.since ELSE p_now END;
    DELETE FROM verifier_keys WHERE verifier = p_verifier AND said_at < p_before;
    INSERT INTO verifier_keys AS k
    SELECT p_verifier, tenant, max(version), p_now FROM unnest(p_tenants, p_versions) AS said (tenant, version)
    GROUP BY tenant
    ON CONFLICT (verifier, tenant) DO UPDATE SET version = greatest(k.version, EXCLUDED.version), said_at = p_now;
    RETURN v_renewed;
END $$;
