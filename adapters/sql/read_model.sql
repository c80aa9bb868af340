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
    position          bigint  NOT NULL
);

-- One row per thing said about a cell.
CREATE TABLE {schema}.assertion (
    program      text     NOT NULL,
    cell         text     NOT NULL,
    position     bigint   NOT NULL,
    rank         smallint NOT NULL,
    dated_on     date     NOT NULL,
    day_order    integer  NOT NULL,
    effective_on date     NOT NULL,
    until_on     date,
    in_force_on  date     NOT NULL,
    is_act       boolean  NOT NULL,
    document     text     NOT NULL,
    value        jsonb    NOT NULL,
    was          jsonb,
    PRIMARY KEY (program, cell, position)
);
-- In the order of the question: the first row of a cell that a viewpoint sees is the winner.
CREATE INDEX assertion_in_order ON {schema}.assertion (
    program, cell, rank DESC, dated_on DESC, day_order DESC, effective_on DESC, position DESC
) INCLUDE (until_on, in_force_on, is_act, document);

-- What no longer counts; looked up by what it names.
CREATE TABLE {schema}.withdrawal (
    program         text    NOT NULL,
    position        bigint  NOT NULL,
    of_position     bigint,
    of_document     text,
    of_cell         text,
    recording_error boolean NOT NULL,
    dated_on        date    NOT NULL,
    day_order       integer NOT NULL,
    effective_on    date    NOT NULL,
    until_on        date,
    in_force_on     date    NOT NULL,
    is_act          boolean NOT NULL,
    document        text    NOT NULL,
    reason          text    NOT NULL,
    PRIMARY KEY (program, position),
    CHECK ((of_position IS NULL) <> (of_document IS NULL))
);

-- Money moved; postings of a cell add up.
CREATE TABLE {schema}.posting (
    program      text           NOT NULL,
    cell         text           NOT NULL,
    position     bigint         NOT NULL,
    amount       numeric(28, 2) NOT NULL,
    dated_on     date           NOT NULL,
    day_order    integer        NOT NULL,
    effective_on date           NOT NULL,
    until_on     date,
    in_force_on  date           NOT NULL,
    is_act       boolean        NOT NULL,
    document     text           NOT NULL,
    PRIMARY KEY (program, cell, position)
);
