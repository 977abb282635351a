//! What a marked source does to a marked target: always one type, from all entries that could fire in the sentence.
//!
//! Here the parties are given and something must be said, so entries compete whose conditions do not all hold. A
//! candidate is scored by a linear model over a few features; its weights were set on sentences of our own.

use super::{
    Coder,
    arguments::{Arguments, with_conjuncts},
    cast::Cast,
    claims,
    codebook::Condition,
    frames::{Match, Scene},
    repair, voice,
    words::Part,
};
use crate::{EventType, Modality, Relation as R, Sentence, Span, Tree, Upos};

/// The relation between a marked source and target.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    /// Entry that decided; `None` where no entry fires and the type is a guess.
    pub rule: Option<String>,
}

/// A sentence with its marks taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The sentence.
    pub text: String,
    /// The source; `None` where only the target is marked.
    pub source: Option<Span>,
    /// The target; `None` where only the source is marked.
    pub target: Option<Span>,
}

/// Takes `<s>…</s>` and `<t>…</t>` out of a sentence. One of the two may be missing: a party that is not named.
///
/// # Errors
/// When nothing is marked, or a mark is not closed.
///
/// ```
/// use demarche_core::code::pairs::unmark;
/// let marked = unmark("<s>Ghana</s> praised <t>Togo</t>.").unwrap();
/// assert_eq!(marked.text, "Ghana praised Togo.");
/// assert_eq!(marked.target.unwrap().of(&marked.text), "Togo");
/// assert_eq!(unmark("<s>Ghana</s> declared war.").unwrap().target, None);
/// assert!(unmark("Ghana praised Togo.").is_err());
/// ```
pub fn unmark(marked: &str) -> Result<Marked, String> {
    const MARKS: [&str; 4] = ["<s>", "</s>", "<t>", "</t>"];
    let mut text = String::with_capacity(marked.len());
    let mut places = [None; 4];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(mark) = MARKS.iter().position(|mark| rest.starts_with(mark)) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        // A second mark of the same kind is left out of account.
        places[mark].get_or_insert(text.len());
        rest = &rest[MARKS[mark].len()..];
    }
    text.push_str(rest);
    let span = |open: usize| -> Result<Option<Span>, String> {
        match (places[open], places[open + 1]) {
            (None, None) => Ok(None),
            (Some(start), Some(end)) if start < end => Ok(Some(Span::new(start, end))),
            (Some(_), Some(_)) => Err(format!("nothing between {} and {}", MARKS[open], MARKS[open + 1])),
            (None, _) => Err(format!("no {} in the marked sentence", MARKS[open])),
            (_, None) => Err(format!("no {} in the marked sentence", MARKS[open + 1])),
        }
    };
    let (source, target) = (span(0)?, span(2)?);
    if source.is_none() && target.is_none() {
        return Err("no <s> and no <t> in the marked sentence".to_owned());
    }
    Ok(Marked { text, source, target })
}

struct Candidate {
    kind: EventType,
    mode: Option<String>,
    rule: usize,
    score: f32,
}

impl Coder {
    /// What the source does to the target.
    pub fn relation(&self, marked: &Marked, mut sentences: Vec<Sentence>) -> Relation {
        repair::repair(self.world, &marked.text, &mut sentences);
        sentences.iter_mut().for_each(voice::restore);
        let cast = Cast::build(&marked.text, &sentences, self.world, None);
        let mut best: Option<Candidate> = None;
        for (index, sentence) in sentences.iter().enumerate() {
            let tree = Tree::new(sentence);
            let words = self.book.words.of(sentence, &marked.text);
            let scene = Scene { book: &self.book, tree: &tree, words: &words, cast: &cast, sentence: index };
            let chosen: Vec<Option<Match>> = (0..words.len()).map(|i| scene.best(i)).collect();
            let governing: Vec<bool> =
                chosen.iter().map(|found| found.as_ref().is_some_and(|m| self.governs(m))).collect();
            for (trigger, chosen) in chosen.iter().enumerate() {
                let below = governed(&tree, &governing, trigger);
                let place = Place { below, chosen: chosen.as_ref() };
                self.candidates(&scene, marked, trigger, &place, &mut best);
            }
        }
        best.map_or(Relation { kind: EventType::Consult, mode: None, confidence: 0.1, rule: None }, |best| Relation {
            kind: best.kind,
            mode: best.mode,
            confidence: (1.0 / (1.0 + crate::numbers::exp2(-0.4 * best.score)) * 100.0).round() / 100.0,
            rule: Some(self.book.entries[best.rule].id.clone()),
        })
    }

    /// Whether a match is a promise, demand, refusal or threat: what hangs below it is its content.
    fn governs(&self, found: &Match) -> bool {
        let kind = self.book.entries[found.entry].kind;
        matches!(kind, EventType::Agree | EventType::Request | EventType::Reject | EventType::Threaten)
    }

    fn candidates(&self, scene: &Scene, marked: &Marked, trigger: usize, at: &Place, best: &mut Option<Candidate>) {
        let upos = scene.tree.sentence.tokens[trigger].upos;
        for part in [Part::Verb, Part::Noun, Part::Adjective] {
            let Some(frames) = self.book.frames.get(&(scene.words[trigger], part)) else { continue };
            let arguments = scene.arguments(trigger, part);
            let place = place_score(scene, marked, trigger, &arguments)
                - if Part::of(upos) == Some(part) { 0.0 } else { 2.5 }
                - if at.below { 3.0 } else { 0.0 }
                - aside(scene.tree, marked, trigger);
            for frame in frames {
                let entry = &self.book.entries[frame.entry as usize];
                let Some(wording) = scene.wording(trigger, &frame.further) else { continue };
                let (held, failed) =
                    tally(&entry.conditions, |condition| scene.holds(condition, &arguments, part, trigger));
                let score = place + 1.2 * frame.further.len() as f32 + 0.9 * held as f32
                    - 4.0 * failed as f32
                    - if wording.len() > 1 { 0.0 } else { 0.2 }
                    + if at.chosen.is_some_and(|found| found.entry == frame.entry as usize) { 0.6 } else { 0.0 };
                if best.as_ref().is_some_and(|best| best.score >= score) {
                    continue;
                }
                let modality = self.operators.modality(scene.tree, trigger);
                let (kind, mode) = in_mood(entry.kind, entry.mode.clone(), modality);
                *best = Some(Candidate { kind, mode, rule: frame.entry as usize, score });
            }
        }
    }
}

/// Where a trigger stands among the others of its sentence.
struct Place<'m> {
    /// It is the content of a promise, demand, refusal or threat.
    below: bool,
    /// The entry that coding without marks would choose for it.
    chosen: Option<&'m Match>,
}

/// How far a trigger stands beside what the sentence says: in a clause that only tells which party is meant ("a man
/// **suspected** of theft"), or in one of time, ground or condition ("after **talks**").
fn aside(tree: &Tree, marked: &Marked, trigger: usize) -> f32 {
    let tokens = &tree.sentence.tokens;
    let party = |i: usize| [marked.source, marked.target].iter().flatten().any(|span| span.touches(tokens[i].span));
    let mut cost: f32 = 0.0;
    let mut at = trigger;
    for _ in 0..8 {
        let Some(head) = tree.head(at) else { break };
        match tree.relation(at) {
            R::Acl | R::AclRelcl if party(head) => cost = cost.max(2.5),
            R::Advcl | R::Obl | R::Nmod => {
                let mark = tree.children(at).find(|&c| matches!(tree.relation(c), R::Mark | R::Case));
                if mark.is_some_and(|mark| ASIDE.contains(&tree.lemma(mark).to_lowercase().as_str())) {
                    cost = cost.max(1.8);
                }
            }
            _ => {}
        }
        at = head;
    }
    cost
}

/// Words that lead to what is told beside.
const ASIDE: &[&str] = &[
    "after",
    "before",
    "amid",
    "until",
    "since",
    "following",
    "during",
    "as",
    "because",
    "despite",
    "if",
    "unless",
    "once",
    "when",
    "while",
    "although",
    "though",
    "till",
    "except",
    "without",
    "over",
    "due",
];

/// True when the token is the content of a governing word: its clause, or the object of that clause.
fn governed(tree: &Tree, governing: &[bool], i: usize) -> bool {
    let mut at = i;
    for _ in 0..3 {
        let Some(head) = tree.head(at) else { return false };
        if !matches!(tree.relation(at), R::Xcomp | R::Ccomp | R::Advcl | R::Acl | R::Conj | R::Obj | R::Obl | R::Nmod) {
            return false;
        }
        if governing[head] {
            return true;
        }
        at = head;
    }
    false
}

fn tally(conditions: &[Condition], holds: impl Fn(&Condition) -> bool) -> (usize, usize) {
    let failed = conditions.iter().filter(|condition| !holds(condition)).count();
    let held = conditions.iter().filter(|condition| !condition.forbidden).count();
    (held.saturating_sub(failed), failed)
}

/// How well a trigger stands to the marked parties.
fn place_score(scene: &Scene, marked: &Marked, trigger: usize, arguments: &Arguments) -> f32 {
    let tokens = &scene.tree.sentence.tokens;
    let at = tokens[trigger].span;
    let within = |span: Option<Span>, i: usize| span.is_some_and(|span| span.touches(tokens[i].span));
    let mut score = 0.0;
    let actors = arguments.subject.into_iter().chain(arguments.owner).chain(arguments.modifiers.iter().copied());
    if actors.clone().any(|i| within(marked.source, i)) {
        score += 3.0;
    } else if arguments.subject.is_some_and(|i| stands_for(scene.tree, i, trigger, |t| within(marked.source, t))) {
        score += 2.5;
    } else if arguments.prepositions.iter().any(|&(_, i)| within(marked.source, i)) {
        score += 1.0;
    }
    // "X and Y met"
    let joined = arguments.subject.into_iter().flat_map(|i| with_conjuncts(scene.tree, i));
    if joined.clone().any(|i| within(marked.source, i)) && joined.clone().any(|i| within(marked.target, i)) {
        score += 2.0;
    }
    let others = arguments
        .object
        .into_iter()
        .chain(arguments.second_object)
        .chain(arguments.prepositions.iter().map(|&(_, i)| i));
    if others.clone().any(|i| within(marked.target, i)) {
        score += 2.0;
    } else if others
        .chain(arguments.clauses.iter().copied())
        .any(|i| (0..tokens.len()).any(|t| within(marked.target, t) && scene.tree.below(t, i)))
    {
        score += 1.0;
    }
    if within(marked.source, trigger) || within(marked.target, trigger) {
        score -= 2.0;
    }
    if let (Some(source), Some(target)) = (marked.source, marked.target) {
        let (low, high) = (source.end.min(target.end), source.start.max(target.start));
        score += if (low..high).contains(&at.start) { 1.0 } else { 0.0 };
    }
    let mut depth = 0;
    let mut up = trigger;
    while let Some(head) = scene.tree.head(up) {
        depth += 1;
        up = head;
    }
    score - 0.25 * depth as f32 + if tokens[trigger].upos == Upos::Verb { 0.5 } else { 0.0 }
}

/// True for a pronoun whose verb hangs below one that the marked party is the subject of: "**X** said that they will go".
fn stands_for(tree: &Tree, pronoun: usize, trigger: usize, marked: impl Fn(usize) -> bool) -> bool {
    let personal = ["he", "she", "it", "they", "we", "i", "who"];
    if !personal.contains(&tree.lemma(pronoun).to_lowercase().as_str()) {
        return false;
    }
    let mut at = trigger;
    for _ in 0..6 {
        let Some(head) = tree.head(at) else { return false };
        if tree.children(head).any(|c| matches!(tree.relation(c), R::Nsubj | R::NsubjPass) && marked(c)) {
            return true;
        }
        at = head;
    }
    false
}

/// The type in its mood, where the sentence must have one: what is refused is a rejection, what is announced a promise
/// or a threat.
fn in_mood(kind: EventType, mode: Option<String>, modality: Modality) -> (EventType, Option<String>) {
    match (modality, kind) {
        (Modality::Planned, EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid) => {
            (EventType::Agree, None)
        }
        (Modality::Planned, EventType::Retreat | EventType::Concede) => (EventType::Agree, None),
        (Modality::Planned | Modality::Threatened, _) if kind.quad() == 4 && kind != EventType::Protest => {
            (EventType::Threaten, claims::threat_mode(kind, mode.as_deref()))
        }
        (Modality::Negated, _) if matches!(kind.quad(), 1 | 2) => (EventType::Reject, None),
        _ => (kind, mode),
    }
}
