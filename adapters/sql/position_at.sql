-- The last event taken in at or before an instant; recorded_at never decreases along positions.
SELECT notification_id AS position FROM history.event
WHERE recorded_at <= %(instant)s ORDER BY recorded_at DESC, notification_id DESC LIMIT 1
