-- Whose a program is.
SELECT program, municipality, municipality_name, zone, invented, position
FROM read.program WHERE program = %(program)s
