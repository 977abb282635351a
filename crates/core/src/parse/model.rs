//! The trained network as the run time holds it: labels, feature table, packed matrices.

use std::{
    borrow::Cow,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{features, lemma::Lemmatiser, product::Linear, store::Store};
use crate::{EntityKind, Relation, Upos, Xpos};

/// Sizes of the network, in the order of the table `dims`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dims {
    /// Width of a feature's row.
    pub embedding: usize,
    /// Width of a token's state.
    pub state: usize,
    /// Width of one direction of a recurrence.
    pub gate: usize,
    /// Number of recurrent layers.
    pub layers: usize,
    /// Width of the vectors that score arcs.
    pub arc: usize,
    /// Width of the layer that chooses a relation.
    pub label: usize,
    /// Width of the layer that chooses a name's tag.
    pub name: usize,
    /// Number of joint tags.
    pub tags: usize,
    /// Number of relations.
    pub relations: usize,
    /// Number of name tags: outside, then first and inside of each kind.
    pub names: usize,
}

/// Classes of signed distance between a word and its head.
pub const DISTANCES: usize = 32;

/// The class of the distance from a dependant to a head: 16 to the left, 16 to the right.
pub fn distance(dependant: usize, head: usize) -> usize {
    let gap = head.abs_diff(dependant);
    let class = match gap {
        0..=8 => gap.saturating_sub(1),
        9..=10 => 8,
        11..=13 => 9,
        14..=17 => 10,
        18..=23 => 11,
        24..=31 => 12,
        32..=47 => 13,
        48..=79 => 14,
        _ => 15,
    };
    class + if head > dependant { 16 } else { 0 }
}

impl Dims {
    /// From the numbers of the table `dims`.
    pub fn from_words(words: &[u32]) -> Option<Self> {
        let &[embedding, state, gate, layers, arc, label, name, tags, relations, names] = words else { return None };
        let size = |x: u32| x as usize;
        Some(Self {
            embedding: size(embedding),
            state: size(state),
            gate: size(gate),
            layers: size(layers),
            arc: size(arc),
            label: size(label),
            name: size(name),
            tags: size(tags),
            relations: size(relations),
            names: size(names),
        })
    }

    /// The numbers of the table `dims`.
    pub fn to_words(self) -> Vec<u32> {
        let all = [
            self.embedding,
            self.state,
            self.gate,
            self.layers,
            self.arc,
            self.label,
            self.name,
            self.tags,
            self.relations,
            self.names,
        ];
        all.iter().map(|&x| x as u32).collect()
    }

    /// Where each part of a row of the joint head product starts: tags, arc dependant, arc head, label dependant,
    /// label head, distance as dependant, distance as head, root, names; then the end.
    pub fn columns(self) -> [usize; 10] {
        let widths = [self.tags, self.arc, self.arc, self.label, self.label, DISTANCES, DISTANCES, 1, self.name];
        let mut at = [0; 10];
        for (i, width) in widths.iter().enumerate() {
            at[i + 1] = at[i] + width;
        }
        at
    }
}

/// One recurrent layer.
pub(super) struct Layer {
    pub gates: Linear,
    pub out: Linear,
    pub norm_gain: Vec<f32>,
    pub norm_bias: Vec<f32>,
}

/// Models made in this run.
static MADE: AtomicUsize = AtomicUsize::new(0);

/// The network, ready to run.
pub struct Model {
    /// Tells this model from the others of the run, from 1.
    pub(super) id: usize,
    pub(super) dims: Dims,
    pub(super) tags: Vec<(Upos, Xpos)>,
    pub(super) relations: Vec<Relation>,
    pub(super) names: Vec<Option<(EntityKind, bool)>>,
    keys: Vec<(u32, u32)>,
    mask: u32,
    /// Signed bytes as they are stored, a row a feature.
    pub(super) rows: Cow<'static, [u8]>,
    pub(super) steps: Vec<f32>,
    /// Three taps of the convolution side by side: what a word gives to the next, to itself, to the one before.
    pub(super) taps: Linear,
    pub(super) conv_bias: Vec<f32>,
    pub(super) first: Vec<f32>,
    pub(super) last: Vec<f32>,
    pub(super) style: Vec<f32>,
    pub(super) layers: Vec<Layer>,
    pub(super) heads: Linear,
    pub(super) arc: Linear,
    pub(super) label_distance: Vec<f32>,
    pub(super) label: Linear,
    pub(super) name: Linear,
    pub(super) lemmas: Lemmatiser,
}

/// Label of a name tag: `O`, `B-PER`, `I-PER` …
pub fn name_tag(label: &str) -> Option<(EntityKind, bool)> {
    let (place, kind) = label.split_once('-')?;
    let kind = match kind {
        "PER" => EntityKind::Per,
        "ORG" => EntityKind::Org,
        "LOC" => EntityKind::Loc,
        "GPE" => EntityKind::Gpe,
        "NORP" => EntityKind::Norp,
        _ => EntityKind::Misc,
    };
    Some((kind, place == "B"))
}

impl Model {
    /// The network built into the program.
    pub fn built_in() -> &'static Self {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(|| {
            let store = Store::from_bytes(demarche_data::PARSER).expect("the built-in parser model is whole");
            Model::new(&store).expect("the built-in parser model has every table")
        })
    }

    /// From a model file; `None` when a table is missing or of another size.
    pub fn new(store: &Store<'static>) -> Option<Self> {
        let dims = Dims::from_words(store.u32s("dims"))?;
        let linear = |name: &str, rows: usize, columns: usize| -> Option<Linear> {
            let weights = store.i8s(&format!("{name}.w"));
            let scale = store.f32s(&format!("{name}.scale"));
            let bias = store.f32s(&format!("{name}.b"));
            (weights.len() == rows * columns && scale.len() == columns)
                .then(|| Linear::new(&weights, rows, columns, scale, bias))
        };
        let floats = |name: &str, len: usize| -> Option<Vec<f32>> {
            let v = store.f32s(name);
            (v.len() == len).then(|| v.to_vec())
        };
        let tags = store
            .lines("tags")
            .iter()
            .map(|line| line.split_once(' ').and_then(|(u, x)| Some((Upos::from_name(u)?, Xpos::from_name(x)))))
            .collect::<Option<Vec<_>>>()?;
        let relations =
            store.lines("relations").iter().map(|name| Relation::from_name(name)).collect::<Option<Vec<_>>>()?;
        let names: Vec<_> = store.lines("names").iter().map(|label| name_tag(label)).collect();
        if (tags.len(), relations.len(), names.len()) != (dims.tags, dims.relations, dims.names) {
            return None;
        }
        let keys = store.u32s("keys");
        let rows = store.i8s("rows");
        if rows.len() != keys.len() * dims.embedding {
            return None;
        }
        // Open addressing, at most half full.
        let slots = (keys.len() * 2 + 2).next_power_of_two();
        let mask = slots as u32 - 1;
        let mut table = vec![(0u32, u32::MAX); slots];
        for (row, &key) in keys.iter().enumerate() {
            let mut at = (key & mask) as usize;
            while table[at].1 != u32::MAX {
                at = (at + 1) & mask as usize;
            }
            table[at] = (key, row as u32);
        }
        let d = dims;
        let mut layers = Vec::new();
        for i in 0..d.layers {
            layers.push(Layer {
                gates: linear(&format!("layer{i}.gates"), d.state, 4 * d.gate)?,
                out: linear(&format!("layer{i}.out"), 2 * d.gate, d.state)?,
                norm_gain: floats(&format!("layer{i}.norm.gain"), d.state)?,
                norm_bias: floats(&format!("layer{i}.norm.bias"), d.state)?,
            });
        }
        Some(Self {
            id: MADE.fetch_add(1, Ordering::Relaxed) + 1,
            dims,
            tags,
            relations,
            names,
            keys: table,
            mask,
            steps: floats("rows.scale", keys.len())?,
            rows,
            taps: linear("taps", d.embedding, 3 * d.state)?,
            conv_bias: floats("conv.b", d.state)?,
            first: floats("first", d.state)?,
            last: floats("last", d.state)?,
            style: floats("style", features::STYLES * d.state)?,
            layers,
            heads: linear("heads", d.state, d.columns()[9])?,
            arc: linear("arc", d.arc, d.arc)?,
            label_distance: floats("label.distance", DISTANCES * d.label)?,
            label: linear("label", d.label, d.relations)?,
            name: linear("name", d.name, d.names)?,
            lemmas: Lemmatiser::new(store),
        })
    }

    /// Row of a feature, if it was learnt.
    pub(super) fn row(&self, key: u32) -> Option<usize> {
        let mut at = (key & self.mask) as usize;
        loop {
            let (found, row) = self.keys[at];
            if row == u32::MAX {
                return None;
            }
            if found == key {
                return Some(row as usize);
            }
            at = (at + 1) & self.mask as usize;
        }
    }
}
