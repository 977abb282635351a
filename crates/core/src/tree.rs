//! The tree of a sentence, seen from above: children, subtrees, paths.

use crate::{labels::Relation, sentence::Sentence, span::Span};

/// Children of every token, in text order, over one [`Sentence`].
pub struct Tree<'s> {
    /// The sentence.
    pub sentence: &'s Sentence,
    /// `children[first[i]..first[i + 1]]` depend on token `i`.
    first: Vec<u32>,
    children: Vec<u32>,
}

impl<'s> Tree<'s> {
    /// Builds the child lists in one pass.
    pub fn new(sentence: &'s Sentence) -> Self {
        let n = sentence.tokens.len();
        let mut first = vec![0u32; n + 2];
        for token in &sentence.tokens {
            if let Some(head) = token.head {
                first[head + 2] += 1;
            }
        }
        for i in 2..n + 2 {
            first[i] += first[i - 1];
        }
        let mut children = vec![0u32; first[n + 1] as usize];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[first[head + 1] as usize] = i as u32;
                first[head + 1] += 1;
            }
        }
        first.truncate(n + 1);
        Self { sentence, first, children }
    }

    /// The tokens that depend on `i`, in text order.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let range = self.first[i] as usize..self.first[i + 1] as usize;
        self.children[range].iter().map(|&c| c as usize)
    }

    /// How `i` depends on its head.
    pub fn relation(&self, i: usize) -> Relation {
        self.sentence.tokens[i].relation
    }

    /// The head of `i`.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.sentence.tokens[i].head
    }

    /// The lemma of `i`.
    pub fn lemma(&self, i: usize) -> &'s str {
        &self.sentence.tokens[i].lemma
    }

    /// First child of `i` by this relation.
    pub fn child(&self, i: usize, relation: Relation) -> Option<usize> {
        self.children(i).find(|&c| self.relation(c) == relation)
    }

    /// True when `i` is `top` or hangs below it.
    pub fn below(&self, i: usize, top: usize) -> bool {
        let mut at = Some(i);
        while let Some(here) = at {
            if here == top {
                return true;
            }
            at = self.head(here);
        }
        false
    }

    /// The tokens of the subtree of `top` that `keep` lets through (with all below them), in text order.
    pub fn subtree(&self, top: usize, keep: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut out = Vec::with_capacity(16);
        out.push(top);
        let mut at = 0;
        while at < out.len() {
            let below = self.children(out[at]);
            out.extend(below.filter(|&c| keep(c)));
            at += 1;
        }
        out.sort_unstable();
        out
    }

    /// From the first to the last of these tokens.
    pub fn span(&self, tokens: &[usize]) -> Option<Span> {
        let first = self.sentence.tokens[*tokens.first()?].span;
        let last = self.sentence.tokens[*tokens.last()?].span;
        Some(first.cover(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Token, Upos, Xpos};

    fn sentence(heads: &[Option<usize>]) -> Sentence {
        let token = |(i, &head): (usize, &Option<usize>)| Token {
            span: Span::new(i, i + 1),
            lemma: String::new(),
            upos: Upos::X,
            xpos: Xpos::from_name("XX"),
            head,
            relation: Relation::Dep,
            certainty: 1.0,
            label_certainty: 1.0,
            clitic: false,
        };
        let tokens = heads.iter().enumerate().map(token).collect();
        Sentence { span: Span::new(0, heads.len()), tokens, entities: vec![] }
    }

    #[test]
    fn children_come_in_text_order_and_subtrees_are_whole() {
        let sentence = sentence(&[Some(1), None, Some(3), Some(1), Some(3)]);
        let tree = Tree::new(&sentence);
        assert_eq!(tree.children(1).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(tree.children(3).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(tree.children(4).count(), 0);
        assert_eq!(tree.subtree(3, |_| true), [2, 3, 4]);
        assert!(tree.below(4, 1) && !tree.below(0, 3));
    }
}
