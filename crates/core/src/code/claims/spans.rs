//! The words of a claim: from who acts to the last word that belongs to the act, and those of what it is done to.

use crate::{
    Relation as R, Span, Token, Upos,
    code::{
        arguments::is_verbal,
        frames::{Match, Scene},
        words::Part,
    },
};

/// From the subject to the last word that belongs to the act, without the clauses beside it.
pub(super) fn clause_span(scene: &Scene, found: &Match) -> Span {
    let tree = scene.tree;
    let tokens = &tree.sentence.tokens;
    let top = found.trigger;
    let noun = found.part == Part::Noun;
    let first_level = |c: usize| tree.head(c) == Some(top);
    let keep = |c: usize| {
        let verbal = is_verbal(tree, c);
        match tree.relation(c) {
            R::Parataxis | R::Discourse | R::Vocative | R::List => false,
            R::Conj => !first_level(c) || !verbal,
            R::Cc => !first_level(c) || noun && !verbal,
            R::Advcl => !first_level(c) || found.arguments.clauses.contains(&c),
            R::Ccomp => !(first_level(c) && c < top),
            R::Punct | R::Case if noun && first_level(c) => false,
            _ => true,
        }
    };
    let mut kept = tree.subtree(top, keep);
    while kept.len() > 1 && kept.last().is_some_and(|&i| tokens[i].upos == Upos::Punct && i > top) {
        kept.pop();
    }
    while kept.len() > 1
        && kept.first().is_some_and(|&i| i < top && matches!(tokens[i].upos, Upos::Punct | Upos::Sconj | Upos::Cconj))
    {
        kept.remove(0);
    }
    let mut span = tree.span(&kept).unwrap_or(tokens[top].span);
    for &i in &found.wording {
        span = span.cover(tokens[i].span);
    }
    closed(&scene.tree.sentence.tokens, span)
}

/// The span with the quotation mark right behind it, where it has one that opens and none that closes: "vowed to chase them
/// "to the ends of the **earth"**".
fn closed(tokens: &[Token], span: Span) -> Span {
    let mark = |t: &Token| t.upos == Upos::Punct && matches!(t.lemma.as_str(), "\"" | "“" | "”" | "''" | "``");
    let first = tokens.partition_point(|t| t.span.start < span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    let inside = tokens[first..end].iter().filter(|t| mark(t)).count();
    let next = tokens.get(end).filter(|t| mark(t) && t.span.start == span.end);
    next.filter(|_| inside % 2 == 1).map_or(span, |mark| span.cover(mark.span))
}

/// A phrase without the clauses and appositions behind it.
pub(super) fn phrase_span(scene: &Scene, head: usize) -> Span {
    let tree = scene.tree;
    let keep = |c: usize| {
        let own_case = tree.relation(c) == R::Case && tree.head(c) == Some(head);
        !own_case && !matches!(tree.relation(c), R::AclRelcl | R::Parataxis | R::Punct | R::Cc | R::Appos)
    };
    let kept = tree.subtree(head, |c| keep(c) && !(tree.relation(c) == R::Conj && is_verbal(tree, c)));
    tree.span(&kept).unwrap_or(tree.sentence.tokens[head].span)
}

/// The words of a clause.
pub(super) fn clause_at(scene: &Scene, top: usize) -> Span {
    let tree = scene.tree;
    let kept =
        tree.subtree(top, |c| !(matches!(tree.relation(c), R::Conj | R::Cc | R::Punct) && tree.head(c) == Some(top)));
    tree.span(&kept).unwrap_or(tree.sentence.tokens[top].span)
}
