-- When an event was taken in.
SELECT recorded_at FROM history.event WHERE notification_id = %(position)s
