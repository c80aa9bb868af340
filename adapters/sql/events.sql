-- Events in the order of the log: of a program, of several or of all, after a position, up to one, of a topic.
SELECT notification_id, recorded_at, originator_id, originator_version, topic, state
FROM history.event
WHERE notification_id > %(after)s
    AND (%(up_to)s::bigint IS NULL OR notification_id <= %(up_to)s)
    AND (%(program)s::text IS NULL OR program = %(program)s)
    AND (%(programs)s::text[] IS NULL OR program = ANY(%(programs)s))
    AND (%(topic)s::text IS NULL OR topic = %(topic)s)
ORDER BY notification_id LIMIT %(limit)s
