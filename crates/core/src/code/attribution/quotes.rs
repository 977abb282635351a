//! Quotation marks: which opens, which closes, and which quotation goes on in the next paragraph.

use crate::span::Span;

/// Words between quotation marks in one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// With its marks; up to the end of the paragraph where the quotation goes on in the next.
    pub span: Span,
    /// True when it goes on from the quotation before it.
    pub goes_on: bool,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// True for ‘…’ and '…', which may as well be scare quotes or a misread apostrophe.
    pub single: bool,
}

/// Byte ranges of the lines of a text that are not blank.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            out.push(Span::new(from, from + body.len()));
        }
        start += line.len();
    }
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// “ ” „ « »
    Double,
    /// "
    Straight,
    /// '' and ``
    TwoSingle,
    /// ‘ ’ and '
    Single,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    kind: Kind,
    opens: bool,
    closes: bool,
}

/// The quotations of a text, outermost ones only, in text order.
///
/// A mark that is left open makes a quotation only where the next paragraph opens again, as a quotation of several
/// paragraphs does, or where the mark stands at the head of its paragraph.
///
/// ```
/// use demarche_core::code::attribution::quotes::{paragraphs, quotes};
/// let text = "He said “we will go”.";
/// let found = quotes(text, &paragraphs(text));
/// assert_eq!(found[0].span.of(text), "“we will go”");
/// ```
pub fn quotes(text: &str, paragraphs: &[Span]) -> Vec<Quote> {
    let mut out = Vec::new();
    // Kind of the mark that the paragraph before left open, if it did.
    let mut left_open: Option<Kind> = None;
    for (number, &paragraph) in paragraphs.iter().enumerate() {
        let marks = marks(text, paragraph);
        left_open = pair(&marks, paragraph, number, left_open, &mut out);
    }
    let whole: Vec<bool> = (0..out.len())
        .map(|i| {
            let Quote { span, paragraph, .. } = out[i];
            let last = span.of(text).chars().next_back().unwrap_or(' ');
            let closed = is_mark(last) && span.len() > last.len_utf8();
            let at_head = span.start == paragraphs[paragraph].start;
            closed || at_head || out.get(i + 1).is_some_and(|next| next.goes_on)
        })
        .collect();
    let mut whole = whole.into_iter();
    out.retain(|_| whole.next().unwrap_or(true));
    out
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '"' | '«' | '»' | '‘' | '’' | '\'' | '`')
}

fn pair(marks: &[Mark], paragraph: Span, number: usize, went_on: Option<Kind>, out: &mut Vec<Quote>) -> Option<Kind> {
    let mut open: Option<Mark> = None;
    let mut depth = 0usize;
    // Whether the innermost open mark is of the same kind as the outer one.
    let mut inner = false;
    let at_head = |opener: Mark| opener.start == paragraph.start as usize;
    for (i, mark) in marks.iter().enumerate() {
        let Some(opener) = open else {
            if mark.opens && (mark.kind != Kind::Single || closes_later(&marks[i + 1..])) {
                open = Some(*mark);
                (depth, inner) = (0, false);
            }
            continue;
        };
        if mark.kind == Kind::Single && opener.kind != Kind::Single {
            continue;
        }
        let fits = mark.kind == opener.kind || (opener.kind != Kind::Single && mark.kind != Kind::Single);
        if mark.closes && fits && (!mark.opens || mark.kind == opener.kind) {
            if depth > 0 && (mark.kind != opener.kind || inner) {
                inner = false;
                depth -= 1;
                continue;
            }
            let goes_on = went_on.is_some() && at_head(opener);
            let span = Span::new(opener.start, mark.end);
            out.push(Quote { span, goes_on, paragraph: number, single: opener.kind == Kind::Single });
            open = None;
        } else if mark.opens && mark.start == opener.end {
            // Two marks for one: "“We left,” he said.
        } else if mark.opens && mark.kind != opener.kind && opener.kind != Kind::Single {
            depth += 1;
        } else if mark.opens
            && mark.kind == Kind::Double
            && opener.kind == Kind::Double
            && closes_twice(&marks[i + 1..])
        {
            (depth, inner) = (depth + 1, true);
        } else if mark.opens && mark.kind == opener.kind {
            // A mark was forgotten: the later one is the likelier.
            open = Some(*mark);
        }
    }
    let opener = open.filter(|mark| mark.kind != Kind::Single)?;
    let goes_on = went_on.is_some() && at_head(opener);
    let span = Span::new(opener.start, paragraph.end as usize);
    out.push(Quote { span, goes_on, paragraph: number, single: false });
    Some(opener.kind)
}

/// A single mark opens only where one closes; two openers in a row make the first an apostrophe.
fn closes_later(marks: &[Mark]) -> bool {
    marks.iter().find(|mark| mark.kind == Kind::Single).is_some_and(|mark| mark.closes)
}

/// Both the quotation that opens here and the one around it are closed: “They call it “war” now,” he said.
fn closes_twice(marks: &[Mark]) -> bool {
    let mut double = marks.iter().filter(|mark| mark.kind == Kind::Double);
    double.next().is_some_and(|mark| mark.closes) && double.next().is_some_and(|mark| mark.closes)
}

fn marks(text: &str, paragraph: Span) -> Vec<Mark> {
    let body = paragraph.of(text);
    let base = paragraph.start as usize;
    let mut out = Vec::new();
    let mut before = ' ';
    let mut chars = body.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        // Most letters are no mark: decide fast.
        if c.is_alphanumeric() || c == ' ' {
            before = c;
            continue;
        }
        let doubled = matches!(c, '\'' | '`') && chars.peek().is_some_and(|&(_, next)| next == c);
        if doubled {
            chars.next();
        }
        let end = i + if doubled { 2 } else { c.len_utf8() };
        let after = body[end..].chars().next().unwrap_or(' ');
        let free_before = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '/' | '…' | ':');
        let free_before = free_before || (is_mark(before) && !after.is_whitespace());
        let free_after = !after.is_alphanumeric() && after != '$' && after != '#' && after != '@';
        let tight_after = !after.is_whitespace();
        let mark = |kind, opens, closes| Mark { start: base + i, end: base + end, kind, opens, closes };
        match c {
            // A mark that was turned the wrong way: “We left,“ he said.
            '“' if !before.is_whitespace() && !free_before && after.is_whitespace() => {
                out.push(mark(Kind::Double, false, true));
            }
            '”' if before.is_whitespace() && after.is_alphanumeric() => out.push(mark(Kind::Double, true, false)),
            '“' | '„' | '«' => out.push(mark(Kind::Double, true, false)),
            '”' | '»' => out.push(mark(Kind::Double, false, true)),
            '"' => {
                // "…," with the blank behind it forgotten still closes.
                let stop = matches!(before, ',' | '.' | '?' | '!');
                out.push(mark(
                    Kind::Straight,
                    free_before && tight_after,
                    !before.is_whitespace() && (free_after || stop),
                ));
            }
            '`' if doubled => out.push(mark(Kind::TwoSingle, true, false)),
            '\'' if doubled => {
                out.push(mark(Kind::TwoSingle, free_before && tight_after, !before.is_whitespace() && free_after));
            }
            '‘' if tight_after && !after.is_ascii_digit() => out.push(mark(Kind::Single, true, false)),
            '\'' if before.is_whitespace() && after.is_alphabetic() => out.push(mark(Kind::Single, true, false)),
            '’' | '\'' if !before.is_whitespace() && free_after && is_closing(before, after) => {
                out.push(mark(Kind::Single, false, true));
            }
            _ => {}
        }
        before = c;
    }
    out
}

/// An apostrophe after an "s" is the plural's; any other mark at the end of a word closes.
fn is_closing(before: char, after: char) -> bool {
    !before.is_alphanumeric() || before != 's' || !after.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        quotes(text, &paragraphs(text)).iter().map(|quote| quote.span.of(text)).collect()
    }

    #[test]
    fn every_style_of_double_marks_pairs() {
        assert_eq!(
            found("“One,” he said, \"two\" and «three» and ''four''."),
            ["“One,”", "\"two\"", "«three»", "''four''"]
        );
        assert_eq!(found("The ``raid'' was „planned” long ago."), ["``raid''", "„planned”"]);
    }

    #[test]
    fn a_curly_opener_may_be_closed_by_a_straight_mark() {
        assert_eq!(found("“We left,\" she said."), ["“We left,\""]);
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert_eq!(found("The ministers' aides don't know what India's envoy said in '99."), [""; 0]);
        assert_eq!(found("The minister’s aide didn’t say."), [""; 0]);
    }

    #[test]
    fn single_marks_pair_outside_double_ones_only() {
        assert_eq!(found("He spoke of ‘total war’ again."), ["‘total war’"]);
        assert_eq!(found("“They call it ‘war’ now,” he said."), ["“They call it ‘war’ now,”"]);
    }

    #[test]
    fn a_quotation_goes_on_where_the_next_paragraph_opens_again() {
        let text = "“We tried,” he said. “Then we left.\n\n“Nobody came after us.”\n\nThat was all.";
        let all = quotes(text, &paragraphs(text));
        let spans: Vec<_> = all.iter().map(|quote| quote.span.of(text)).collect();
        assert_eq!(spans, ["“We tried,”", "“Then we left.", "“Nobody came after us.”"]);
        assert_eq!(all.iter().map(|quote| quote.goes_on).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn a_forgotten_mark_does_not_swallow_the_paragraph() {
        assert_eq!(found("He called it “a mess and left. Later “it is over,” he said."), ["“it is over,”"]);
        assert_eq!(found("A 6\" pipe was found."), [""; 0]);
    }

    #[test]
    fn a_mark_turned_the_wrong_way_or_set_twice_still_pairs() {
        assert_eq!(found("“We left,“ said the envoy."), ["“We left,“"]);
        assert_eq!(found("\"“We left,” said the envoy."), ["\"“We left,”"]);
    }

    #[test]
    fn a_quotation_inside_one_with_the_same_marks_is_a_part_of_it() {
        assert_eq!(found("“They call it “war” now,” he said, “again.”"), ["“They call it “war” now,”", "“again.”"]);
    }

    #[test]
    fn a_straight_mark_behind_a_comma_closes_without_a_blank() {
        assert_eq!(found("\"We left,\"she said. \"No,\" he said."), ["\"We left,\"", "\"No,\""]);
    }

    #[test]
    fn straight_marks_inside_a_word_border_do_not_open() {
        assert_eq!(found("(\"Yes,\" she said.) \"No,\" he said."), ["\"Yes,\"", "\"No,\""]);
    }
}
