//! The reports that were read, and what is said of all of them together.

use std::collections::{BTreeMap, BTreeSet};

use demarche_core::{Annotation, Brief, Report};

use super::quotes::{Quote, quote};
use crate::render::words::{count, date_text, day_text, days_text, one_line};

/// A report that was read.
pub struct ReportView {
    /// Index.
    pub index: usize,
    /// What to call it: outlet, else id.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Its headline, where the input gives one.
    pub title: Option<String>,
    /// Its headline, or the first line of a text that has one.
    pub headline: Option<String>,
    /// True where another report goes by the same name.
    pub shared: bool,
    /// Its address, only if it is one of the web.
    pub url: Option<String>,
    /// When it came out, in words; empty for an undated copy.
    pub published: String,
    /// The words from which the day was worked out; none where a report before has it from the same words.
    pub inferred_from: Vec<Quote>,
    /// "14 sentences, 22 claims"; of a copy, of which.
    pub size: String,
    /// The first report that is nearly the same text, where it stands before this one.
    pub copy_of: Option<usize>,
    /// What went wrong in reading it.
    pub warnings: Vec<String>,
}

pub(super) fn counted(brief: &Brief) -> String {
    let outlets: BTreeSet<&str> = brief.annotations.iter().filter_map(|a| a.report.outlet.as_deref()).collect();
    let origins: BTreeSet<usize> = brief.origins.iter().copied().collect();
    let unnamed = brief.annotations.iter().filter(|a| a.report.outlet.is_none()).count();
    let mut parts = vec![count(brief.annotations.len(), "report")];
    if !outlets.is_empty() {
        parts.push(count(outlets.len(), "named outlet"));
    }
    if unnamed > 0 && !outlets.is_empty() {
        parts.push(format!("{unnamed} without an outlet"));
    }
    parts.push(count(origins.len(), "independent origin"));
    parts.join(", ")
}

pub(super) fn as_of(brief: &Brief) -> String {
    if let Some(as_of) = &brief.as_of {
        let day = date_text(as_of.trim_end_matches('Z').get(..16).unwrap_or(as_of));
        return format!("{day}, the latest date that the inputs give");
    }
    match brief.inferred.iter().flatten().map(|inferred| (inferred.last, inferred.first)).max() {
        Some((last, first)) if first == last => format!("{}, worked out from the texts", day_text(last)),
        Some((last, first)) => format!("{}, worked out from the texts", days_text(first, last)),
        None => "an unknown day: the inputs give no date, and the texts do not tell".to_string(),
    }
}

fn report(brief: &Brief, index: usize) -> ReportView {
    let annotation = &brief.annotations[index];
    let report = &annotation.report;
    let inferred = brief.inferred.get(index).and_then(Option::as_ref);
    // Undated reports of one story have their day from the same words, which are shown once.
    let before = |day| (0..index).find(|&other| brief.inferred.get(other).and_then(Option::as_ref) == Some(day));
    let shown = inferred.and_then(before);
    let how = shown.map_or("worked out".to_string(), |first| format!("worked out, as [{}]", first + 1));
    let copy_of = (0..index).find(|&other| brief.origins.get(other) == brief.origins.get(index));
    let published = match (&report.published, inferred) {
        (None, _) if copy_of.is_some() => String::new(),
        (Some(published), _) => date_text(published.trim_end_matches('Z').get(..16).unwrap_or(published)),
        (None, Some(day)) if day.first == day.last => format!("{} ({how})", day_text(day.first)),
        (None, Some(day)) => format!("{} ({how})", days_text(day.first, day.last)),
        (None, None) => "undated".to_string(),
    };
    ReportView {
        index,
        name: one_line(name_of(annotation)),
        id: one_line(&report.id),
        title: report.title.as_deref().map(one_line),
        headline: headline(report).map(|line| one_line(&line)),
        shared: false,
        url: report.url.clone().filter(|url| web_address(url)),
        published,
        inferred_from: inferred
            .filter(|_| shown.is_none() && copy_of.is_none())
            .map(|day| day.evidence.iter().map(|&(report, span)| quote(brief, report, span)).collect())
            .unwrap_or_default(),
        size: match copy_of {
            Some(first) => format!("nearly the same text as [{}]", first + 1),
            None => {
                format!(
                    "{}, {}",
                    count(annotation.sentences.len(), "sentence"),
                    count(annotation.claims.len(), "claim")
                )
            }
        },
        copy_of,
        warnings: annotation.warnings.iter().map(|w| one_line(&w.message)).collect(),
    }
}

/// All reports, with what tells those of one outlet apart.
pub(super) fn reports(brief: &Brief) -> Vec<ReportView> {
    let mut reports: Vec<ReportView> = (0..brief.annotations.len()).map(|index| report(brief, index)).collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for annotation in &brief.annotations {
        *names.entry(name_of(annotation)).or_insert(0) += 1;
    }
    for (report, annotation) in reports.iter_mut().zip(&brief.annotations) {
        report.shared = names[name_of(annotation)] > 1;
    }
    reports
}

fn name_of(annotation: &Annotation) -> &str {
    annotation.report.outlet.as_deref().unwrap_or(&annotation.report.id)
}

/// Letters of a first line beyond which it is no headline.
const HEADLINE: usize = 160;

/// The title that the input gives, else the first line where it stands alone and ends without a full stop.
fn headline(report: &Report) -> Option<String> {
    if let Some(title) = &report.title {
        return Some(title.clone());
    }
    let (first, rest) = report.text.trim_start().split_once('\n')?;
    let line = first.trim();
    let alone = !line.is_empty() && !rest.trim().is_empty() && line.chars().count() <= HEADLINE;
    (alone && !line.ends_with(['.', ':', ',', ';'])).then(|| line.to_string())
}

/// True for an address that a browser opens as a page and nothing else.
fn web_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && !url.contains(|c: char| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::render::fixture;

    #[test]
    fn the_words_that_tell_the_day_of_two_reports_are_shown_once() {
        let mut brief = fixture::brief();
        brief.annotations[0].report.published = None;
        brief.inferred[0] = brief.inferred[1].clone();
        let (first, second) = (report(&brief, 0), report(&brief, 1));
        assert_eq!(first.published, "4–10 March 2031 (worked out)");
        assert_eq!(second.published, "4–10 March 2031 (worked out, as [1])");
        assert!(first.inferred_from.len() == 1 && second.inferred_from.is_empty());
    }
}
