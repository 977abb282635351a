//! Where the dense parts of the network lie.

use demarche_core::parse::{
    features::STYLES,
    model::{DISTANCES, Dims},
};

/// Named matrices in one flat list.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Name, offset, rows, columns.
    pub parts: Vec<(String, usize, usize, usize)>,
    /// Length of the list.
    pub len: usize,
}

impl Layout {
    /// All dense parts of a network.
    pub fn new(dims: Dims) -> Self {
        let mut layout = Self { parts: vec![], len: 0 };
        let mut add = |name: &str, rows: usize, columns: usize| {
            layout.parts.push((name.to_owned(), layout.len, rows, columns));
            layout.len += rows * columns;
        };
        let Dims { embedding, state, gate, layers, arc, label, name, relations, names, .. } = dims;
        add("taps.w", embedding, 3 * state);
        add("conv.b", 1, state);
        add("first", 1, state);
        add("last", 1, state);
        add("style", STYLES, state);
        for i in 0..layers {
            add(&format!("layer{i}.gates.w"), state, 4 * gate);
            add(&format!("layer{i}.gates.b"), 1, 4 * gate);
            add(&format!("layer{i}.out.w"), 2 * gate, state);
            add(&format!("layer{i}.out.b"), 1, state);
            add(&format!("layer{i}.norm.gain"), 1, state);
            add(&format!("layer{i}.norm.bias"), 1, state);
        }
        add("heads.w", state, dims.columns()[9]);
        add("heads.b", 1, dims.columns()[9]);
        add("arc.w", arc, arc);
        add("label.distance", DISTANCES, label);
        add("label.w", label, relations);
        add("label.b", 1, relations);
        add("name.w", name, names);
        add("name.b", 1, names);
        layout
    }

    /// The place of a part.
    pub fn range(&self, name: &str) -> std::ops::Range<usize> {
        let (_, at, rows, columns) = self.parts.iter().find(|p| p.0 == name).expect("a part of the network");
        *at..at + rows * columns
    }
}
