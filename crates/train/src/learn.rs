//! Trains the network: examples, vocabulary, epochs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use demarche_core::{
    Span,
    parse::{
        features::{self, Features},
        model::{Dims, Model},
        parse_with,
    },
};

use crate::{
    adam::Adam,
    conllu::Tree,
    export::Names,
    gum_names, names,
    net::{Batch, Dropout, Gradients, Loss, Net, Soft, Truth},
    rng::Rng,
};

/// A sentence to learn from.
#[derive(Clone, Debug)]
pub struct Example {
    /// Words.
    pub forms: Vec<String>,
    /// What is known of each.
    pub truth: Vec<Truth>,
    /// The head whose relation is learnt, as in [`Batch`].
    pub guide: Vec<u32>,
    /// The last word is a final mark that nothing hangs from, so that it can be left out.
    pub final_mark: bool,
}

/// Everything a training run is told.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Times each example is seen.
    pub epochs: usize,
    /// Highest rate of Adam.
    pub rate: f32,
    /// Words of a batch, at least.
    pub batch: usize,
    /// Chances to hide parts of the network.
    pub dropout: Dropout,
    /// Chance to hide the word itself, leaving its ends and its shape.
    pub word_dropout: f32,
    /// Share of the teachers where the truth is known.
    pub share: f32,
    /// Seed of everything random.
    pub seed: u64,
    /// Sizes; label counts are filled in.
    pub dims: Dims,
}

/// Chance to hide what the world's tables know of a word, so that the network leans on the sentence too.
const UNKNOWN: f32 = 0.2;

/// Examples and the lists their numbers point into.
pub struct Material {
    /// Sentences.
    pub examples: Vec<Example>,
    /// Labels and features.
    pub names: Names,
    /// Row of each feature hash.
    pub rows: HashMap<u32, u32>,
}

impl Material {
    /// Adds these features to those that were counted, so that what learns on forgets none.
    pub fn know(&mut self, keys: &[u32]) {
        let all: BTreeSet<u32> = self.names.keys.iter().chain(keys).copied().collect();
        self.names.keys = all.into_iter().collect();
        self.rows = rows(&self.names.keys);
    }
}

/// Chance of a word of these sentences to be another in a variant.
const CHANGED: f32 = 0.3;

/// Kinds of words that a variant may change: the grammar of a sentence hangs on the others.
const OPEN: &[&str] = &["NOUN ", "PROPN ", "VERB ", "ADJ ", "ADV RB", "NUM CD"];

/// Sentences like these in which some words gave way to others of the same tag, as often as those stand in the corpora.
/// Nothing is known of them: teachers, who have not seen them, tell what they think.
pub fn variants(material: &Material, of: std::ops::Range<usize>, each: usize, rng: &mut Rng) -> Vec<Example> {
    let open: Vec<bool> =
        material.names.tags.iter().map(|tag| OPEN.iter().any(|start| tag.starts_with(start))).collect();
    let open = |tag: i32| usize::try_from(tag).is_ok_and(|tag| open[tag]);
    let mut pools: HashMap<i32, Vec<&str>> = HashMap::new();
    for example in &material.examples[of.clone()] {
        for (i, (form, truth)) in example.forms.iter().zip(&example.truth).enumerate() {
            // The first word has a capital that is not its own.
            if i > 0 && open(truth.tag) {
                pools.entry(truth.tag).or_default().push(form);
            }
        }
    }
    let mut out = Vec::new();
    for example in &material.examples[of] {
        for _ in 0..each {
            let change = |(i, (form, truth)): (usize, (&String, &Truth))| match pools.get(&truth.tag) {
                Some(pool) if i > 0 && rng.unit() < CHANGED => pool[rng.below(pool.len())].to_owned(),
                _ => form.clone(),
            };
            let forms = example.forms.iter().zip(&example.truth).enumerate().map(change).collect();
            let truth = vec![Truth::NONE; example.truth.len()];
            out.push(Example { forms, truth, guide: example.guide.clone(), final_mark: example.final_mark });
        }
    }
    out
}

/// Makes examples of trees and names.
pub fn material(trees: &[Tree], named: &[names::Example]) -> Material {
    let mut tags: BTreeMap<String, usize> = BTreeMap::new();
    let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        *tags.entry(format!("{} {}", word.upos, word.xpos.as_str())).or_default() += 1;
        if word.head > 0 {
            *relations.entry(word.relation.as_str()).or_default() += 1;
        }
    }
    let tags: Vec<String> = tags.into_iter().filter(|(_, n)| *n >= 2).map(|(tag, _)| tag).collect();
    let relations: Vec<String> = relations.into_keys().map(str::to_owned).collect();
    let tag_number: HashMap<&str, i32> = tags.iter().enumerate().map(|(i, t)| (t.as_str(), i as i32)).collect();
    let relation_number: HashMap<&str, i32> =
        relations.iter().enumerate().map(|(i, t)| (t.as_str(), i as i32)).collect();
    let mut examples = Vec::new();
    for tree in trees {
        let named = gum_names::example(tree);
        let truth = tree.words.iter().enumerate().map(|(i, word)| Truth {
            tag: tag_number.get(format!("{} {}", word.upos, word.xpos.as_str()).as_str()).copied().unwrap_or(-1),
            head: word.head as i32,
            relation: if word.head == 0 { -1 } else { relation_number[word.relation.as_str()] },
            names: named.as_ref().map_or(0, |e| e.allowed[i]),
        });
        let n = tree.words.len();
        let final_mark = n > 2
            && matches!(tree.words[n - 1].form.as_str(), "." | "!" | "?")
            && tree.words.iter().all(|w| w.head != n);
        let forms = tree.words.iter().map(|w| w.form.clone()).collect();
        let guide = tree.words.iter().map(|w| w.head as u32).collect();
        examples.push(Example { forms, truth: truth.collect(), guide, final_mark });
    }
    for example in named {
        let truth = example.allowed.iter().map(|&names| Truth { names, ..Truth::NONE }).collect();
        let guide = vec![0; example.forms.len()];
        examples.push(Example { forms: example.forms.clone(), truth, guide, final_mark: false });
    }
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for form in examples.iter().flat_map(|e| &e.forms) {
        for &hash in features::features(form).as_slice() {
            *counts.entry(hash).or_default() += 1;
        }
    }
    let keys: Vec<u32> = counts.into_iter().filter(|(_, n)| *n >= 2).map(|(hash, _)| hash).collect();
    let rows = rows(&keys);
    Material { examples, names: Names { tags, relations, names: names::tags(), keys }, rows }
}

/// Ways a sentence is written anew, so that headlines and texts in capitals are no surprise.
fn rewrite(forms: &[String], rng: &mut Rng) -> Option<Vec<String>> {
    let chance = rng.unit();
    let capital = |form: &String| {
        let mut chars = form.chars();
        chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
    };
    if chance < 0.02 {
        Some(forms.iter().map(|f| f.to_uppercase()).collect())
    } else if chance < 0.06 {
        Some(
            forms.iter().enumerate().map(|(i, f)| if i == 0 || f.len() > 3 { capital(f) } else { f.clone() }).collect(),
        )
    } else if chance < 0.07 {
        Some(forms.iter().map(|f| f.to_lowercase()).collect())
    } else {
        None
    }
}

/// A batch of these examples, some rewritten, with words hidden at random, and what the teachers think of it.
fn random_batch(
    material: &Material,
    opinions: &[Soft],
    chosen: &[usize],
    settings: Settings,
    cache: &mut Cache,
    rng: &mut Rng,
) -> (Batch, Option<Soft>) {
    let mut soft = (!opinions.is_empty()).then(|| Soft { share: settings.share, ..Soft::default() });
    let mut whole = Batch { starts: vec![0], ..Batch::default() };
    let mut features = Vec::new();
    let mut starts = vec![0];
    for &i in chosen {
        let example = &material.examples[i];
        let rewritten = rewrite(&example.forms, rng);
        let forms = rewritten.as_ref().unwrap_or(&example.forms);
        let n = forms.len() - usize::from(example.final_mark && rng.unit() < 0.06);
        if let Some(soft) = &mut soft {
            soft.extend(&opinions[i], forms.len(), n);
        }
        let first = whole.starts.len() - 1;
        add(&mut whole, example, forms, n, &material.rows, cache);
        for (t, form) in (first..).zip(&forms[..n]) {
            let found = cache.of(form);
            let word = if rng.unit() < settings.word_dropout { &found.as_slice()[..found.lexical] } else { &[] };
            let tables = if rng.unit() < UNKNOWN { &found.as_slice()[found.known..] } else { &[] };
            let hidden: Vec<u32> =
                word.iter().chain(tables).filter_map(|hash| material.rows.get(hash)).copied().collect();
            features
                .extend(whole.features[whole.starts[t]..whole.starts[t + 1]].iter().filter(|r| !hidden.contains(r)));
            starts.push(features.len());
        }
    }
    (Batch { features, starts, ..whole }, soft)
}

fn add(out: &mut Batch, example: &Example, forms: &[String], n: usize, rows: &HashMap<u32, u32>, cache: &mut Cache) {
    let start = out.truth.len();
    for form in &forms[..n] {
        out.features.extend(cache.of(form).as_slice().iter().filter_map(|hash| rows.get(hash)));
        out.starts.push(out.features.len());
    }
    out.truth.extend_from_slice(&example.truth[..n]);
    out.guide.extend_from_slice(&example.guide[..n]);
    let style = features::style(forms[..n].iter().map(String::as_str));
    out.sentences.push((start, start + n, style as usize));
}

/// Features of forms met before.
#[derive(Default)]
pub struct Cache(HashMap<String, Features>);

impl Cache {
    fn of(&mut self, form: &str) -> Features {
        if let Some(found) = self.0.get(form) {
            return *found;
        }
        let found = features::features(form);
        self.0.insert(form.to_owned(), found);
        found
    }
}

/// Trains a network on the examples that `keep` lets through, with the opinions of teachers, one an example, if there
/// are any, and with the weights of a network to start from; `after_epoch` sees it after every epoch.
pub fn train(
    material: &Material,
    opinions: &[Soft],
    settings: Settings,
    from: Option<&(Net, Names)>,
    keep: impl Fn(usize) -> bool,
    mut after_epoch: impl FnMut(usize, &Net, Loss),
) -> Net {
    let mut rng = Rng::new(settings.seed);
    let dims = Dims {
        tags: material.names.tags.len(),
        relations: material.names.relations.len(),
        names: material.names.names.len(),
        ..settings.dims
    };
    let mut net = Net::new(dims, material.names.keys.len(), &mut rng);
    if let Some((first, labels)) = from {
        start_from(&mut net, &material.rows, first, labels);
    }
    let mut order: Vec<usize> = (0..material.examples.len()).filter(|&i| keep(i)).collect();
    let words: usize = order.iter().map(|&i| material.examples[i].forms.len()).sum();
    let total = settings.epochs * words / (settings.batch + 12);
    let mut adam = Adam::new(&net, settings.rate, total as u32);
    let mut cache = Cache::default();
    let mut gradients = Gradients::default();
    for epoch in 1..=settings.epochs {
        rng.shuffle(&mut order);
        let mut sum = Loss::default();
        let mut at = 0;
        while at < order.len() {
            let from = at;
            let mut words = 0;
            while at < order.len() && words < settings.batch {
                words += material.examples[order[at]].forms.len();
                at += 1;
            }
            let (batch, soft) = random_batch(material, opinions, &order[from..at], settings, &mut cache, &mut rng);
            let trace = net.forward(&batch, settings.dropout, &mut rng);
            let loss = net.backward(&batch, &trace, soft.as_ref(), &mut gradients);
            for i in 0..4 {
                sum.sum[i] += loss.sum[i];
                sum.count[i] += loss.count[i];
            }
            adam.step(&mut net, &batch, &gradients);
        }
        after_epoch(epoch, &net, sum);
    }
    net
}

/// Takes the weights of a network of the same sizes and its rows of the features that both know; the others begin with
/// nothing, so that the network says at first what the other says.
pub fn start_from(net: &mut Net, rows: &HashMap<u32, u32>, first: &Net, labels: &Names) {
    assert_eq!(net.dims, first.dims, "the network to start from has other sizes");
    net.dense.clone_from(&first.dense);
    let width = net.dims.embedding;
    net.rows.fill(0.0);
    for (row, key) in first.rows.chunks_exact(width).zip(&labels.keys) {
        if let Some(&at) = rows.get(key) {
            net.rows[at as usize * width..][..width].copy_from_slice(row);
        }
    }
}

/// What a teacher, whose labels and features these are, thinks of the examples that `keep` lets through, added to what
/// others thought.
pub fn consult(
    teacher: &Net,
    labels: &Names,
    material: &Material,
    keep: impl Fn(usize) -> bool,
    opinions: &mut Vec<Soft>,
) {
    let ours = &material.names;
    let same = labels.tags == ours.tags && labels.relations == ours.relations && labels.names == ours.names;
    assert!(same, "the teacher has other labels");
    let rows = rows(&labels.keys);
    opinions.resize_with(material.examples.len(), Soft::default);
    let (mut cache, mut rng) = (Cache::default(), Rng::new(0));
    for (i, (example, sum)) in material.examples.iter().zip(opinions).enumerate() {
        if !keep(i) {
            continue;
        }
        let mut batch = Batch { starts: vec![0], ..Batch::default() };
        add(&mut batch, example, &example.forms, example.forms.len(), &rows, &mut cache);
        let trace = teacher.forward(&batch, Dropout::NONE, &mut rng);
        sum.add(&trace);
    }
}

/// Row of each feature hash.
fn rows(keys: &[u32]) -> HashMap<u32, u32> {
    keys.iter().enumerate().map(|(i, &hash)| (hash, i as u32)).collect()
}

/// Gives every word without a known head the one the model finds, so that teachers can speak of its relation.
pub fn guide(material: &mut Material, model: &Model) {
    for example in &mut material.examples {
        if example.truth.iter().any(|truth| truth.head >= 0) {
            continue;
        }
        let mut text = String::new();
        let mut words = Vec::new();
        for form in &example.forms {
            words.push((Span::new(text.len(), text.len() + form.len()), false));
            text.push_str(form);
            text.push(' ');
        }
        let sentence = &parse_with(model, &text, &[words])[0];
        example.guide = sentence.tokens.iter().map(|token| token.head.map_or(0, |head| head as u32 + 1)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{export, news};

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let trees = news::sentences(30, &mut Rng::new(1)).unwrap();
        let material = material(&trees, &[]);
        let dims = Dims {
            embedding: 8,
            state: 16,
            gate: 8,
            layers: 2,
            arc: 8,
            label: 8,
            name: 8,
            tags: 0,
            relations: 0,
            names: 0,
        };
        let settings = Settings {
            epochs: 2,
            rate: 0.003,
            batch: 60,
            dropout: Dropout { embedding: 0.2, state: 0.2, head: 0.1 },
            word_dropout: 0.25,
            share: 0.5,
            seed: 3,
            dims,
        };
        let bytes = |settings| {
            let net = train(&material, &[], settings, None, |_| true, |_, _, _| {});
            export::export(&net, &material.names).to_bytes()
        };
        let first = bytes(settings);
        assert_eq!(first, bytes(settings));
        assert_ne!(first, bytes(Settings { seed: 4, ..settings }));
    }

    #[test]
    fn variants_change_open_words_for_others_of_their_tag_and_know_nothing() {
        let trees = news::sentences(60, &mut Rng::new(4)).unwrap();
        let material = material(&trees, &[]);
        let made = variants(&material, 0..60, 2, &mut Rng::new(5));
        assert_eq!(made.len(), 120);
        let (mut changed, mut words) = (0, 0);
        for (variant, number) in made.iter().zip(0..) {
            let first = &material.examples[number / 2];
            assert_eq!(variant.forms[0], first.forms[0]);
            assert_eq!(variant.guide, first.guide);
            assert!(variant.truth.iter().all(|truth| truth.head < 0 && truth.tag < 0));
            for ((new, old), truth) in variant.forms.iter().zip(&first.forms).zip(&first.truth) {
                words += 1;
                changed += usize::from(new != old);
                let tag = usize::try_from(truth.tag).map_or("", |tag| material.names.tags[tag].as_str());
                assert!(new == old || OPEN.iter().any(|open| tag.starts_with(open)), "{new} {tag}");
            }
        }
        assert!(changed * 10 > words && changed * 3 < words, "{changed} of {words}");
    }

    #[test]
    fn a_net_read_back_says_what_the_bytes_say() {
        let trees = news::sentences(10, &mut Rng::new(2)).unwrap();
        let material = material(&trees, &[]);
        let dims = Dims {
            embedding: 8,
            state: 16,
            gate: 8,
            layers: 1,
            arc: 8,
            label: 8,
            name: 8,
            tags: material.names.tags.len(),
            relations: material.names.relations.len(),
            names: material.names.names.len(),
        };
        let net = Net::new(dims, material.names.keys.len(), &mut Rng::new(1));
        let store = export::export(&net, &material.names);
        let (back, names) = export::import(&store).unwrap();
        assert_eq!(export::export(&back, &names).to_bytes(), store.to_bytes());
    }
}
