//! How likely two claims are one happening: trees that were grown on the incidents of marked stories (`train links`).
//!
//! `crates/data/models/links.bin` holds tree after tree, each from its root, a node before what hangs on it, left before right: for
//! a question the number of the feature, the value below which it goes left (`f32`, little-endian) and the bytes of what hangs
//! on the left (`u16`); for a leaf the byte 255 and what it adds to the logarithm of the odds, in thousandths (`i16`).

use std::sync::LazyLock;

/// What stands for a leaf.
const LEAF: u8 = u8::MAX;

/// The trees that ship.
pub static TREES: LazyLock<Trees> = LazyLock::new(|| Trees::read(demarche_data::LINKS));

/// A node of a tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// A feature below the value goes to the next node, else to the one that is given.
    Question(u8, f32, u32),
    /// Adds to the logarithm of the odds.
    Leaf(f32),
}

/// Trees; what they say is added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trees {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

impl Trees {
    /// Adds a tree, its nodes in the order in which they are kept.
    pub fn add(&mut self, tree: &[Node]) {
        let first = self.nodes.len() as u32;
        self.roots.push(first);
        self.nodes.extend(tree.iter().map(|&node| match node {
            Node::Question(feature, value, right) => Node::Question(feature, value, first + right),
            leaf @ Node::Leaf(_) => leaf,
        }));
    }

    /// Reads trees as [`Self::write`] leaves them; none where the bytes are no trees.
    pub fn read(bytes: &[u8]) -> Self {
        let mut out = Self::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            out.roots.push(out.nodes.len() as u32);
            if grow(&mut rest, &mut out.nodes).is_none() {
                return Self::default();
            }
        }
        out
    }

    /// The bytes that are kept.
    pub fn write(&self) -> Vec<u8> {
        self.roots.iter().flat_map(|&root| self.bytes(root as usize)).collect()
    }

    fn bytes(&self, at: usize) -> Vec<u8> {
        match self.nodes[at] {
            Node::Leaf(value) => {
                let value = (1000.0 * value).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
                [&[LEAF][..], &value.to_le_bytes()].concat()
            }
            Node::Question(feature, value, right) => {
                let left = self.bytes(at + 1);
                let size = (left.len() as u16).to_le_bytes();
                [&[feature][..], &value.to_le_bytes(), &size, &left, &self.bytes(right as usize)].concat()
            }
        }
    }

    /// Logarithm of the odds that two claims with these features are one happening.
    pub fn odds(&self, features: &[f32]) -> f32 {
        let leaf = |&root: &u32| {
            let mut at = root as usize;
            loop {
                match self.nodes[at] {
                    Node::Question(feature, value, right) => {
                        at = if features[usize::from(feature)] < value { at + 1 } else { right as usize };
                    }
                    Node::Leaf(value) => return value,
                }
            }
        };
        self.roots.iter().map(leaf).sum()
    }
}

/// Reads a node and all that hangs on it.
fn grow(rest: &mut &[u8], nodes: &mut Vec<Node>) -> Option<()> {
    let mut take = |count: usize| -> Option<&[u8]> {
        let (taken, left) = rest.split_at_checked(count)?;
        *rest = left;
        Some(taken)
    };
    let kind = take(1)?[0];
    if kind == LEAF {
        let value = i16::from_le_bytes(take(2)?.try_into().ok()?);
        nodes.push(Node::Leaf(f32::from(value) / 1000.0));
        return Some(());
    }
    let value = f32::from_le_bytes(take(4)?.try_into().ok()?);
    take(2)?;
    let at = nodes.len();
    nodes.push(Node::Leaf(0.0));
    grow(rest, nodes)?;
    nodes[at] = Node::Question(kind, value, nodes.len() as u32);
    grow(rest, nodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_as_they_were_written() {
        let mut trees = Trees::default();
        trees.add(&[
            Node::Question(2, 0.5, 2),
            Node::Leaf(-1.0),
            Node::Question(0, 3.0, 4),
            Node::Leaf(0.25),
            Node::Leaf(2.0),
        ]);
        trees.add(&[Node::Leaf(0.5)]);
        assert_eq!(Trees::read(&trees.write()), trees);
        let is = |features: &[f32], odds: f32| (trees.odds(features) - odds).abs() < 1e-6;
        assert!(is(&[1.0, 0.0, 0.0], -0.5) && is(&[1.0, 0.0, 1.0], 0.75) && is(&[4.0, 0.0, 1.0], 2.5));
        assert_eq!(Trees::read(&trees.write()[..9]), Trees::default());
    }
}
