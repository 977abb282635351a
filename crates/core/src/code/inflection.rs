//! What a written form may be an inflection of.
//!
//! The parser's lemma rules are learnt from small treebanks and stumble over forms that crisis news is full of
//! ("withdrew", "shelled", "bombed"). The codebook knows its words, so a wrong lemma is put right by trying what the
//! form may come from until it is a word of the codebook.

use std::{collections::HashMap, sync::LazyLock};

use crate::{Relation, Sentence, Upos, labels::Xpos};

/// Irregular forms with their dictionary forms.
static IRREGULAR: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| toml::from_str(demarche_data::IRREGULAR).unwrap_or_default());

/// The dictionary form of an irregular form in lower case: "withdrew" → "withdraw".
pub fn irregular(form: &str) -> Option<&'static str> {
    IRREGULAR.get(form).map(String::as_str)
}

/// True for the forms of "be" in lower case.
pub fn is_be(form: &str) -> bool {
    matches!(
        form,
        "be" | "being" | "been" | "is" | "are" | "was" | "were" | "am" | "'s" | "’s" | "'re" | "’re" | "'m" | "’m"
    )
}

/// Puts right the lemmas of verbs whose form is irregular, or whose lemma begins otherwise than the form and so belongs
/// to another verb; `known` tells the verbs that matter.
pub fn mend(text: &str, sentences: &mut [Sentence], known: impl Fn(&str) -> bool) {
    for sentence in sentences.iter_mut() {
        for token in taken_for_adjectives(text, sentence) {
            let token = &mut sentence.tokens[token];
            (token.upos, token.xpos) = (Upos::Verb, Xpos::from_name("VBD"));
        }
    }
    for token in sentences.iter_mut().flat_map(|sentence| &mut sentence.tokens).filter(|t| t.upos == Upos::Verb) {
        let form = token.span.of(text);
        let first = |word: &str| word.bytes().next().map(|byte| byte.to_ascii_lowercase());
        // "bombs" is no form of "be" either
        let strange = first(form) != first(&token.lemma) || token.lemma == "be" && !is_be(&form.to_lowercase());
        if !strange && known(&token.lemma) {
            continue;
        }
        let form = form.to_lowercase();
        if let Some(lemma) = irregular(&form) {
            lemma.clone_into(&mut token.lemma);
        } else if strange
            && !matches!(
                form.as_str(),
                "be" | "being" | "is" | "are" | "was" | "were" | "am" | "been" | "'s" | "'re" | "'m" | "went"
            )
            && let Some(lemma) = regular(&form, |word| known(word).then(|| word.to_owned()))
        {
            token.lemma = lemma;
        }
    }
}

/// "The rebels **overran** Goma": the past of an irregular verb that has a subject and an object and is no adjective.
fn taken_for_adjectives(text: &str, sentence: &Sentence) -> Vec<usize> {
    let tokens = &sentence.tokens;
    let child = |i: usize, relation: Relation| tokens.iter().any(|t| t.head == Some(i) && t.relation == relation);
    let other = |i: usize| matches!(tokens[i].upos, Upos::Adj | Upos::Noun | Upos::Adv);
    let past = |i: usize| irregular(&tokens[i].span.of(text).to_lowercase()).is_some();
    let verbs = (0..tokens.len()).filter(|&i| other(i) && past(i) && !child(i, Relation::Cop));
    verbs.filter(|&i| child(i, Relation::Nsubj) && child(i, Relation::Obj)).collect()
}

/// Calls `known` with every word that a form in lower case may be regularly inflected from, the likeliest first, until
/// it answers.
pub fn regular<T>(form: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let with = |stem: &str, ending: &str| known(&format!("{stem}{ending}"));
    let undoubled = |stem: &str| {
        let twice = stem.as_bytes().last_chunk::<2>().is_some_and(|[a, b]| a == b && b.is_ascii_alphabetic());
        twice.then(|| known(&stem[..stem.len() - 1])).flatten()
    };
    for ending in ["ed", "ing"] {
        let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 1) else { continue };
        let y = stem.strip_suffix('i').filter(|_| ending == "ed").and_then(|stem| with(stem, "y"));
        return y.or_else(|| known(stem)).or_else(|| with(stem, "e")).or_else(|| undoubled(stem));
    }
    if let Some(stem) = form.strip_suffix("ies") {
        return with(stem, "y").or_else(|| with(stem, "ie"));
    }
    if let Some(stem) = form.strip_suffix("men") {
        return with(stem, "man");
    }
    let stem = form.strip_suffix('s').filter(|stem| stem.len() > 2)?;
    known(stem).or_else(|| known(stem.strip_suffix('e')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(form: &str, words: &[&'static str]) -> Option<&'static str> {
        regular(form, |word| words.iter().copied().find(|&known| known == word))
    }

    #[test]
    fn a_form_is_led_back_to_the_word_that_is_known() {
        let words = ["shell", "bomb", "trade", "deny", "stop", "raid", "troop", "envoy", "gunman", "clash", "ally"];
        let pairs = [
            ("shelled", "shell"),
            ("bombed", "bomb"),
            ("traded", "trade"),
            ("denied", "deny"),
            ("stopped", "stop"),
            ("raiding", "raid"),
            ("troops", "troop"),
            ("envoys", "envoy"),
            ("gunmen", "gunman"),
            ("clashes", "clash"),
            ("allies", "ally"),
        ];
        for (form, word) in pairs {
            assert_eq!(among(form, &words), Some(word), "{form}");
        }
        assert_eq!(among("red", &words), None);
    }

    #[test]
    fn irregular_forms_are_in_the_list() {
        assert_eq!(irregular("withdrew"), Some("withdraw"));
        assert_eq!(irregular("struck"), Some("strike"));
        assert_eq!(irregular("strike"), None);
    }
}
