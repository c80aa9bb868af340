-- A file that was issued.
SELECT digest, name, content FROM history.issued_file WHERE digest = %(digest)s
