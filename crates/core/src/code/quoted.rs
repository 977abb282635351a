//! Which words stand inside quotation marks, as far as pronouns need it.

use crate::sentence::Sentence;

/// For each token of each sentence whether it stands between quotation marks. A mark left open ends with its paragraph.
pub(crate) fn quoted_tokens(text: &str, sentences: &[Sentence]) -> Vec<Vec<bool>> {
    let mut open = false;
    let mut last_end = 0;
    let mut out = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let gap = text.get(last_end..sentence.span.start as usize).unwrap_or("");
        if gap.contains('\n') {
            open = false;
        }
        let mut inside = Vec::with_capacity(sentence.tokens.len());
        for token in &sentence.tokens {
            match token.span.of(text) {
                "“" | "„" | "«" => open = true,
                "”" | "»" => open = false,
                "\"" | "''" | "``" => open = !open,
                _ => {}
            }
            inside.push(open);
        }
        last_end = sentence.span.end as usize;
        out.push(inside);
    }
    out
}
