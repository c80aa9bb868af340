-- The last event of a program up to a position.
SELECT coalesce(max(notification_id), 0) AS position
FROM history.event WHERE program = %(program)s AND notification_id <= %(at_position)s
