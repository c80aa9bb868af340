-- A program that came to exist.
INSERT INTO read.program (program, municipality, municipality_name, zone, invented, position)
VALUES (
    %(program)s, %(municipality)s, %(municipality_name)s, %(zone)s, %(invented)s, %(position)s
)
