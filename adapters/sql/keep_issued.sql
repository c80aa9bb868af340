-- Keeps a file that is issued; the same file again is nothing new.
INSERT INTO history.issued_file (digest, name, content) VALUES (%(digest)s, %(name)s, %(content)s)
ON CONFLICT (digest) DO NOTHING
