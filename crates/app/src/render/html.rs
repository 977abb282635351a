//! A brief as one self-contained page: no script, no network, everything of a report escaped by the template.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use askama::Template;
use demarche_core::{Brief, Kind};

use super::{
    article::{Article, article},
    lanes::{Lanes, lanes},
    view::{Badge, EventView, Highlight, Quote, SlotTable, View, badge},
    words::{FACT, count},
};

/// Columns of the table of differences at most; with more reports equal values share a cell.
const COLUMNS: usize = 4;

#[derive(Template)]
#[template(path = "brief.html")]
struct Page<'v> {
    view: &'v View<'v>,
    title: String,
    fact: &'static str,
    kinds: Vec<(Badge, &'static str)>,
    style: &'static str,
    version: &'static str,
    highlights: Vec<Highlight>,
    told: Vec<&'v EventView>,
    background: Vec<&'v EventView>,
    statements: usize,
    differences: usize,
    tables: Vec<Table<'v>>,
    only: Vec<(usize, Vec<&'v EventView>)>,
    only_count: usize,
    timeline: Vec<(String, &'v EventView)>,
    undated: Vec<&'v EventView>,
    lanes: Lanes,
    articles: Vec<Article<'v>>,
}

/// Event by slot by report.
struct Table<'v> {
    event: &'v EventView,
    /// Reports with a column of their own; empty where the cells are grouped.
    columns: Vec<usize>,
    grouped: bool,
    rows: Vec<Row>,
    agreed: String,
}

struct Row {
    slot: &'static str,
    badge: Badge,
    cells: Vec<Vec<Quote>>,
}

/// What the kinds of difference mean.
const KINDS: [(Kind, &str); 5] = [
    (Kind::Contradicts, "both cannot be true"),
    (Kind::Disputed, "the parties contradict each other"),
    (Kind::OneSided, "one report gives one side only"),
    (Kind::Differs, "worded or framed otherwise"),
    (Kind::Refines, "one is more exact"),
];

/// Writes the page.
pub fn write(brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let view = View::new(brief);
    let only = view.only();
    let page = Page {
        title: view.title().unwrap_or_else(|| count(view.reports.len(), "report")),
        fact: FACT,
        kinds: KINDS.map(|(kind, meaning)| (badge(Some(kind)), meaning)).into(),
        style: include_str!("../../templates/brief.css"),
        version: env!("CARGO_PKG_VERSION"),
        highlights: view.highlights(5),
        told: view.events_told(false).collect(),
        background: view.events_told(true).collect(),
        statements: view.speakers.iter().map(|speaker| speaker.lines.len()).sum(),
        differences: view.differences().count(),
        tables: view.slots.iter().map(|slots| table(&view, slots)).collect(),
        only_count: only.iter().map(|(_, events)| events.len()).sum(),
        only,
        timeline: view.timeline(),
        undated: view.undated(),
        lanes: lanes(brief, &view.events),
        articles: (0..brief.annotations.len()).map(|report| article(&view, report)).collect(),
        view: &view,
    };
    page.write_into(out).map_err(io::Error::other)
}

fn table<'v>(view: &'v View, slots: &SlotTable) -> Table<'v> {
    let event = &view.events[slots.event];
    let columns = event.tellers.clone();
    let grouped = columns.len() > COLUMNS;
    let rows = slots.rows.iter().map(|row| Row {
        slot: row.slot,
        badge: badge(row.kind),
        cells: if grouped {
            vec![once_each(row.cells.iter().flatten())]
        } else {
            columns.iter().map(|&report| row.cells[report].clone()).collect()
        },
    });
    Table {
        event,
        agreed: slots.agreed.join(", "),
        rows: rows.collect(),
        columns: if grouped { vec![] } else { columns },
        grouped,
    }
}

/// The first report of each wording.
fn once_each<'q>(quotes: impl Iterator<Item = &'q Quote>) -> Vec<Quote> {
    let mut seen = BTreeSet::new();
    quotes.filter(|quote| seen.insert((quote.words.to_lowercase(), quote.according_to.clone()))).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn page(brief: &Brief) -> String {
        let mut bytes = Vec::new();
        write(brief, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Start tags with their attributes, comments and text left out: enough for a page that we wrote ourselves.
    fn tags(page: &str) -> Vec<&str> {
        page.match_indices('<').map(|(at, _)| &page[at..=at + page[at..].find('>').expect("closed")]).collect()
    }

    #[test]
    fn every_link_leads_somewhere() {
        let page = page(&fixture::brief());
        let ids: BTreeSet<&str> = attributes(&page, "id").collect();
        let links = attributes(&page, "href").filter_map(|href| href.strip_prefix('#'));
        let dead: Vec<&str> = links.filter(|link| !ids.contains(link)).collect();
        assert_eq!(dead, Vec::<&str>::new());
    }

    #[test]
    fn ids_are_unique() {
        let page = page(&fixture::brief());
        let mut ids = BTreeSet::new();
        for id in attributes(&page, "id") {
            assert!(ids.insert(id), "{id} twice");
        }
    }

    #[test]
    fn nothing_of_a_report_becomes_markup() {
        let hostile = page(&fixture::hostile());
        let ordinary = page(&fixture::brief());
        for tag in tags(&hostile) {
            assert!(!tag.starts_with("<script") && !tag.starts_with("<img") && !tag.contains("javascript:"), "{tag}");
            let events = tag.split_whitespace().filter(|part| part.starts_with("on") && part.contains('='));
            assert_eq!(events.count(), 0, "{tag}");
        }
        // Two headlines come on top of what the ordinary page has.
        assert!(tags(&hostile).len() - tags(&ordinary).len() < 12);
    }

    #[test]
    fn the_page_asks_nobody_for_anything() {
        let page = page(&fixture::brief());
        for word in ["src=", "url(", "@import", "<link", "<script", "<iframe", "<form"] {
            assert!(!page.contains(word), "{word}");
        }
    }

    #[test]
    fn without_scripts_and_on_paper_every_part_of_the_brief_is_there() {
        let page = page(&fixture::brief());
        let headings: Vec<&str> = page
            .match_indices("<h2")
            .map(|(at, _)| {
                let heading = &page[at..at + page[at..].find("</h2>").expect("closed")];
                heading.rsplit('>').next().unwrap_or_default().trim()
            })
            .collect();
        let wanted = ["What happened", "Who says what", "Where the reports differ", "Only in one report", "Timeline"];
        for part in wanted {
            assert!(headings.iter().any(|heading| heading.contains(part)), "{part}: {headings:?}");
        }
        let style = &page[page.find("@media print{").expect("a style for paper")..];
        let paper = &style[..style.find("\n}").expect("closed")];
        let hidden: Vec<&str> = paper.split('}').filter(|rule| rule.contains("display:none")).map(str::trim).collect();
        // What only moves about the page or explains its marks; codes; statements told by their marks alone.
        assert_eq!(
            hidden,
            [
                ".skip,nav,.pop,.close,.screen,.event .code,#only .type{display:none!important",
                ".event>details>ul,.event>details::details-content{display:none"
            ]
        );
        // Background is folded on the screen, and open on paper.
        assert!(paper.contains("details::details-content{content-visibility:visible"));
    }

    #[test]
    fn a_report_is_named_once_and_known_by_its_headline() {
        let mut brief = fixture::brief();
        brief.annotations[1].report.outlet = Some("Harbour Post".into());
        brief.annotations[0].report.title = Some("Raid on the lake".into());
        let page = page(&brief);
        assert!(page.contains("<cite dir=\"auto\">Raid on the lake</cite>"));
        brief.annotations[0].report.outlet = None;
        let head = |page: &str| page[page.find("<article class=\"report\"").unwrap()..].to_string();
        let alone = head(&super::tests::page(&brief));
        assert_eq!(alone[..alone.find("</header>").unwrap()].matches("harbour").count(), 1);
    }

    fn attributes<'p>(page: &'p str, name: &'static str) -> impl Iterator<Item = &'p str> {
        let key = format!(" {name}=\"");
        let starts: Vec<usize> = page.match_indices(&key).map(|(at, found)| at + found.len()).collect();
        starts.into_iter().map(|at| &page[at..at + page[at..].find('"').expect("closed")])
    }
}
