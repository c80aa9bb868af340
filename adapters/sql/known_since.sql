-- The first day from which a cell is stated.
SELECT min(effective_on) AS effective_on FROM read.assertion
WHERE program = %(program)s AND cell = %(cell)s
HAVING min(effective_on) IS NOT NULL
