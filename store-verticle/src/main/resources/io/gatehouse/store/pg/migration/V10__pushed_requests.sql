-- Pushed authorization requests (RFC 9126). No partitions: nearly all are taken, or over within the hour, and anybody may have
-- them written, so that they go one by one as they end instead of lying about for days.

CREATE TABLE pushed_requests (
    tenant text NOT NULL,
    digest bytea NOT NULL,
    client_id text NOT NULL,
    form text NOT NULL,
    -- Nobody finds it from then on.
    expires_at bigint NOT NULL,
    -- Nobody takes it from then on.
    ends_at bigint NOT NULL,
    PRIMARY KEY (tenant, digest)
);

CREATE INDEX pushed_requests_ends_at ON pushed_requests (ends_at);

-- Removes some that ended before an instant; says how many.
CREATE FUNCTION sweep_pushed_requests_1(p_before bigint, p_most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_swept integer;
BEGIN
    DELETE FROM pushed_requests WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM pushed_requests WHERE ends_at < p_before LIMIT p_most FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS v_swept = ROW_COUNT;
    RETURN v_swept;
END $$;
