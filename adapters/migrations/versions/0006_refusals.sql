-- What was refused to whom, for auditors. Outside of the history: nothing follows from these rows, the
-- application appends and reads them, and their owner erases them when they have served. An address is
-- kept shortened only, a path never: what a caller typed does not get in here.
CREATE SCHEMA audit;

CREATE TABLE audit.refusal (
    number     bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    request_id text        NOT NULL,
    issuer     text,
    subject    text,
    method     text        NOT NULL,
    route      text        NOT NULL,
    program    text,
    rule       text        NOT NULL,
    status     smallint    NOT NULL,
    address    cidr        CHECK (masklen(address) = CASE family(address) WHEN 4 THEN 24 ELSE 48 END),
    CHECK ((issuer IS NULL) = (subject IS NULL))
);
CREATE INDEX refusal_of_program ON audit.refusal (program, number);
CREATE INDEX refusal_of_rule ON audit.refusal (rule, number);
