//! What a decision should be, and how far from it the network is.

/// What a decision should be.
pub(super) enum Target<'q> {
    None,
    /// The right answer, and a teacher's opinion with its share.
    Truth(usize, Option<(&'q [f32], f32)>),
    /// A teacher's opinion alone.
    Opinion(&'q [f32]),
}

impl<'q> Target<'q> {
    pub(super) fn new(truth: i32, soft: Option<(&'q [f32], f32)>) -> Self {
        match (usize::try_from(truth), soft) {
            (Ok(truth), soft) => Self::Truth(truth, soft),
            (Err(_), Some((q, _))) => Self::Opinion(q),
            (Err(_), None) => Self::None,
        }
    }

    /// Cross-entropy; adds its gradient times `weight` to `out`.
    pub(super) fn loss(&self, p: &[f32], weight: f32, out: &mut [f32]) -> Option<f64> {
        let (truth, soft) = match *self {
            Self::None => return None,
            Self::Truth(truth, soft) => (Some(truth), soft),
            Self::Opinion(q) => (None, Some((q, 1.0))),
        };
        for (o, p) in out.iter_mut().zip(p) {
            *o += weight * p;
        }
        let mut loss = 0.0;
        if let Some(truth) = truth {
            let own = 1.0 - soft.map_or(0.0, |(_, share)| share);
            out[truth] -= weight * own;
            loss -= own * p[truth].max(1e-12).ln();
        }
        if let Some((q, share)) = soft {
            for ((o, q), p) in out.iter_mut().zip(q).zip(p) {
                *o -= weight * share * q;
                if *q > 1e-6 {
                    loss -= share * q * p.max(1e-12).ln();
                }
            }
        }
        Some(f64::from(loss))
    }
}

/// Loss and gradient where several answers are allowed, as bits: their probabilities count together, shared out by the
/// network's own or the teacher's opinion. No bits: only the teacher speaks.
pub(super) fn allowed_loss(
    p: &[f32],
    allowed: u32,
    soft: Option<(&[f32], f32)>,
    weight: f32,
    out: &mut [f32],
) -> Option<f64> {
    if allowed == 0 {
        return soft.and_then(|(q, _)| Target::Opinion(q).loss(p, weight, out));
    }
    let inside = |i: usize| allowed >> i & 1 == 1;
    let within = |v: &[f32]| (0..v.len()).filter(|&i| inside(i)).map(|i| v[i]).sum::<f32>().max(1e-9);
    let sum = within(p);
    let (q, share) = soft.unwrap_or((p, 0.0));
    let sum_soft = within(q);
    for i in 0..p.len() {
        let target = if inside(i) { (1.0 - share) * p[i] / sum + share * q[i] / sum_soft } else { 0.0 };
        out[i] += weight * (p[i] - target);
    }
    Some(f64::from(-sum.ln()))
}
