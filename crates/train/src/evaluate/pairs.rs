//! Found spans against given ones: one to one, the best overlap first.

/// A half-open span in code points.
pub type Points = (usize, usize);

/// Overlap of two spans as a share of what both cover; 0 where they do not touch.
pub fn overlap(a: Points, b: Points) -> f64 {
    let both = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    if both == 0 { 0.0 } else { both as f64 / (a.1 - a.0 + b.1 - b.0 - both) as f64 }
}

/// Pairs `(given, found)` in the order of the given; a score of 0 is no pair.
pub fn pair(given: usize, found: usize, score: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = (0..given)
        .flat_map(|i| (0..found).map(move |j| (i, j)))
        .map(|(i, j)| (score(i, j), i, j))
        .filter(|(score, ..)| *score > 0.0)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used, mut taken) = (vec![false; given], vec![false; found]);
    let mut out = Vec::new();
    for (_, i, j) in all {
        if !used[i] && !taken[j] {
            (used[i], taken[j]) = (true, true);
            out.push((i, j));
        }
    }
    out.sort_unstable();
    out
}

/// Code points before each byte of a text, and its end.
pub fn points(text: &str) -> Vec<usize> {
    let mut out = vec![0; text.len() + 1];
    let mut n = 0;
    for (at, c) in text.char_indices() {
        out[at..at + c.len_utf8()].fill(n);
        n += 1;
    }
    out[text.len()] = n;
    out
}

/// Precision, recall and F1 of these counts.
pub fn rates(right: usize, found: usize, given: usize) -> (f64, f64, f64) {
    let ratio = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
    let (p, r) = (ratio(right as f64, found as f64), ratio(right as f64, given as f64));
    (p, r, ratio(2.0 * p * r, p + r))
}
