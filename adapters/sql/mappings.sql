-- The newest mapping of every header of a municipality.
SELECT DISTINCT ON (header) header, kind, columns FROM papers.mapping
WHERE municipality = %(municipality)s ORDER BY header, remembered_at DESC
