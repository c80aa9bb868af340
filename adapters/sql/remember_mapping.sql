-- How a municipality's tables with this header are read from now on.
INSERT INTO papers.mapping (municipality, header, kind, columns)
VALUES (%(municipality)s, %(header)s, %(kind)s, %(columns)s)
