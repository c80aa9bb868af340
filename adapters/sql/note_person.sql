-- Remembers what somebody is called; the newest name counts.
INSERT INTO access.person (issuer, subject, name, email, noted_at)
VALUES (%(issuer)s, %(subject)s, %(name)s, %(email)s, %(noted_at)s)
ON CONFLICT (issuer, subject) DO UPDATE
SET name = excluded.name, email = excluded.email, noted_at = excluded.noted_at
