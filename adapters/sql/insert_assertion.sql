-- One thing said about a cell.
INSERT INTO read.assertion (
    program, cell, position, rank, dated_on, day_order, effective_on, until_on, in_force_on,
    is_act, document, value, was
) VALUES (
    %(program)s, %(cell)s, %(position)s, %(rank)s, %(dated_on)s, %(day_order)s, %(effective_on)s,
    %(until_on)s, %(in_force_on)s, %(is_act)s, %(document)s, %(value)s, %(was)s
)
