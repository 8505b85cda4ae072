-- Refresh tokens of up to 100000 grants that fill.sql made, in random order. Variables: token (the template's), remainder
-- (of 3: draws with different ones have no grant in common).
\set ON_ERROR_STOP on
SELECT translate(encode(id || substr(template, 17), 'base64'), E'+/=\n', '-_')
FROM decode(translate(:'token', '-_', '+/') || '==', 'base64') template, LATERAL (
    SELECT id FROM grants
    WHERE current_secret = sha256(substr(template, 33)) AND get_byte(id, 15) % 3 = :remainder
        AND id <> substr(template, 1, 16)
    ORDER BY random() LIMIT 100000) drawn;
