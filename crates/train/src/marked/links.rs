//! Trains the trees that tell how likely two claims are one happening, on the incidents of marked stories.

use std::collections::BTreeMap;

use demarche_core::{
    Annotation, Claim, Span,
    code::Coder,
    link::{
        self,
        beside::Beside,
        facts,
        features::features,
        likelihood::{Node, Trees},
        likely::pairs,
    },
    parse,
    world::World,
};

use super::{FOLDS, Mark, Marked, deeds, fold, parties};
use crate::boost::{self, Settings};

const SETTINGS: Settings = Settings { trees: 150, leaves: 32, rate: 0.1, least: 2.0, ridge: 4.0 };

/// How often a pair counts of a story that was read by hand: they are few, and written as newspapers write.
const BY_HAND: usize = 3;

/// A story as it is coded.
struct Story {
    fold: usize,
    by_hand: bool,
    annotations: Vec<Annotation>,
    /// Of each claim by report and place in it the incident that its words are marked with.
    incidents: BTreeMap<(usize, usize), u32>,
}

/// Two claims that stand on marks.
struct Row {
    fold: usize,
    by_hand: bool,
    features: Vec<f32>,
    one: bool,
}

/// The trees, and how they fare on stories that were kept apart.
pub fn train(reports: &[Marked]) -> (Vec<u8>, String) {
    let stories = stories(reports);
    let rows: Vec<Row> = stories.iter().flat_map(rows).collect();
    let mut scores = [Score::default(), Score::default()];
    for part in 0..FOLDS {
        let trees = learn(rows.iter().filter(|row| row.fold != part));
        for story in stories.iter().filter(|story| story.fold == part) {
            scores[usize::from(story.by_hand)].add(story, &trees);
        }
    }
    let [own, by_hand] = scores.map(|score| score.text());
    (learn(rows.iter()).write(), format!("{own}; in stories read by hand {by_hand}"))
}

/// Codes the stories, each part by what was learnt from the others, so that their claims err as those of any text.
fn stories(reports: &[Marked]) -> Vec<Story> {
    let deeds = deeds::crosswise(reports);
    let parties = parties::crosswise(reports);
    let coder = |(deeds, scales)| {
        let coder = Coder::with_codebook(&[], World::embedded()).expect("the built-in codebook");
        Coder { deeds, scales, ..coder }
    };
    let coders: Vec<Coder> = deeds.into_iter().zip(parties).map(coder).collect();
    let mut by_name: BTreeMap<&str, Vec<&Marked>> = BTreeMap::new();
    for one in reports.iter().filter(|one| one.retold) {
        by_name.entry(&one.story).or_default().push(one);
    }
    let story = |(name, reports): (&str, Vec<&Marked>)| {
        let code = |one: &&Marked| coders[fold(name)].code(one.report.clone(), parse(&one.report.text));
        let annotations: Vec<Annotation> = reports.iter().map(code).collect();
        let mut incidents = BTreeMap::new();
        for (report, (annotation, one)) in annotations.iter().zip(&reports).enumerate() {
            for (at, claim) in annotation.claims.iter().enumerate() {
                incidents.extend(incident(annotation, claim, &one.marks).map(|incident| ((report, at), incident)));
            }
        }
        Story { fold: fold(name), by_hand: reports[0].by_hand, annotations, incidents }
    };
    by_name.into_iter().map(story).collect()
}

/// The incident of the mark that the word of the claim stands on, or its act does.
fn incident(annotation: &Annotation, claim: &Claim, marks: &[Mark]) -> Option<u32> {
    let on = |span: Span| {
        let marks = marks.iter().filter(move |mark| mark.span.touches(span));
        marks.min_by_key(|mark| (!mark.kinds.contains(&claim.kind), mark.span.len(), mark.span.start))
    };
    let trigger = annotation.sentences[claim.sentence].tokens[claim.trigger].span;
    on(trigger).or_else(|| on(claim.act))?.incident
}

fn rows(story: &Story) -> Vec<Row> {
    let mut ground = facts::collect(&story.annotations, &vec![0; story.annotations.len()]);
    link::events_mutual(&mut ground);
    let facts = &ground.facts;
    let pairs = pairs(facts);
    let beside = Beside::of(facts, &pairs);
    let row = |&(a, b): &(u32, u32)| {
        let (a, b) = (&facts[a as usize], &facts[b as usize]);
        let incident = |f: &facts::Facts| story.incidents.get(&(f.at.report, f.at.claim));
        let one = incident(a)? == incident(b)?;
        Some(Row { fold: story.fold, by_hand: story.by_hand, features: features(a, b, &beside), one })
    };
    pairs.iter().filter_map(row).collect()
}

fn learn<'r>(rows: impl Iterator<Item = &'r Row>) -> Trees {
    let times = |row: &'r Row| std::iter::repeat_n(row, if row.by_hand { BY_HAND } else { 1 });
    let rows: Vec<&Row> = rows.flat_map(times).collect();
    let features: Vec<&[f32]> = rows.iter().map(|row| &row.features[..]).collect();
    let answers: Vec<bool> = rows.iter().map(|row| row.one).collect();
    let mut trees = Trees::default();
    for tree in boost::train(&features, &answers, SETTINGS) {
        let mut nodes = Vec::new();
        in_order(&tree, 0, &mut nodes);
        trees.add(&nodes);
    }
    // As they are kept: rounded.
    Trees::read(&trees.write())
}

/// A node with what hangs on it, in the order in which trees are kept.
fn in_order(tree: &[boost::Node], at: usize, out: &mut Vec<Node>) {
    match tree[at] {
        boost::Node::Leaf(value) => out.push(Node::Leaf(value)),
        boost::Node::Split(feature, cut, left, right) => {
            let own = out.len();
            out.push(Node::Leaf(0.0));
            in_order(tree, left, out);
            out[own] = Node::Question(feature as u8, cut, out.len() as u32);
            in_order(tree, right, out);
        }
    }
}

/// Pairs of claims of two reports that stand on marks.
#[derive(Default)]
struct Score {
    linked: usize,
    one: usize,
    right: usize,
}

impl Score {
    fn add(&mut self, story: &Story, trees: &Trees) {
        let annotations = &story.annotations;
        let events = link::link_by(annotations, &vec![0; annotations.len()], trees);
        let mut told: Vec<(usize, usize, u32)> = Vec::new();
        for (event, one) in events.iter().enumerate() {
            for claim in &one.claims {
                let incident = story.incidents.get(&(claim.report, claim.claim));
                told.extend(incident.map(|&incident| (event, claim.report, incident)));
            }
        }
        for (i, a) in told.iter().enumerate() {
            for b in told[..i].iter().filter(|b| b.1 != a.1) {
                let (linked, one) = (a.0 == b.0, a.2 == b.2);
                self.linked += usize::from(linked);
                self.one += usize::from(one);
                self.right += usize::from(linked && one);
            }
        }
    }

    fn text(&self) -> String {
        let share = |whole: usize| self.right as f64 / whole.max(1) as f64;
        format!(
            "{:.3} of {} links right, {:.3} of {} found",
            share(self.linked),
            self.linked,
            share(self.one),
            self.one
        )
    }
}
