-- Version 3: records of others, to be drawn beside ours. They are no claims: no report stands behind them.
CREATE TABLE import(
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, file TEXT NOT NULL, sha BLOB NOT NULL UNIQUE, at TEXT NOT NULL,
    rows INTEGER NOT NULL, mended INTEGER NOT NULL, skipped INTEGER NOT NULL
) STRICT;
CREATE TABLE outside(
    source TEXT NOT NULL, serial TEXT NOT NULL, import INTEGER NOT NULL REFERENCES import(id),
    day INTEGER NOT NULL, actor TEXT NOT NULL, recipient TEXT NOT NULL, kind INTEGER NOT NULL, intensity REAL,
    PRIMARY KEY(source, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX outside_pair ON outside(actor, recipient, source, day, kind);
