-- The sessions of somebody that are not over, the one heard of last first, and which of them asks.
SELECT started_at, seen_at, digest = %(digest)s AS is_this FROM access.session
WHERE issuer = %(issuer)s AND subject = %(subject)s
    AND ends_at > %(now)s AND seen_at > %(idle_since)s
ORDER BY seen_at DESC, started_at DESC
