//! Learns the lemmatiser's rules: for every ending the rule most words vote for, kept where it changes something.

use std::collections::BTreeMap;

use demarche_core::{
    Xpos,
    parse::{
        features::{Style, style},
        lemma::{self, Capitals, Case, Rule},
        store::{Data, Store},
    },
};

use crate::conllu::Tree;

/// One word to learn from, and how often it was seen.
type Seen = BTreeMap<(Xpos, Capitals, String, String), u32>;

/// Every rule that makes `lemma` of `form` with the shortest cut, simplest first.
fn rules(form: &str, lemma: &str) -> Vec<Rule> {
    let mut out = Vec::new();
    for case in [Case::Lower, Case::Capital, Case::Keep, Case::Upper] {
        let Some(whole) = (Rule { case, cut: Some(0), add: String::new() }).apply(form) else { continue };
        let (from, to): (Vec<char>, Vec<char>) = (whole.chars().collect(), lemma.chars().collect());
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        if shared == 0 || from.len() - shared > 8 || form.chars().count() != from.len() {
            continue;
        }
        let rule = Rule { case, cut: Some(from.len() - shared), add: to[shared..].iter().collect() };
        if rule.apply(form).as_deref() == Some(lemma) {
            out.push(rule);
        }
    }
    if out.is_empty() || form.starts_with(['\'', '’']) {
        out.push(Rule { case: Case::Keep, cut: None, add: lemma.to_owned() });
    }
    out
}

/// Adds the learnt tables to a model file.
pub fn learn(train: &[Tree], store: &mut Store) {
    let mut seen = Seen::new();
    for tree in train {
        let style = style(tree.words.iter().map(|w| w.form.as_str()));
        let everywhere = matches!(style, Style::Title | Style::Capitals);
        let mut before_word = true;
        for word in &tree.words {
            let class = lemma::capitals(&word.form, everywhere || before_word);
            before_word &= !word.form.chars().any(char::is_alphanumeric);
            if word.lemma != "_" {
                *seen.entry((word.xpos, class, word.form.clone(), word.lemma.clone())).or_default() += 1;
            }
        }
    }
    // Votes per key; keys of endings and of whole words alike. The level tells how telling a key is.
    let mut votes: BTreeMap<u32, BTreeMap<Rule, u32>> = BTreeMap::new();
    for ((xpos, class, form, lemma), count) in &seen {
        let rules = rules(form, lemma);
        lemma::keys(&lemma::small(form), *xpos, *class, |key| {
            let votes = votes.entry(key).or_default();
            for rule in &rules {
                *votes.entry(rule.clone()).or_default() += count;
            }
            false
        });
    }
    let best = |key: u32| -> Option<(&Rule, u32)> {
        let votes = votes.get(&key)?;
        votes.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(rule, &n)| (rule, n))
    };
    // A key is kept when what it says differs from what the next less telling kept key says.
    let mut kept: BTreeMap<u32, Rule> = BTreeMap::new();
    let mut words: Vec<_> = seen.keys().map(|(xpos, class, form, _)| (*xpos, *class, lemma::small(form))).collect();
    words.sort();
    words.dedup();
    for level in 0..lemma::LONGEST_ENDING + 3 {
        for (xpos, class, small) in &words {
            let mut all = Vec::new();
            lemma::keys(small, *xpos, *class, |key| {
                all.push(key);
                false
            });
            all.reverse();
            let Some(&key) = all.get(level) else { continue };
            let Some((rule, count)) = best(key) else { continue };
            let whole = level + 2 >= all.len();
            if kept.contains_key(&key) || (count < 2 && !whole) {
                continue;
            }
            let below = all[..level].iter().rev().find_map(|key| kept.get(key));
            if below != Some(rule) {
                kept.insert(key, rule.clone());
            }
        }
    }
    // One byte a choice: the 256 most used rules stay.
    let mut uses: BTreeMap<&Rule, usize> = BTreeMap::new();
    for rule in kept.values() {
        *uses.entry(rule).or_default() += 1;
    }
    let mut list: Vec<_> = uses.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    list.truncate(256);
    let number: BTreeMap<&Rule, u8> = list.iter().enumerate().map(|(i, (rule, _))| (*rule, i as u8)).collect();
    let choices: Vec<(u32, u8)> = kept.iter().filter_map(|(key, rule)| Some((*key, *number.get(rule)?))).collect();
    let text = list.iter().map(|(rule, _)| rule.to_line()).collect::<Vec<_>>().join("\n");
    store.push("lemma.rules", 1, text.len(), Data::Bytes(text.into_bytes().into()));
    store.push("lemma.keys", 1, choices.len(), Data::U32(choices.iter().map(|c| c.0).collect()));
    store.push("lemma.choice", 1, choices.len(), Data::Bytes(choices.iter().map(|c| c.1).collect::<Vec<u8>>().into()));
}
