-- All events of a program in the order of the log.
SELECT notification_id, recorded_at, originator_id, originator_version, topic, state
FROM history.event WHERE program = %(program)s ORDER BY notification_id
