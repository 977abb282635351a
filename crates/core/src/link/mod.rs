//! Linking: which claims tell of one happening, which texts have one origin, which reports tell one story.

pub(crate) mod around;
pub mod beside;
mod called;
pub mod context;
mod events;
pub mod explain;
pub mod facts;
pub mod features;
mod focus;
pub mod likelihood;
pub mod likely;
pub mod mentions;
pub mod origins;
pub mod place;
mod rest;
pub(crate) mod said;
pub mod similarity;
pub mod stories;
#[cfg(test)]
mod testing;
pub mod veto;
pub mod when;
pub mod words;

use crate::{claim::Annotation, event::Event};

/// Groups the claims of all reports into events, in order of the first claim of each.
///
/// Every claim is in exactly one event. The order of the reports matters only for the order of the events and, where
/// two links are equally good, for which is made first; [`crate::brief()`] sorts the reports before.
pub fn link(annotations: &[Annotation]) -> Vec<Event> {
    link_stories(annotations, &vec![0; annotations.len()])
}

/// Like [`link()`] for mixed reports; `stories` holds for each report the number of its story.
///
/// Claims of two stories are one event only where both stories are short, and they name the same parties and the same day or
/// spot.
pub fn link_stories(annotations: &[Annotation], stories: &[usize]) -> Vec<Event> {
    link_by(annotations, stories, &likelihood::TREES)
}

/// Like [`link_stories()`] with these trees, for those who make them.
pub fn link_by(annotations: &[Annotation], stories: &[usize], trees: &likelihood::Trees) -> Vec<Event> {
    events::group(&mut facts::collect(annotations, stories), trees)
}

/// Marks the two directions of one statement.
pub fn events_mutual(ground: &mut facts::Ground) -> Vec<u32> {
    events::mark_mutual(ground)
}
