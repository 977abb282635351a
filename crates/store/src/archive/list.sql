-- Version 7: claims are kept as they come; the lists by which they are found are made of many claims at a time, so that a
-- page of a list is written once for all that falls on it. What no list has yet is looked through.
CREATE TABLE side(
    claim INTEGER NOT NULL,
    role INTEGER NOT NULL,              -- code of one who acts 0, is acted on 1; name in small letters 2, 3
    name TEXT NOT NULL,
    PRIMARY KEY(claim, role, name)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO side SELECT claim, 0, actor FROM pair WHERE actor <> '';
INSERT OR IGNORE INTO side SELECT claim, 1, recipient FROM pair WHERE recipient <> '';
INSERT OR IGNORE INTO side SELECT claim, 2 + role, lower(name) FROM party;
DROP TABLE pair;
DROP TABLE party;
DROP INDEX claim_day;
DROP INDEX claim_kind;
DROP INDEX claim_modality;
DROP INDEX claim_country;
DROP INDEX claim_place;
DROP INDEX claim_source;

-- Claims that stand, by day behind what they are listed for.
CREATE TABLE list(
    what INTEGER NOT NULL,              -- `What` in list.rs
    name TEXT NOT NULL,
    day INTEGER NOT NULL,               -- the least number where there is none
    claim INTEGER NOT NULL,
    kind INTEGER NOT NULL, modality INTEGER NOT NULL,
    PRIMARY KEY(what, name, day, claim)
) STRICT, WITHOUT ROWID;
-- Up to which claim a list is made.
CREATE TABLE listed(what INTEGER PRIMARY KEY, claim INTEGER NOT NULL) STRICT;
