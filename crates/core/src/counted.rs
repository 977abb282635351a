//! Days that count from a happening whose day only another report tells: "a day after the shooting".

use std::collections::BTreeMap;

use crate::{
    claim::{Annotation, DateMention},
    day::Day,
    tree::Tree,
    world::dates::{self, Moment},
};

/// Words behind which a happening stands from which something is counted.
const FROM: [&str; 4] = [" after the ", " before the ", " after that ", " before that "];

/// Gives what counts from a happening a day, where the reports of its story tell one day for that happening and no
/// other; `story_of` holds for each report the number of its story.
pub fn settle(annotations: &mut [Annotation], story_of: &[usize]) {
    let mut known: BTreeMap<usize, Vec<(String, Day)>> = BTreeMap::new();
    for i in 0..annotations.len() {
        let text = &annotations[i].report.text;
        if !FROM.iter().any(|words| text.contains(words)) {
            continue;
        }
        let told = known.entry(story_of[i]).or_insert_with(|| happenings(annotations, story_of, story_of[i]));
        if !told.is_empty() {
            count(&mut annotations[i], told);
        }
    }
}

/// The happenings to which all reports of a story that date them give one day.
fn happenings(annotations: &[Annotation], story_of: &[usize], story: usize) -> Vec<(String, Day)> {
    let mut days: BTreeMap<String, Vec<Day>> = BTreeMap::new();
    for (annotation, _) in annotations.iter().zip(story_of).filter(|(_, own)| **own == story) {
        for (noun, day) in dates::happenings(&annotation.report.text, &annotation.dates) {
            days.entry(noun).or_default().push(day);
        }
    }
    days.into_iter()
        .filter(|(_, days)| days.iter().all(|day| *day == days[0]))
        .map(|(noun, days)| (noun, days[0]))
        .collect()
}

/// Adds the dates that `told` gives a report, and gives them to the claims told with them.
fn count(annotation: &mut Annotation, told: &[(String, Day)]) {
    let Annotation { report, sentences, dates, claims, .. } = annotation;
    let text = &report.text;
    let published = report.published.as_deref().and_then(Moment::from_rfc3339);
    let counts = |date: &DateMention| {
        let words = date.span.of(text);
        !date.value.is_empty() && FROM.iter().any(|from| words.contains(from))
    };
    let mut new: Vec<DateMention> =
        dates::find_told(text, sentences, published, told).into_iter().filter(counts).collect();
    new.retain(|date| dates.binary_search_by_key(&date.span, |own| own.span).is_err());
    let over = |own: &DateMention| {
        let behind = new.partition_point(|date| date.span.end < own.span.start);
        new[behind..].iter().take_while(|date| date.span.start <= own.span.end).any(|date| date.span.touches(own.span))
    };
    dates.retain(|own| !over(own));
    dates.extend(new.iter().cloned());
    dates.sort_by_key(|date| date.span);
    for date in &new {
        let number = sentences.partition_point(|sentence| sentence.span.end <= date.span.start);
        let Some(sentence) = sentences.get(number) else { continue };
        let tree = Tree::new(sentence);
        let from = claims.partition_point(|claim| claim.sentence < number);
        for claim in claims[from..].iter_mut().take_while(|claim| claim.sentence == number) {
            if claim.date.is_none() && claim.trigger < sentence.tokens.len() {
                claim.date = dates::of_claim(dates, text, &tree, claim.trigger).filter(|own| own.span == date.span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Report, code, parse, text};

    fn read(id: &str, words: &str) -> Annotation {
        let report = Report { published: Some("2025-05-01".into()), ..Report::from_text(id, words) };
        let sentences = parse::parse_tokens(&report.text, &text::split(&report.text));
        code(report, sentences)
    }

    const COUNTED: &str = "Two days after the massacre, India expelled Pakistani diplomats and closed its border.";

    /// The days that the claims of the report have after it was read beside another.
    fn beside(other: &str) -> Vec<Option<String>> {
        let mut both = [read("one", COUNTED), read("two", other)];
        assert!(both[0].claims.len() == 2 && both[0].claims.iter().all(|claim| claim.date.is_none()));
        settle(&mut both, &[0, 0]);
        both[0].claims.iter().map(|claim| claim.date.as_ref().map(|date| date.value.clone())).collect()
    }

    #[test]
    fn what_counts_from_a_happening_has_the_day_that_another_report_gives_it() {
        let day = Some("2025-04-24".to_string());
        assert_eq!(beside("Gunmen shot 26 tourists dead on 22 April near Pahalgam."), [day.clone(), day]);
    }

    #[test]
    fn it_stays_open_where_the_reports_give_two_days_or_none() {
        assert_eq!(beside("Gunmen shot 26 tourists dead near Pahalgam."), [None, None]);
        let two = "Gunmen shot 26 tourists dead on 22 April. Nine soldiers died in an attack on 27 April.";
        assert_eq!(beside(two), [None, None]);
    }
}
