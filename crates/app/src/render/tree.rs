//! The tree of a sentence, drawn: a line a word, arcs on the left from the head to what depends on it.

use demarche_core::Sentence;

/// Columns of arcs at most; a deeper sentence names its heads by number.
const COLUMNS: usize = 22;

const UP: u8 = 1;
const DOWN: u8 = 2;
const LEFT: u8 = 4;
const RIGHT: u8 = 8;

/// One line a word: arcs, word, relation, tag and lemma, at most 100 columns.
pub fn tree(sentence: &Sentence, text: &str) -> Vec<String> {
    let arcs = arcs(sentence);
    let columns = arcs.iter().map(|arc| arc.level + 1).max().unwrap_or(0);
    let drawn = (columns <= COLUMNS).then(|| draw(sentence.tokens.len(), columns, &arcs));
    let word = sentence.tokens.iter().map(|token| token.span.of(text).chars().count()).max().unwrap_or(0).min(24);
    let line = |(i, token): (usize, &demarche_core::Token)| {
        let arcs = match &drawn {
            Some(rows) => rows[i].clone(),
            None => format!("{:>5} ← {:<5}", i + 1, token.head.map_or("-".to_string(), |head| (head + 1).to_string())),
        };
        let form = super::words::clip(token.span.of(text), 23);
        let tags = format!("{} {}", token.upos.as_str(), token.xpos.as_str());
        let line = format!("{arcs} {form:<word$}  {:<12} {tags:<12} {}", token.relation.as_str(), token.lemma);
        line.chars().take(100).collect::<String>().trim_end().to_string()
    };
    sentence.tokens.iter().enumerate().map(line).collect()
}

struct Arc {
    head: usize,
    dependent: usize,
    /// Column, counted from the words to the left.
    level: usize,
}

/// Shorter arcs lie nearer to the words; an arc stands left of all that lie inside it.
fn arcs(sentence: &Sentence) -> Vec<Arc> {
    let pairs = sentence.tokens.iter().enumerate();
    let pairs = pairs.filter_map(|(dependent, token)| Some(Arc { head: token.head?, dependent, level: 0 }));
    let mut arcs: Vec<Arc> = pairs.collect();
    arcs.sort_by_key(|arc| (arc.head.abs_diff(arc.dependent), arc.dependent));
    let mut used = vec![0; sentence.tokens.len()];
    for arc in &mut arcs {
        let gaps = arc.head.min(arc.dependent)..arc.head.max(arc.dependent);
        arc.level = used[gaps.clone()].iter().copied().max().unwrap_or(0);
        used[gaps].fill(arc.level + 1);
    }
    arcs
}

fn draw(rows: usize, columns: usize, arcs: &[Arc]) -> Vec<String> {
    let mut cells = vec![vec![0u8; columns]; rows];
    let mut points = vec![false; rows];
    let mut touched = vec![false; rows];
    for arc in arcs {
        let (first, last) = (arc.head.min(arc.dependent), arc.head.max(arc.dependent));
        let column = columns - 1 - arc.level;
        for (row, cell) in cells.iter_mut().enumerate().take(last + 1).skip(first) {
            if row > first {
                cell[column] |= UP;
            }
            if row < last {
                cell[column] |= DOWN;
            }
        }
        for row in [first, last] {
            cells[row][column] |= RIGHT;
            cells[row][column + 1..].iter_mut().for_each(|cell| *cell |= LEFT | RIGHT);
            touched[row] = true;
        }
        points[arc.dependent] = true;
    }
    let row = |(row, cells): (usize, &Vec<u8>)| {
        let mut line: String = cells.iter().map(|&cell| glyph(cell)).collect();
        line.push(match (points[row], touched[row]) {
            (true, _) => '►',
            (false, true) => '─',
            (false, false) => ' ',
        });
        line
    };
    cells.iter().enumerate().map(row).collect()
}

fn glyph(cell: u8) -> char {
    match cell {
        0 => ' ',
        c if c == UP | DOWN => '│',
        c if c == LEFT | RIGHT => '─',
        c if c == DOWN | RIGHT => '┌',
        c if c == UP | RIGHT => '└',
        c if c == UP | DOWN | RIGHT => '├',
        c if c == LEFT | RIGHT | DOWN => '┬',
        c if c == LEFT | RIGHT | UP => '┴',
        _ => '┼',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_core::{Relation, Span, Token, Upos, Xpos};

    fn sentence(words: &[(&str, Option<usize>, Relation)]) -> (String, Sentence) {
        let mut text = String::new();
        let mut tokens = Vec::new();
        for &(word, head, relation) in words {
            let start = text.len();
            text.push_str(word);
            tokens.push(Token {
                span: Span::new(start, text.len()),
                lemma: word.to_lowercase(),
                upos: Upos::X,
                xpos: Xpos::from_name("XX"),
                head,
                relation,
                certainty: 1.0,
                label_certainty: 1.0,
                clitic: false,
            });
            text.push(' ');
        }
        let span = Span::new(0, text.len());
        (text, Sentence { span, tokens, entities: vec![] })
    }

    #[test]
    fn arcs_lead_from_the_head_to_what_depends_on_it() {
        let (text, sentence) = sentence(&[
            ("Both", Some(1), Relation::Det),
            ("sides", Some(2), Relation::Nsubj),
            ("closed", None, Relation::Root),
            ("the", Some(4), Relation::Det),
            ("border", Some(2), Relation::Obj),
        ]);
        let lines = tree(&sentence, &text);
        let arcs: Vec<&str> = lines.iter().map(|line| line.split(['B', 's', 'c', 't', 'b']).next().unwrap()).collect();
        assert_eq!(arcs, [" ┌► ", " ├► ", "┌┴─ ", "│┌► ", "└┴► "], "{lines:#?}");
    }

    #[test]
    fn a_sentence_deeper_than_the_page_names_its_heads() {
        let words: Vec<(&str, Option<usize>, Relation)> =
            (0..60).map(|i| ("x", if i == 0 { None } else { Some(0) }, Relation::Dep)).collect();
        let (text, sentence) = sentence(&words);
        let lines = tree(&sentence, &text);
        assert!(lines[1].contains("← 1"), "{}", lines[1]);
        assert!(lines.iter().all(|line| line.chars().count() <= 100));
    }
}
