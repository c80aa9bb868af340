-- The events of some streams in the order of the log.
SELECT notification_id, recorded_at, originator_id, originator_version, topic, state
FROM history.event WHERE originator_id = ANY(%(streams)s) ORDER BY notification_id
