-- Version 2: what is watched. An address of a page is kept in the same commit as the state of the feed that named it,
-- and is done in the same commit as its report: nothing is lost in between, and nothing comes twice.
CREATE TABLE feed(
    url TEXT PRIMARY KEY,
    etag TEXT, modified TEXT,           -- of the last answer, to ask with next time
    next INTEGER NOT NULL DEFAULT 0,    -- not to be asked before, seconds since 1970
    failures INTEGER NOT NULL DEFAULT 0,
    last_ok TEXT, last_error TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE host(
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL DEFAULT 0,
    robots TEXT, robots_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE page(
    url TEXT PRIMARY KEY,
    feed TEXT NOT NULL,
    outlet TEXT, title TEXT, published TEXT,
    etag TEXT, modified TEXT,
    visits INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    next INTEGER,                       -- NULL: done
    last_error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX page_next ON page(next) WHERE next IS NOT NULL;
CREATE INDEX page_feed ON page(feed);
