-- Copies the user user-0000000 to user-0000001 and so on, :users of them, with the same hash of the password.
\set ON_ERROR_STOP on

CREATE TEMP TABLE template AS
SELECT users.*, position(convert_to(subject, 'UTF8') IN record) AS subject_at, position('user-0000000'::bytea IN record) AS name_at,
    position('user-0000000@'::bytea IN record) AS mail_at, position('E-0000000'::bytea IN record) AS employee_at
FROM users JOIN login_keys l USING (tenant, subject) WHERE l.kind = 'USERNAME' AND l.name = 'user-0000000';

CREATE TEMP TABLE copies AS
SELECT n, md5('user ' || n)::uuid::text AS subject, to_char(n, 'FM0000000') AS digits
FROM generate_series(1, :users) n;

INSERT INTO principals SELECT t.tenant, c.subject, 'user' FROM template t, copies c;

INSERT INTO users
SELECT t.tenant, c.subject, t.state, t.epoch, 1, t.last_login_at,
    overlay(overlay(overlay(overlay(t.record PLACING convert_to(c.subject, 'UTF8') FROM t.subject_at)
        PLACING ('user-' || c.digits)::bytea FROM t.name_at)
        PLACING ('user-' || c.digits)::bytea FROM t.mail_at)
        PLACING ('E-' || c.digits)::bytea FROM t.employee_at)
FROM template t, copies c;

INSERT INTO login_keys
SELECT k.tenant, k.kind, replace(k.name, '0000000', c.digits), c.subject, k.verified
FROM template t JOIN login_keys k USING (tenant, subject), copies c;
