-- The latest day from which a statement of a document holds, as known at a position.
SELECT max(effective_on) AS effective_on
FROM history.event WHERE program = %(program)s AND document = %(document)s
    AND notification_id <= %(at_position)s
