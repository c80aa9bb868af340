-- The first event of a stream.
SELECT notification_id, recorded_at, originator_id, originator_version, topic, state
FROM history.event WHERE originator_id = %(stream)s AND originator_version = 1
