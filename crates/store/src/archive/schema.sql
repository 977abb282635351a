-- The archive, version 1. Days are days since 1970-01-01. A seal is the SHA-256 of the row.
CREATE TABLE report(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sha BLOB NOT NULL UNIQUE,           -- content address: key, outlet, title, address, publication, language, text as given
    key TEXT NOT NULL,                  -- what makes two texts versions of one page: the address, else the id
    page INTEGER NOT NULL,              -- id of the first version
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,             -- 0 current, 1 an older version, 2 removed
    first_seen TEXT NOT NULL,
    outlet TEXT, url TEXT, published TEXT, language TEXT,
    day INTEGER,                        -- of publication
    coder TEXT NOT NULL,                -- who made the claims
    coded BLOB NOT NULL,                -- SHA-256 of the claims that stand
    given TEXT,                         -- JSON: outlet, title, url, published before a correction
    seal BLOB NOT NULL
) STRICT;
CREATE INDEX report_key ON report(key);
CREATE INDEX report_page ON report(page, version);
CREATE INDEX report_day ON report(state, day, id);

CREATE TABLE body(report INTEGER PRIMARY KEY REFERENCES report(id), title TEXT, text TEXT NOT NULL) STRICT;
-- Words of the reports that are current.
CREATE VIEW shown AS SELECT body.report AS report, body.title AS title, body.text AS text
    FROM body JOIN report ON report.id = body.report WHERE report.state = 0;
CREATE VIRTUAL TABLE words USING fts5(title, text, content='shown', content_rowid='report',
    tokenize='porter unicode61 remove_diacritics 2');

CREATE TABLE claim(
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report(id),
    sentence INTEGER NOT NULL,
    number INTEGER NOT NULL,            -- in the sentence; never used again once given
    state INTEGER NOT NULL,             -- 0 stands, 1 of an older version, 2 no longer found, 3 struck by hand
    kind INTEGER NOT NULL,              -- PLOVER type, in the order of the manual
    modality INTEGER NOT NULL,
    day INTEGER,
    country TEXT, place TEXT,           -- where
    edits TEXT,                         -- JSON: what was set by hand
    source TEXT,                        -- who says so: code, else name, else '?'; NULL for the outlet itself
    UNIQUE(report, sentence, number)
) STRICT;
CREATE INDEX claim_day ON claim(state, day, id);
CREATE INDEX claim_kind ON claim(state, kind, day, id);
CREATE INDEX claim_country ON claim(state, country, day, id);
CREATE INDEX claim_place ON claim(state, place, day, id);
CREATE INDEX claim_source ON claim(state, source, day, id);
CREATE TABLE record(claim INTEGER PRIMARY KEY REFERENCES claim(id), json TEXT NOT NULL) STRICT;

-- Who to whom, for claims that stand; '' where nobody is named.
CREATE TABLE pair(
    actor TEXT NOT NULL, recipient TEXT NOT NULL, day INTEGER, claim INTEGER NOT NULL REFERENCES claim(id),
    kind INTEGER NOT NULL
) STRICT;
CREATE INDEX pair_both ON pair(actor, recipient, day, claim);
CREATE INDEX pair_actor ON pair(actor, day, claim, kind);
CREATE INDEX pair_recipient ON pair(recipient, day, claim, kind);
CREATE INDEX pair_claim ON pair(claim);

-- Canonical names of those who act (role 0) and are acted on (1), for claims that stand.
CREATE TABLE party(
    name TEXT NOT NULL COLLATE NOCASE, role INTEGER NOT NULL, day INTEGER, claim INTEGER NOT NULL REFERENCES claim(id)
) STRICT;
CREATE INDEX party_name ON party(name, role, day, claim);
CREATE INDEX party_claim ON party(claim);

-- What was changed, when, why; each line's seal covers the seal of the line before.
CREATE TABLE log(
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT, detail TEXT,
    seal BLOB NOT NULL
) STRICT;
