-- Who was named in a municipality's papers, in the order of their references.
SELECT reference, surname, initials FROM papers.person
WHERE municipality = %(municipality)s ORDER BY met_at, reference
