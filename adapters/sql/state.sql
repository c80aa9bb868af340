-- The state of one program at a viewpoint: the winner of every cell, the latest document first, less
-- what is withdrawn (recording errors first, then withdrawn withdrawals, never deeper). The steps of a
-- report's way (`period:`) go by position, and no act takes them along.
WITH error AS MATERIALIZED (
    SELECT * FROM read.withdrawal w
    WHERE w.program = %(program)s AND w.recording_error AND w.position <= %(at_position)s
),
seen AS MATERIALIZED (
    SELECT * FROM read.withdrawal w
    WHERE w.program = %(program)s AND NOT w.recording_error
        AND w.position <= %(at_position)s
        AND w.effective_on <= %(as_of)s
        AND (w.until_on IS NULL OR %(as_of)s <= w.until_on)
        AND w.dated_on <= %(dated_by)s
        AND w.in_force_on <= %(counts_by)s
        AND (NOT w.is_act OR (w.dated_on, w.day_order) <= (%(edition_dated_on)s, %(edition_day_order)s))
        AND NOT EXISTS (
            SELECT FROM error e
            WHERE e.of_position = w.position AND e.of_cell IS NULL
        )
        AND NOT EXISTS (
            SELECT FROM error e
            WHERE e.of_document = w.document AND e.of_cell IS NULL
        )
),
gone AS MATERIALIZED (
    SELECT * FROM error
    UNION ALL
    SELECT * FROM seen s
    WHERE NOT EXISTS (
            SELECT FROM seen o
            WHERE o.of_position = s.position AND o.of_cell IS NULL AND o.position <> s.position
        )
        AND NOT EXISTS (
            SELECT FROM seen o
            WHERE o.of_document = s.document AND o.of_cell IS NULL AND o.position <> s.position
        )
)
SELECT DISTINCT ON (a.cell)
    a.cell, a.position, a.rank, a.dated_on, a.day_order, a.effective_on, a.until_on, a.in_force_on,
    a.is_act, a.document, a.value::text, a.was::text
FROM read.assertion a
WHERE a.program = %(program)s
        AND a.position <= %(at_position)s
        AND a.effective_on <= %(as_of)s
        AND (a.until_on IS NULL OR %(as_of)s <= a.until_on)
        AND a.dated_on <= %(dated_by)s
        AND a.in_force_on <= %(counts_by)s
        AND (NOT a.is_act OR (a.dated_on, a.day_order) <= (%(edition_dated_on)s, %(edition_day_order)s))
        AND NOT EXISTS (
            SELECT FROM gone g
            WHERE g.of_position = a.position AND (g.of_cell IS NULL OR g.of_cell = a.cell)
        )
        AND NOT EXISTS (
            SELECT FROM gone g
            WHERE g.of_document = a.document AND (g.of_cell IS NULL OR g.of_cell = a.cell)
                AND (g.recording_error OR NOT starts_with(a.cell, 'document:' || a.document || ':'))
                AND NOT starts_with(a.cell, 'period:')
        )
ORDER BY a.cell, CASE WHEN starts_with(a.cell, 'period:') THEN a.position END DESC, a.rank DESC, a.dated_on DESC, a.day_order DESC, a.effective_on DESC, a.position DESC
