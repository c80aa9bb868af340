-- Everything said about one cell, in the order of the log.
SELECT cell, position, rank, dated_on, day_order, effective_on, until_on, in_force_on, is_act,
    document, value::text, was::text
FROM read.assertion WHERE program = %(program)s AND cell = %(cell)s ORDER BY position
