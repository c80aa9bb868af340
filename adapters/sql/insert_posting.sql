-- Money moved.
INSERT INTO read.posting (
    program, cell, position, amount, dated_on, day_order, effective_on, until_on, in_force_on,
    is_act, document
) VALUES (
    %(program)s, %(cell)s, %(position)s, %(amount)s, %(dated_on)s, %(day_order)s,
    %(effective_on)s, %(until_on)s, %(in_force_on)s, %(is_act)s, %(document)s
)
