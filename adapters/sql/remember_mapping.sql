-- How a municipality's tables with this header are read from now on.
INSERT INTO papers.mapping (municipality, header, columns)
VALUES (%(municipality)s, %(header)s, %(columns)s)
