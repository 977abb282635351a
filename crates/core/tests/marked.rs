//! Marked stories: of the deeds that somebody marked in reports of our own, how many are coded and rightly linked.

use demarche_core::{Annotation, Claim, Report, Span, brief, code, parse, text};
use std::{
    collections::BTreeMap,
    fmt, fs,
    ops::AddAssign,
    path::{Path, PathBuf},
};

struct Story {
    reports: Vec<(Report, Vec<Mark>)>,
}

#[path = "support/marked.rs"]
mod marked;
use marked::Mark;

#[derive(Default)]
struct Score {
    marks: usize,
    found: usize,
    claims: usize,
    telling: usize,
    linked: usize,
    right: usize,
    gold: usize,
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl Score {
    fn recall(&self) -> f64 {
        share(self.found, self.marks)
    }

    fn precision(&self) -> f64 {
        share(self.telling, self.claims)
    }

    /// Pairs of claims of two reports: of those linked how many are one incident, and of those of one how many are linked.
    fn pairs(&self) -> (f64, f64) {
        (share(self.right, self.linked), share(self.right, self.gold))
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, more: Self) {
        self.marks += more.marks;
        self.found += more.found;
        self.claims += more.claims;
        self.telling += more.telling;
        self.linked += more.linked;
        self.right += more.right;
        self.gold += more.gold;
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (precision, recall) = self.pairs();
        write!(f, "{} of {} marked deeds found ({:.3}), ", self.found, self.marks, self.recall())?;
        write!(f, "{} of {} claims on one ({:.3}), ", self.telling, self.claims, self.precision())?;
        write!(f, "pairs between reports {precision:.3} / {recall:.3} (n={})", self.gold)
    }
}

fn read(path: &Path) -> Story {
    Story { reports: marked::read(path) }
}

/// The incident whose marked words share most with the word that made the claim, or with its act.
fn incident(annotation: &Annotation, claim: &Claim, marks: &[Mark]) -> Option<u32> {
    let token = annotation.sentences.get(claim.sentence).and_then(|s| s.tokens.get(claim.trigger));
    let shared = |a: Span, b: Span| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let best = |span: Span| {
        let touched = marks.iter().filter(|mark| mark.span.touches(span) && shared(mark.span, span) > 0);
        touched.max_by_key(|mark| (shared(mark.span, span), std::cmp::Reverse(mark.span.start)))
    };
    token.and_then(|token| best(token.span)).or_else(|| best(claim.act)).map(|mark| mark.incident)
}

fn score(story: Story) -> Score {
    let (reports, marks): (Vec<Report>, Vec<Vec<Mark>>) = story.reports.into_iter().unzip();
    let marks: BTreeMap<String, Vec<Mark>> = reports.iter().map(|report| report.id.clone()).zip(marks).collect();
    let coded = reports.into_iter().map(|report| {
        let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
        code(report, sentences)
    });
    let brief = brief(coded.collect());
    let mut out = Score::default();
    // Event, report and incident of each claim that tells of a marked deed.
    let mut told: Vec<(usize, usize, u32)> = Vec::new();
    let event: BTreeMap<(usize, usize), usize> = brief
        .events
        .iter()
        .enumerate()
        .flat_map(|(number, event)| event.event.claims.iter().map(move |at| ((at.report, at.claim), number)))
        .collect();
    for (number, annotation) in brief.annotations.iter().enumerate() {
        let marks = &marks[&annotation.report.id];
        let touches = |claim: &Claim, mark: &Mark| claim.span.touches(mark.span);
        out.marks += marks.len();
        out.found += marks.iter().filter(|mark| annotation.claims.iter().any(|claim| touches(claim, mark))).count();
        out.claims += annotation.claims.len();
        out.telling += annotation.claims.iter().filter(|claim| marks.iter().any(|mark| touches(claim, mark))).count();
        for (at, claim) in annotation.claims.iter().enumerate() {
            told.extend(incident(annotation, claim, marks).map(|incident| (event[&(number, at)], number, incident)));
        }
    }
    for (i, a) in told.iter().enumerate() {
        for b in told[i + 1..].iter().filter(|b| b.1 != a.1) {
            let (linked, one) = (a.0 == b.0, a.2 == b.2);
            out.linked += usize::from(linked);
            out.gold += usize::from(one);
            out.right += usize::from(linked && one);
        }
    }
    out
}

fn all(folder: &str) -> Score {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/marked").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut total = Score::default();
    for file in files {
        total += score(read(&file));
    }
    total
}

#[test]
fn most_deeds_that_somebody_marked_are_coded_in_stories_that_were_read() {
    let score = all("open");
    println!("marked, open: {score}");
    assert!(score.marks > 500 && score.recall() > 0.77 && score.precision() > 0.85, "{score}");
    assert!(score.gold > 150 && score.pairs().0 > 0.61 && score.pairs().1 > 0.3, "{score}");
}

#[test]
fn most_deeds_that_somebody_marked_are_coded_in_stories_that_nobody_read() {
    let score = all("unread");
    println!("marked, unread: {score}");
    assert!(score.marks > 500 && score.recall() > 0.74 && score.precision() > 0.78, "{score}");
    assert!(score.gold > 150 && score.pairs().0 > 0.57 && score.pairs().1 > 0.305, "{score}");
}
