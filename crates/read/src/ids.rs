//! The ids that reports have had, so that the second of one name is told from the first.

use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// Eight bytes an id, so that an archive of the web with millions of pages is read in the memory of its largest page. Of ten
/// million ids two share a digest once in 370,000 runs; the later one is then called `b#2` where there is no other `b`.
#[derive(Default)]
pub(crate) struct Ids {
    seen: HashSet<u64>,
    /// How many have had an id that came more than once.
    repeated: BTreeMap<u64, usize>,
}

impl Ids {
    /// How many reports have had this id by now, the one at hand among them.
    pub(crate) fn count(&mut self, id: &str) -> usize {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let digest = hasher.finish();
        if self.seen.insert(digest) {
            return 1;
        }
        let count = self.repeated.entry(digest).or_insert(1);
        *count += 1;
        *count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_report_of_a_name_is_counted_as_the_third() {
        let mut ids = Ids::default();
        assert_eq!(["a", "b", "a", "a", "b"].map(|id| ids.count(id)), [1, 1, 2, 3, 2]);
    }
}
