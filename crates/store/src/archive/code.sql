-- Version 8: records of others keep their own code. A statement (CAMEO 01) has the type -1, since PLOVER has none for it.
-- A file of an earlier version has no number of statements: they were passed over, and come with the file once more.
ALTER TABLE outside ADD COLUMN code TEXT;
ALTER TABLE import ADD COLUMN statements INTEGER;
