-- The sign-in that this browser comes back from. It is gone with the question: an answer counts once.
DELETE FROM access.login WHERE digest = %(digest)s AND browser = %(browser)s
RETURNING nonce, verifier, goes_on_to, ends_at > %(now)s AS is_in_time
