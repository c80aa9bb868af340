-- Erases somebody from the directory (the owner's role).
DELETE FROM access.person WHERE issuer = %(issuer)s AND subject = %(subject)s
