-- Ends the session of a browser.
DELETE FROM access.session WHERE digest = %(digest)s
