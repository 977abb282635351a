//! The words that say that somebody says: read from `crates/data/cues/*.toml`.

use serde::Deserialize;
use toml::Spanned;

use crate::{
    claim::Stance,
    error::{Error, Place},
    quick::{HashMap, HashSet},
};

/// Where the content of a cue stands, and what the cue makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is a key of the file
pub struct Cue {
    /// Words that must follow a verb within a few words: `["out"]` of "point out".
    pub rest: Vec<String>,
    /// What the speaker does.
    pub stance: Stance,
    /// A finite clause.
    pub clause: bool,
    /// Words in quotation marks.
    pub quote: bool,
    /// "to" and a verb, with whoever is to do it.
    pub infinitive: bool,
    /// The noun phrase acted on.
    pub object: bool,
    /// An object with what it is called or held for: "called the raid a crime".
    pub complement: bool,
    /// Subject and infinitive together, said by nobody: "seems to".
    pub raised: bool,
    /// Prepositions whose phrase is the content: "warned of".
    pub prepositions: Vec<String>,
    /// Prepositions whose phrase belongs to an object content: "accused X of".
    pub with: Vec<String>,
    /// False where nobody states anything: a wish, a plan, a topic, an impression.
    pub statement: bool,
    /// Least number of words of a content that is no statement.
    pub least: usize,
    /// In the passive the content is what subject and infinitive say: "is believed to".
    pub impersonal: bool,
}

/// The cue lists.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    verbs: HashMap<String, Vec<Cue>>,
    nouns: HashMap<String, Vec<Cue>>,
    predicates: HashMap<String, Vec<Cue>>,
    adverbs: HashMap<String, Stance>,
    possessed: HashMap<String, Stance>,
    prepositions: HashMap<String, Vec<(Vec<String>, Stance)>>,
    light: HashSet<String>,
    addressed: HashSet<String>,
    occasions: HashSet<String>,
}

impl Cues {
    /// Reads the lists from `(file name, content)`: `verbs.toml`, `nouns.toml` and `phrases.toml`.
    ///
    /// Errors name the file, the line and the word: an unknown stance or key, a word that takes nothing, the same word
    /// with the same place for its content twice.
    #[expect(clippy::disallowed_methods, reason = "each list is put in order by itself")]
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Error> {
        let mut cues = Self::default();
        for &(file, text) in files {
            cues.add(file, text)?;
        }
        let most_specific_first = |list: &mut Vec<Cue>| list.sort_by_key(|cue| std::cmp::Reverse(cue.rest.len()));
        cues.verbs.values_mut().for_each(most_specific_first);
        Ok(cues)
    }

    /// The lists that are built in.
    pub fn built_in() -> Self {
        Self::read(demarche_data::CUES).expect("the built-in cue lists are tested")
    }

    /// Ways in which this verb reports, those with further words first.
    pub fn verb(&self, lemma: &str) -> &[Cue] {
        // "shouted" may be led back to "shoute".
        let found = self.verbs.get(lemma).or_else(|| self.verbs.get(lemma.strip_suffix('e')?));
        // "joked" may be led back to "jok".
        let longer = || self.verbs.get(&format!("{lemma}e"));
        let found = found.or_else(|| if lemma.len() > 2 { longer() } else { None });
        found.map_or(&[], Vec::as_slice)
    }

    /// Ways in which this noun reports.
    pub fn noun(&self, lemma: &str) -> &[Cue] {
        self.nouns.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Ways in which this adjective reports after "be".
    pub fn predicate(&self, lemma: &str) -> &[Cue] {
        self.predicates.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Stance of an adverb such as "reportedly".
    pub fn adverb(&self, lemma: &str) -> Option<Stance> {
        self.adverbs.get(lemma).copied()
    }

    /// Stance of a noun such as "view" in "in her view".
    pub fn possessed(&self, lemma: &str) -> Option<Stance> {
        self.possessed.get(lemma).copied()
    }

    /// Prepositions that begin with this word: the words that follow it, and the stance.
    pub fn preposition(&self, first: &str) -> &[(Vec<String>, Stance)] {
        self.prepositions.get(first).map_or(&[], Vec::as_slice)
    }

    /// True for a verb that only says that the statement of its object is made: "issue" of "issued a warning".
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// True for a verb whose object is whom it is said to: "told reporters that".
    pub fn is_addressed(&self, lemma: &str) -> bool {
        self.addressed.contains(lemma)
    }

    /// True for a noun that names an occasion on which somebody speaks: "interview".
    pub fn is_occasion(&self, lemma: &str) -> bool {
        self.occasions.contains(lemma)
    }

    /// Number of verbs, phrasal ones counted apart.
    #[expect(clippy::disallowed_methods, reason = "a sum has no order")]
    pub fn verb_count(&self) -> usize {
        let phrases = |list: &Vec<Cue>| {
            let mut rests: Vec<_> = list.iter().map(|cue| &cue.rest).collect();
            rests.dedup();
            rests.len()
        };
        self.verbs.values().map(phrases).sum()
    }

    fn add(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let raw: RawFile = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            Place::of(file, text, offset).error(error.message(), "the keys are told at the head of the file")
        })?;
        let reader = Reader { file, text };
        for (list, into) in
            [(raw.verb, &mut self.verbs), (raw.noun, &mut self.nouns), (raw.predicate, &mut self.predicates)]
        {
            for group in &list {
                reader.group(group, into)?;
            }
        }
        for group in &raw.adverb {
            reader.words(group, &mut self.adverbs)?;
        }
        for group in &raw.possessed {
            reader.words(group, &mut self.possessed)?;
        }
        self.light.extend(raw.light);
        self.occasions.extend(raw.occasions);
        self.addressed.extend(raw.addressed);
        for group in &raw.preposition {
            let stance = reader.stance(&group.stance)?;
            for word in &group.words {
                let mut words = word.get_ref().split_whitespace().map(str::to_owned);
                let first = words.next().ok_or_else(|| reader.at(word).error("an empty word", "take it out"))?;
                self.prepositions.entry(first).or_default().push((words.collect(), stance));
            }
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    verb: Vec<RawGroup>,
    #[serde(default)]
    noun: Vec<RawGroup>,
    #[serde(default)]
    predicate: Vec<RawGroup>,
    #[serde(default)]
    adverb: Vec<RawWords>,
    #[serde(default)]
    possessed: Vec<RawWords>,
    #[serde(default)]
    preposition: Vec<RawWords>,
    #[serde(default)]
    light: Vec<String>,
    #[serde(default)]
    occasions: Vec<String>,
    #[serde(default)]
    addressed: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    stance: Spanned<String>,
    takes: Vec<Spanned<String>>,
    #[serde(default)]
    with: Vec<Spanned<String>>,
    #[serde(default = "yes")]
    statement: bool,
    least: Option<usize>,
    #[serde(default)]
    impersonal: bool,
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    stance: Spanned<String>,
    words: Vec<Spanned<String>>,
}

fn yes() -> bool {
    true
}

const PREPOSITIONS: &[&str] = &[
    "about", "against", "as", "at", "by", "for", "from", "in", "into", "of", "on", "over", "to", "toward", "upon",
    "with",
];

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
}

impl Reader<'_> {
    fn at<T: AsRef<str>>(&self, value: &Spanned<T>) -> Place {
        Place::of(self.file, self.text, value.span().start).in_entry(value.get_ref().as_ref())
    }

    fn stance(&self, name: &Spanned<String>) -> Result<Stance, Error> {
        Stance::from_name(name.get_ref()).ok_or_else(|| {
            let hint = "one of: asserts, denies, accuses, demands, threatens, promises, doubts";
            self.at(name).error("unknown stance", hint)
        })
    }

    fn words(&self, group: &RawWords, into: &mut HashMap<String, Stance>) -> Result<(), Error> {
        let stance = self.stance(&group.stance)?;
        for word in &group.words {
            for spelling in word.get_ref().split('/') {
                if into.insert(spelling.to_owned(), stance).is_some() {
                    return Err(self.at(word).error("the word stands here twice", "keep one of them"));
                }
            }
        }
        Ok(())
    }

    fn group(&self, group: &RawGroup, into: &mut HashMap<String, Vec<Cue>>) -> Result<(), Error> {
        let mut cue = Cue {
            rest: vec![],
            stance: self.stance(&group.stance)?,
            clause: false,
            quote: false,
            infinitive: false,
            object: false,
            complement: false,
            raised: false,
            prepositions: vec![],
            with: vec![],
            statement: group.statement,
            least: group.least.unwrap_or(3),
            impersonal: group.impersonal,
        };
        for place in &group.takes {
            match place.get_ref().as_str() {
                "clause" => cue.clause = true,
                "quote" => cue.quote = true,
                "infinitive" => cue.infinitive = true,
                "object" => cue.object = true,
                "complement" => cue.complement = true,
                "raised" => cue.raised = true,
                _ => cue.prepositions.push(self.preposition(place)?),
            }
        }
        for place in &group.with {
            cue.with.push(self.preposition(place)?);
        }
        for word in &group.words {
            let mut words = word.get_ref().split_whitespace();
            let Some(first) = words.next() else {
                return Err(self.at(word).error("an empty word", "take it out"));
            };
            let cue = Cue { rest: words.map(str::to_owned).collect(), ..cue.clone() };
            for spelling in first.split('/') {
                let list = into.entry(spelling.to_owned()).or_default();
                if let Some(both) = list.iter().find_map(|other| twice(other, &cue)) {
                    let message = format!("the word already has a place for its content: {both}");
                    return Err(self.at(word).error(message, "take it out of one of the two groups"));
                }
                list.push(cue.clone());
            }
        }
        Ok(())
    }

    fn preposition(&self, name: &Spanned<String>) -> Result<String, Error> {
        if PREPOSITIONS.contains(&name.get_ref().as_str()) {
            return Ok(name.get_ref().clone());
        }
        let hint =
            format!("one of: clause, quote, infinitive, object, complement, raised, {}", PREPOSITIONS.join(", "));
        Err(self.at(name).error("neither a place for content nor a preposition", hint))
    }
}

/// The place for content that both entries of one word have.
fn twice(a: &Cue, b: &Cue) -> Option<String> {
    let places = |cue: &Cue| {
        let plain = [
            ("clause", cue.clause),
            ("quote", cue.quote),
            ("infinitive", cue.infinitive),
            ("object", cue.object),
            ("complement", cue.complement),
            ("raised", cue.raised),
        ];
        let plain = plain.into_iter().filter(|&(_, takes)| takes).map(|(name, _)| name.to_owned());
        plain.chain(cue.prepositions.iter().cloned()).collect::<Vec<_>>()
    };
    let theirs = places(b);
    (a.rest == b.rest).then(|| places(a).into_iter().find(|place| theirs.contains(place))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lists_hold_more_than_two_hundred_verbs() {
        let cues = Cues::built_in();
        assert!(cues.verb_count() > 200, "{}", cues.verb_count());
        assert_eq!(cues.verb("deny")[0].stance, Stance::Denies);
        assert_eq!(cues.verb("criticise"), cues.verb("criticize"));
        assert!(cues.verb("walk").is_empty());
    }

    #[test]
    fn an_unknown_stance_is_an_error_with_its_line() {
        let text = "[[verb]]\nstance = \"shouts\"\ntakes = [\"clause\"]\nwords = [\"say\"]\n";
        let error = Cues::read(&[("verbs.toml", text)]).unwrap_err();
        assert_eq!((error.place.line, error.message.as_str()), (2, "unknown stance"));
        assert!(error.hint.contains("denies"));
    }

    #[test]
    fn a_word_with_two_places_of_one_kind_is_an_error() {
        let group = "[[verb]]\nstance = \"asserts\"\ntakes = [\"clause\"]\nwords = [\"say\"]\n";
        let error = Cues::read(&[("verbs.toml", &group.repeat(2))]).unwrap_err();
        assert_eq!((error.place.line, error.place.entry.as_deref()), (8, Some("say")));
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let error = Cues::read(&[("nouns.toml", "[[noun]]\nstanze = \"asserts\"\n")]).unwrap_err();
        assert_eq!(error.place.line, 2);
    }
}
