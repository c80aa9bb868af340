-- What no longer counts.
INSERT INTO read.withdrawal (
    program, position, of_position, of_document, of_cell, recording_error, dated_on, day_order,
    effective_on, until_on, in_force_on, is_act, document, reason
) VALUES (
    %(program)s, %(position)s, %(of_position)s, %(of_document)s, %(of_cell)s,
    %(recording_error)s, %(dated_on)s, %(day_order)s, %(effective_on)s, %(until_on)s,
    %(in_force_on)s, %(is_act)s, %(document)s, %(reason)s
)
