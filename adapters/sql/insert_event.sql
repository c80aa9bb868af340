-- One event; the trigger gives it its position and time.
INSERT INTO history.event (
    originator_id, originator_version, topic, state, event_id, program, document, effective_on,
    dated_on, actor, request_id, correlation_id
) VALUES (
    %(originator_id)s, %(originator_version)s, %(topic)s, %(state)b, %(event_id)s, %(program)s,
    %(document)s, %(effective_on)s, %(dated_on)s, %(actor)s, %(request_id)s, %(correlation_id)s
) RETURNING notification_id
