//! CoNLL-U (universaldependencies.org/format): given tokens in, trees out.

use std::fmt::Write as _;

use crate::{sentence::Sentence, span::Span};

/// Tokens given by somebody else, laid out as a text that spans can point into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pretokenized {
    /// The forms, with one blank where the file has one.
    pub text: String,
    /// Sentences of words; no word is marked as a clitic.
    pub sentences: Vec<Vec<(Span, bool)>>,
    /// Of each sentence its comment lines, `#` included.
    pub comments: Vec<Vec<String>>,
}

/// A line that is no CoNLL-U.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is no CoNLL-U: {found} columns where there are 10, apart by tabs; is this plain text?")]
pub struct NotConllu {
    /// Counted from 1.
    pub line: usize,
    /// Columns found.
    pub found: usize,
}

/// Reads the tokens of a CoNLL-U file. Ranges (`1-2`) and empty nodes (`1.1`) are dropped; a range's words stand
/// together, and what its MISC says of the space after holds for the last of them.
pub fn read_tokens(input: &str) -> Result<Pretokenized, NotConllu> {
    let mut out = Pretokenized::default();
    let mut words: Vec<(Span, bool)> = vec![];
    let mut comments = vec![];
    // The range we are in: its last word and whether a blank follows.
    let mut range: Option<(usize, bool)> = None;
    for (number, line) in input.lines().chain([""]).enumerate() {
        let line = line.trim_start_matches('\u{FEFF}');
        if line.trim().is_empty() {
            if !words.is_empty() {
                out.sentences.push(std::mem::take(&mut words));
                out.comments.push(std::mem::take(&mut comments));
            }
            comments.clear();
            range = None;
            continue;
        }
        if line.starts_with('#') {
            comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return Err(NotConllu { line: number + 1, found: columns.len() });
        }
        let (id, form) = (columns[0], columns[1]);
        let blank = !columns[9].split('|').any(|field| field == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            range = last.parse().ok().map(|last| (last, blank));
            continue;
        }
        if id.contains('.') {
            continue;
        }
        let blank = match (range, id.parse::<usize>()) {
            (Some((last, after)), Ok(id)) if id == last => after,
            (Some((last, _)), Ok(id)) if id < last => false,
            _ => blank,
        };
        let start = out.text.len();
        out.text.push_str(form);
        words.push((Span::new(start, out.text.len()), false));
        if blank {
            out.text.push(' ');
        }
    }
    Ok(out)
}

/// Appends `sentences` of `text` as CoNLL-U.
///
/// `comments` gives the lines before sentence `i` (with `#`, without line ends); where none of them is `# text`, that
/// line is added. `extra` gives what else stands in MISC of a token, as `Key=Value` joined by `|`. A word cut in several
/// is preceded by its range.
pub fn write(
    out: &mut String,
    text: &str,
    sentences: &[Sentence],
    comments: impl Fn(usize) -> Vec<String>,
    extra: impl Fn(usize, usize) -> Option<String>,
) {
    for (s, sentence) in sentences.iter().enumerate() {
        let lines = comments(s);
        for line in &lines {
            out.push_str(line);
            out.push('\n');
        }
        if !lines.iter().any(|line| line.starts_with("# text =")) {
            out.push_str("# text = ");
            push_field(out, sentence.span.of(text));
            out.push('\n');
        }
        let next_sentence = sentences.get(s + 1).map(|next| next.span.start);
        let spaced = |i: usize| {
            let next = sentence.tokens.get(i + 1).map(|token| token.span.start).or(next_sentence);
            next != Some(sentence.tokens[i].span.end)
        };
        for (i, token) in sentence.tokens.iter().enumerate() {
            let last = (i + 1..sentence.tokens.len()).take_while(|&j| sentence.tokens[j].clitic).last();
            if let Some(last) = last.filter(|_| !token.clitic) {
                let _ = write!(out, "{}-{}\t", i + 1, last + 1);
                push_field(out, token.span.cover(sentence.tokens[last].span).of(text));
                out.push_str("\t_\t_\t_\t_\t_\t_\t_\t");
                out.push_str(if spaced(last) { "_\n" } else { "SpaceAfter=No\n" });
            }
            let _ = write!(out, "{}\t", i + 1);
            push_field(out, token.span.of(text));
            out.push('\t');
            push_field(out, &token.lemma);
            let head = token.head.map_or(0, |head| head + 1);
            let _ = write!(out, "\t{}\t{}\t_\t{head}\t{}\t_\t", token.upos, token.xpos.as_str(), token.relation);
            let mut misc = vec![];
            if let Some(entity) = sentence.entities.iter().find(|entity| (entity.first..entity.last).contains(&i)) {
                let place = if entity.first == i { 'B' } else { 'I' };
                misc.push(format!("Entity={place}-{}", entity.kind.as_str()));
            }
            misc.extend(extra(s, i));
            let clitic_next = sentence.tokens.get(i + 1).is_some_and(|next| next.clitic);
            if !spaced(i) && !token.clitic && !clitic_next {
                misc.push("SpaceAfter=No".to_owned());
            }
            out.push_str(if misc.is_empty() { "_" } else { "" });
            out.push_str(&misc.join("|"));
            out.push('\n');
        }
        out.push('\n');
    }
}

/// A column: no tabs or line ends inside, `_` for nothing.
fn push_field(out: &mut String, field: &str) {
    if field.is_empty() {
        out.push('_');
    }
    out.extend(field.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Relation, Token, Upos, Xpos, text::split};

    const ROWS: &str = "# sent_id = 1\n1-2\tCan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tCa\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n2.1\tgo\t_\t_\t_\t_\t_\t_\t_\t_\n3\t?\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

    #[test]
    fn ranges_and_empty_nodes_are_dropped_and_their_spaces_kept() {
        let read = read_tokens(ROWS).unwrap();
        assert_eq!(read.text, "Can't? ");
        let words: Vec<&str> = read.sentences[0].iter().map(|(span, _)| span.of(&read.text)).collect();
        assert_eq!(words, ["Ca", "n't", "?"]);
        assert_eq!(read.comments, [["# sent_id = 1"]]);
    }

    #[test]
    fn plain_text_is_refused_with_its_line() {
        assert_eq!(read_tokens("# x\nTensions rose."), Err(NotConllu { line: 2, found: 1 }));
    }

    #[test]
    fn a_cut_word_is_written_as_a_range_and_spaces_as_they_were() {
        let text = "It isn't\nover.";
        let token = |i: usize, (span, clitic): (Span, bool)| Token {
            span,
            lemma: String::new(),
            upos: Upos::X,
            xpos: Xpos::from_name("XX"),
            head: i.checked_sub(1),
            relation: Relation::Dep,
            certainty: 1.0,
            label_certainty: 1.0,
            clitic,
        };
        let sentences: Vec<Sentence> = split(text)
            .into_iter()
            .map(|words| Sentence {
                span: words[0].0.cover(words[words.len() - 1].0),
                tokens: words.into_iter().enumerate().map(|(i, word)| token(i, word)).collect(),
                entities: vec![],
            })
            .collect();
        let mut out = String::new();
        write(&mut out, text, &sentences, |_| vec![], |_, i| (i == 1).then(|| "Factuality=negated".to_owned()));
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[0], "# text = It isn't over.");
        assert_eq!(lines[2], "2-3\tisn't\t_\t_\t_\t_\t_\t_\t_\t_");
        assert!(lines[3].ends_with("\t1\tdep\t_\tFactuality=negated"), "{}", lines[3]);
        assert!(lines[5].ends_with("\tSpaceAfter=No"));
        let again = read_tokens(&out).unwrap();
        assert_eq!(again.text, "It isn't over. ");
    }
}
