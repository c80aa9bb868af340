-- Ends all sessions of somebody.
DELETE FROM access.session WHERE issuer = %(issuer)s AND subject = %(subject)s
