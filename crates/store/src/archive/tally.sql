-- Version 6: how many there are of everything, kept in the same step as what is counted, so that nobody counts a million.
CREATE TABLE tally(
    what TEXT NOT NULL,                 -- of claims 'type'; of reports 'outlet', 'coder', 'language'
    state INTEGER NOT NULL,             -- of the claim or report
    name TEXT NOT NULL,                 -- '' where there is none
    n INTEGER NOT NULL,
    PRIMARY KEY(what, state, name)
) STRICT, WITHOUT ROWID;
-- The same, counted.
CREATE VIEW counted AS
    SELECT 'type' AS what, state, CAST(kind AS TEXT) AS name, count(*) AS n FROM claim GROUP BY 2, 3
    UNION ALL SELECT 'outlet', state, coalesce(outlet, ''), count(*) FROM report GROUP BY 2, 3
    UNION ALL SELECT 'coder', state, coder, count(*) FROM report GROUP BY 2, 3
    UNION ALL SELECT 'language', state, coalesce(language, ''), count(*) FROM report GROUP BY 2, 3;
INSERT INTO tally SELECT what, state, name, n FROM counted;

CREATE TRIGGER claim_came AFTER INSERT ON claim BEGIN
    INSERT INTO tally VALUES ('type', new.state, CAST(new.kind AS TEXT), 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER claim_went AFTER DELETE ON claim BEGIN
    UPDATE tally SET n = n - 1 WHERE what = 'type' AND state = old.state AND name = CAST(old.kind AS TEXT);
END;
CREATE TRIGGER claim_changed AFTER UPDATE OF state, kind ON claim WHEN (old.state, old.kind) <> (new.state, new.kind)
BEGIN
    UPDATE tally SET n = n - 1 WHERE what = 'type' AND state = old.state AND name = CAST(old.kind AS TEXT);
    INSERT INTO tally VALUES ('type', new.state, CAST(new.kind AS TEXT), 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER report_came AFTER INSERT ON report BEGIN
    INSERT INTO tally VALUES ('outlet', new.state, coalesce(new.outlet, ''), 1), ('coder', new.state, new.coder, 1),
        ('language', new.state, coalesce(new.language, ''), 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER report_changed AFTER UPDATE OF state, outlet, coder, language ON report
WHEN (old.state, old.outlet, old.coder, old.language) IS NOT (new.state, new.outlet, new.coder, new.language)
BEGIN
    UPDATE tally SET n = n - 1 WHERE state = old.state AND (what, name) IN (
        VALUES ('outlet', coalesce(old.outlet, '')), ('coder', old.coder), ('language', coalesce(old.language, '')));
    INSERT INTO tally VALUES ('outlet', new.state, coalesce(new.outlet, ''), 1), ('coder', new.state, new.coder, 1),
        ('language', new.state, coalesce(new.language, ''), 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
