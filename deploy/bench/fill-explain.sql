-- Has the server run a refresh and tell the plans of all that it did, as it plans for the connections of a node. Takes the
-- refresh back. Variable: token, a refresh token.
\set ON_ERROR_STOP on
LOAD 'auto_explain';
SET plan_cache_mode = force_generic_plan;
BEGIN;
PREPARE rotate (bytea) AS
SELECT outcome FROM rotate_grant_1('main', 'demo', 'demo', false, get_byte($1, 0) * 256 + get_byte($1, 1),
    substr($1, 1, 16), 'gid', sha256(substr($1, 17, 16)), sha256(substr($1, 33)), sha256('next'), 'sealed', NULL,
    '{"LOGIN": 1000000000}', 30000000000, 0, 0);
SELECT decode(translate(:'token', '-_', '+/') || '==', 'base64') AS token \gset
SET auto_explain.log_min_duration = 0;
SET auto_explain.log_nested_statements = on;
SET auto_explain.log_analyze = on;
SET auto_explain.log_timing = off;
SET auto_explain.log_buffers = on;
SET client_min_messages = log;
EXECUTE rotate (:'token');
ROLLBACK;
