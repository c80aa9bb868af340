-- Everybody who is in the directory.
SELECT issuer, subject, name, email, noted_at FROM access.person ORDER BY issuer, subject
