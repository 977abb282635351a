//! Direct speech: which quotation belongs to which cue.

use super::{Cues, Draft, held::shared, quotes::Quote, shape};
use crate::{
    claim::Stance,
    labels::{Relation, Upos},
    sentence::Sentence,
    span::Span,
    tree::Tree,
};
use std::collections::BTreeSet;

/// The cue that stands beside a quotation, and the words that are its speaker if the tree gave none.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    draft: usize,
    source: Option<(Span, usize)>,
}

/// For each quotation, the cues that stand right after and right before it.
pub struct Links {
    after: Vec<Option<Link>>,
    before: Vec<Option<Link>>,
}

/// How far from a quotation its cue may stand, in tokens.
const REACH: usize = 30;

impl Links {
    /// No link for any quotation yet.
    pub fn new(quotes: &[Quote]) -> Self {
        Self { after: vec![None; quotes.len()], before: vec![None; quotes.len()] }
    }

    /// Looks from the quotations around this sentence to its cues; `drafts` are those of the sentence, the first of
    /// which has the number `from`.
    pub fn note(&mut self, text: &str, tree: &Tree, quotes: &[Quote], drafts: &[Draft], from: usize) {
        let span = tree.sentence.span;
        let side = Side { text, tree, quotes, drafts, from };
        let first = quotes.partition_point(|quote| quote.span.end + 4 < span.start);
        for (number, quote) in quotes.iter().enumerate().skip(first) {
            if quote.span.start > span.end + 4 {
                break;
            }
            let gap_after = quote.span.end <= span.start && is_gap(text, quote.span.end, span.start, false);
            let gap_before = span.end <= quote.span.start && is_gap(text, span.end, quote.span.start, true);
            if (quote.span.touches(span) || gap_after) && quote.span.end < span.end && self.after[number].is_none() {
                self.after[number] = side.after(quote);
            }
            if (quote.span.touches(span) || gap_before) && quote.span.start > span.start {
                self.before[number] = side.before(quote);
            }
        }
    }
}

/// The words of a sentence beside a quotation.
struct Side<'a> {
    text: &'a str,
    tree: &'a Tree<'a>,
    quotes: &'a [Quote],
    drafts: &'a [Draft],
    from: usize,
}

impl Side<'_> {
    /// `“…,” the minister said`, `“…,” said the minister`.
    fn after(&self, quote: &Quote) -> Option<Link> {
        let tokens = &self.tree.sentence.tokens;
        let start = (0..tokens.len()).find(|&t| tokens[t].span.start >= quote.span.end && self.is_word(t))?;
        let end = (start..tokens.len().min(start + REACH)).find(|&t| self.is_quoted(t) || self.is_stop(t));
        let end = end.unwrap_or(tokens.len().min(start + REACH));
        let Some((cue, draft)) = (start..end).find_map(|t| Some((t, self.finite_cue(t)?))) else {
            return self.above(start);
        };
        let inverted = (start..cue).all(|t| tokens[t].upos == Upos::Adv);
        let source = if inverted { self.noun_after(cue, end) } else { self.noun_before(start, cue) };
        Some(Link { draft, source })
    }

    /// `the minister said: “…”`.
    fn before(&self, quote: &Quote) -> Option<Link> {
        let tokens = &self.tree.sentence.tokens;
        let end = (0..tokens.len()).rfind(|&t| tokens[t].span.end <= quote.span.start && self.is_word(t))? + 1;
        let floor = end.saturating_sub(REACH);
        let start = (floor..end).rfind(|&t| self.is_quoted(t) || self.is_stop(t)).map_or(floor, |t| t + 1);
        let link = (start..end).rev().find_map(|t| {
            // "all she could do was shout “…”"
            let cue = if t + 1 == end && !self.is_held_off(t) { self.draft(t) } else { self.finite_cue(t) };
            Some((t, cue?))
        });
        match link {
            Some((cue, draft)) => Some(Link { draft, source: self.noun_before(start, cue) }),
            None => self.above(end - 1),
        }
    }

    /// The cue above a word in the tree.
    fn above(&self, word: usize) -> Option<Link> {
        let mut at = Some(word).filter(|&t| !self.is_quoted(t));
        while let Some(here) = at {
            if let Some(draft) = self.draft(here).filter(|_| !self.is_quoted(here)) {
                return Some(Link { draft, source: None });
            }
            at = self.tree.head(here);
        }
        None
    }

    fn draft(&self, token: usize) -> Option<usize> {
        let found = self.drafts.iter().position(|draft| draft.token == token && draft.takes_quote);
        found.map(|draft| draft + self.from)
    }

    /// A cue that can have a subject of its own, or a participle that shares one.
    fn finite_cue(&self, token: usize) -> Option<usize> {
        let tag = self.tree.sentence.tokens[token].xpos.as_str();
        self.draft(token).filter(|_| tag != "VB" || token == 0)
    }

    /// "to", "can't" or "would" stands before a bare verb.
    fn is_held_off(&self, t: usize) -> bool {
        let tokens = &self.tree.sentence.tokens;
        let helper = |c: usize| c < t && (tokens[c].xpos.as_str() == "MD" || tokens[c].lemma == "to");
        tokens[t].xpos.as_str() == "VB" && self.tree.children(t).any(helper)
    }

    fn is_word(&self, t: usize) -> bool {
        self.tree.sentence.tokens[t].span.of(self.text).chars().any(char::is_alphanumeric)
    }

    fn is_quoted(&self, t: usize) -> bool {
        let span = self.tree.sentence.tokens[t].span;
        let at = self.quotes.partition_point(|quote| quote.span.end <= span.start);
        self.quotes.get(at).is_some_and(|quote| quote.span.start < span.end)
    }

    /// A mark that ends a sentence.
    fn is_stop(&self, t: usize) -> bool {
        let token = &self.tree.sentence.tokens[t];
        token.upos == Upos::Punct && matches!(token.span.of(self.text), "." | "!" | "?" | ";")
    }

    /// The noun phrase that begins right after an inverted verb.
    fn noun_after(&self, cue: usize, end: usize) -> Option<(Span, usize)> {
        let tokens = &self.tree.sentence.tokens;
        let part = |t: usize| {
            use Upos::{Adj, Det, Noun, Num, Part, Pron, Propn};
            matches!(tokens[t].upos, Adj | Det | Noun | Num | Pron | Propn)
                || (tokens[t].upos == Part && tokens[t].xpos.as_str() == "POS")
        };
        let last = (cue + 1..end).take_while(|&t| part(t)).last()?;
        self.noun_phrase(cue + 1, last + 1)
    }

    /// The noun phrase between a quotation (or the head of the sentence) and the verb after it.
    fn noun_before(&self, start: usize, cue: usize) -> Option<(Span, usize)> {
        let tokens = &self.tree.sentence.tokens;
        let start = (start..cue).find(|&t| !matches!(tokens[t].upos, Upos::Punct | Upos::Cconj | Upos::Sconj))?;
        let comma = (start..cue).find(|&t| tokens[t].upos == Upos::Punct).unwrap_or(cue);
        let end = (start..comma).rfind(|&t| !matches!(tokens[t].upos, Upos::Aux | Upos::Adv | Upos::Part))? + 1;
        self.noun_phrase(start, end)
    }

    fn noun_phrase(&self, start: usize, end: usize) -> Option<(Span, usize)> {
        let tokens = &self.tree.sentence.tokens;
        let noun = |&t: &usize| matches!(tokens[t].upos, Upos::Noun | Upos::Propn | Upos::Pron);
        // The last noun before a preposition is the head.
        let first = (start..end).find(noun)?;
        let plain = (first..end).take_while(|&t| tokens[t].upos != Upos::Adp);
        let head = plain.filter(noun).last().unwrap_or(first);
        Some((tokens[start].span.cover(tokens[end - 1].span), head))
    }
}

/// Only white space and marks stand between; over a line break only where `lines` allows it.
pub fn is_gap(text: &str, from: u32, to: u32, lines: bool) -> bool {
    let between = Span { start: from, end: to }.of(text);
    between.chars().all(|c| !c.is_alphanumeric()) && (lines || !between.contains('\n'))
}

/// Gives every quotation that is somebody's speech to a draft.
pub fn attach(
    text: &str,
    sentences: &[Sentence],
    paragraphs: &[Span],
    quotes: &[Quote],
    links: &Links,
    cues: &Cues,
    drafts: &mut Vec<Draft>,
) {
    let mut owner: Vec<Option<usize>> = vec![None; quotes.len()];
    let mut owning: BTreeSet<usize> = BTreeSet::new();
    for number in 0..quotes.len() {
        let quote = &quotes[number];
        if quote.goes_on {
            owner[number] = owner[number - 1];
            if let Some(draft) = owner[number] {
                add(&mut drafts[draft].content, quote.span);
            }
            continue;
        }
        let paragraph = paragraphs.get(quote.paragraph).copied().unwrap_or(quote.span);
        let apart = stands_apart(text, paragraph, quote);
        let link = linked(text, quote, apart, number, links, drafts);
        owner[number] = link
            .map(|link| link.draft)
            .or_else(|| shape::find(text, sentences, paragraph, quote, cues, drafts))
            .or_else(|| beside(text, quote, number, links, drafts))
            .or_else(|| holder(quote, drafts))
            .or_else(|| continued(text, sentences, paragraphs, quotes, number, &owner, drafts))
            .or_else(|| follows(text, sentences, quote, drafts))
            .or_else(|| {
                let draft = after_colon(text, sentences, quote)?;
                drafts.push(draft);
                Some(drafts.len() - 1)
            });
        let Some(draft) = owner[number] else { continue };
        let first = owning.insert(draft);
        let draft = &mut drafts[draft];
        if let Some(source) = link.and_then(|link| link.source) {
            let inside = |span: Span| quotes.iter().any(|quote| quote.span.touches(span));
            let other_side = |span: Span| (span.start < draft.cue.start) != (source.0.start < draft.cue.start);
            if draft.source.is_none_or(|(span, _)| inside(span) || other_side(span)) {
                draft.source = Some(source);
            }
        }
        take(text, quote, draft, first);
    }
}

/// The draft with the least content that holds most of the quotation, or most of its part in the cue's sentence.
fn holder(quote: &Quote, drafts: &[Draft]) -> Option<usize> {
    let length = |draft: &Draft| draft.content.iter().map(|part| part.len()).sum::<usize>();
    let holds = |draft: &Draft| {
        let held: usize = draft.content.iter().map(|part| shared(*part, quote.span)).sum();
        !quote.span.touches(draft.cue) && held > 0 && (2 * held > quote.span.len() || 2 * held > length(draft))
    };
    let fits = drafts.iter().enumerate().filter(|(_, draft)| holds(draft));
    fits.min_by_key(|(_, draft)| (!draft.takes_quote, length(draft))).map(|(number, _)| number)
}

/// The cue beside a quotation that is speech: the one after it where it ends with a comma, else the one before it.
///
/// `apart` is false where the quotation is a part of the words before it: “the “Gang of Eight,” which …”.
fn linked(text: &str, quote: &Quote, apart: bool, number: usize, links: &Links, drafts: &[Draft]) -> Option<Link> {
    if !is_speech(text, quote) {
        return None;
    }
    let inner =
        quote.span.of(text).trim_end_matches(|c| !char::is_alphanumeric(c) && !matches!(c, ',' | '.' | '?' | '!'));
    let open_end = !inner.ends_with('.') || text[quote.span.end as usize..].starts_with(',');
    let introduced = is_introduced(text, quote);
    let before = links.before[number].filter(|link| introduced || touches(text, &drafts[link.draft], quote));
    let held = |link: &Link| drafts[link.draft].content.iter().any(|part| part.touches(quote.span));
    // “Cold Rivers” of "In her book, “Cold Rivers,” she said …" is no part of what she said.
    let before = before.filter(|link| apart || held(link) || drafts[link.draft].cue.start < quote.span.start);
    let after = links.after[number].filter(|link| apart || held(link));
    let after = after.filter(|link| open_end || before.is_none() && is_bare(text, quote, &drafts[link.draft]));
    match (before, after) {
        // "He said, “…,” adding …": what stands after has its own content.
        (Some(before), Some(after)) if !drafts[after.draft].content.is_empty() => Some(before),
        (before, None) => before,
        (_, after) => after,
    }
}

/// A cue right before a quotation, which has no other content: `the sign read “Go home”`, `what they call “order”`.
fn beside(text: &str, quote: &Quote, number: usize, links: &Links, drafts: &[Draft]) -> Option<usize> {
    let number = links.before[number]?.draft;
    let draft = &drafts[number];
    let words = quote.span.of(text).split_whitespace().count();
    // "“illegal” immigrants": a word of the outlet goes on behind the mark.
    let inner = quote.span.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !",.?!".contains(c));
    let behind = text[quote.span.end as usize..].trim_start();
    let ends = inner.ends_with([',', '.', '?', '!']) || !behind.starts_with(char::is_alphanumeric);
    let says = if draft.statement { words > 1 || draft.source.is_some() } else { draft.source.is_some() && ends };
    (says && draft.content.is_empty() && touches(text, draft, quote)).then_some(number)
}

/// A quotation that begins what the sentence says, and is no part of the words before it: nothing, a mark, or, where the
/// quotation is no mere name, a comma stands before it.
pub fn stands_apart(text: &str, paragraph: Span, quote: &Quote) -> bool {
    let before = text.get(paragraph.start as usize..quote.span.start as usize).unwrap_or_default().trim_end();
    match before.chars().next_back() {
        Some(',') => !is_name(text, quote),
        Some(c) => !c.is_alphanumeric() && !matches!(c, ')' | ']' | '’' | '\''),
        None => true,
    }
}

/// What could be the name of a book, a programme or a plan: every longer word has a capital.
pub fn is_name(text: &str, quote: &Quote) -> bool {
    let inner = quote.span.of(text).trim_matches(|c: char| !c.is_alphanumeric());
    let capital = |word: &str| {
        let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        letters.len() < 4 || letters.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    let letter = |c: char| c.is_uppercase() || c.is_numeric();
    inner.starts_with(letter) && inner.split_whitespace().all(capital) && inner.split_whitespace().count() < 9
}

/// Nothing but white space stands between the cue and the quotation after it.
fn touches(text: &str, draft: &Draft, quote: &Quote) -> bool {
    let gap = text.get(draft.cue.end as usize..quote.span.start as usize);
    gap.is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'))
}

/// A cue with nothing of its own to tell, which is all of its sentence: "“…missing.” the minister said."
fn is_bare(text: &str, quote: &Quote, draft: &Draft) -> bool {
    let Some(gap) = text.get(quote.span.end as usize..draft.cue.start as usize) else { return false };
    if gap.contains(['.', '\n', ',']) || gap.split_whitespace().count() > 4 {
        return false;
    }
    let rest = &text[draft.cue.end as usize..];
    let end = rest.find(['.', '\n', ':', '“', '"']).unwrap_or(rest.len());
    let stop = !rest[end..].starts_with([':', '“', '"']);
    draft.content.is_empty() && stop && rest[..end].split_whitespace().count() < 3
}

/// A quotation after a colon with no cue before it: the subject of the sentence speaks, or whoever is named last.
fn after_colon(text: &str, sentences: &[Sentence], quote: &Quote) -> Option<Draft> {
    if !is_speech(text, quote) {
        return None;
    }
    let colon = text[..quote.span.start as usize].trim_end().strip_suffix(':')?.len() as u32;
    let number = sentences.partition_point(|sentence| sentence.span.end <= colon);
    let sentence = sentences.get(number)?;
    let tokens = &sentence.tokens;
    let mark = tokens.iter().position(|token| token.span.start == colon)?;
    let speaks = |t: &usize| {
        let person = matches!(tokens[*t].lemma.as_str(), "he" | "she" | "they" | "we" | "I");
        tokens[*t].upos == Upos::Propn || (tokens[*t].upos == Upos::Pron && person)
    };
    let subject = (0..mark).find(|&t| {
        let finite = tokens[t].head.is_some_and(|head| tokens[head].head.is_none());
        matches!(tokens[t].relation, Relation::Nsubj) && finite && speaks(&t)
    });
    let head = subject.or_else(|| (0..mark).rfind(speaks))?;
    let tree = Tree::new(sentence);
    let phrase = super::source::phrase(&tree, head, mark);
    Some(Draft {
        sentence: number,
        token: mark,
        cue: tokens[mark].span,
        source: Some((tree.span(&phrase.tokens)?, phrase.head)),
        content: vec![],
        takes_quote: true,
        stance: Stance::Asserts,
        statement: true,
    })
}

/// A quotation that fills its sentence and has no cue goes on from the speech before it.
fn continued(
    text: &str,
    sentences: &[Sentence],
    paragraphs: &[Span],
    quotes: &[Quote],
    number: usize,
    owner: &[Option<usize>],
    drafts: &[Draft],
) -> Option<usize> {
    let quote = &quotes[number];
    if !is_speech(text, quote) {
        return None;
    }
    // A mere name between the two, "he said on “Meet the Press,”", is passed over.
    let named = |&i: &usize| owner[i].is_some() || quotes[i].paragraph != quote.paragraph || !is_name(text, &quotes[i]);
    let last = (0..number).rev().find(named)?;
    let draft = owner[last]?;
    let gap = Span { start: quotes[last].span.end.min(quote.span.start), end: quote.span.start };
    if quotes[last].paragraph == quote.paragraph {
        // Between the two stands the cue with its source, and nothing else that could have another speaker.
        let here = gap.touches(drafts[draft].cue) || !gap.of(text).chars().any(char::is_alphanumeric);
        let first = sentences.partition_point(|s| s.span.end <= gap.start);
        let near = sentences[first..].iter().take_while(|s| s.span.start < gap.end).count() <= 2;
        let continues = here && near && goes_on(text, sentences, quote, &drafts[draft]);
        return continues.then_some(draft);
    }
    let whole = paragraphs.get(quote.paragraph)?;
    let fills = whole.end <= quote.span.end + 2 && quote.span.start == whole.start;
    (fills && quotes[last].paragraph + 1 == quote.paragraph).then_some(draft)
}

/// True where a quotation can go on from one before it in its paragraph: it opens a sentence, or stands in that of the
/// cue, and no word that it is a part of stands before it.
fn goes_on(text: &str, sentences: &[Sentence], quote: &Quote, draft: &Draft) -> bool {
    let number = sentences.partition_point(|sentence| sentence.span.end <= quote.span.start);
    let opens = sentences.get(number).is_some_and(|sentence| {
        let before = Span { start: sentence.span.start.min(quote.span.start), end: quote.span.start };
        !before.of(text).chars().any(char::is_alphanumeric)
    });
    let before = text[..quote.span.start as usize].trim_end();
    let joined = before.ends_with(|c: char| !c.is_alphanumeric() && c != ':' && c != ')')
        || [" and", " but", " or"].iter().any(|word| before.ends_with(word));
    opens || (number == draft.sentence && joined)
}

/// A quotation that opens a sentence and has no cue goes on from what the sentence before reports.
fn follows(text: &str, sentences: &[Sentence], quote: &Quote, drafts: &[Draft]) -> Option<usize> {
    let number = sentences.partition_point(|sentence| sentence.span.end <= quote.span.start);
    let sentence = sentences.get(number)?;
    let before = sentences.get(number.checked_sub(1)?)?;
    let opens = sentence.span.start + 4 > quote.span.start && sentence.span.start <= quote.span.start;
    let fills = quote.span.end + 4 > sentence.span.end;
    if !opens || !fills || !is_speech(text, quote) || !is_gap(text, before.span.end, quote.span.start, false) {
        return None;
    }
    let length = |draft: &Draft| draft.content.iter().map(|part| part.len()).sum::<usize>();
    let said = |draft: &Draft| {
        draft.sentence + 1 == number
            && draft.takes_quote
            && draft.statement
            && draft.source.is_some()
            && length(draft) > 0
    };
    let found = drafts.iter().enumerate().filter(|(_, draft)| said(draft));
    found.max_by_key(|(_, draft)| length(draft)).map(|(number, _)| number)
}

/// Words that could be spoken by themselves: they begin like a sentence, or end with the comma or stop of one.
fn is_speech(text: &str, quote: &Quote) -> bool {
    let inner =
        quote.span.of(text).trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '.' | '?' | '!' | '…'));
    let ends = inner.ends_with([',', '.', '?', '!', '…']) || text[quote.span.end as usize..].starts_with([',', '.']);
    let begins = inner.chars().next().is_some_and(|c| !c.is_lowercase());
    let words = inner.split_whitespace().count();
    (ends && (begins || words > 3)) || (begins && words > 5)
}

/// A comma or a colon stands before the quotation.
fn is_introduced(text: &str, quote: &Quote) -> bool {
    text[..quote.span.start as usize].trim_end().ends_with([',', ':'])
}

/// Adds a quotation to a draft. Where the content the tree gave is little more than the quotation, it is the quotation.
///
/// `first` is false where the draft has a quotation already.
fn take(text: &str, quote: &Quote, draft: &mut Draft, first: bool) {
    let before = text[..quote.span.start as usize].trim_end();
    let inner = quote.span.of(text).trim_start_matches(|c: char| !c.is_alphanumeric());
    let behind_cue = touches(text, draft, quote) && inner.starts_with(char::is_uppercase);
    let apart = behind_cue || before.ends_with(|c: char| !c.is_alphanumeric());
    // "said no matter what he does, “his word is not the law”" goes on, and does not begin.
    let goes_on = inner.starts_with(char::is_lowercase)
        && draft.content.iter().any(|part| part.touches(quote.span) && part.start < quote.span.start);
    let more = |part: &Span| {
        let (from, to) = (part.start.min(quote.span.start), part.end.max(quote.span.end));
        let before = Span { start: from, end: quote.span.start };
        let after = Span { start: quote.span.end, end: to };
        let letters = |span: Span| span.of(text).chars().any(char::is_alphanumeric);
        // "Lee: Troops Will Go, ‘Very Soon’ to Kidal"
        let headline = draft.cue.of(text) == ":" && !inner.contains(['.', '?', '!']);
        (letters(before) && (headline || is_name(text, quote))) || (letters(after) && headline)
    };
    let wider = draft.content.iter().any(|part| part.touches(quote.span) && more(part));
    let whole = first && apart && !goes_on && !wider && is_speech(text, quote);
    if whole {
        let outside = |part: &Span| !part.touches(quote.span) && !quoted_only(text, *part);
        draft.content.retain(|part| part.touches(quote.span) || !outside(part));
        for part in &mut draft.content {
            if part.touches(quote.span) {
                *part = quote.span;
            }
        }
        draft.content.dedup();
    }
    // “…,” he said, “never again” – and left: the second ends where its mark closes, as the first does.
    if !first && apart && is_speech(text, quote) {
        for part in &mut draft.content {
            if part.start == quote.span.start && part.end > quote.span.end {
                *part = quote.span;
            }
        }
    }
    add(&mut draft.content, quote.span);
}

fn quoted_only(text: &str, part: Span) -> bool {
    part.of(text).starts_with(['“', '"', '\'', '‘', '«', '`', '„'])
}

/// Adds a span, joined with those it touches.
fn add(content: &mut Vec<Span>, span: Span) {
    let mut whole = span;
    content.retain(|part| {
        let touches = part.touches(whole);
        if touches {
            whole = whole.cover(*part);
        }
        !touches
    });
    content.push(whole);
    content.sort_unstable();
}
