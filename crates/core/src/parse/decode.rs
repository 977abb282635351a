//! From arc scores to a tree: the best tree with exactly one root (Chu and Liu 1965, Edmonds 1967).
#![allow(clippy::many_single_char_names)]

/// Scores of one sentence: row per dependant, column 0 for the root and column `h + 1` for head `h`.
pub struct Scores<'s> {
    /// Number of tokens.
    pub n: usize,
    /// `n` rows of `n + 1` scores, larger is better.
    pub values: &'s [f32],
}

impl Scores<'_> {
    fn row(&self, dependant: usize) -> &[f32] {
        &self.values[dependant * (self.n + 1)..][..=self.n]
    }
}

/// The best tree: for every token 0 for the root or its head's index plus one. Exactly one token gets 0.
pub fn tree(scores: &Scores, heads: &mut Vec<usize>) {
    let n = scores.n;
    heads.clear();
    for d in 0..n {
        let row = scores.row(d);
        let mut best = if d == 0 && n > 1 { 2 } else { 0 };
        for (h, &score) in row.iter().enumerate() {
            if h != d + 1 && score > row[best] {
                best = h;
            }
        }
        heads.push(if n == 1 { 0 } else { best });
    }
    if is_tree(heads) {
        return;
    }
    // A fine on every root arc that no other arc can outweigh leaves one root arc in the best tree.
    // A token's arc to itself does not count: its score may stand for "never", and a fine of that size would swallow
    // the differences between the roots.
    let arcs = (0..n).flat_map(|d| scores.row(d).iter().enumerate().filter(move |&(h, _)| h != d + 1));
    let fine = 1.0 + 2.0 * n as f64 * arcs.fold(0.0, |m, (_, &x)| f64::from(x.abs()).max(m));
    let m = n + 1;
    let mut weights = vec![f64::NEG_INFINITY; m * m];
    for d in 0..n {
        for (h, &score) in scores.row(d).iter().enumerate() {
            if h != d + 1 {
                weights[(d + 1) * m + h] = f64::from(score) - if h == 0 { fine } else { 0.0 };
            }
        }
    }
    let best = arborescence(&weights, m);
    heads.copy_from_slice(&best[1..]);
}

/// True when the arcs form one tree with one root.
pub fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    // Colours: 0 not seen, otherwise the walk that first came by.
    let mut seen = vec![0usize; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while heads[at] != 0 && seen[at] == 0 {
            seen[at] = start + 1;
            at = heads[at] - 1;
        }
        if heads[at] != 0 && seen[at] == start + 1 {
            return false;
        }
    }
    true
}

/// Best arborescence over `m` nodes rooted at node 0; `weights[d * m + h]`. Returns the head of every node.
fn arborescence(weights: &[f64], m: usize) -> Vec<usize> {
    let mut heads = vec![0; m];
    for d in 1..m {
        let row = &weights[d * m..][..m];
        let mut best = 0;
        for h in 1..m {
            if h != d && row[h] > row[best] {
                best = h;
            }
        }
        heads[d] = best;
    }
    let Some(cycle) = cycle(&heads) else { return heads };
    let mut inside = vec![false; m];
    for &u in &cycle {
        inside[u] = true;
    }
    // Contract: outside nodes keep their order, the cycle becomes the last node.
    let outside: Vec<usize> = (0..m).filter(|&u| !inside[u]).collect();
    let (k, last) = (outside.len() + 1, outside.len());
    let mut small = vec![f64::NEG_INFINITY; k * k];
    let mut enter = vec![cycle[0]; k];
    let mut leave = vec![cycle[0]; k];
    for (i, &u) in outside.iter().enumerate() {
        for (j, &h) in outside.iter().enumerate() {
            small[i * k + j] = weights[u * m + h];
        }
        for &c in &cycle {
            let gain = weights[c * m + u] - weights[c * m + heads[c]];
            if gain > small[last * k + i] {
                small[last * k + i] = gain;
                enter[i] = c;
            }
            if i > 0 && weights[u * m + c] > small[i * k + last] {
                small[i * k + last] = weights[u * m + c];
                leave[i] = c;
            }
        }
    }
    let inner = arborescence(&small, k);
    for (i, &u) in outside.iter().enumerate().skip(1) {
        heads[u] = if inner[i] == last { leave[i] } else { outside[inner[i]] };
    }
    let from = inner[last];
    heads[enter[from]] = outside[from];
    heads
}

/// Some cycle among the arcs, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut found = vec![at];
            let mut next = heads[at];
            while next != at {
                found.push(next);
                next = heads[next];
            }
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best_by_trying_all(scores: &Scores) -> f64 {
        let n = scores.n;
        let mut heads = vec![0usize; n];
        let mut best = f64::NEG_INFINITY;
        loop {
            if is_tree(&heads) && (0..n).all(|d| heads[d] != d + 1) {
                let sum: f64 = (0..n).map(|d| f64::from(scores.row(d)[heads[d]])).sum();
                best = best.max(sum);
            }
            let mut i = 0;
            while i < n && heads[i] == n {
                heads[i] = 0;
                i += 1;
            }
            if i == n {
                return best;
            }
            heads[i] += 1;
        }
    }

    #[test]
    fn a_forbidden_self_arc_leaves_the_choice_of_the_root_alone() {
        // Both tokens want the root; the second more so.
        let values = [5.0, f32::MIN, 1.0, 6.0, 1.0, f32::MIN];
        let mut heads = Vec::new();
        tree(&Scores { n: 2, values: &values }, &mut heads);
        assert_eq!(heads, [2, 0]);
    }

    #[test]
    fn the_tree_is_the_best_of_all_trees_with_one_root() {
        let mut state = 12345u64;
        for n in 1..=5 {
            for _ in 0..200 {
                let values: Vec<f32> = (0..n * (n + 1))
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (state >> 40) as f32 / 1e6
                    })
                    .collect();
                let scores = Scores { n, values: &values };
                let mut heads = Vec::new();
                tree(&scores, &mut heads);
                assert!(is_tree(&heads), "{heads:?}");
                let sum: f64 = (0..n).map(|d| f64::from(scores.row(d)[heads[d]])).sum();
                assert!((sum - best_by_trying_all(&scores)).abs() < 1e-6);
            }
        }
    }
}
