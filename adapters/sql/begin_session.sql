-- Begins a session. Those that are over are cleaned away, and the oldest ones of a person at too many browsers.
WITH over AS (
    DELETE FROM access.session WHERE ends_at <= %(now)s OR seen_at <= %(idle_since)s
), too_many AS (
    DELETE FROM access.session WHERE digest IN (
        SELECT digest FROM access.session WHERE issuer = %(issuer)s AND subject = %(subject)s
        ORDER BY started_at DESC OFFSET %(most_others)s
    )
)
INSERT INTO access.session (digest, issuer, subject, csrf, started_at, seen_at, ends_at)
VALUES (%(digest)s, %(issuer)s, %(subject)s, %(csrf)s, %(now)s, %(now)s, %(ends_at)s)
