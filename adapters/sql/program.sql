-- Whose a program is.
SELECT program, municipality, municipality_name, zone, region, invented, position
FROM read.program WHERE program = %(program)s
