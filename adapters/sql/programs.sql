-- All programs registered up to a position.
SELECT program, municipality, municipality_name, zone, region, invented, position
FROM read.program WHERE position <= %(at_position)s ORDER BY program
