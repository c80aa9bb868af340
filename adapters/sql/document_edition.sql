-- The date of an act and its place within the day (`cell` is the document's kind cell).
SELECT dated_on, day_order FROM read.assertion
WHERE program = %(program)s AND cell = %(cell)s ORDER BY position LIMIT 1
