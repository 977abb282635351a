-- Version 4: who wrote a report; the reports of an outlet at once.
ALTER TABLE report ADD COLUMN author TEXT;
CREATE INDEX report_outlet ON report(outlet, state);
