//! Brackets and quotation marks: both of a pair hang from the head of what stands between them, as the treebanks have it.

use crate::{Token, Upos};

/// Pairs that are open at once, at most; and the words between two marks, at most: time stays linear.
const DEEPEST: usize = 8;
const WIDEST: usize = 192;

/// The mark that closes what `mark` opens.
fn partner(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        "\"" => "\"",
        "“" => "”",
        "‘" => "’",
        "``" => "''",
        "«" => "»",
        _ => return None,
    })
}

/// Hangs the pairs of a sentence.
pub fn hang(text: &str, tokens: &mut [Token]) {
    let mut open: Vec<(usize, &'static str)> = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].upos != Upos::Punct {
            continue;
        }
        let mark = tokens[at].span.of(text);
        if let Some(pair) = open.iter().rposition(|&(_, closing)| closing == mark) {
            let first = open[pair].0;
            open.truncate(pair);
            if at - first <= WIDEST
                && let Some(head) = head_between(tokens, first, at)
            {
                tokens[first].head = Some(head);
                tokens[at].head = Some(head);
            }
        } else if let Some(closing) = partner(mark) {
            if open.len() == DEEPEST {
                open.remove(0);
            }
            open.push((at, closing));
        }
    }
}

/// The word between two marks whose own head stands outside: the root, or the first there is.
fn head_between(tokens: &[Token], first: usize, last: usize) -> Option<usize> {
    let mut heads = (first + 1..last).filter(|&i| {
        tokens[i].upos != Upos::Punct && tokens[i].head.is_none_or(|head| !(first..=last).contains(&head))
    });
    let any = heads.next()?;
    Some(std::iter::once(any).chain(heads).find(|&i| tokens[i].head.is_none()).unwrap_or(any))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::testing;

    #[test]
    fn both_brackets_hang_from_what_they_enclose() {
        let text = "Envoys ( two women ) left \" at once \"";
        let rows = [
            ("Envoys", "NOUN", 6, "nsubj"),
            ("(", "PUNCT", 1, "punct"),
            ("two", "NUM", 4, "nummod"),
            ("women", "NOUN", 1, "appos"),
            (")", "PUNCT", 6, "punct"),
            ("left", "VERB", 0, "root"),
            ("\"", "PUNCT", 6, "punct"),
            ("at", "ADP", 9, "case"),
            ("once", "NOUN", 6, "obl"),
            ("\"", "PUNCT", 9, "punct"),
        ];
        let mut tokens = testing::sentence(text, &rows).tokens;
        hang(text, &mut tokens);
        let heads: Vec<Option<usize>> = [1, 4, 6, 9].map(|i| tokens[i].head).to_vec();
        assert_eq!(heads, [Some(3), Some(3), Some(8), Some(8)]);
    }

    #[test]
    fn a_mark_alone_stays_where_it_is() {
        let text = ") talks (";
        let rows = [(")", "PUNCT", 2, "punct"), ("talks", "NOUN", 0, "root"), ("(", "PUNCT", 2, "punct")];
        let mut tokens = testing::sentence(text, &rows).tokens;
        let before = tokens.clone();
        hang(text, &mut tokens);
        assert_eq!(tokens, before);
    }
}
