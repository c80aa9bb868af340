-- Remembers a sign-in under way; those that nobody came back from in time are cleaned away.
WITH over AS (DELETE FROM access.login WHERE ends_at <= %(now)s)
INSERT INTO access.login (digest, browser, nonce, verifier, goes_on_to, ends_at)
VALUES (%(digest)s, %(browser)s, %(nonce)s, %(verifier)s, %(goes_on_to)s, %(ends_at)s)
