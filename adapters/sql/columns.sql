-- The columns of a table by name, and which of them are its key.
SELECT a.attname AS name, a.attnum = ANY(c.conkey) AS is_key
FROM pg_attribute a
JOIN pg_constraint c ON c.conrelid = a.attrelid AND c.contype = 'p'
WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attname
