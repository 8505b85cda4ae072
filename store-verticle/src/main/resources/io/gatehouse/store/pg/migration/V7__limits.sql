-- The generic cell rate algorithm over several keys at once, in whole microseconds as Gcra counts. Keys are locked in
-- their own order.

-- Takes one attempt from every key, or from none; gives the microseconds until that could be done, 0 where it was.
CREATE FUNCTION reserve_1(p_keys bytea[], p_limits integer[], p_windows bigint[], p_now bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_wait bigint;
    v_held integer;
BEGIN
    LOOP
        INSERT INTO limits SELECT DISTINCT k, p_now FROM unnest(p_keys) k ORDER BY k ON CONFLICT DO NOTHING;
        WITH held AS (
            SELECT l.key, l.full_at FROM limits l WHERE l.key = ANY (p_keys) ORDER BY l.key FOR UPDATE
        ), rates AS (
            SELECT key, most, greatest(1, win / most) AS step FROM unnest(p_keys, p_limits, p_windows) AS r (key, most, win)
        )
        SELECT count(DISTINCT h.key), max(
            -- A clock that was set back must not lock anybody out for longer than the window.
            least(greatest(h.full_at, p_now), p_now + r.step * r.most) + r.step - p_now - r.step * r.most)
        INTO v_held, v_wait
        FROM held h JOIN rates r ON r.key = h.key;
        -- A sweep may have taken a row between the two.
        EXIT WHEN v_held = (SELECT count(DISTINCT k) FROM unnest(p_keys) k);
    END LOOP;
    IF v_wait > 0 THEN
        RETURN v_wait;
    END IF;
    UPDATE limits l SET full_at = greatest(l.full_at, p_now) + r.step
    FROM (SELECT key, greatest(1, win / most) AS step FROM unnest(p_keys, p_limits, p_windows) AS u (key, most, win)) r
    WHERE l.key = r.key;
    RETURN 0;
END $$;

-- Gives an attempt back to every key.
CREATE FUNCTION refund_1(p_keys bytea[], p_limits integer[], p_windows bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM limits l WHERE l.key = ANY (p_keys) ORDER BY l.key FOR UPDATE;
    UPDATE limits l SET full_at = l.full_at - r.step
    FROM (SELECT key, greatest(1, win / most) AS step FROM unnest(p_keys, p_limits, p_windows) AS u (key, most, win)) r
    WHERE l.key = r.key;
END $$;

-- Removes some keys that are full again and, where there are more than p_most, some that will be soonest; says how many.
CREATE FUNCTION sweep_limits_1(p_now bigint, p_most bigint, p_batch integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    v_swept integer;
    v_more integer;
BEGIN
    DELETE FROM limits WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM limits WHERE full_at <= p_now LIMIT p_batch FOR UPDATE SKIP LOCKED));
    GET DIAGNOSTICS v_swept = ROW_COUNT;
    IF v_swept < p_batch AND (SELECT count(*) FROM limits) > p_most THEN
        DELETE FROM limits WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM limits ORDER BY full_at LIMIT p_batch FOR UPDATE SKIP LOCKED));
        GET DIAGNOSTICS v_more = ROW_COUNT;
    END IF;
    RETURN v_swept + coalesce(v_more, 0);
END $$;
