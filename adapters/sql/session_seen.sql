-- The session of a browser and what its person is called; it was heard of just now.
WITH seen AS (
    UPDATE access.session SET seen_at = greatest(seen_at, %(now)s)
    WHERE digest = %(digest)s AND ends_at > %(now)s AND seen_at > %(idle_since)s
    RETURNING issuer, subject, csrf
)
SELECT seen.issuer, seen.subject, seen.csrf, person.name
FROM seen LEFT JOIN access.person USING (issuer, subject)
