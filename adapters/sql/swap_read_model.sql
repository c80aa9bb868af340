-- The read model built anew takes the place of the live one. Takes no lock on any table: who reads the
-- former rows reads on, and a name is looked up anew by every statement.
ALTER SCHEMA read RENAME TO read_old;
ALTER SCHEMA read_next RENAME TO read;
