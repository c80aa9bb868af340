-- Everything withdrawn in a program, in the order of the log.
SELECT position, of_position, of_document, of_cell, recording_error, dated_on, day_order,
    effective_on, until_on, in_force_on, is_act, document, reason
FROM read.withdrawal WHERE program = %(program)s ORDER BY position
