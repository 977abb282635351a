//! The stories that mixed reports tell, each by its own headline.

use std::collections::BTreeSet;

use demarche_core::Brief;

use super::quotes::{Quote, quote};
use crate::render::words::{count, days_text};

/// Events of a story that its entry in the list shows.
const EVENTS: usize = 3;

/// A story in the list that stands first where reports are mixed.
pub struct StoryView {
    /// `s1`.
    pub id: String,
    /// Its title, in the words of one of its reports.
    pub title: Quote,
    /// Its reports.
    pub reports: Vec<usize>,
    /// "3 reports, 2 independent origins, 16 – 17 April 2023".
    pub counted: String,
    /// Indices of the events that most of its origins tell.
    pub events: Vec<usize>,
}

/// The stories; none where all reports tell one.
pub(super) fn stories(brief: &Brief) -> Vec<StoryView> {
    if brief.stories.len() < 2 {
        return vec![];
    }
    brief.stories.iter().map(|story| one(brief, story)).collect()
}

fn one(brief: &Brief, story: &demarche_core::brief::Story) -> StoryView {
    let origins: BTreeSet<usize> = story.reports.iter().map(|&report| brief.origins[report]).collect();
    let days = story.reports.iter().filter_map(|&report| brief.annotations[report].report.day());
    let days: BTreeSet<_> = days.collect();
    let mut parts = vec![count(story.reports.len(), "report")];
    if story.reports.len() > 1 {
        parts.push(count(origins.len(), "independent origin"));
    }
    parts.extend(days.first().zip(days.last()).map(|(&first, &last)| days_text(first, last)));
    let own = |event: &demarche_core::BriefEvent| event.reports.iter().any(|r| story.reports.contains(r));
    let events = brief.events.iter().enumerate().filter(|(_, event)| own(event)).map(|(index, _)| index);
    StoryView {
        id: story.id.clone(),
        title: quote(brief, story.title.0, story.title.1),
        reports: story.reports.clone(),
        counted: parts.join(", "),
        events: events.take(EVENTS).collect(),
    }
}
