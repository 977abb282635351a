//! Attribution: who is reported to say what, and by which words.
//!
//! Cues (verbs, nouns, prepositions, adverbs, marks) come from `crates/data/cues`; the tree gives source and content of
//! each; quotation marks give the content of direct speech, which may go on over sentences and paragraphs.

mod aside;
mod clause;
mod content;
pub mod cues;
mod edges;
mod held;
mod marks;
mod misread;
mod quoted;
pub mod quotes;
mod shape;
mod source;
#[cfg(test)]
mod tests;

use cues::Cue;
use std::borrow::Cow;

pub use cues::Cues;
pub use held::Held;
use source::Source;
pub use source::author;

use crate::{
    claim::{Attribution, QuoteForm, Stance},
    labels::{Relation, Upos},
    sentence::{Sentence, Token},
    span::Span,
    tree::Tree,
};

/// A reported statement in the making.
#[derive(Clone, Debug)]
struct Draft {
    sentence: usize,
    /// Head token of the cue.
    token: usize,
    cue: Span,
    source: Option<(Span, usize)>,
    content: Vec<Span>,
    /// True where the cue takes words in quotation marks.
    takes_quote: bool,
    stance: Stance,
    statement: bool,
}

/// The reported statements of a report, by sentence and cue. `speakers` is left empty: who a source is, is told by the
/// actors from `(sentence, source_head)`.
pub fn find(text: &str, sentences: &[Sentence], cues: &Cues) -> Vec<Attribution> {
    let paragraphs = quotes::paragraphs(text);
    let quotes = quotes::quotes(text, &paragraphs);
    let mut drafts = Vec::new();
    let mut links = quoted::Links::new(&quotes);
    for (number, sentence) in sentences.iter().enumerate() {
        let from = drafts.len();
        let cued = sentence.tokens.iter().any(|token| is_cue(text, token, cues));
        if !quotes.is_empty() {
            misread::find(text, number, sentence, &quotes, cues, &mut drafts);
        }
        if cued || drafts.len() > from {
            let tree = Tree::new(sentence);
            for token in 0..sentence.tokens.len() {
                at_token(text, &tree, number, token, cues, &mut drafts);
            }
            links.note(text, &tree, &quotes, &drafts[from..], from);
        }
    }
    marks::find(text, &paragraphs, sentences, &mut drafts);
    quoted::attach(text, sentences, &paragraphs, &quotes, &links, cues, &mut drafts);
    drafts.retain(|draft| !draft.content.is_empty() && !is_aside(text, &quotes, draft));
    drafts.sort_by_key(|draft| (draft.sentence, draft.cue));
    drafts.into_iter().map(|draft| finish(text, &quotes, draft)).collect()
}

/// A cue inside a quotation that tells nothing of what somebody else said: "I think", "you know", "we want".
fn is_aside(text: &str, quotes: &[quotes::Quote], draft: &Draft) -> bool {
    let own = |(span, _): (Span, usize)| {
        let word = span.of(text);
        ["I", "we", "you", "it", "that"].iter().any(|own| own.eq_ignore_ascii_case(word))
    };
    is_quoted(quotes, draft.cue) && (!draft.statement || draft.source.is_none_or(own))
}

fn is_quoted(quotes: &[quotes::Quote], cue: Span) -> bool {
    let at = quotes.partition_point(|quote| quote.span.end <= cue.start);
    quotes.get(at).is_some_and(|quote| quote.span.start <= cue.start)
}

/// A wish or reaction counts where the sentence says that it is there: not "could criticize", not "to criticize", not
/// inside what somebody says, and not of a mere "it".
fn is_told(tree: &Tree, token: usize, content: &[usize], least: usize) -> bool {
    let tokens = &tree.sentence.tokens;
    let held_off = |c: usize| c < token && (tokens[c].xpos.as_str() == "MD" || tokens[c].lemma == "to");
    let relation = tree.relation(token);
    let inside = matches!(relation, Relation::Ccomp | Relation::Xcomp)
        || (relation == Relation::Acl && source::agent(tree, token).is_none());
    !inside && !tree.children(token).any(held_off) && !is_slight(tree, content, least)
}

/// Too little to be a statement: "it", "them", "yes".
fn is_slight(tree: &Tree, content: &[usize], least: usize) -> bool {
    let words = || content.iter().map(|&t| &tree.sentence.tokens[t]).filter(|token| token.upos != Upos::Punct);
    words().count() < least || words().all(|token| matches!(token.upos, Upos::Pron | Upos::Adv | Upos::Adp))
}

fn is_cue(text: &str, token: &Token, cues: &Cues) -> bool {
    let lemma = token.lemma.as_str();
    match token.upos {
        Upos::Verb | Upos::Aux => !cues.verb(lemma).is_empty() || starts_preposition(text, token, cues),
        Upos::Noun | Upos::Propn => !cues.noun(lemma).is_empty() || cues.possessed(lemma).is_some(),
        Upos::Adj => !cues.predicate(lemma).is_empty(),
        Upos::Adv => cues.adverb(lemma).is_some(),
        Upos::Adp | Upos::Sconj => starts_preposition(text, token, cues),
        _ => false,
    }
}

fn starts_preposition(text: &str, token: &Token, cues: &Cues) -> bool {
    !cues.preposition(&lower(text, token)).is_empty()
}

/// The form in lower case, as the lemma of "according" depends on the treebank.
fn lower<'t>(text: &'t str, token: &Token) -> Cow<'t, str> {
    let form = token.span.of(text);
    if form.starts_with(|c: char| c.is_ascii_uppercase()) { form.to_ascii_lowercase().into() } else { form.into() }
}

fn at_token(text: &str, tree: &Tree, sentence: usize, token: usize, cues: &Cues, drafts: &mut Vec<Draft>) {
    let word = &tree.sentence.tokens[token];
    let lemma = word.lemma.as_str();
    let found = match word.upos {
        Upos::Verb | Upos::Aux if !cues.verb(lemma).is_empty() => by_verb(tree, token, cues),
        Upos::Noun | Upos::Propn => by_noun(tree, token, cues)
            .or_else(|| cues.possessed(lemma).and_then(|stance| by_possessed(tree, token, stance))),
        Upos::Adj if !cues.predicate(lemma).is_empty() => by_predicate(tree, token, cues),
        Upos::Adv => cues.adverb(lemma).and_then(|stance| by_adverb(tree, token, stance)),
        Upos::Adp | Upos::Sconj | Upos::Verb => by_preposition(text, tree, token, cues),
        _ => None,
    };
    let Some(mut found) = found else { return };
    let told = if found.statement {
        !is_slight(tree, &found.content, if found.event { 1 } else { 2 })
    } else {
        is_told(tree, token, &found.content, found.least)
    };
    if !told {
        // Words in quotation marks beside it may still be its content.
        found.content.clear();
    }
    if told || found.takes_quote {
        drafts.push(found.draft(tree, sentence));
    }
}

/// Entries of a word with their numbers.
type Entries<'c> = Vec<(usize, &'c Cue)>;

/// What a cue gave, in tokens.
struct Found {
    token: usize,
    cue: Vec<usize>,
    source: Option<Source>,
    content: Vec<usize>,
    takes_quote: bool,
    stance: Stance,
    statement: bool,
    /// True where a noun alone says what happened: "crossfire was reported".
    event: bool,
    /// Least number of words where it is no statement.
    least: usize,
}

impl Found {
    fn draft(self, tree: &Tree, sentence: usize) -> Draft {
        let span = |tokens: &[usize]| tree.span(tokens);
        let taken =
            |t: &usize| !self.cue.contains(t) && !self.source.as_ref().is_some_and(|source| source.tokens.contains(t));
        // Where the splitter joined two sentences, what is said stands in that of the cue.
        let near = edges::stop_before(tree, self.token)..edges::stop_after(tree, self.token);
        let mut content: Vec<usize> = self.content.iter().copied().filter(|t| near.contains(t) && taken(t)).collect();
        content.sort_unstable();
        content.dedup();
        Draft {
            sentence,
            token: self.token,
            cue: span(&self.cue).unwrap_or(tree.sentence.tokens[self.token].span),
            source: self.source.and_then(|source| Some((span(&source.tokens)?, source.head))),
            content: runs(tree, &content),
            takes_quote: self.takes_quote,
            stance: self.stance,
            statement: self.statement,
        }
    }
}

/// The spans of tokens that stand together, without punctuation at their ends; gaps of punctuation alone are bridged.
fn runs(tree: &Tree, tokens: &[usize]) -> Vec<Span> {
    let all = &tree.sentence.tokens;
    let is_mark = |t: usize| all[t].upos == Upos::Punct;
    let mut out: Vec<Span> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut to = at;
        while to + 1 < tokens.len() && (tokens[to] + 1..tokens[to + 1]).all(is_mark) {
            to += 1;
        }
        let (mut first, mut last) = (tokens[at], tokens[to]);
        at = to + 1;
        while first < last && is_mark(first) && !opens(all[first].xpos.as_str()) {
            first += 1;
        }
        while last > first && is_mark(last) && !closes(all[last].xpos.as_str()) {
            last -= 1;
        }
        if !is_mark(first) || first != last {
            out.push(all[first].span.cover(all[last].span));
        }
    }
    out
}

fn opens(tag: &str) -> bool {
    matches!(tag, "``" | "-LRB-" | "''")
}

fn closes(tag: &str) -> bool {
    matches!(tag, "''" | "-RRB-" | "``")
}

fn by_verb(tree: &Tree, verb: usize, cues: &Cues) -> Option<Found> {
    let (entries, further) = matching(tree, verb, cues.verb(tree.lemma(verb)))?;
    let passive = content::is_passive(tree, verb);
    let content = content::of_verb(tree, verb, &entries, passive, cues);
    let takes_quote = entries.iter().any(|(_, cue)| cue.quote);
    if content.is_none() && (!takes_quote || passive) {
        return None;
    }
    let entry = content.as_ref().map_or_else(
        || entries.iter().position(|(_, cue)| cue.quote),
        |content| entries.iter().position(|&(number, _)| number == content.entry),
    );
    let cue = entries[entry?].1;
    let nobody = content.as_ref().is_some_and(|content| content.nobody);
    let is_clause = content.as_ref().is_none_or(|content| content.clause);
    let preposition = content.as_ref().and_then(|content| content.preposition);
    let near = |&t: &usize| t > verb && t <= verb + 3;
    // "Crossfire was reported": somebody states that it happened.
    let event =
        passive && cue.impersonal && cue.statement && content.as_ref().is_some_and(|content| is_thing(tree, content));
    // "warned of Indian strikes": somebody says that they will come.
    let foreseen = cue.stance == Stance::Threatens && preposition.is_some_and(|of| tree.lemma(of) == "of");
    Some(Found {
        token: verb,
        cue: std::iter::once(verb).chain(further).chain(preposition.filter(near)).collect(),
        source: if nobody && !passive { None } else { source::of_verb(tree, verb, passive) },
        content: content.map_or_else(Vec::new, |content| content.tokens),
        takes_quote,
        stance: cue.stance,
        statement: cue.statement && (is_clause || event || foreseen),
        event,
        least: cue.least,
    })
}

/// A noun phrase, and no pronoun alone.
fn is_thing(tree: &Tree, content: &content::Content) -> bool {
    let noun = |&t: &usize| matches!(tree.sentence.tokens[t].upos, Upos::Noun | Upos::Propn);
    !content.clause && content.tokens.iter().any(noun)
}

/// The entries whose further words follow the verb, those with the most words alone, and the tokens of these words.
fn matching<'c>(tree: &Tree, verb: usize, cues: &'c [Cue]) -> Option<(Entries<'c>, Vec<usize>)> {
    let tokens = &tree.sentence.tokens;
    let follows = |cue: &Cue| {
        let mut at = verb;
        let mut found = Vec::with_capacity(cue.rest.len());
        for word in &cue.rest {
            let near = at + 1..(at + 5).min(tokens.len());
            at = near.into_iter().find(|&t| tokens[t].lemma == *word)?;
            found.push(at);
        }
        Some(found)
    };
    let mut best: Option<(Entries, Vec<usize>)> = None;
    for (number, cue) in cues.iter().enumerate() {
        match &mut best {
            Some((list, further)) => {
                if cue.rest.len() == further.len() && follows(cue).as_ref() == Some(further) {
                    list.push((number, cue));
                }
            }
            None => best = follows(cue).map(|further| (vec![(number, cue)], further)),
        }
    }
    best
}

fn by_noun(tree: &Tree, noun: usize, cues: &Cues) -> Option<Found> {
    let list = cues.noun(tree.lemma(noun));
    if list.is_empty() {
        return None;
    }
    let entries: Vec<(usize, &Cue)> = list.iter().enumerate().collect();
    let content = content::of_noun(tree, noun, &entries)?;
    let cue = &list[content.entry];
    let head = source::owner(tree, noun)
        .or_else(|| {
            tree.children(noun)
                .find(|&c| c > noun && (source::has_case(tree, c, "by") || source::has_case(tree, c, "from")))
        })
        .or_else(|| source::holder(tree, noun).filter(|_| is_light(tree, noun, cues)));
    let near = |&t: &usize| t == noun + 1;
    Some(Found {
        token: noun,
        cue: std::iter::once(noun).chain(content.preposition.filter(near)).collect(),
        source: head.map(|head| source::phrase(tree, head, noun)),
        content: content.tokens,
        takes_quote: false,
        stance: cue.stance,
        // "reports of shelling", "claims of torture": somebody states that there was some.
        statement: cue.statement && (content.clause || content.preposition.is_some_and(|of| tree.lemma(of) == "of")),
        event: false,
        least: cue.least,
    })
}

/// True for the object of a verb that only says that the statement is made: "issued a warning".
fn is_light(tree: &Tree, noun: usize, cues: &Cues) -> bool {
    tree.head(noun).is_some_and(|verb| cues.is_light(tree.lemma(verb)))
}

fn by_predicate(tree: &Tree, adjective: usize, cues: &Cues) -> Option<Found> {
    let list = cues.predicate(tree.lemma(adjective));
    let predicative = tree.child(adjective, Relation::Cop).is_some()
        || matches!(
            tree.relation(adjective),
            Relation::Xcomp | Relation::Root | Relation::Conj | Relation::Advcl | Relation::Acl
        );
    if !predicative {
        return None;
    }
    let entries: Vec<(usize, &Cue)> = list.iter().enumerate().collect();
    let content = content::of_verb(tree, adjective, &entries, false, cues)?;
    let near = |&t: &usize| t == adjective + 1;
    let cue = &list[content.entry];
    Some(Found {
        token: adjective,
        cue: std::iter::once(adjective).chain(content.preposition.filter(near)).collect(),
        source: source::of_verb(tree, adjective, false),
        content: content.tokens,
        takes_quote: false,
        stance: cue.stance,
        statement: cue.statement && content.clause,
        event: false,
        least: cue.least,
    })
}

fn by_adverb(tree: &Tree, adverb: usize, stance: Stance) -> Option<Found> {
    let content = content::commented(tree, adverb)?;
    Some(Found {
        token: adverb,
        cue: vec![adverb],
        source: None,
        content,
        takes_quote: false,
        stance,
        statement: true,
        event: false,
        least: 1,
    })
}

/// "according to": the noun phrase that stands after it is the source.
fn by_preposition(text: &str, tree: &Tree, token: usize, cues: &Cues) -> Option<Found> {
    let tokens = &tree.sentence.tokens;
    let fits = |rest: &[String]| {
        rest.iter()
            .enumerate()
            .all(|(i, word)| tokens.get(token + 1 + i).is_some_and(|next| next.span.of(text) == word))
    };
    let form = lower(text, &tokens[token]);
    let (rest, stance) = cues.preposition(&form).iter().find(|(rest, _)| fits(rest))?;
    let cue: Vec<usize> = (token..=token + rest.len()).collect();
    // The noun is above the preposition, or below it where the parser takes it for a verb.
    let outside = |i: usize| !cue.contains(&i);
    let above = tree.head(token).filter(|&head| head > token && outside(head));
    let below = || cue.iter().flat_map(|&t| tree.children(t)).find(|&c| c > token && outside(c));
    let noun = above.or_else(below)?;
    if rest.is_empty() && !tokens[noun].upos.eq(&Upos::Propn) {
        return None; // "per day"
    }
    let source = source::phrase(tree, noun, token);
    let (first, last) = (*source.tokens.first()?, *source.tokens.last()?);
    let comma = |t: usize| tokens.get(t).is_some_and(|t| t.lemma == ",");
    let (from, to) = (edges::stop_before(tree, token), edges::stop_after(tree, token));
    let said = from..if token > from && comma(token - 1) { token - 1 } else { token };
    let finite = |range: std::ops::Range<usize>| range.into_iter().any(|t| edges::is_finite(tree, t));
    // "…, according to the army.", "…, according to a man who was there.", "…, according to the army, but …"
    let joined = || comma(last + 1) && tokens.get(last + 2).is_some_and(|next| next.upos == Upos::Cconj);
    let behind = |t: usize| tokens[t].upos == Upos::Punct && !comma(t);
    let ends = last + 1 >= to || (last + 1..tokens.len()).all(|t| tokens[t].upos == Upos::Punct);
    let ends = ends || joined() || (!comma(last + 1) && !behind(last + 1));
    let content = if token > from + 3 && ends && finite(said.clone()) {
        said.collect()
    } else if token > 0 && comma(token - 1) && (last + 1..tokens.len()).all(|t| tokens[t].upos == Upos::Punct) {
        (0..token - 1).collect()
    } else if token == 0 && first == rest.len() + 1 && comma(last + 1) {
        // "According to the army, …"
        (last + 2..tokens.len()).collect()
    } else {
        let modifier = if tree.head(noun).is_some_and(|head| cue.contains(&head)) { token } else { noun };
        content::commented(tree, modifier)?
    };
    Some(Found {
        token,
        source: Some(source),
        content: content.into_iter().filter(|t| !cue.contains(t)).collect(),
        cue,
        takes_quote: true,
        stance: *stance,
        statement: true,
        event: false,
        least: 1,
    })
}

/// "in her view", "in the words of the general".
fn by_possessed(tree: &Tree, noun: usize, stance: Stance) -> Option<Found> {
    if !(source::has_case(tree, noun, "in") || source::has_case(tree, noun, "by")) {
        return None;
    }
    let of = || tree.children(noun).find(|&c| c > noun && source::has_case(tree, c, "of"));
    let owner = source::owner(tree, noun).or_else(of)?;
    let content = content::commented(tree, noun)?;
    Some(Found {
        token: noun,
        cue: vec![noun],
        source: Some(source::phrase(tree, owner, noun)),
        content,
        takes_quote: true,
        stance,
        statement: true,
        event: false,
        least: 1,
    })
}

fn finish(text: &str, quotes: &[quotes::Quote], draft: Draft) -> Attribution {
    let form = form(text, quotes, &draft.content);
    Attribution {
        source: draft.source.map(|(span, _)| span),
        quoted: is_quoted(quotes, draft.cue),
        sentence: draft.sentence,
        source_head: draft.source.map(|(_, head)| head),
        cue: draft.cue,
        content: draft.content,
        form,
        stance: draft.stance,
        statement: draft.statement,
        speakers: vec![],
    }
}

/// Direct where all letters stand in quotation marks, indirect where none do.
fn form(text: &str, quotes: &[quotes::Quote], content: &[Span]) -> QuoteForm {
    let (mut inside, mut outside) = (false, false);
    for &part in content {
        let mut at = part.start;
        let first = quotes.partition_point(|quote| quote.span.end <= part.start);
        for quote in quotes[first..].iter().take_while(|quote| quote.span.start < part.end) {
            inside = true;
            outside |= has_letters(text, at, quote.span.start);
            at = quote.span.end.min(part.end);
        }
        outside |= has_letters(text, at, part.end);
    }
    match (inside, outside) {
        (true, false) => QuoteForm::Direct,
        (true, true) => QuoteForm::Mixed,
        (false, _) => QuoteForm::Indirect,
    }
}

fn has_letters(text: &str, from: u32, to: u32) -> bool {
    from < to && Span { start: from, end: to }.of(text).chars().any(char::is_alphanumeric)
}
