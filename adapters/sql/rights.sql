-- What an actor and anybody hold on a day, and the version of the actor's stream (0: never granted
-- anything). One row at least: without rights its role is null.
WITH actor AS (
    SELECT coalesce(max(originator_version), 0) AS version
    FROM history.event WHERE originator_id = %(stream)s
)
SELECT
    actor.version, held.position, held.role, held.region, held.municipality, held.program, held.period
FROM actor LEFT JOIN (
    SELECT * FROM read.access_grant AS one
    WHERE (one.issuer, one.subject) IN (
            (%(issuer)s, %(subject)s), ('urn:letopis:anybody', 'anybody')
        )
        AND one.effective_on <= %(today)s
        AND (one.until_on IS NULL OR %(today)s <= one.until_on)
        AND NOT EXISTS (SELECT FROM read.access_revoked WHERE of_position = one.position)
) AS held ON true
ORDER BY held.position
