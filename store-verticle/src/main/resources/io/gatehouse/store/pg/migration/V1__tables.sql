-- Instants are nanoseconds since 1970, as exact as the callers'. Every statement compares them with a "now" that its
-- caller gives, never with this server's clock.
-- Names that others chose (client_id, subject ...) lie here with \ as \\ and NUL as \0; where they are looked up by,
-- one of more than 200 characters is \# and its SHA-256.
-- A "record" is the whole row as the callers encode it; what a statement decides by or changes stands in columns beside
-- it, which count wherever both say something.

CREATE TABLE facts (
    name  text PRIMARY KEY,
    value text NOT NULL
);
INSERT INTO facts VALUES ('incarnation', gen_random_uuid()::text);

CREATE TABLE tenants (
    tenant        text PRIMARY KEY,
    apikey        text CONSTRAINT tenants_apikey UNIQUE,
    -- The name under which a user of the tenant is looked up.
    administrator text,
    version       bigint NOT NULL,
    record        bytea NOT NULL
);

-- A client must not be able to pass as a user (RFC 9700, section 4.15): they share one space of ids.
CREATE TABLE principals (
    tenant text NOT NULL,
    id     text NOT NULL,
    kind   text NOT NULL CHECK (kind IN ('client', 'user')),
    CONSTRAINT principals_id PRIMARY KEY (tenant, id)
);

-- A built-in client has a row only once its state differs from the one it is born with.
CREATE TABLE clients (
    tenant    text NOT NULL,
    client_id text NOT NULL,
    is_public boolean NOT NULL,
    rotates   boolean NOT NULL,
    scope     text[] NOT NULL,
    disabled  boolean NOT NULL,
    epoch     bigint NOT NULL,
    version   bigint NOT NULL,
    record    bytea NOT NULL,
    PRIMARY KEY (tenant, client_id)
);

-- A login writes last_login_at: room for it on the page, so that no index is touched.
CREATE TABLE users (
    tenant        text NOT NULL,
    subject       text NOT NULL,
    state         text NOT NULL,
    epoch         bigint NOT NULL,
    version       bigint NOT NULL,
    last_login_at bigint,
    record        bytea NOT NULL,
    PRIMARY KEY (tenant, subject)
) WITH (fillfactor = 80);

CREATE TABLE login_keys (
    tenant  text NOT NULL,
    kind    text NOT NULL,
    name    text NOT NULL,
    subject text NOT NULL,
    -- Whether somebody else's word may name the user so.
    verified boolean NOT NULL,
    CONSTRAINT login_keys_name PRIMARY KEY (tenant, kind, name)
);
CREATE INDEX login_keys_subject ON login_keys (tenant, subject);

CREATE TABLE key_sets (
    tenant  text PRIMARY KEY,
    version bigint NOT NULL,
    record  bytea NOT NULL
);

CREATE TABLE jwt_apps (
    tenant    text NOT NULL,
    name      text NOT NULL,
    -- As client ids are spelled: none of them may be one.
    audiences text[] NOT NULL,
    version   bigint NOT NULL,
    record    bytea NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Ids of codes and grants begin with their day of expiry, and a partition is one day: a look-up opens one, and what
-- has expired goes by dropping a table.
CREATE TABLE codes (
    expiry_day       integer NOT NULL,
    digest           bytea NOT NULL,
    tenant           text NOT NULL,
    client_id        text NOT NULL,
    subject          text NOT NULL,
    family           text NOT NULL,
    scope            text[] NOT NULL,
    grant_day        integer NOT NULL,
    grant_id         bytea NOT NULL,
    gid              text NOT NULL,
    grant_expires_at bigint NOT NULL,
    subject_epoch    bigint NOT NULL,
    client_epoch     bigint NOT NULL,
    redirect_uri     text,
    code_challenge   text,
    expires_at       bigint NOT NULL,
    taken_at         bigint,
    record           bytea NOT NULL,
    PRIMARY KEY (expiry_day, digest, tenant)
) PARTITION BY RANGE (expiry_day);

-- One-time values that were presented. A value says itself when it ends: presented again, it is looked for in the same
-- partition.
CREATE TABLE spent (
    expiry_day integer NOT NULL,
    digest     bytea NOT NULL,
    tenant     text NOT NULL,
    client_id  text NOT NULL,
    kind       text NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (expiry_day, digest, tenant, client_id, kind)
) PARTITION BY RANGE (expiry_day);

-- One row behind all refresh tokens of a grant. No index on what rotations change, so that they stay on their page.
CREATE TABLE grants (
    expiry_day       integer NOT NULL,
    id               bytea NOT NULL,
    tenant           text NOT NULL,
    client_id        text NOT NULL,
    subject          text NOT NULL,
    family           text NOT NULL,
    family_secret    bytea NOT NULL,
    current_secret   bytea NOT NULL,
    previous_secret  bytea,
    sealed_successor bytea,
    generation       bigint NOT NULL,
    rotated_at       bigint,
    replayed         boolean NOT NULL,
    subject_epoch    bigint NOT NULL,
    client_epoch     bigint NOT NULL,
    confirmation     text,
    idle_expires_at  bigint NOT NULL,
    expires_at       bigint NOT NULL,
    revoked_at       bigint,
    -- Null: it ended before it was written, and must stay dead.
    record           bytea,
    PRIMARY KEY (expiry_day, id, tenant)
) PARTITION BY RANGE (expiry_day);

-- Denials live for two hours at most and are found by what they are about, not by their end; there are so few that
-- they are swept in batches instead of lying in partitions.
CREATE TABLE denials (
    sequence   bigint PRIMARY KEY,
    -- Digest of tenant, client, kind and key: one line about one thing.
    id         bytea NOT NULL CONSTRAINT denials_id UNIQUE,
    tenant     text NOT NULL,
    kind       text NOT NULL,
    key        text NOT NULL,
    epoch      bigint NOT NULL,
    client_id  text NOT NULL,
    -- As clients spell it, where client_id is too long.
    client     text NOT NULL,
    expires_at bigint NOT NULL,
    gid        text
);
CREATE INDEX denials_client ON denials (tenant, client);
CREATE INDEX denials_expires_at ON denials (expires_at);

-- How many lines there are about tokens and grants of a client, and (gid not empty) about tokens of a grant. Rows stay
-- at zero until they are swept: whoever appends locks its row first.
CREATE TABLE denial_counts (
    tenant text NOT NULL,
    client text NOT NULL,
    gid    text NOT NULL,
    lines  bigint NOT NULL,
    PRIMARY KEY (tenant, client, gid)
) WITH (fillfactor = 50);

-- The one row whose lock is taken last: a number is given and committed by one transaction at a time, so that numbers
-- follow the order of commits, which a sequence's do not.
CREATE TABLE denial_log (
    one            boolean PRIMARY KEY DEFAULT true CHECK (one),
    last           bigint NOT NULL DEFAULT 0,
    lines          bigint NOT NULL DEFAULT 0,
    most           bigint NOT NULL DEFAULT 1000000,
    most_of_client bigint NOT NULL DEFAULT 20000,
    most_of_grant  bigint NOT NULL DEFAULT 32
) WITH (fillfactor = 10);
INSERT INTO denial_log DEFAULT VALUES;

-- Counters of attempts, of which no restart needs to know: no log is written for them. They are full again within a
-- day, at a time that every attempt moves, so that a partition by it would not hold; they are swept in batches.
CREATE UNLOGGED TABLE limits (
    key     bytea PRIMARY KEY,
    -- When it will be full again, in microseconds since 1970.
    full_at bigint NOT NULL
) WITH (fillfactor = 70);

-- What a start asks and says: whether these are demo data, which mix with no others. p_main: the record of the tenant
-- that is always there. Marks an empty database where p_demo says so.
CREATE FUNCTION establish_1(p_demo boolean, p_main bytea, OUT incarnation text, OUT demo boolean, OUT filled boolean)
LANGUAGE plpgsql AS $$
BEGIN
    SELECT value INTO incarnation FROM facts WHERE name = 'incarnation' FOR UPDATE;
    INSERT INTO tenants VALUES ('main', NULL, NULL, 1, p_main) ON CONFLICT (tenant) DO NOTHING;
    filled := EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM clients) OR EXISTS (SELECT FROM key_sets);
    IF p_demo AND NOT filled THEN
        INSERT INTO facts VALUES ('demo', 'true') ON CONFLICT (name) DO NOTHING;
    END IF;
    demo := EXISTS (SELECT FROM facts WHERE name = 'demo');
END $$;
