-- The files in which reports were issued, for ever as they were: programs that write files change, and
-- what was issued must not. A part of the history: appended, never changed or erased. Issued forms hold
-- references to persons, never names.
CREATE TABLE history.issued_file (
    digest    text        NOT NULL PRIMARY KEY CHECK (digest = encode(sha256(content), 'hex')),
    name      text        NOT NULL,
    content   bytea       NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE history.issued_file ALTER COLUMN content SET STORAGE EXTERNAL; -- compressed already

CREATE TRIGGER refuse_change_of_issued BEFORE UPDATE OR DELETE OR TRUNCATE ON history.issued_file
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change();
