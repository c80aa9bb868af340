-- Refusals, newest first: before one, by a rule, about a program, since an instant.
SELECT
    number, at, request_id, issuer, subject, method, route, program, rule, status,
    address::text AS address
FROM audit.refusal
WHERE (%(before)s::bigint IS NULL OR number < %(before)s)
    AND (%(rule)s::text IS NULL OR rule = %(rule)s)
    AND (%(program)s::text IS NULL OR program = %(program)s)
    AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
ORDER BY number DESC LIMIT %(limit)s
