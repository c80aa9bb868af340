-- The machine whose live key has this digest.
SELECT issuer, subject FROM read.access_key AS one
WHERE digest = %(digest)s AND %(today)s <= until_on
    AND NOT EXISTS (SELECT FROM read.access_revoked WHERE of_position = one.position)
