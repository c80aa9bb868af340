-- The sums of postings per program and cell at a viewpoint, cells with one of the prefixes only.
SELECT summed.*
FROM unnest(%(programs)s::text[]) AS asked (program),
    unnest(%(prefixes)s::text[]) AS wanted (prefix),
    LATERAL (
    SELECT p.program, p.cell, sum(p.amount) AS amount,
        array_agg(p.position ORDER BY p.position) AS positions
    FROM read.posting p
    WHERE p.program = asked.program
        AND p.cell >= wanted.prefix AND p.cell < wanted.prefix || chr(1114111)
        AND p.position <= %(at_position)s
        AND p.effective_on <= %(as_of)s
        AND (p.until_on IS NULL OR %(as_of)s <= p.until_on)
        AND p.dated_on <= %(dated_by)s
        AND p.in_force_on <= %(counts_by)s
        AND (NOT p.is_act OR (p.dated_on, p.day_order) <= (%(edition_dated_on)s, %(edition_day_order)s))
    GROUP BY p.program, p.cell
    ) summed
