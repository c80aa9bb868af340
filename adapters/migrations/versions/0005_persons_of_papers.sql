-- Persons whom papers name, by the references under which the history knows them: the same person is the
-- same reference in every paper of a municipality. Outside of the history and erasable (152-FZ): the owner
-- sets surname and initials to null, the reference stays taken.
CREATE TABLE papers.person (
    municipality text NOT NULL,
    reference text NOT NULL,
    surname text,
    initials text,
    met_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (municipality, reference)
);
