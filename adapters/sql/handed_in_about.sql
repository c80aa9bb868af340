-- A kept file was handed in about a program.
INSERT INTO papers.handed_in (digest, program) VALUES (%(digest)s, %(program)s)
ON CONFLICT DO NOTHING
