-- The postings of one cell, in the order of the log.
SELECT position, cell, amount, dated_on, day_order, effective_on, until_on, in_force_on, is_act,
    document
FROM read.posting WHERE program = %(program)s AND cell = %(cell)s ORDER BY position
