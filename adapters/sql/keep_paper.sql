-- Keeps a file; the same file again is nothing new.
INSERT INTO papers.paper (digest, name, content) VALUES (%(digest)s, %(name)s, %(content)s)
ON CONFLICT (digest) DO NOTHING
