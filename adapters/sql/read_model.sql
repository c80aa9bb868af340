-- The read model, in a schema whose name stands for {schema}: append-only rows, written in the same
-- transaction as their events. A rebuild makes these tables anew beside the live ones.

CREATE SCHEMA {schema};

-- Programs that exist in the log, and whose they are.
CREATE TABLE {schema}.program (
    program           text    NOT NULL PRIMARY KEY,
    municipality      text    NOT NULL,
    municipality_name text    NOT NULL,
    zone              text    NOT NULL,
    invented          boolean NOT NULL,
    position          bigint  NOT NULL,
    region            text
);

-- One row per thing said about a cell. Keys are compared by their bytes, whatever the database's own
-- order of letters is: a prefix is then a range of the primary key.
CREATE TABLE {schema}.assertion (
    program      text     NOT NULL COLLATE "C",
    cell         text     NOT NULL COLLATE "C",
    position     bigint   NOT NULL,
    rank         smallint NOT NULL,
    dated_on     date     NOT NULL,
    day_order    integer  NOT NULL,
    effective_on date     NOT NULL,
    until_on     date,
    in_force_on  date     NOT NULL,
    is_act       boolean  NOT NULL,
    document     text     NOT NULL COLLATE "C",
    value        jsonb    NOT NULL,
    was          jsonb,
    PRIMARY KEY (program, cell, position)
);

-- What no longer counts; looked up by what it names.
CREATE TABLE {schema}.withdrawal (
    program         text    NOT NULL COLLATE "C",
    position        bigint  NOT NULL,
    of_position     bigint,
    of_document     text COLLATE "C",
    of_cell         text COLLATE "C",
    recording_error boolean NOT NULL,
    dated_on        date    NOT NULL,
    day_order       integer NOT NULL,
    effective_on    date    NOT NULL,
    until_on        date,
    in_force_on     date    NOT NULL,
    is_act          boolean NOT NULL,
    document        text    NOT NULL COLLATE "C",
    reason          text    NOT NULL,
    PRIMARY KEY (program, position),
    CHECK ((of_position IS NULL) <> (of_document IS NULL))
);

-- Money moved; postings of a cell add up. They are many and recorded one by one, so the key carries
-- what a sum needs.
CREATE TABLE {schema}.posting (
    program      text           NOT NULL COLLATE "C",
    cell         text           NOT NULL COLLATE "C",
    position     bigint         NOT NULL,
    amount       numeric(28, 2) NOT NULL,
    dated_on     date           NOT NULL,
    day_order    integer        NOT NULL,
    effective_on date           NOT NULL,
    until_on     date,
    in_force_on  date           NOT NULL,
    is_act       boolean        NOT NULL,
    document     text           NOT NULL COLLATE "C",
    PRIMARY KEY (program, cell, position)
        INCLUDE (amount, dated_on, day_order, effective_on, until_on, in_force_on, is_act)
);

-- Roles and keys that were given to actors, and which of them were taken back, by the position of the
-- event that gave them.
CREATE TABLE {schema}.access_grant (
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
CREATE INDEX ON {schema}.access_grant (issuer, subject);

CREATE TABLE {schema}.access_key (
    position bigint NOT NULL PRIMARY KEY,
    issuer   text   NOT NULL,
    subject  text   NOT NULL,
    digest   text   NOT NULL UNIQUE,
    until_on date   NOT NULL
);

CREATE TABLE {schema}.access_revoked (
    of_position bigint NOT NULL PRIMARY KEY,
    position    bigint NOT NULL
);
