-- The files that figures were read from. Outside of the history and erasable: a paper may hold persons'
-- names (152-ФЗ). What was read from it stays in the history, with the paper's digest.
CREATE SCHEMA papers;

CREATE TABLE papers.paper (
    digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
    name text NOT NULL,
    content bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE papers.paper ALTER COLUMN content SET STORAGE EXTERNAL; -- files are compressed already

-- How a table with this header is read, as a person of the municipality said; the newest row counts.
CREATE TABLE papers.mapping (
    municipality text NOT NULL,
    header text NOT NULL,
    kind text NOT NULL,
    columns jsonb NOT NULL,
    remembered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (municipality, header, remembered_at)
);
