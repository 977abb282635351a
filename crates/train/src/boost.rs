//! Gradient boosting of regression trees for yes and no (Friedman, 2001), on values sorted into bins; grown leaf by leaf as in
//! LightGBM (Ke et al., 2017).

/// Bins of a feature at most.
const BINS: usize = 48;

/// How the trees are grown.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Trees.
    pub trees: usize,
    /// Leaves of each.
    pub leaves: usize,
    /// How much of each tree is believed.
    pub rate: f64,
    /// Curvature that a leaf must hold: about four times the rows that are undecided.
    pub least: f64,
    /// What keeps the values of leaves small.
    pub ridge: f64,
}

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// Values below the cut go left, others right: feature, cut, nodes.
    Split(usize, f32, usize, usize),
    /// Adds to the logarithm of the odds.
    Leaf(f32),
}

/// Trees, each from its root at 0; what they say is added up.
pub type Forest = Vec<Vec<Node>>;

fn leaf(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Split(feature, cut, left, right) => at = if row[feature] < cut { left } else { right },
            Node::Leaf(value) => return value,
        }
    }
}

/// The values of a feature that part its bins: each bin holds about as many rows.
fn cuts(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= BINS {
        return distinct.windows(2).map(|two| f32::midpoint(two[0], two[1])).collect();
    }
    for bin in 1..BINS {
        let cut = values[bin * values.len() / BINS];
        if out.last() != Some(&cut) && cut > values[0] {
            out.push(cut);
        }
    }
    out
}

/// Gradient and curvature of the rows of a leaf, by feature and bin.
type Histogram = Vec<[(f64, f64); BINS]>;

/// A leaf that may still be split.
struct Open {
    node: usize,
    rows: Vec<u32>,
    histogram: Histogram,
    /// Gain, feature and bin of its best split.
    best: Option<(f64, usize, usize)>,
}

/// Grows trees on rows of equal length with their answers.
pub fn train(rows: &[&[f32]], answers: &[bool], settings: Settings) -> Forest {
    let features = rows.first().map_or(0, |row| row.len());
    let cuts: Vec<Vec<f32>> = (0..features).map(|f| cuts(rows.iter().map(|row| row[f]).collect())).collect();
    let bins: Vec<Vec<u8>> = rows
        .iter()
        .map(|row| row.iter().zip(&cuts).map(|(value, cuts)| cuts.partition_point(|cut| cut <= value) as u8).collect())
        .collect();
    let mut scores = vec![0f64; rows.len()];
    let mut forest = Vec::new();
    for _ in 0..settings.trees {
        let slopes: Vec<(f64, f64)> = (0..rows.len())
            .map(|row| {
                let chance = 1.0 / (1.0 + (-scores[row]).exp());
                (chance - f64::from(u8::from(answers[row])), (chance * (1.0 - chance)).max(1e-9))
            })
            .collect();
        let tree = grow(&bins, &cuts, &slopes, settings);
        for (score, row) in scores.iter_mut().zip(rows) {
            *score += f64::from(leaf(&tree, row));
        }
        forest.push(tree);
    }
    forest
}

fn grow(bins: &[Vec<u8>], cuts: &[Vec<f32>], slopes: &[(f64, f64)], settings: Settings) -> Vec<Node> {
    let all: Vec<u32> = (0..bins.len() as u32).collect();
    let first = histogram(&all, bins, slopes, cuts.len());
    let mut nodes = vec![value(&all, slopes, settings)];
    let mut open = vec![Open { node: 0, best: best(&first, settings), rows: all, histogram: first }];
    for _ in 1..settings.leaves {
        let gain = |open: &Open| open.best.map_or(0.0, |best| best.0);
        let Some(at) = (0..open.len()).max_by(|&x, &y| gain(&open[x]).total_cmp(&gain(&open[y]))) else { break };
        let Some((_, feature, bin)) = open[at].best.filter(|best| best.0 > 0.0) else { break };
        let parent = open.swap_remove(at);
        let (left, right): (Vec<u32>, Vec<u32>) =
            parent.rows.iter().partition(|&&row| usize::from(bins[row as usize][feature]) <= bin);
        let small = histogram(if left.len() < right.len() { &left } else { &right }, bins, slopes, cuts.len());
        let mut large = parent.histogram;
        for (large, small) in large.iter_mut().flatten().zip(small.iter().flatten()) {
            *large = (large.0 - small.0, large.1 - small.1);
        }
        let (here, there) = if left.len() < right.len() { (small, large) } else { (large, small) };
        nodes[parent.node] = Node::Split(feature, cuts[feature][bin], nodes.len(), nodes.len() + 1);
        for (rows, histogram) in [(left, here), (right, there)] {
            nodes.push(value(&rows, slopes, settings));
            open.push(Open { node: nodes.len() - 1, best: best(&histogram, settings), rows, histogram });
        }
    }
    nodes
}

fn value(rows: &[u32], slopes: &[(f64, f64)], settings: Settings) -> Node {
    let sum = |of: fn(&(f64, f64)) -> f64| rows.iter().map(|&row| of(&slopes[row as usize])).sum::<f64>();
    Node::Leaf((-settings.rate * sum(|s| s.0) / (sum(|s| s.1) + settings.ridge)) as f32)
}

fn histogram(rows: &[u32], bins: &[Vec<u8>], slopes: &[(f64, f64)], features: usize) -> Histogram {
    let mut out = vec![[(0.0, 0.0); BINS]; features];
    for &row in rows {
        let (gradient, curvature) = slopes[row as usize];
        for (held, &bin) in out.iter_mut().zip(&bins[row as usize]) {
            let one = &mut held[usize::from(bin)];
            *one = (one.0 + gradient, one.1 + curvature);
        }
    }
    out
}

/// The split that gains the most.
fn best(histogram: &Histogram, settings: Settings) -> Option<(f64, usize, usize)> {
    let fit = |(gradient, curvature): (f64, f64)| gradient * gradient / (curvature + settings.ridge);
    let mut best: Option<(f64, usize, usize)> = None;
    for (feature, bins) in histogram.iter().enumerate() {
        let all = bins.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let mut left = (0.0, 0.0);
        for (bin, one) in bins.iter().enumerate().take(BINS - 1) {
            left = (left.0 + one.0, left.1 + one.1);
            let right = (all.0 - left.0, all.1 - left.1);
            if left.1 < settings.least || right.1 < settings.least {
                continue;
            }
            let gain = fit(left) + fit(right) - fit(all);
            if best.is_none_or(|(most, ..)| gain > most + 1e-9) {
                best = Some((gain, feature, bin));
            }
        }
    }
    best
}
