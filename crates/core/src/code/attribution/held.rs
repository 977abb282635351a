//! Which reported statements hold a span: looked up by place, so that a long report takes no longer a claim than a short one.

use crate::{claim::Attribution, span::Span};

/// The statements of a report, by where their contents stand.
///
/// Topics, wishes and the outlet's own impressions are no statements: what they hold is told in the outlet's voice.
#[derive(Debug)]
pub struct Held<'a> {
    attributions: &'a [Attribution],
    /// Parts of contents by their beginning, each with its statement.
    parts: Vec<(Span, usize)>,
    /// By part: how far it or any before it reaches.
    reach: Vec<u32>,
    /// Where the words stand that report, each with its statement, in text order.
    cues: Vec<(Span, usize)>,
}

impl<'a> Held<'a> {
    /// Of all statements of a report.
    pub fn new(attributions: &'a [Attribution]) -> Self {
        let statements = attributions.iter().enumerate().filter(|(_, attribution)| attribution.statement);
        let mut parts: Vec<(Span, usize)> =
            statements.flat_map(|(i, attribution)| attribution.content.iter().map(move |&part| (part, i))).collect();
        parts.sort_unstable_by_key(|&(part, i)| (part.start, part.end, i));
        let furthest = |reach: &mut u32, &(part, _): &(Span, usize)| {
            *reach = part.end.max(*reach);
            Some(*reach)
        };
        let reach = parts.iter().scan(0, furthest).collect();
        let mut cues: Vec<(Span, usize)> = attributions.iter().enumerate().map(|(i, said)| (said.cue, i)).collect();
        cues.sort_unstable_by_key(|&(cue, i)| (cue.start, cue.end, i));
        Self { attributions, parts, reach, cues }
    }

    /// The statement that these words report: "the paper **urged** Chad to".
    pub fn reported_by(&self, words: Span) -> Option<&'a Attribution> {
        let from = self.cues.partition_point(|(cue, _)| cue.start < words.start);
        let (cue, i) = self.cues.get(from)?;
        cue.touches(words).then(|| &self.attributions[*i])
    }

    /// The innermost statement whose content holds most of `span`.
    pub fn innermost(&self, span: Span) -> Option<&'a Attribution> {
        self.chain(span).first().map(|&i| &self.attributions[i])
    }

    /// The statements whose content holds most of `span`, by number, from the innermost to the outermost.
    pub(super) fn chain(&self, span: Span) -> Vec<usize> {
        let mut shares: Vec<(usize, usize)> = Vec::new();
        for at in (0..self.parts.partition_point(|(part, _)| part.start < span.end)).rev() {
            if self.reach[at] <= span.start {
                break;
            }
            let (part, i) = self.parts[at];
            let shared = shared(part, span);
            match shares.iter_mut().find(|(of, _)| *of == i) {
                Some((_, sum)) => *sum += shared,
                None => shares.push((i, shared)),
            }
        }
        shares.retain(|&(_, shared)| 2 * shared > span.len());
        let length = |i: usize| self.attributions[i].content.iter().map(|part| part.len()).sum::<usize>();
        shares.sort_unstable_by_key(|&(i, _)| (length(i), i));
        shares.into_iter().map(|(i, _)| i).collect()
    }
}

/// Bytes that two spans share.
pub(super) fn shared(a: Span, b: Span) -> usize {
    (a.end.min(b.end) as usize).saturating_sub(a.start.max(b.start) as usize)
}
