-- The states of many programs at once, cells with one of the prefixes only: a range of the primary key
-- for each program and prefix, whatever the planner thinks of their number.
WITH error AS MATERIALIZED (
    SELECT * FROM read.withdrawal w
    WHERE w.program = ANY(%(programs)s) AND w.recording_error AND w.position <= %(at_position)s
),
seen AS MATERIALIZED (
    SELECT * FROM read.withdrawal w
    WHERE w.program = ANY(%(programs)s) AND NOT w.recording_error
        AND w.position <= %(at_position)s
        AND w.effective_on <= %(as_of)s
        AND (w.until_on IS NULL OR %(as_of)s <= w.until_on)
        AND w.dated_on <= %(dated_by)s
        AND w.in_force_on <= %(counts_by)s
        AND (NOT w.is_act OR (w.dated_on, w.day_order) <= (%(edition_dated_on)s, %(edition_day_order)s))
        AND NOT EXISTS (
            SELECT FROM error e
            WHERE e.of_position = w.position AND e.program = w.program AND e.of_cell IS NULL
        )
        AND NOT EXISTS (
            SELECT FROM error e
            WHERE e.of_document = w.document AND e.program = w.program AND e.of_cell IS NULL
        )
),
gone AS MATERIALIZED (
    SELECT * FROM error
    UNION ALL
    SELECT * FROM seen s
    WHERE NOT EXISTS (
            SELECT FROM seen o
            WHERE o.of_position = s.position AND o.program = s.program AND o.of_cell IS NULL AND o.position <> s.position
        )
        AND NOT EXISTS (
            SELECT FROM seen o
            WHERE o.of_document = s.document AND o.program = s.program AND o.of_cell IS NULL AND o.position <> s.position
        )
)
SELECT winner.*
FROM unnest(%(programs)s::text[]) AS asked (program),
    unnest(%(prefixes)s::text[]) AS wanted (prefix),
    LATERAL (
    SELECT DISTINCT ON (a.cell)
        a.program, a.cell, a.position, a.rank, a.dated_on, a.day_order, a.effective_on, a.until_on,
        a.in_force_on, a.is_act, a.document, a.value::text, a.was::text
    FROM read.assertion a
    WHERE a.program = asked.program
        AND a.cell >= wanted.prefix AND a.cell < wanted.prefix || chr(1114111)
        AND a.position <= %(at_position)s
        AND a.effective_on <= %(as_of)s
        AND (a.until_on IS NULL OR %(as_of)s <= a.until_on)
        AND a.dated_on <= %(dated_by)s
        AND a.in_force_on <= %(counts_by)s
        AND (NOT a.is_act OR (a.dated_on, a.day_order) <= (%(edition_dated_on)s, %(edition_day_order)s))
        AND (a.program, a.position) NOT IN (
            SELECT g.program, g.of_position FROM gone g
            WHERE g.of_position IS NOT NULL AND g.of_cell IS NULL
        )
        AND (a.program, a.position, a.cell) NOT IN (
            SELECT g.program, g.of_position, g.of_cell FROM gone g
            WHERE g.of_position IS NOT NULL AND g.of_cell IS NOT NULL
        )
        AND ((a.program, a.document) NOT IN (
            SELECT g.program, g.of_document FROM gone g
            WHERE g.of_document IS NOT NULL AND g.of_cell IS NULL AND g.recording_error
        ) OR starts_with(a.cell, 'period:'))
        AND ((a.program, a.document) NOT IN (
            SELECT g.program, g.of_document FROM gone g
            WHERE g.of_document IS NOT NULL AND g.of_cell IS NULL
        ) OR starts_with(a.cell, 'document:' || a.document || ':') OR starts_with(a.cell, 'period:'))
        AND ((a.program, a.document, a.cell) NOT IN (
            SELECT g.program, g.of_document, g.of_cell FROM gone g
            WHERE g.of_document IS NOT NULL AND g.of_cell IS NOT NULL
                AND (g.recording_error OR NOT starts_with(g.of_cell, 'document:' || g.of_document || ':'))
        ) OR starts_with(a.cell, 'period:'))
    ORDER BY a.cell, CASE WHEN starts_with(a.cell, 'period:') THEN a.position END DESC, a.rank DESC, a.dated_on DESC, a.day_order DESC, a.effective_on DESC,
        a.position DESC
    ) winner
