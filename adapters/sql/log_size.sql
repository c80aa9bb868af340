-- The size of the log (positions are dense) and a program's last position.
SELECT
    coalesce((SELECT max(notification_id) FROM history.event), 0) AS size,
    coalesce(
        (SELECT max(notification_id) FROM history.event WHERE program = %(program)s), 0
    ) AS last_position
