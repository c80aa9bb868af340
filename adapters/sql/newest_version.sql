-- The newest version of a stream.
SELECT coalesce(max(originator_version), 0) AS version
FROM history.event WHERE originator_id = %(stream)s
