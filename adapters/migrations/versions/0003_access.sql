-- Who may do what: the region that oversees a program, and rows of rights and keys.
ALTER TABLE read.program ADD COLUMN region text;

-- Roles and keys that were given to actors, and which of them were taken back, by the position of the
-- event that gave them.
CREATE TABLE read.access_grant (
    position     bigint NOT NULL PRIMARY KEY,
    issuer       text   NOT NULL,
    subject      text   NOT NULL,
    role         text   NOT NULL,
    region       text,
    municipality text,
    program      text,
    period       text,
    effective_on date   NOT NULL,
    until_on     date
);
CREATE INDEX ON read.access_grant (issuer, subject);

CREATE TABLE read.access_key (
    position bigint NOT NULL PRIMARY KEY,
    issuer   text   NOT NULL,
    subject  text   NOT NULL,
    digest   text   NOT NULL UNIQUE,
    until_on date   NOT NULL
);

CREATE TABLE read.access_revoked (
    of_position bigint NOT NULL PRIMARY KEY,
    position    bigint NOT NULL
);

-- About which programs a file was handed in: who may open it follows from theirs.
CREATE TABLE papers.handed_in (
    digest text NOT NULL,
    program text NOT NULL,
    PRIMARY KEY (digest, program)
);
