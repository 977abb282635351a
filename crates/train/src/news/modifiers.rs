//! What stands beside a noun: participles with a hyphen, participles behind it, titles and offices in apposition.

use demarche_core::Upos;

use super::{
    Maker,
    verbs::{gerund, simple, singular},
};

/// Participles that a hyphen ties to a name or noun, with their verbs.
const TIED: &[&str] = &[
    "back",
    "lead led led",
    "administer",
    "broker",
    "control!",
    "hold held held",
    "mediate",
    "run ran run",
    "train",
    "supply supplied supplied",
    "impose",
    "occupy occupied occupied",
    "fund",
    "make made made",
    "sponsor",
    "build built built",
    "draft",
    "support",
    "own",
    "register",
    "arm",
    "base",
    "host",
    "appoint",
];

/// What such a participle describes.
const DESCRIBED: &[&str] = &[
    "forces_s",
    "rebels_s",
    "coalition",
    "region",
    "militia",
    "talks_s",
    "ceasefire",
    "government",
    "officials_s",
    "missiles_s",
    "territory",
    "group",
    "troops_s",
    "plan",
    "militias_s",
    "separatists_s",
    "blockade",
    "territories_s",
    "peace talks_s",
    "security forces_s",
    "ship",
    "areas_s",
    "administration",
    "mediators_s",
    "drones_s",
    "vessel",
];

impl<'l> Maker<'_, 'l> {
    /// "the UN-backed government", "rebel-held areas", "Indian-administered Chad": its head, and whether it is plural.
    pub(super) fn hyphened(&mut self) -> (usize, bool) {
        let named = self.rng.below(6) == 0;
        let what = self.one_of(DESCRIBED);
        let plural = what.ends_with("_s");
        let article = !named && !self.headline && (!plural || self.rng.below(2) == 0);
        let the = article.then(|| {
            if plural || self.rng.below(4) > 0 {
                return self.push("the", "the", Upos::Det, "DT", 0, "det");
            }
            self.push("a", "a", Upos::Det, "DT", 0, "det")
        });
        let first = match self.rng.below(6) {
            0 => {
                let noun = ["rebel", "government", "state", "army", "military", "opposition", "militia", "foreign"];
                let noun = noun[self.rng.below(noun.len())];
                let (upos, xpos) = if noun == "foreign" { (Upos::Adj, "JJ") } else { (Upos::Noun, "NN") };
                self.push(noun, noun, upos, xpos, 0, "compound")
            }
            1 | 2 => {
                let name = self
                    .one_of(&["UN", "US", "EU", "NATO", "U.S.", "Saudi", "Hamas", "Kremlin", "Houthi", "UAE", "UK"]);
                self.name(name)
            }
            3 => {
                let demonym = self.demonym();
                self.hang(demonym, 0, "compound");
                demonym
            }
            _ => self.country(),
        };
        self.push("-", "-", Upos::Punct, "HYPH", first, "punct");
        let tied = simple(self.one_of(TIED));
        let participle = self.push(&tied.participle, &tied.lemma, Upos::Verb, "VBN", 0, "amod");
        self.hang(first, participle, "compound");
        let head = if named { self.country() } else { self.phrase(what) };
        self.hang(participle, head, "amod");
        if let Some(the) = the {
            self.hang(the, head, "det");
        }
        (head, plural && !named)
    }

    /// "soldiers stationed in Gao", "families fleeing the war": a subject that its own participle follows.
    pub(super) fn described(&mut self) -> (usize, bool) {
        let nouns =
            ["soldiers", "troops", "rebels", "gunmen", "officials", "fighters", "families", "envoys", "militants"];
        let noun = nouns[self.rng.below(nouns.len())];
        let lemma = if noun == "gunmen" { "gunman".to_owned() } else { singular(noun) };
        let head = self.push(noun, &lemma, Upos::Noun, "NNS", 0, "root");
        self.participle_after(head);
        (head, true)
    }

    /// A participle behind a noun.
    fn participle_after(&mut self, noun: usize) {
        let (verb, active, rests): (_, _, &[&'static str]) = [
            ("station", false, &["in $P", "along the_d border", "near $P"] as &[_]),
            ("deploy", false, &["to $P", "along the_d border", "in $P"]),
            ("back", false, &["by $C", "by $D jets_s"]),
            ("support", false, &["by $C"]),
            ("arm", false, &["with rifles_s", "by $C"]),
            ("send sent sent", false, &["to $P", "by $C"]),
            ("accuse", false, &["of attack_v the_d convoy", "of treason"]),
            ("involve", false, &["in the_d talks_s", "in the_d attack"]),
            ("trap!", false, &["in $P", "by the_d fighting"]),
            ("hold held held", false, &["in $P", "by rebels_s"]),
            ("flee fled fled", true, &["the_d fighting", "the_d war", "$P"]),
            ("fight fought fought", true, &["in $P", "for $C", "near $P"]),
            ("protest", true, &["against the_d decision", "in $P"]),
            ("guard", true, &["the_d border", "the_d embassy"]),
        ][self.rng.below(14)];
        let verb = simple(verb);
        let form = if active { gerund(&verb.lemma, verb.doubled) } else { verb.participle.clone() };
        let tag = if active { "VBG" } else { "VBN" };
        let participle = self.push(&form, &verb.lemma, Upos::Verb, tag, noun, "acl");
        let rest = self.one_of(rests);
        if let Some(agent) = rest.strip_prefix("by ") {
            self.by(participle, Some(agent));
        } else if active && (rest.starts_with("the") || rest.starts_with('$')) {
            let object = self.phrase(rest);
            self.hang(object, participle, "obj");
        } else {
            self.complement(rest, participle, None);
        }
    }

    /// "the deal reached in Doha", "talks aimed at ending the war": a subject that is no person.
    pub(super) fn described_thing(&mut self) -> (usize, bool) {
        let (what, verb, rest) = [
            ("the_d deal", "reach", "in $P"),
            ("a_d statement", "release", "by $C"),
            ("talks_s", "aim", "at end_v the_d war"),
            ("the_d sanctions_s", "impose", "on $C"),
            ("a_d plan", "propose", "by $C"),
            ("missiles_s", "launch", "from $P"),
            ("the_d drones_s", "use", "in the_d attack"),
            ("an_d agreement", "sign", "in $P"),
            ("the_d truce", "broker", "by $C"),
            ("measures_s", "take took taken", "against $C"),
            ("the_d weapons_s", "supply supplied supplied", "by $C"),
            ("rockets_s", "fire", "at $P"),
        ][self.rng.below(12)];
        let head = self.phrase(what);
        let verb = simple(verb);
        let participle = self.push(&verb.participle, &verb.lemma, Upos::Verb, "VBN", head, "acl");
        if let Some(agent) = rest.strip_prefix("by ") {
            self.by(participle, Some(agent));
        } else {
            self.complement(rest, participle, None);
        }
        (head, what.ends_with("_s"))
    }

    /// An office: "Mali's foreign minister", "the Malian president", "a spokesman for the army".
    pub(super) fn office(&mut self) -> usize {
        let offices = [
            "foreign_j minister",
            "defence minister",
            "army chief",
            "ambassador",
            "president",
            "special_j envoy",
            "interior minister",
            "chief_j negotiator",
            "prime_j minister",
            "security adviser",
            "opposition leader",
            "deputy foreign_j minister",
            "military spokesman",
            "top_j diplomat",
            "supreme_j leader",
        ];
        let office = self.one_of(&offices);
        match self.rng.below(4) {
            0 | 1 => {
                let owner = self.country();
                self.push("'s", "'s", Upos::Part, "POS", owner, "case");
                let head = self.phrase(office);
                self.hang(owner, head, "nmod:poss");
                head
            }
            2 => self.phrase(&format!("the_d $D {office}")),
            _ => {
                let noun = ["spokesman", "spokeswoman", "lawyer", "negotiator", "adviser"][self.rng.below(5)];
                let head = self.phrase(&format!("a_d {noun}"));
                let case = if noun == "adviser" { "to" } else { "for" };
                let case = self.push(case, case, Upos::Adp, "IN", 0, "case");
                let body = self.one_of(&[
                    "the_d foreign_j ministry",
                    "the_d army",
                    "the_d $D president",
                    "the_d rebels_s",
                    "$C",
                ]);
                let body = self.phrase(body);
                self.hang(body, head, "nmod");
                self.hang(case, body, "case");
                head
            }
        }
    }

    /// A person's name alone.
    pub(super) fn bare_name(&mut self) -> usize {
        let names: &'l super::Lists = &self.lexicon.names;
        let (given, family) = names.people(self.rng);
        let head = self.name(given);
        self.push(family, family, Upos::Propn, "NNP", head, "flat");
        head
    }

    /// "Ali Keita, Mali's foreign minister," or "Mali's foreign minister, Ali Keita,".
    pub(super) fn person_and_office(&mut self) -> usize {
        let name_first = self.rng.below(2) == 0;
        let first = if name_first { self.bare_name() } else { self.office() };
        let comma = self.comma(0);
        let second = if name_first { self.office() } else { self.bare_name() };
        self.hang(second, first, "appos");
        self.hang(comma, second, "punct");
        self.comma(second);
        first
    }

    /// "Malian foreign minister Ali Keita", "army chief Ali Keita".
    pub(super) fn titled(&mut self) -> usize {
        let titles = [
            "foreign_j minister",
            "prime_j minister",
            "army chief",
            "president",
            "rebel leader",
            "opposition leader",
            "government spokesman",
            "defence minister",
            "interior minister",
            "military ruler",
            "junta leader",
            "envoy",
        ];
        let title = self.one_of(&titles);
        let title = if self.rng.below(2) == 0 { format!("$D {title}") } else { title.to_owned() };
        let title = self.phrase(&title);
        let name = self.bare_name();
        self.hang(title, name, "nmod:desc");
        name
    }
}
