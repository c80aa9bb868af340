-- A kept file.
SELECT digest, name, content, received_at FROM papers.paper WHERE digest = %(digest)s
