//! The finite clause that a verb reports: below it, before it, or around it.

use super::{
    aside::Aside,
    content::{is_infinitive, object},
    cues::Cues,
    edges::{follows_comma, is_comma, is_finite, stop_after, stop_before},
    source::{final_speaker, has_case, inverted, speaker, subject},
};
use crate::{Relation, Tree, Upos};

/// The finite clause of a verb: below it, or around it where it stands in parentheses.
pub fn clause(tree: &Tree, verb: usize, passive: bool, cues: &Cues) -> Option<Vec<usize>> {
    let spoken = |c: usize| !is_spoken_aside(tree, c, cues);
    let below: Vec<usize> = tree.children(verb).filter(|&c| is_complement(tree, verb, c)).collect();
    let mut tokens: Vec<usize> = below.iter().flat_map(|&c| tree.subtree(c, spoken)).collect();
    tokens.sort_unstable();
    // "Troops fired, the army said, and soldiers responded": what goes on behind the cue began before it.
    if !passive && goes_on(tree, verb, &below) {
        return Some(tokens);
    }
    if !passive
        && cues.verb(tree.lemma(verb)).iter().any(|cue| cue.quote && cue.statement)
        && let Some(aside) = Aside::of(tree, verb)
        && let Some(around) = aside.around(tree, verb, cues)
    {
        return Some(around);
    }
    let right = tokens.iter().copied().find(|&t| t > verb).filter(|_| inverted(tree, verb).is_none());
    if !passive && cues.verb(tree.lemma(verb)).iter().any(|cue| cue.quote) && final_speaker(tree, verb).is_some() {
        return before_final_cue(tree, verb);
    }
    if let Some(first) = right {
        tokens.retain(|&t| t > verb);
        fill_gap(tree, verb, first, cues, &mut tokens);
        let last = tokens.iter().copied().max().unwrap_or(first);
        for c in tree.children(verb).filter(|&c| c > last && is_more_said(tree, c, last)) {
            tokens.extend(tree.subtree(c, spoken));
        }
        tokens.sort_unstable();
        tokens.dedup();
        reach_on(tree, verb, &mut tokens);
        cut_tail(tree, &mut tokens, cues);
        return Some(tokens);
    }
    if !passive && let Some(before) = before_final_cue(tree, verb) {
        return Some(before);
    }
    if passive && let Some(told) = told_by(tree, verb, cues) {
        return Some(told);
    }
    if !tokens.is_empty() {
        return Some(tokens);
    }
    if !passive && let Some(after) = after_bare_cue(tree, verb, cues) {
        return Some(after);
    }
    let head = tree.head(verb)?;
    let around = match tree.relation(verb) {
        Relation::Parataxis => !passive,
        // "as the minister said, …"
        Relation::Advcl => has_case(tree, verb, "as"),
        _ => false,
    };
    // "as the minister put it, …"
    let thing = object(tree, verb).is_some_and(|thing| tree.lemma(thing) != "it");
    let free = tree.sentence.tokens[head].upos != Upos::Punct && !thing;
    (around && free).then(|| tree.subtree(head, |c| c != verb))
}

/// True where a cue stands between two clauses that "and" or "but" joins, a comma on either side.
fn goes_on(tree: &Tree, verb: usize, clauses: &[usize]) -> bool {
    let tokens = &tree.sentence.tokens;
    let joined = tokens.get(verb + 1).is_some_and(|token| token.lemma == ",")
        && tokens.get(verb + 2).is_some_and(|token| token.upos == Upos::Cconj);
    let speaker = subject(tree, verb).unwrap_or(verb);
    joined && clauses.iter().any(|&c| c > verb) && clauses.iter().any(|&c| c < speaker)
}

/// "said it was over and he was glad": without a comma, or with "that", what is joined belongs to what is said.
fn is_more_said(tree: &Tree, c: usize, last: usize) -> bool {
    if tree.relation(c) != Relation::Conj || subject(tree, c).is_none() {
        return false;
    }
    let first = *tree.subtree(c, |_| true).first().unwrap_or(&c);
    first == last + 1 || (first == last + 2 && has_case(tree, c, "that"))
}

/// Adds the rest of the sentence where the tree ends a clause too soon: before its verb ("said that the mayor – who fell ill –
/// had left"), or with a closing mark and no comma ("said it was “a mess” until he came").
fn reach_on(tree: &Tree, verb: usize, tokens: &mut Vec<usize>) {
    let all = &tree.sentence.tokens;
    let end = stop_after(tree, verb);
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return };
    if last + 1 >= end {
        return;
    }
    let next = last + 1;
    let mark = |t: usize| all[t].upos == Upos::Punct && matches!(all[t].xpos.as_str(), "``" | "''");
    let finite = |t: usize| is_finite(tree, t);
    let verbless = !tokens.iter().any(|&t| finite(t)) && (next..end).any(finite);
    let relative = is_comma(tree, next) && all.get(next + 1).is_some_and(|t| matches!(t.xpos.as_str(), "WP" | "WDT"));
    let that = tree.lemma(first) == "that" && all[first].upos == Upos::Sconj;
    let broken = verbless && (that || finite(next) || relative);
    let opened = tokens.iter().filter(|&&t| mark(t)).count() % 2 == 0;
    let closed = mark(last) && opened && matches!(all[next].upos, Upos::Adp | Upos::Sconj) && !is_comma(tree, last - 1);
    if broken || closed {
        tokens.extend(next..end);
    }
}

/// Takes away what stands at the end of a clause and is not said: "…, though she said", "… — adding that", "…, compared
/// with", "…, in an interview".
pub fn cut_tail(tree: &Tree, tokens: &mut Vec<usize>, cues: &Cues) {
    let all = &tree.sentence.tokens;
    let mut quoted = false;
    let is_mark = |t: usize| all[t].upos == Upos::Punct && matches!(all[t].xpos.as_str(), "``" | "''");
    let reports = |t: usize| cues.verb(&all[t].lemma).iter().any(|cue| cue.clause || cue.quote);
    let cut = (1..tokens.len()).find(|&i| {
        let (before, t) = (tokens[i - 1], tokens[i]);
        if is_mark(before) {
            quoted = !quoted;
        }
        let closed = is_mark(before) && !quoted;
        if quoted || i < 3 || before + 1 != t || !(closed || is_comma(tree, before)) {
            return false;
        }
        let tag = all[t].xpos.as_str();
        let next = all.get(t + 1).map_or("", |next| next.lemma.as_str());
        match all[t].lemma.as_str() {
            "compare" => tag.starts_with("VB") && matches!(next, "with" | "to") && !closed,
            "accord" | "according" => tag.starts_with("VB") && matches!(next, "with" | "to"),
            "in" | "during" | "at" => {
                let noun = tree.head(t).filter(|&noun| noun > t && noun < t + 6);
                noun.is_some_and(|noun| cues.is_occasion(&all[noun].lemma))
            }
            "while" => is_comma(tree, before),
            _ if matches!(tag, "WDT" | "WP" | "WP$") => !closed,
            _ if tag == "VBG" => reports(t) && is_said_on(tree, t),
            _ if matches!(all[t].upos, Upos::Cconj | Upos::Sconj) => {
                let clause = tree.head(t).filter(|&clause| clause > t);
                clause
                    .is_some_and(|clause| is_finite(tree, clause) && reports(clause) && subject(tree, clause).is_some())
            }
            _ => false,
        }
    });
    if let Some(cut) = cut {
        tokens.truncate(cut);
    }
}

/// A participle with something said after it: "adding that", "saying: “…”", "asserting it was".
fn is_said_on(tree: &Tree, participle: usize) -> bool {
    let below = |c: usize| c > participle && matches!(tree.relation(c), Relation::Ccomp | Relation::Parataxis);
    tree.children(participle).any(below)
}

/// Words between a verb and its clause that are neither hearer nor time nor place belong to the clause.
fn fill_gap(tree: &Tree, verb: usize, first: usize, cues: &Cues, tokens: &mut Vec<usize>) {
    if tree.lemma(first) == "that" || tree.lemma(first) == "whether" {
        return;
    }
    let outer = |t: usize| {
        let mut at = t;
        while let Some(head) = tree.head(at).filter(|&head| head != verb) {
            at = head;
        }
        let hearer = cues.is_addressed(tree.lemma(verb));
        match tree.relation(at) {
            Relation::Obl | Relation::OblUnmarked | Relation::Advmod | Relation::Punct => tree.head(at) == Some(verb),
            Relation::Nsubj | Relation::NsubjPass => {
                tree.head(at) == Some(verb) && at < verb || Some(at) == speaker(tree, verb)
            }
            Relation::Obj | Relation::Iobj => hearer || Some(at) == speaker(tree, verb),
            _ => false,
        }
    };
    if let Some(start) = (verb + 1..first).find(|&t| !outer(t) && !is_comma(tree, t)) {
        tokens.extend(start..first);
    }
}

/// All that follows a verb without any complement the parser knows of, where it holds a finite verb.
fn after_bare_cue(tree: &Tree, verb: usize, cues: &Cues) -> Option<Vec<usize>> {
    let tokens = &tree.sentence.tokens;
    let finite = |t: usize| is_finite(tree, t);
    let subject = subject(tree, verb).filter(|&s| s < verb)?;
    let hearer = cues.is_addressed(tree.lemma(verb));
    if !finite(verb) || tree.relation(subject) != Relation::Nsubj || (object(tree, verb).is_some() && !hearer) {
        return None;
    }
    let end = stop_after(tree, verb);
    let that =
        (verb + 1..end).take_while(|&t| !finite(t)).find(|&t| tree.lemma(t) == "that" && tokens[t].upos == Upos::Sconj);
    let start = that.unwrap_or_else(|| {
        let addressee = object(tree, verb).filter(|_| hearer);
        addressee.and_then(|c| tree.subtree(c, |_| true).last().copied()).unwrap_or(verb) + 1
    });
    if is_comma(tree, verb + 1) && that.is_none() || !(start..end).any(finite) {
        return None;
    }
    // "Cairo warns of famine, offers grain": the speaker goes on to do something, and says nothing of it.
    let goes_on = |t: usize| {
        matches!(tree.relation(t), Relation::Conj | Relation::Parataxis)
            && tree.head(t) == Some(verb)
            && is_comma(tree, t - 1)
            && !tree.children(t).any(|c| matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass))
    };
    if that.is_none() && (start..end).find(|&t| finite(t)).is_some_and(goes_on) {
        return None;
    }
    Some((start..end).collect())
}

/// "had been told by Iran **that …**", wherever the parser hangs the clause.
fn told_by(tree: &Tree, verb: usize, cues: &Cues) -> Option<Vec<usize>> {
    use Upos::{Adj, Adp, Det, Noun, Num, Propn};
    let tokens = &tree.sentence.tokens;
    let end = stop_after(tree, verb);
    let named =
        |t: usize| matches!(tokens[t].upos, Adj | Adp | Det | Noun | Num | Propn) || tokens[t].xpos.as_str() == "POS";
    let that = (verb + 1..end.min(verb + 9)).find(|&t| tree.lemma(t) == "that")?;
    let by = that == verb + 1 || (tree.lemma(verb + 1) == "by" && (verb + 1..that).all(named));
    let relative = tokens.get(that + 1).is_none_or(|_| is_finite(tree, that + 1));
    let finite = (that..end).any(|t| is_finite(tree, t));
    (cues.is_addressed(tree.lemma(verb)) && by && !relative && finite).then(|| (that..end).collect())
}

/// "…, adding that": a participle after a comma that reports by itself belongs to the speaker, not to what is said.
fn is_spoken_aside(tree: &Tree, c: usize, cues: &Cues) -> bool {
    let tokens = &tree.sentence.tokens;
    tree.relation(c) == Relation::Advcl
        && tokens[c].xpos.as_str() == "VBG"
        && follows_comma(tree, c)
        && cues.verb(&tokens[c].lemma).iter().any(|cue| cue.clause || cue.quote)
}

/// What stands before ", the minister said." or ", said the minister on Monday." at the end of a sentence.
fn before_final_cue(tree: &Tree, verb: usize) -> Option<Vec<usize>> {
    if let Some(speaker) = final_speaker(tree, verb) {
        return Some((stop_before(tree, verb)..speaker.start - 1).collect());
    }
    let subject = speaker(tree, verb)?;
    let phrase = tree.subtree(subject, |_| true);
    let first = if subject < verb { *phrase.first()? } else { verb };
    let comma = first.checked_sub(1).filter(|&t| is_comma(tree, t))?;
    // Nothing after it but who, when and where.
    let rest = tree.children(verb).filter(|&c| c > verb);
    let plain = |c: usize| {
        use Relation::{Advcl, Advmod, Nsubj, Obl, OblUnmarked, Punct};
        matches!(tree.relation(c), Advmod | Nsubj | Obl | OblUnmarked | Punct | Advcl) || c == subject
    };
    let mut rest = rest.peekable();
    let ends = rest.all(plain);
    let start = stop_before(tree, first);
    let finite = (start..comma).any(|t| is_finite(tree, t));
    (ends && finite).then(|| (start..comma).collect())
}

fn is_complement(tree: &Tree, verb: usize, c: usize) -> bool {
    match tree.relation(c) {
        Relation::Ccomp => !is_infinitive(tree, c) && speaker(tree, verb) != Some(c),
        Relation::Advcl => {
            let that = c > verb && has_case(tree, c, "that") && !has_case(tree, c, "so");
            that || has_case(tree, c, "whether") || (has_case(tree, c, "if") && is_asking(tree, verb))
        }
        Relation::Parataxis => c > verb && after_colon_or_mark(tree, verb, c),
        _ => false,
    }
}

fn is_asking(tree: &Tree, verb: usize) -> bool {
    matches!(tree.lemma(verb), "ask" | "wonder" | "question" | "inquire" | "know" | "see")
}

/// A colon or an opening quotation mark stands before the first word of `c`.
fn after_colon_or_mark(tree: &Tree, verb: usize, c: usize) -> bool {
    let first = *tree.subtree(c, |_| true).first().unwrap_or(&c);
    let near = first.saturating_sub(2).max(verb + 1)..(first + 1).min(tree.sentence.tokens.len());
    near.into_iter().any(|i| matches!(tree.lemma(i), ":" | "“" | "\"" | "``" | "''" | "‘" | "«"))
}
