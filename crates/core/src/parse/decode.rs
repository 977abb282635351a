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
    heads.copy_from_slice(&arborescence(&mut weights, m)[1..]);
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

/// Dependant and head.
type Arc = (usize, usize);

/// A cycle that became one node: its nodes, each with the arc it had in the cycle and the tokens it stands for.
struct Contraction {
    node: usize,
    members: Vec<(usize, Arc, Vec<usize>)>,
}

/// Best arborescence over `m` nodes rooted at node 0; `weights[d * m + h]`. Returns the head of every node. A cycle is drawn
/// together within the matrix, which takes its length times `m`; all of them take the square of `m` (Tarjan 1977).
fn arborescence(weights: &mut [f64], m: usize) -> Vec<usize> {
    // Which arc between tokens the best arc between two nodes is.
    let mut arcs: Vec<Arc> = (0..m * m).map(|at| (at / m, at % m)).collect();
    let mut tokens: Vec<Vec<usize>> = (0..m).map(|node| vec![node]).collect();
    // The root stays the first of them: no cycle holds it.
    let mut nodes: Vec<usize> = (0..m).collect();
    let mut heads: Vec<usize> = nodes.iter().map(|&d| if d == 0 { 0 } else { best(weights, m, &nodes, d) }).collect();
    let mut contractions: Vec<Contraction> = Vec::new();
    let mut inside = vec![false; m];
    while let Some(cycle) = cycle(&nodes, &heads) {
        let node = cycle[0];
        for &c in &cycle {
            inside[c] = true;
        }
        nodes.retain(|&u| !inside[u]);
        let kept: Vec<f64> = cycle.iter().map(|&c| weights[c * m + heads[c]]).collect();
        let member = |&c: &usize| (c, arcs[c * m + heads[c]], std::mem::take(&mut tokens[c]));
        let members: Vec<_> = cycle.iter().map(member).collect();
        tokens[node] = members.iter().flat_map(|(_, _, tokens)| tokens).copied().collect();
        contractions.push(Contraction { node, members });
        for &u in &nodes {
            let mut enter = (f64::NEG_INFINITY, arcs[node * m + u]);
            let mut leave = (f64::NEG_INFINITY, arcs[u * m + node]);
            for (&c, kept) in cycle.iter().zip(&kept) {
                let gain = weights[c * m + u] - kept;
                if gain > enter.0 {
                    enter = (gain, arcs[c * m + u]);
                }
                if weights[u * m + c] > leave.0 {
                    leave = (weights[u * m + c], arcs[u * m + c]);
                }
            }
            (weights[node * m + u], arcs[node * m + u]) = enter;
            (weights[u * m + node], arcs[u * m + node]) = leave;
            if inside[heads[u]] {
                heads[u] = node;
            }
        }
        for &c in &cycle {
            inside[c] = false;
        }
        nodes.push(node);
        heads[node] = best(weights, m, &nodes, node);
    }
    let mut chosen: Vec<Arc> = vec![(0, 0); m];
    for &d in &nodes {
        chosen[d] = arcs[d * m + heads[d]];
    }
    // The arc into a cycle takes the place of the arc of the token it leads to.
    for Contraction { node, members } in contractions.into_iter().rev() {
        let entering = chosen[node];
        for (member, arc, tokens) in members {
            chosen[member] = if tokens.contains(&entering.0) { entering } else { arc };
        }
    }
    chosen.into_iter().map(|(_, head)| head).collect()
}

/// The best head of a node among the others.
fn best(weights: &[f64], m: usize, nodes: &[usize], d: usize) -> usize {
    let row = &weights[d * m..][..m];
    nodes[1..].iter().fold(0, |best, &h| if h != d && row[h] > row[best] { h } else { best })
}

/// Some cycle among the arcs of the nodes, if there is one.
fn cycle(nodes: &[usize], heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for &start in &nodes[1..] {
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
