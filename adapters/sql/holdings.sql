-- Every role and key that was ever given, to one actor or to all, in the order of the log.
SELECT given.*, revoked.position AS revoked_at
FROM (
    SELECT
        position, issuer, subject, role, region, municipality, program, period, effective_on, until_on
    FROM read.access_grant
    UNION ALL
    SELECT position, issuer, subject, NULL, NULL, NULL, NULL, NULL, NULL, until_on
    FROM read.access_key
) AS given
LEFT JOIN read.access_revoked AS revoked ON revoked.of_position = given.position
WHERE %(issuer)s::text IS NULL OR (issuer, subject) = (%(issuer)s, %(subject)s)
ORDER BY given.position
