//! A report cut into paragraphs, sentences and marked words: the annotated article.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use demarche_core::{ClaimRef, Kind, Span};

use super::{
    view::{Badge, EventView, Quote, View, badge, gravity, sentence_at, told},
    words::shown,
};

/// Other reports quoted in one panel at most.
const OTHERS: usize = 5;

/// A report as the page shows it.
pub struct Article<'v> {
    /// Index of the report.
    pub index: usize,
    /// Outlet or id.
    pub name: &'v str,
    /// Id.
    pub id: &'v str,
    /// Headline.
    pub title: Option<&'v str>,
    /// In words.
    pub published: &'v str,
    /// Address on the web.
    pub url: Option<&'v str>,
    /// Language tag.
    pub language: Option<&'v str>,
    /// Paragraphs.
    pub blocks: Vec<Block<'v>>,
}

/// A paragraph with the panels that its marks open.
pub struct Block<'v> {
    /// In order; their texts joined are the paragraph.
    pub pieces: Vec<Piece<'v>>,
    /// What the others say, one panel an event.
    pub pops: Vec<Pop<'v>>,
}

/// A stretch of text that is marked as one.
pub struct Piece<'v> {
    /// Verbatim but for characters that must not reach a reader.
    pub text: Cow<'v, str>,
    /// Id of the sentence that begins here.
    pub opens: Option<String>,
    /// True where the sentence ends, or the paragraph cuts it.
    pub closes: bool,
    /// The mark.
    pub link: Option<Link>,
}

/// A mark on words that make a claim.
#[derive(Clone)]
pub struct Link {
    /// Class in the style sheet: agree, differs, against, alone.
    pub class: &'static str,
    /// Panel.
    pub target: String,
    /// What the mark says without colour.
    pub label: &'static str,
}

/// The panel of an event in one report: what the others say.
pub struct Pop<'v> {
    /// Its id.
    pub id: String,
    /// The event.
    pub event: &'v EventView,
    /// Where closing leads.
    pub back: String,
    /// Other reports' words.
    pub others: Vec<&'v Quote>,
    /// How many more there are.
    pub more: usize,
    /// Where they differ.
    pub rows: Vec<PopRow>,
    /// Reports that do not mention it.
    pub silent: &'v [usize],
}

/// A difference in a panel.
pub struct PopRow {
    /// What is asked.
    pub slot: &'static str,
    /// How.
    pub badge: Badge,
    /// What the other reports say, or this report's parties.
    pub quotes: Vec<Quote>,
}

/// Cuts a report.
pub fn article<'v>(view: &'v View, index: usize) -> Article<'v> {
    let annotation = &view.brief.annotations[index];
    let report = &view.reports[index];
    let language = annotation.report.language.as_deref();
    Article {
        index,
        name: &report.name,
        id: &report.id,
        title: report.title.as_deref(),
        published: &report.published,
        url: report.url.as_deref(),
        language: language.filter(|tag| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')),
        blocks: blocks(view, index),
    }
}

/// The claims of the report with their events, the shortest first: the innermost mark wins.
fn marks(view: &View, report: usize) -> Vec<(Span, usize)> {
    let mut marks: Vec<(Span, usize)> = Vec::new();
    for event in &view.events {
        let claims = &view.brief.events[event.index].event.claims;
        for at in claims.iter().filter(|at: &&ClaimRef| at.report == report) {
            marks.push((told(view.brief, *at), event.index));
        }
    }
    marks.sort_by_key(|(span, event)| (span.len(), span.start, *event));
    marks
}

/// The words of an event's claims in one report.
#[derive(Default)]
struct Words {
    /// By start.
    spans: Vec<Span>,
    /// Letters of the longest.
    longest: u32,
}

impl Words {
    /// Of these marks, for each event.
    fn of(marks: &[(Span, usize)]) -> BTreeMap<usize, Self> {
        let mut words: BTreeMap<usize, Self> = BTreeMap::new();
        for &(span, event) in marks {
            let own = words.entry(event).or_default();
            own.spans.push(span);
            own.longest = own.longest.max(span.end - span.start);
        }
        for own in words.values_mut() {
            own.spans.sort_unstable();
        }
        words
    }

    /// Those that a stretch of text is of. An event may be told thousands of times: only what lies near is looked at.
    fn at(&self, stretch: Span) -> Vec<Span> {
        let from = self.spans.partition_point(|span| span.start + self.longest < stretch.start);
        let near = self.spans[from..].iter().take_while(|span| span.start <= stretch.end);
        near.copied().filter(|span| span.touches(stretch)).collect()
    }
}

fn blocks<'v>(view: &'v View, report: usize) -> Vec<Block<'v>> {
    let annotation = &view.brief.annotations[report];
    let text = annotation.report.text.as_str();
    let marks = marks(view, report);
    let mut cuts: BTreeSet<u32> = BTreeSet::new();
    for span in marks.iter().map(|(span, _)| *span).chain(annotation.sentences.iter().map(|s| s.span)) {
        cuts.extend([span.start, span.end]);
    }
    let inner = innermost(&marks, &cuts);
    let words = Words::of(&marks);
    let mut blocks = Vec::new();
    let mut opened: BTreeSet<usize> = BTreeSet::new();
    let mut popped: BTreeSet<usize> = BTreeSet::new();
    for paragraph in paragraphs(text) {
        let inside = cuts.range(paragraph.start + 1..paragraph.end).copied();
        let edges: Vec<u32> = [paragraph.start].into_iter().chain(inside).chain([paragraph.end]).collect();
        let mut block = Block { pieces: Vec::new(), pops: Vec::new() };
        for pair in edges.windows(2) {
            let span = Span { start: pair[0], end: pair[1] };
            let sentence = sentence_at(annotation, span);
            let within = annotation.sentences.get(sentence).is_some_and(|s| s.span.holds(span));
            let starts = within && (opened.insert(sentence) || span.start == paragraph.start);
            let first = starts && annotation.sentences[sentence].span.start >= paragraph.start;
            let ends = within && (annotation.sentences[sentence].span.end == span.end || span.end == paragraph.end);
            let event = inner.range(..=span.start).next_back().and_then(|(_, event)| *event);
            if let Some(event) = event
                && popped.insert(event)
            {
                block.pops.push(pop(view, report, event, sentence));
            }
            let id = if first {
                format!("r{}s{}", report + 1, sentence + 1)
            } else {
                format!("r{}s{}-{}", report + 1, sentence + 1, span.start)
            };
            block.pieces.push(Piece {
                text: shown(span.of(text)),
                opens: starts.then_some(id),
                closes: ends,
                link: event.map(|event| link(view, report, event, &words[&event].at(span))),
            });
        }
        blocks.push(block);
    }
    blocks
}

/// For each stretch between cuts, by its start, the event of the shortest claim that covers it.
///
/// A stack over the cuts would do it in one pass; claims nest in few levels, so painting from the longest to the
/// shortest is as fast and shorter.
fn innermost(marks: &[(Span, usize)], cuts: &BTreeSet<u32>) -> BTreeMap<u32, Option<usize>> {
    let mut painted: BTreeMap<u32, Option<usize>> = cuts.iter().map(|&cut| (cut, None)).collect();
    for (span, event) in marks.iter().rev() {
        for (_, under) in painted.range_mut(span.start..span.end) {
            *under = Some(*event);
        }
    }
    painted
}

/// Runs of text between line breaks, blank ones left out.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        if !body.trim().is_empty() {
            out.push(Span::new(start, start + body.len()));
        }
        start += line.len();
    }
    out
}

/// The mark on a stretch of words: how the claims that stand there lie to what the others say. What an event's other
/// claims differ in is no difference of this one.
fn link(view: &View, report: usize, event: usize, here: &[Span]) -> Link {
    let of = &view.events[event];
    let alone = of.tellers.len() < 2;
    let differences = view.brief.comparisons.get(event).into_iter().flat_map(|comparison| &comparison.differences);
    let stands = differences.filter(|difference| {
        let own = difference.values.iter().filter(|value| value.report == report);
        own.into_iter().any(|value| here.iter().any(|claim| claim.touches(value.span)))
    });
    let (class, label) = match stands.map(|difference| difference.kind).max_by_key(|&kind| gravity(kind)) {
        Some(Kind::Contradicts | Kind::Disputed) => ("against", "contradicted or disputed"),
        _ if alone => ("alone", "only in this report"),
        Some(_) => ("differs", "told otherwise elsewhere"),
        None => ("agree", "also told elsewhere"),
    };
    Link { class, label, target: format!("p{}{}", report + 1, of.id) }
}

fn pop<'v>(view: &'v View, report: usize, event: usize, sentence: usize) -> Pop<'v> {
    let of = &view.events[event];
    let others: Vec<&Quote> = of.quotes.iter().filter(|quote| quote.report != report).collect();
    let table = view.slots.iter().find(|table| table.event == event);
    let rows = table.into_iter().flat_map(|table| &table.rows).filter(|row| row.kind.is_some());
    let rows = rows.map(|row| {
        let disputed = row.kind == Some(Kind::Disputed);
        let quotes = row.cells.iter().flatten().filter(|quote| disputed || quote.report != report);
        PopRow { slot: row.slot, badge: badge(row.kind), quotes: quotes.take(OTHERS).cloned().collect() }
    });
    Pop {
        id: format!("p{}{}", report + 1, of.id),
        event: of,
        back: format!("r{}s{}", report + 1, sentence + 1),
        more: others.len().saturating_sub(OTHERS),
        others: others.into_iter().take(OTHERS).collect(),
        rows: rows.collect(),
        silent: &of.silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    #[test]
    fn of_many_claims_those_are_looked_at_that_hold_the_stretch() {
        let marks: Vec<(Span, usize)> = (0..9).map(|n| (Span::new(10 * n, 10 * n + 15), 0)).collect();
        let words = Words::of(&marks).remove(&0).unwrap();
        assert_eq!(words.at(Span::new(42, 44)), [Span::new(30, 45), Span::new(40, 55)]);
        assert_eq!(words.at(Span::new(200, 201)), []);
    }

    #[test]
    fn the_pieces_of_a_report_are_its_text() {
        let brief = fixture::brief();
        let view = View::new(&brief);
        for (report, annotation) in brief.annotations.iter().enumerate() {
            let article = article(&view, report);
            let text: String =
                article.blocks.iter().flat_map(|block| &block.pieces).map(|piece| piece.text.as_ref()).collect();
            assert_eq!(text, annotation.report.text);
        }
    }

    #[test]
    fn sentences_open_and_close_in_turn() {
        let brief = fixture::brief();
        let view = View::new(&brief);
        for block in article(&view, 0).blocks {
            let mut depth = 0;
            for piece in block.pieces {
                depth += i32::from(piece.opens.is_some());
                depth -= i32::from(piece.closes);
                assert!((0..=1).contains(&depth));
            }
            assert_eq!(depth, 0);
        }
    }

    #[test]
    fn only_words_that_differ_are_marked_as_told_otherwise() {
        let brief = fixture::brief();
        let event = brief.comparisons.iter().position(|c| !c.differences.is_empty()).unwrap();
        let value = brief.comparisons[event].differences[0].values[0].clone();
        let of = |brief: &demarche_core::Brief, span| link(&View::new(brief), value.report, event, &[span]).class;
        assert_ne!(of(&brief, value.span), "agree");
        let mut alike = brief.clone();
        alike.comparisons[event].differences.clear();
        assert_eq!(of(&alike, value.span), "agree");
        // What nobody else tells is not "also told elsewhere".
        alike.origins = vec![0, 0];
        alike.events[event].tellers.truncate(1);
        assert_eq!(of(&alike, value.span), "alone");
    }
}
