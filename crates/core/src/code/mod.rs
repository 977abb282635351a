//! Sentence → Claim: who did or said what to whom, when, where, according to whom.

mod agreement;
pub mod anaphora;
pub mod arguments;
pub mod attribution;
pub mod cast;
pub mod checks;
pub mod claims;
pub mod codebook;
mod content;
mod deeds;
mod directions;
mod ellipsis;
mod evidence;
pub mod factuality;
pub mod frames;
mod gerunds;
mod heading;
mod inflection;
mod lists;
mod memory;
pub mod modality;
pub mod mood;
pub mod pairs;
mod parties;
pub mod petrarch;
mod quoted;
pub mod repair;
mod rivalry;
pub(crate) mod spot;
mod voice;
pub mod weigh;
pub mod words;

use std::sync::LazyLock;

use crate::{
    Annotation, Attribution, Claim, DateMention, Figure, Modality, PlaceMention, QuoteForm, Report, Sentence, Span,
    Tree, Upos,
    error::Error,
    world::{World, dates, figures, places},
};
use attribution::Cues;
use cast::Cast;
pub use codebook::Codebook;
use modality::Operators;
use pairs::Ranker;
use rivalry::Rivalry;

/// Everything that coding draws on: the codebook, the word lists and the world.
#[derive(Clone)]
pub struct Coder {
    /// Entries and word classes.
    pub book: Codebook,
    /// Words of mood.
    pub operators: Operators,
    /// Words of saying.
    pub cues: Cues,
    /// What tells which entry fits two given parties best.
    pub ranker: Ranker,
    /// What tells which party of a report acts, and on whom: [`weigh::SIZE`] signed bytes; none, and the rules alone count.
    pub scales: Vec<u8>,
    /// What tells which deed a word tells of; without weights the codebook alone counts.
    pub deeds: weigh::weights::Weights,
    /// Actors and places.
    pub world: &'static World,
}

impl Coder {
    /// The coder with the data built into the program.
    pub fn embedded() -> &'static Self {
        static CODER: LazyLock<Coder> = LazyLock::new(|| {
            let book = Codebook::embedded().unwrap_or_else(|error| panic!("built-in codebook: {error}"));
            let operators = Operators::read("modality.toml", demarche_data::MODALITY);
            let operators = operators.unwrap_or_else(|error| panic!("built-in word lists: {error}"));
            let ranker = Ranker::read("ranker.toml", demarche_data::RANKER);
            let ranker = ranker.unwrap_or_else(|error| panic!("built-in weights: {error}"));
            let (scales, deeds) =
                (demarche_data::PARTIES.to_vec(), weigh::weights::Weights::read(demarche_data::DEEDS));
            Coder { book, operators, cues: Cues::built_in(), ranker, scales, deeds, world: World::embedded() }
        });
        &CODER
    }

    /// A coder with files of a user's own, which take the place of what is built in, as [`Codebook::with`] tells. `world`
    /// holds the user's actors, if any.
    ///
    /// # Errors
    /// The first mistake in the files: file, line, entry, and the nearest valid word.
    pub fn with_codebook(files: &[(&str, &str)], world: &'static World) -> Result<Self, Error> {
        let book = Codebook::with(files)?;
        let given = |error: &Error| files.iter().any(|(file, _)| *file == error.place.file);
        if let Some(error) = checks::never_fire(&book).into_iter().find(given) {
            return Err(error);
        }
        let operators = Operators::read("modality.toml", demarche_data::MODALITY)?;
        let ranker = Ranker::read("ranker.toml", demarche_data::RANKER)?;
        let (scales, deeds) = (demarche_data::PARTIES.to_vec(), weigh::weights::Weights::read(demarche_data::DEEDS));
        Ok(Self { book, operators, cues: Cues::built_in(), ranker, scales, deeds, world })
    }

    /// The same coder by its codebook and rules alone, without what was learnt from marked stories.
    #[must_use]
    pub fn by_rules(self) -> Self {
        Self { scales: Vec::new(), deeds: weigh::weights::Weights::default(), ..self }
    }

    /// Of each token of a sentence that is a verb, another predicate or an event noun, whether it happened.
    pub fn factuality(&self, sentence: &Sentence, text: &str) -> Vec<Option<Modality>> {
        let tree = Tree::new(sentence);
        let words = self.book.words.of(sentence, text);
        let is_event = |i: usize| {
            let noun = sentence.tokens[i].upos == Upos::Noun;
            noun && self.book.frames.contains_key(&(words[i], words::Part::Noun))
        };
        let judged = |i: usize| {
            if factuality::is_predicate(&tree, i) {
                Some(self.operators.factuality(&tree, i))
            } else {
                is_event(i).then(|| self.operators.modality(&tree, i, &[]))
            }
        };
        (0..sentence.tokens.len()).map(judged).collect()
    }

    /// Finds every layer of a report. A report that is not in English keeps its sentences and gets a warning.
    pub fn code(&self, report: Report, sentences: Vec<Sentence>) -> Annotation {
        self.code_asking(report, sentences, None)
    }

    /// As [`Self::code`]; what is asked of the scales is added to `asked`, for learning.
    pub fn code_asking(
        &self,
        report: Report,
        mut sentences: Vec<Sentence>,
        mut asked: Option<&mut weigh::Questions>,
    ) -> Annotation {
        let text = report.text.as_str();
        inflection::mend(text, &mut sentences, |lemma| !self.cues.verb(lemma).is_empty());
        repair::repair(self.world, text, &mut sentences, &|lemma| self.book.is_event(lemma));
        sentences.iter_mut().for_each(voice::restore);
        let published = report.published.as_deref().and_then(dates::Moment::from_rfc3339);
        let dates = dates::find_at(text, &sentences, published);
        let places = places::find(text, &sentences);
        let lines: Vec<Option<Line>> = sentences.iter().map(|sentence| self.line(text, sentence)).collect();
        let mut cast = Cast::build(text, &sentences, self.world, report.day());
        let mut attributions = attribution::find(text, &sentences, &self.cues);
        let layers = Layers { report: &report, sentences: &sentences, lines: &lines, dates: &dates, places: &places };
        let mut claims = self.read(&layers, &mut cast, &mut attributions, asked.as_deref_mut());
        // Allies are named together as foes are: where the claims tell of other sides than the names, all is read again.
        let rivalry = Rivalry::of(self.world, &claims, |code| cast::is_side(self.world, code));
        if cast.refocus(rivalry) {
            claims = self.read(&layers, &mut cast, &mut attributions, asked);
        }
        let entities = cast.entities();
        let warnings = report.warnings.clone();
        drop((cast, lines));
        Annotation { report, sentences, entities, dates, places, attributions, claims, warnings }
    }

    /// What the codebook and the lexicon of figures make of a sentence; `None` where the codebook knows no word of it.
    fn line<'a>(&self, text: &str, sentence: &'a Sentence) -> Option<Line<'a>> {
        let words = self.book.words.of(sentence, text);
        let known = words.iter().any(|&word| word != words::Word::NONE);
        known.then(|| Line { tree: Tree::new(sentence), figures: figures::find(text, sentence), words })
    }

    /// Finds who says what and the claims, given who is who.
    fn read(
        &self,
        layers: &Layers,
        cast: &mut Cast,
        attributions: &mut [Attribution],
        asked: Option<&mut weigh::Questions>,
    ) -> Vec<Claim> {
        let &Layers { report, sentences, lines, dates, places } = layers;
        let text = report.text.as_str();
        let mut last: Option<(usize, Vec<crate::Party>)> = None;
        for said in &mut *attributions {
            let beside = said.source_head.map(|head| (said.sentence, head));
            if let Some((at, head)) = beside.or_else(|| head_of(sentences, said.source?)) {
                let tree = Tree::new(&sentences[at]);
                let who = tree.sentence.tokens[head].xpos.as_str() == "WP";
                let head = if who { arguments::person_before(&tree, head).unwrap_or(head) } else { head };
                // "**Addis** Ababa said": the first word of a name stands for it.
                let head = tree.head(head).filter(|_| tree.relation(head) == crate::Relation::Flat).unwrap_or(head);
                said.speakers = cast.parties(at, head);
                if said.speakers.is_empty() && self.cues.is_occasion(tree.lemma(head)) {
                    let author = attribution::author(&tree, head);
                    said.speakers = author.map(|author| cast.parties(at, author)).unwrap_or_default();
                    // "the statement said": of whoever spoke last.
                    if let Some((_, who)) = last.as_ref().filter(|(before, _)| author.is_none() && at - before <= 1) {
                        said.speakers.clone_from(who);
                    }
                }
                if !said.speakers.is_empty() {
                    last = Some((at, said.speakers.clone()));
                }
            }
            if said.form != QuoteForm::Indirect {
                said.content.iter().for_each(|&content| cast.speaks(content, &said.speakers));
            }
        }
        let (cast, statements) = (&*cast, attribution::Held::new(attributions));
        // What was learnt, was learnt of whole reports: a few sentences are left to the rules.
        let unlearnt = weigh::weights::Weights::default();
        let whole = sentences.iter().map(|tree| tree.tokens.len()).sum::<usize>() >= weigh::WHOLE;
        let (weights, table) = if whole { (&self.scales[..], &self.deeds) } else { (&[][..], &unlearnt) };
        let weighed = asked.is_some() || !weights.is_empty() || !table.is_empty();
        let mentions = if weighed { weigh::Mentions::of(cast, sentences) } else { weigh::Mentions::default() };
        let deeds = weigh::deeds::Deeds::new(&mentions, sentences.len(), table);
        *deeds.asked.borrow_mut() = asked.is_some().then(Vec::new);
        let mut scales = weigh::Scales::new(cast, mentions, weights);
        scales.asked = asked.is_some().then(Vec::new);
        let mut claims = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let Some(Line { tree, words, figures }) = line else { continue };
            let present = words::Present::of(words);
            let scene = frames::Scene { book: &self.book, tree, words, present, cast, sentence: index };
            let layers = claims::Layers {
                report,
                dates,
                places,
                statements: &statements,
                figures,
                heading: heading::actors(text, sentences, index, cast),
                deeds: &deeds,
            };
            let first = claims.len();
            let mut found = claims::of_sentence(&scene, &self.operators, &layers, &claims);
            scales.weigh(tree, &mut found);
            let weighed = found.len();
            ellipsis::echoes(&scene, &self.operators, &layers, &claims, &mut found);
            scales.remember(&found[weighed..]);
            claims.extend(found);
            for (number, claim) in claims[first..].iter_mut().enumerate() {
                claim.id = format!("{}/{index}.{number}", report.id);
            }
        }
        if let Some(asked) = asked {
            asked.parties = scales.asked.unwrap_or_default();
            asked.deeds = deeds.asked.take().unwrap_or_default();
        }
        claims
    }
}

/// A sentence as coding wants it, whoever is who in the report.
struct Line<'a> {
    tree: Tree<'a>,
    /// Codebook words of the tokens.
    words: Vec<words::Word>,
    figures: Vec<Figure>,
}

/// A report with all that is found in it before it is known who is who.
struct Layers<'a> {
    report: &'a Report,
    sentences: &'a [Sentence],
    lines: &'a [Option<Line<'a>>],
    dates: &'a [DateMention],
    places: &'a [PlaceMention],
}

/// Sentence and token of the word that heads a phrase given by its place.
fn head_of(sentences: &[Sentence], phrase: Span) -> Option<(usize, usize)> {
    let at = sentences.partition_point(|sentence| sentence.span.end < phrase.end);
    sentences.get(at).filter(|sentence| sentence.span.holds(phrase))?;
    let tokens = &sentences[at].tokens;
    let inside = |i: usize| phrase.holds(tokens[i].span);
    let head = (0..tokens.len()).find(|&i| inside(i) && tokens[i].head.is_none_or(|head| !inside(head)))?;
    Some((at, head))
}

/// Finds every layer of a report with the data built into the program.
pub fn code(report: Report, sentences: Vec<Sentence>) -> Annotation {
    Coder::embedded().code(report, sentences)
}
