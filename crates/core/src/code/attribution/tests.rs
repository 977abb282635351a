//! Statements found on trees written by hand, so that a better parser changes nothing here.

use super::*;
use crate::labels::{Relation, Xpos};

/// Words as `form|lemma|UPOS|XPOS|head|relation`, heads from 1, sentences apart by an empty line. A word that begins with
/// `~` stands against the one before it, one that begins with `¶` begins a paragraph.
fn report(words: &str) -> (String, Vec<Sentence>) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for block in words.trim().split("\n\n") {
        let mut tokens = Vec::new();
        for word in block.split_whitespace() {
            let fields: Vec<&str> = word.split('|').collect();
            let (form, tight) = fields[0].strip_prefix('~').map_or((fields[0], false), |form| (form, true));
            let (form, paragraph) = form.strip_prefix('¶').map_or((form, false), |form| (form, true));
            if paragraph {
                text.push_str("\n\n");
            } else if !tight && !text.is_empty() {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(form);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                lemma: fields[1].to_owned(),
                upos: Upos::from_name(fields[2]).unwrap(),
                xpos: Xpos::from_name(fields[3]),
                head: fields[4].parse::<usize>().unwrap().checked_sub(1),
                relation: Relation::from_name(fields[5]).unwrap(),
                certainty: 1.0,
                label_certainty: 1.0,
                clitic: false,
            });
        }
        let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
        sentences.push(Sentence { span, tokens, entities: vec![] });
    }
    (text, sentences)
}

/// `source / cue / content … / form stance`, one line a statement.
fn found(words: &str) -> Vec<String> {
    let (text, sentences) = report(words);
    let line = |a: &Attribution| {
        let source = a.source.map_or("-", |span| span.of(&text));
        let content: Vec<&str> = a.content.iter().map(|span| span.of(&text)).collect();
        format!("{source} / {} / {} / {} {}", a.cue.of(&text), content.join(" … "), a.form, a.stance)
    };
    find(&text, &sentences, &Cues::built_in()).iter().map(line).collect()
}

#[test]
fn a_that_clause_is_content() {
    let words = "The|the|DET|DT|2|det minister|minister|NOUN|NN|3|nsubj denied|deny|VERB|VBD|0|root that|that|SCONJ|IN|6|mark \
        troops|troops|NOUN|NNS|6|nsubj crossed|cross|VERB|VBD|3|ccomp ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["The minister / denied / that troops crossed / indirect denies"]);
}

#[test]
fn nested_statements_are_two() {
    let words = "Bruce|Bruce|PROPN|NNP|2|nsubj said|say|VERB|VBD|0|root Rubio|Rubio|PROPN|NNP|5|nsubj had|have|AUX|VBD|5|aux \
        promised|promise|VERB|VBN|2|ccomp to|to|PART|TO|7|mark help|help|VERB|VB|5|xcomp ~.|.|PUNCT|.|2|punct";
    let expected = [
        "Bruce / said / Rubio had promised to help / indirect asserts",
        "Rubio / promised / to help / indirect promises",
    ];
    assert_eq!(found(words), expected);
    let (text, sentences) = report(words);
    let all = find(&text, &sentences, &Cues::built_in());
    let held = Held::new(&all);
    assert_eq!(held.chain(sentences[0].tokens[6].span), [1, 0]);
    assert_eq!(held.innermost(sentences[0].tokens[2].span).map(|said| said.cue), Some(all[0].cue));
}

#[test]
fn a_parenthetical_cue_leaves_a_gap_in_the_content() {
    let words = "The|the|DET|DT|2|det attack|attack|NOUN|NN|7|nsubj ~,|,|PUNCT|,|5|punct he|he|PRON|PRP|5|nsubj \
        added|add|VERB|VBD|7|parataxis ~,|,|PUNCT|,|5|punct failed|fail|VERB|VBD|0|root ~.|.|PUNCT|.|7|punct";
    assert_eq!(found(words), ["he / added / The attack … failed / indirect asserts"]);
}

#[test]
fn a_quotation_is_carried_over_sentences_and_paragraphs() {
    let words = "“|“|PUNCT|``|3|punct ~We|we|PRON|PRP|3|nsubj left|leave|VERB|VBD|7|ccomp ~,|,|PUNCT|,|3|punct ~”|”|PUNCT|''|3|punct \
        he|he|PRON|PRP|7|nsubj said|say|VERB|VBD|0|root ~.|.|PUNCT|.|7|punct

        “|“|PUNCT|``|3|punct ~They|they|PRON|PRP|3|nsubj followed|follow|VERB|VBD|0|root ~.|.|PUNCT|.|3|punct

        ¶“|“|PUNCT|``|3|punct ~Nobody|nobody|PRON|NN|3|nsubj died|die|VERB|VBD|0|root ~.|.|PUNCT|.|3|punct ~”|”|PUNCT|''|3|punct";
    let expected = ["he / said / “We left,” … “They followed. … “Nobody died.” / direct asserts"];
    assert_eq!(found(words), expected);
}

#[test]
fn scare_quotes_are_nobodys_speech() {
    let words = "The|the|DET|DT|5|det “|“|PUNCT|``|5|punct ~surgical|surgical|ADJ|JJ|5|amod ~”|”|PUNCT|''|3|punct \
        strike|strike|NOUN|NN|6|nsubj failed|fail|VERB|VBD|0|root ~.|.|PUNCT|.|6|punct";
    assert_eq!(found(words), [""; 0]);
}

#[test]
fn according_to_makes_its_noun_the_source() {
    let words = "Six|six|NUM|CD|2|nummod men|man|NOUN|NNS|3|nsubj died|die|VERB|VBD|0|root ~,|,|PUNCT|,|8|punct \
        according|accord|VERB|VBG|8|case to|to|ADP|IN|5|fixed the|the|DET|DT|8|det army|army|NOUN|NN|3|obl ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["the army / according to / Six men died / indirect asserts"]);
}

#[test]
fn an_impersonal_passive_has_no_source() {
    let words = "It|it|PRON|PRP|3|expl was|be|AUX|VBD|3|aux:pass reported|report|VERB|VBN|0|root that|that|SCONJ|IN|6|mark \
        shells|shell|NOUN|NNS|6|nsubj fell|fall|VERB|VBD|3|ccomp ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["- / reported / that shells fell / indirect asserts"]);
    let words = "He|he|PRON|PRP|3|nsubj:pass is|be|AUX|VBZ|3|aux:pass believed|believe|VERB|VBN|0|root to|to|PART|TO|5|mark \
        hide|hide|VERB|VB|3|xcomp ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["- / believed / He … to hide / indirect asserts"]);
}

#[test]
fn a_participle_shares_the_subject_of_its_clause() {
    let words = "Delhi|Delhi|PROPN|NNP|2|nsubj protested|protest|VERB|VBD|0|root ~,|,|PUNCT|,|4|punct saying|say|VERB|VBG|2|advcl \
        shells|shell|NOUN|NNS|6|nsubj fell|fall|VERB|VBD|4|ccomp ~.|.|PUNCT|.|2|punct";
    assert_eq!(found(words), ["Delhi / saying / shells fell / indirect asserts"]);
}

#[test]
fn a_relative_pronoun_is_the_source_and_its_noun_the_head() {
    let words = "Rubio|Rubio|PROPN|NNP|0|root ~,|,|PUNCT|,|4|punct who|who|PRON|WP|4|nsubj said|say|VERB|VBD|1|acl:relcl \
        shells|shell|NOUN|NNS|6|nsubj fell|fall|VERB|VBD|4|ccomp ~,|,|PUNCT|,|4|punct";
    let (text, sentences) = report(words);
    let all = find(&text, &sentences, &Cues::built_in());
    assert_eq!((all[0].source.unwrap().of(&text), all[0].source_head), ("who", Some(0)));
}

#[test]
fn an_accusation_keeps_the_accused_and_is_no_statement_of_fact() {
    let words = "Kyiv|Kyiv|PROPN|NNP|2|nsubj accused|accuse|VERB|VBD|0|root Moscow|Moscow|PROPN|NNP|2|obj of|of|SCONJ|IN|5|mark \
        shelling|shell|VERB|VBG|2|advcl towns|town|NOUN|NNS|5|obj ~.|.|PUNCT|.|2|punct";
    assert_eq!(found(words), ["Kyiv / accused / Moscow of shelling towns / indirect accuses"]);
}

#[test]
fn a_noun_cue_finds_its_owner() {
    let words = "Its|its|PRON|PRP$|2|nmod:poss claim|claim|NOUN|NN|6|nsubj that|that|SCONJ|IN|5|mark towns|town|NOUN|NNS|5|nsubj \
        fell|fall|VERB|VBD|2|acl spread|spread|VERB|VBD|0|root ~.|.|PUNCT|.|6|punct";
    assert_eq!(found(words), ["Its / claim / that towns fell / indirect asserts"]);
}

#[test]
fn a_name_and_a_colon_at_the_head_of_a_paragraph_report() {
    let words = "Rubio|Rubio|PROPN|NNP|0|root ~:|:|PUNCT|:|1|punct Pakistan|Pakistan|PROPN|NNP|5|nsubj must|must|AUX|MD|5|aux \
        act|act|VERB|VB|1|parataxis now|now|ADV|RB|5|advmod";
    assert_eq!(found(words), ["Rubio / : / Pakistan must act now / indirect asserts"]);
}

#[test]
fn a_verb_of_saying_that_the_tagger_took_for_a_noun_still_reports() {
    let words = "“|“|PUNCT|``|3|punct ~We|we|PRON|PRP|3|nsubj left|leave|VERB|VBD|0|root ~,|,|PUNCT|,|3|punct ~”|”|PUNCT|''|3|punct \
        Rubio|Rubio|PROPN|NNP|7|compound notes|note|NOUN|NNS|3|appos ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["Rubio / notes / “We left,” / direct asserts"]);
}

#[test]
fn a_quotation_right_behind_its_cue_needs_no_comma() {
    let words = "A|a|DET|DT|2|det man|man|NOUN|NN|3|nsubj yelled|yell|VERB|VBD|0|root “|“|PUNCT|``|5|punct \
        ~Stay|stay|VERB|VB|3|xcomp there|there|ADV|RB|5|advmod ~!|!|PUNCT|.|5|punct ~”|”|PUNCT|''|5|punct";
    assert_eq!(found(words), ["A man / yelled / “Stay there!” / direct asserts"]);
}

#[test]
fn whatever_verb_stands_behind_a_comma_and_a_mark_says_what_they_enclose() {
    let words = "“|“|PUNCT|``|3|punct ~We|we|PRON|PRP|3|nsubj stay|stay|VERB|VBP|0|root ~,|,|PUNCT|,|3|punct ~”|”|PUNCT|''|3|punct \
        an|an|DET|DT|8|det angry|angry|ADJ|JJ|8|amod envoy|envoy|NOUN|NN|9|nsubj retaliated|retaliate|VERB|VBD|3|parataxis ~.|.|PUNCT|.|9|punct";
    assert_eq!(found(words), ["an angry envoy / retaliated / “We stay,” / direct asserts"]);
    let words = "“|“|PUNCT|``|3|punct ~We|we|PRON|PRP|3|nsubj stay|stay|VERB|VBP|0|root ~,|,|PUNCT|,|3|punct ~”|”|PUNCT|''|3|punct \
        snapped|snap|VERB|VBN|3|advcl Ana|Ana|PROPN|NNP|6|obj Roy|Roy|PROPN|NNP|7|flat ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["Ana Roy / snapped / “We stay,” / direct asserts"]);
}

#[test]
fn the_name_of_a_book_is_not_said_by_whoever_speaks_behind_it() {
    let words = "In|in|ADP|IN|3|case her|her|PRON|PRP$|3|nmod:poss book|book|NOUN|NN|12|obl ~,|,|PUNCT|,|7|punct “|“|PUNCT|``|7|punct \
        ~Cold|cold|ADJ|JJ|7|amod Rivers|river|NOUN|NNS|3|appos ~,|,|PUNCT|,|7|punct ~”|”|PUNCT|''|7|punct Ana|Ana|PROPN|NNP|12|nsubj \
        Roy|Roy|PROPN|NNP|10|flat said|say|VERB|VBD|0|root towns|town|NOUN|NNS|14|nsubj fell|fall|VERB|VBD|12|ccomp ~.|.|PUNCT|.|12|punct";
    assert_eq!(found(words), ["Ana Roy / said / towns fell / indirect asserts"]);
}

#[test]
fn an_aside_between_subject_and_verb_leaves_both_in_what_is_said() {
    let words = "Many|many|ADJ|JJ|8|nsubj of|of|ADP|IN|3|case them|they|PRON|PRP|1|nmod ~,|,|PUNCT|,|6|punct he|he|PRON|PRP|6|nsubj \
        said|say|VERB|VBD|0|root ~,|,|PUNCT|,|6|punct fled|flee|VERB|VBD|6|ccomp north|north|ADV|RB|8|advmod ~.|.|PUNCT|.|6|punct";
    assert_eq!(found(words), ["he / said / Many of them … fled north / indirect asserts"]);
}

#[test]
fn what_goes_on_behind_according_to_is_the_outlets() {
    let words = "Six|six|NUM|CD|2|nummod men|man|NOUN|NNS|3|nsubj died|die|VERB|VBD|0|root ~,|,|PUNCT|,|8|punct \
        according|accord|VERB|VBG|8|case to|to|ADP|IN|5|fixed the|the|DET|DT|8|det army|army|NOUN|NN|3|obl ~,|,|PUNCT|,|12|punct \
        but|but|CCONJ|CC|12|cc towns|town|NOUN|NNS|12|nsubj held|hold|VERB|VBD|3|conj ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["the army / according to / Six men died / indirect asserts"]);
}

#[test]
fn what_somebody_was_told_by_another_is_said_by_the_other() {
    let words = "Oman|Oman|PROPN|NNP|3|nsubj:pass was|be|AUX|VBD|3|aux:pass told|tell|VERB|VBN|0|root by|by|ADP|IN|5|case \
        Iran|Iran|PROPN|NNP|3|obl:agent that|that|PRON|WDT|8|mark towns|town|NOUN|NNS|8|nsubj fell|fall|VERB|VBD|5|acl:relcl ~.|.|PUNCT|.|3|punct";
    assert_eq!(found(words), ["Iran / told / that towns fell / indirect asserts"]);
}

#[test]
fn a_speaker_with_a_colon_may_be_a_sentence_of_its_own() {
    let words = "Rubio|Rubio|PROPN|NNP|0|root ~:|:|PUNCT|:|1|punct

        Towns|town|NOUN|NNS|2|nsubj fell|fall|VERB|VBD|0|root again|again|ADV|RB|2|advmod";
    assert_eq!(found(words), ["Rubio / : / Towns fell again / indirect asserts"]);
}
