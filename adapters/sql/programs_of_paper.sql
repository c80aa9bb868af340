-- The programs that a file was handed in about.
SELECT program FROM papers.handed_in WHERE digest = %(digest)s ORDER BY program
