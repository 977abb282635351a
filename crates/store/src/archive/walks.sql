-- Version 5: an index answers what is asked beside what it is sorted by, so that few claims are looked up; claims of a
-- modality; the state of the archive without its texts.
DROP INDEX claim_kind;
DROP INDEX claim_country;
DROP INDEX claim_place;
DROP INDEX claim_source;
DROP INDEX pair_both;
DROP INDEX pair_claim;
DROP INDEX party_claim;
CREATE INDEX claim_kind ON claim(state, kind, day, id, modality);
CREATE INDEX claim_modality ON claim(state, modality, day, id);
CREATE INDEX claim_country ON claim(state, country, day, id, kind, modality);
CREATE INDEX claim_place ON claim(state, place, day, id, kind, modality);
CREATE INDEX claim_source ON claim(state, source, day, id, kind, modality);
CREATE INDEX pair_both ON pair(actor, recipient, day, claim, kind);
CREATE INDEX pair_claim ON pair(claim, actor, recipient);
CREATE INDEX party_claim ON party(claim, role, name);
CREATE INDEX report_state ON report(sha, state, coded, given);
