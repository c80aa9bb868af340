-- People at browsers: who is signed in, who is on the way through the provider, what people are called.
-- Outside of the history: nothing follows from these rows, and any of them may be erased.
CREATE SCHEMA access;

-- `digest` is the SHA-256 of what the browser shows. `csrf` is what the forms of the session carry.
CREATE TABLE access.session (
    digest     text        NOT NULL PRIMARY KEY,
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    csrf       text        NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL
);
CREATE INDEX ON access.session (issuer, subject);

-- `digest` is the SHA-256 of the state that was sent to the provider, `browser` of what the browser shows.
CREATE TABLE access.login (
    digest     text        NOT NULL PRIMARY KEY,
    browser    text        NOT NULL,
    nonce      text        NOT NULL,
    verifier   text        NOT NULL,
    goes_on_to text        NOT NULL,
    ends_at    timestamptz NOT NULL
);
CREATE INDEX ON access.login (ends_at);

-- Names stand here and nowhere else. Without constraints that a name could break: PostgreSQL would print it.
CREATE TABLE access.person (
    issuer   text        NOT NULL,
    subject  text        NOT NULL,
    name     text,
    email    text,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
