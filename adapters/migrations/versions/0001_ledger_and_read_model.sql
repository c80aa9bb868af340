-- The log of events. Column names are the event library's; notification_id is the position.
CREATE SCHEMA history;

CREATE TABLE history.event (
    notification_id    bigint      NOT NULL PRIMARY KEY,
    recorded_at        timestamptz NOT NULL,
    originator_id      text        NOT NULL,
    originator_version bigint      NOT NULL,
    topic              text        NOT NULL,
    state              bytea       NOT NULL,
    event_id           uuid        NOT NULL UNIQUE,
    program            text,
    document           text,
    effective_on       date,
    dated_on           date,
    actor              text        NOT NULL,
    request_id         text        NOT NULL,
    correlation_id     text        NOT NULL,
    UNIQUE (originator_id, originator_version)
);
CREATE INDEX event_of_program ON history.event (program, notification_id);
CREATE INDEX event_recorded ON history.event (recorded_at, notification_id);

-- Positions are dense and in commit order: the lock is held until the transaction ends, and no
-- writer can skip it or choose a position or a time of recording.
CREATE FUNCTION history.take_in() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    last_position bigint;
    last_recorded timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(7305809155);
    SELECT notification_id, recorded_at INTO last_position, last_recorded
    FROM history.event ORDER BY notification_id DESC LIMIT 1;
    NEW.notification_id := coalesce(last_position, 0) + 1;
    NEW.recorded_at := greatest(clock_timestamp(), last_recorded);
    RETURN NEW;
END $$;
CREATE TRIGGER take_in BEFORE INSERT ON history.event
    FOR EACH ROW EXECUTE FUNCTION history.take_in();

CREATE FUNCTION history.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON history.event
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_change();

CREATE SCHEMA read;

-- Programs that exist in the log, and whose they are.
CREATE TABLE read.program (
    program           text    NOT NULL PRIMARY KEY,
    municipality      text    NOT NULL,
    municipality_name text    NOT NULL,
    zone              text    NOT NULL,
    invented          boolean NOT NULL,
    position          bigint  NOT NULL
);

-- One row per thing said about a cell. Keys are compared by their bytes, whatever the database's own
-- order of letters is: a prefix is then a range of the primary key.
CREATE TABLE read.assertion (
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
CREATE TABLE read.withdrawal (
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
CREATE TABLE read.posting (
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
