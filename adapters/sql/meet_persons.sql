-- Persons that a municipality's papers name, each by the reference that it keeps.
INSERT INTO papers.person (municipality, reference, surname, initials)
SELECT %(municipality)s, reference, surname, initials
FROM unnest(%(references)s::text[], %(surnames)s::text[], %(initials)s::text[])
    AS named (reference, surname, initials)
ON CONFLICT DO NOTHING
