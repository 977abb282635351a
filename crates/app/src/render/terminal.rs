//! A brief in the terminal: one screen that says the most, then all of it. At most 100 columns.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use demarche_core::Brief;

use super::{
    view::{EventView, Quote, ReportView, SlotTable, View, badge},
    words::{FACT, clip, count, visible},
};

/// Columns.
const WIDTH: usize = 100;
/// Longest quotation in a list, in characters.
const QUOTE: usize = 260;

const HEAD: Style = Style::new().bold();
const SECTION: Style = AnsiColor::Cyan.on_default().bold();
const MARK: Style = AnsiColor::Blue.on_default();
const DIM: Style = Style::new().dimmed();
const ALERT: Style = AnsiColor::Yellow.on_default().bold();

/// Writes the brief. Colour codes are always written; the stream drops them where nobody can see them.
pub fn write(brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let view = View::new(brief);
    header(&view, out)?;
    glance(&view, out)?;
    happened(&view, out)?;
    said(&view, out)?;
    differ(&view, out)?;
    only(&view, out)?;
    timeline(&view, out)?;
    method(&view, out)
}

fn header(view: &View, out: &mut dyn Write) -> io::Result<()> {
    if let Some(title) = view.title() {
        writeln!(out, "{HEAD}{}{HEAD:#}", visible(&clip(&title, WIDTH - 1)))?;
    }
    writeln!(out, "Brief of {}", view.counted)?;
    paragraph(out, "", "As of ", &view.as_of, "")?;
    writeln!(out)?;
    let widest = |width: fn(&ReportView) -> usize| view.reports.iter().map(width).max().unwrap_or(0);
    let names = widest(|report| report.name.chars().count()).min(34) + 2;
    let days = widest(|report| report.published.chars().count());
    for report in &view.reports {
        let name = clip(&report.name, 34);
        let mark = format!("[{}]", report.index + 1);
        let day = match report.copy_of {
            Some(_) if report.published.is_empty() => String::new(),
            _ => format!("{:<days$}  ", report.published),
        };
        let line = format!("{mark:>5} {:<names$}{day}{}", visible(&name), report.size);
        writeln!(out, "{}", line.trim_end())?;
        if let Some(headline) = report.headline.as_ref().filter(|_| report.shared) {
            writeln!(out, "      {}", visible(&clip(headline, WIDTH - 7)))?;
        }
        for quote in report.inferred_from.iter().take(3) {
            writeln!(out, "      {DIM}day from {} {}{DIM:#}", quote.mark(), visible(&quote.quoted(60)))?;
        }
    }
    writeln!(out)
}

/// The first screen: what most origins tell, what is contested, who is alone with what.
fn glance(view: &View, out: &mut dyn Write) -> io::Result<()> {
    section(out, "At a glance")?;
    for event in view.events_told(false).take(5) {
        let line = format!("{} · {}", event.label, event.who);
        let tail = format!("  {}", marks(event));
        let room = WIDTH.saturating_sub(9 + tail.chars().count());
        writeln!(out, "  {MARK}{:>4}{MARK:#}  {}{DIM}{tail}{DIM:#}", event.id, visible(&clip(&line, room)))?;
    }
    for highlight in view.highlights(5) {
        let id = &view.events[highlight.event].id;
        let mark = format!("{:>5}  ", highlight.badge.sign);
        let quotes: Vec<String> =
            highlight.quotes.iter().map(|quote| format!("{} {}", quote.mark(), quote.quoted(60))).collect();
        paragraph(out, "", &mark, &format!("{id} {}: {}", highlight.slot, quotes.join(" · ")), "")?;
    }
    let differences = view.differences().count();
    let alone: Vec<String> =
        view.only().iter().map(|(report, events)| format!("[{}] {}", report + 1, events.len())).collect();
    writeln!(out)?;
    let mut sums = vec![count(view.events.len(), "event"), count(differences, "difference")];
    let copied = view.origins() < view.reports.len();
    if !alone.is_empty() {
        let one = if copied { "origin" } else { "report" };
        sums.push(format!("told by one {one} only: {}", clip(&alone.join(", "), 50)));
    } else if copied && view.origins() == 1 {
        sums.push("all from one origin".to_string());
    }
    writeln!(out, "  {}", sums.join(" · "))?;
    writeln!(out)
}

fn happened(view: &View, out: &mut dyn Write) -> io::Result<()> {
    section(out, "What happened")?;
    if view.events.is_empty() {
        return writeln!(out, "  No claim of an event was found.\n");
    }
    for event in view.events_told(false) {
        event_lines(event, out)?;
    }
    let mut background = view.events_told(true).peekable();
    if background.peek().is_some() {
        section(out, "Background, told as history")?;
        for event in background {
            event_lines(event, out)?;
        }
    }
    Ok(())
}

fn event_lines(event: &EventView, out: &mut dyn Write) -> io::Result<()> {
    let head = format!("{:<4} {} · {}", event.id, event.label, event.who);
    writeln!(out, "{HEAD}{}{HEAD:#}  {DIM}{}{DIM:#}", visible(&clip(&head, 76)), event.code)?;
    let mut facts: Vec<String> = [event.when.clone(), event.place.clone()].into_iter().flatten().collect();
    facts.extend(event.figures.iter().take(3).cloned());
    // What one report tells as fact needs no more said of it than its mark.
    if event.reports.len() > 1 || event.status != FACT {
        facts.push(event.status.clone());
    }
    if event.reports.len() > 1 {
        facts.push(event.told.clone());
    }
    facts.retain(|fact| !fact.is_empty());
    if !facts.is_empty() {
        paragraph(out, "     ", "", &facts.join(" · "), "")?;
    }
    for quote in &event.quotes {
        quotation(out, quote)?;
    }
    if !event.further.is_empty() {
        paragraph(out, "     ", "also ", &event.also(), "")?;
    }
    writeln!(out)
}

fn quotation(out: &mut dyn Write, quote: &Quote) -> io::Result<()> {
    let source = quote.according_to.as_ref().map(|name| format!(" (according to {name})")).unwrap_or_default();
    let mark = format!("{:<9}", quote.mark());
    paragraph(out, "     ", &mark, &format!("{}{source}", quote.quoted(QUOTE)), "")
}

fn said(view: &View, out: &mut dyn Write) -> io::Result<()> {
    section(out, "Who says what")?;
    if view.speakers.is_empty() {
        return writeln!(out, "  No reported statement was found.\n");
    }
    for speaker in &view.speakers {
        writeln!(out, "{HEAD}{}{HEAD:#}", visible(&speaker.name))?;
        for line in &speaker.lines {
            let whom = if line.whom.is_empty() { String::new() } else { format!(" → {}", line.whom) };
            let mark = format!("{:<9}", line.quote.mark());
            let who = if line.who.is_empty() { String::new() } else { format!("{} · ", line.who) };
            let head = format!("{who}{}{whom}: {}", line.verb, line.quote.quoted(QUOTE));
            paragraph(out, "     ", &mark, &head, "")?;
            for (_, speaker, mark) in &line.answers {
                paragraph(out, "              ", "↳ ", &format!("answers {speaker} {mark}"), "")?;
            }
            if !line.state.is_empty() {
                paragraph(out, "              ", "↳ ", &line.state, "")?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn differ(view: &View, out: &mut dyn Write) -> io::Result<()> {
    section(out, "Where the reports differ")?;
    if view.slots.is_empty() {
        return writeln!(out, "  No event is told by two reports in a way that can be compared.\n");
    }
    for table in &view.slots {
        let event = &view.events[table.event];
        writeln!(
            out,
            "{HEAD}{}{HEAD:#}",
            visible(&clip(&format!("{:<4} {} · {}", event.id, event.label, event.who), 92))
        )?;
        slot_lines(view, table, out)?;
        if !table.agreed.is_empty() {
            writeln!(out, "     {DIM}agree on {}{DIM:#}", table.agreed.join(", "))?;
        }
        if !event.silent.is_empty() {
            writeln!(out, "     {DIM}not mentioned in {}{DIM:#}", list(&event.silent))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn slot_lines(view: &View, table: &SlotTable, out: &mut dyn Write) -> io::Result<()> {
    for row in &table.rows {
        let style = if row.kind.is_some() { ALERT } else { DIM };
        writeln!(out, "     {:<16}{style}{}{style:#}", row.slot, badge(row.kind))?;
        for (report, cell) in row.cells.iter().enumerate() {
            for quote in cell {
                quotation(out, quote)?;
            }
            let asked = view.events[table.event].tellers.contains(&report);
            if cell.is_empty() && asked && row.kind.is_some() && view.reports.len() <= 4 {
                writeln!(out, "     {DIM}[{}]      says nothing of this{DIM:#}", report + 1)?;
            }
        }
    }
    Ok(())
}

fn only(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let only = view.only();
    if only.is_empty() {
        return Ok(());
    }
    section(out, "Only in one report")?;
    for (report, events) in only {
        writeln!(out, "{HEAD}{}{HEAD:#}{}", visible(&view.report_name(report)), view.copies(report))?;
        for event in events {
            let Some(quote) = event.quotes.first() else { continue };
            let mark = format!("{:<9}", quote.mark());
            let source = quote.according_to.as_ref().map(|name| format!(" (according to {name})")).unwrap_or_default();
            paragraph(out, "     ", &mark, &format!("{}{source}", quote.quoted(QUOTE)), &event.id)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn timeline(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let entries = view.timeline();
    let undated: Vec<&str> = view.undated().iter().map(|event| event.id.as_str()).collect();
    if entries.is_empty() && undated.is_empty() {
        return Ok(());
    }
    section(out, "Timeline")?;
    let days = entries.iter().map(|(when, _)| when.chars().count()).max().unwrap_or(0).clamp(25, 34);
    for (when, event) in entries {
        let line = format!("{} · {}", event.label, event.who);
        let reports = marks(event);
        writeln!(
            out,
            "  {:<days$}  {MARK}{:>4}{MARK:#}  {} {DIM}{reports}{DIM:#}",
            clip(&when, days),
            event.id,
            visible(&clip(&line, WIDTH.saturating_sub(days + 12 + reports.chars().count())))
        )?;
    }
    if !undated.is_empty() {
        let list = if undated.len() > 12 { count(undated.len(), "event") } else { undated.join(" ") };
        paragraph(out, "  ", "no day told  ", &list, "")?;
    }
    writeln!(out)
}

fn method(view: &View, out: &mut dyn Write) -> io::Result<()> {
    section(out, "Method and known gaps")?;
    let warnings = view
        .reports
        .iter()
        .flat_map(|report| report.warnings.iter().map(move |warning| format!("[{}] {warning}", report.index + 1)));
    let lines = view.brief.method.iter().chain(&view.brief.gaps).cloned().chain(warnings);
    for line in lines {
        paragraph(out, "  ", "· ", &line, "")?;
    }
    Ok(())
}

fn section(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let rule = "─".repeat(WIDTH.saturating_sub(title.chars().count() + 1));
    writeln!(out, "{SECTION}{title}{SECTION:#} {DIM}{rule}{DIM:#}")
}

/// Who tells an event, copies counted alone: `[1] [3]`, `[1] + 19 copies`.
fn marks(event: &EventView) -> String {
    match event.reports.len() - event.tellers.len() {
        0 => list(&event.tellers),
        1 => format!("{} + 1 copy", list(&event.tellers)),
        copies => format!("{} + {copies} copies", list(&event.tellers)),
    }
}

/// `[1] [3]`; a range where there are many.
fn list(reports: &[usize]) -> String {
    let marks: Vec<String> = reports.iter().map(|report| format!("[{}]", report + 1)).collect();
    if marks.len() > 6 {
        format!("{} … {} ({})", marks[..3].join(" "), marks[marks.len() - 1], marks.len())
    } else {
        marks.join(" ")
    }
}

/// Text in lines of at most [`WIDTH`] columns, hanging behind its label; words longer than a line are broken.
fn paragraph(out: &mut dyn Write, indent: &str, label: &str, text: &str, tail: &str) -> io::Result<()> {
    let text = visible(text);
    let tail = if tail.is_empty() { String::new() } else { format!(" {tail}") };
    let hang = indent.chars().count() + label.chars().count();
    let room = WIDTH - hang;
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in format!("{text}{tail}").split_whitespace() {
        let mut word = word;
        loop {
            let length = word.chars().count();
            let space = usize::from(used > 0);
            if used + space + length <= room {
                let line = lines.last_mut().expect("starts with one");
                if space == 1 {
                    line.push(' ');
                }
                line.push_str(word);
                used += space + length;
                break;
            }
            if used == 0 {
                let (cut, _) = word.char_indices().nth(room).unwrap_or((word.len(), ' '));
                lines.last_mut().expect("starts with one").push_str(&word[..cut]);
                word = &word[cut..];
            }
            lines.push(String::new());
            used = 0;
            if word.is_empty() {
                break;
            }
        }
    }
    for (i, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
        if i == 0 {
            writeln!(out, "{indent}{MARK}{label}{MARK:#}{line}")?;
        } else {
            writeln!(out, "{}{line}", " ".repeat(hang))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn plain(brief: &Brief) -> String {
        let mut bytes = Vec::new();
        write(brief, &mut anstream::StripStream::new(&mut bytes)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for line in plain(&fixture::brief()).lines() {
            assert!(line.chars().count() <= WIDTH, "{} columns: {line}", line.chars().count());
        }
    }

    #[test]
    fn the_sections_stand_in_their_order() {
        let text = plain(&fixture::brief());
        let titles = [
            "Brief of",
            "At a glance",
            "What happened",
            "Who says what",
            "Where the reports differ",
            "Only in one report",
            "Timeline",
            "Method and known gaps",
        ];
        let places: Vec<usize> = titles.iter().map(|title| text.find(title).expect(title)).collect();
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn copies_are_one_origin_and_say_nothing_of_their_own() {
        let mut brief = fixture::brief();
        let events = brief.events.len();
        brief.origins = vec![0, 0];
        for event in &mut brief.events {
            (event.origins, event.tellers) = (1, vec![event.reports[0]]);
        }
        let text = plain(&brief);
        assert!(text.contains("2 reports") && text.contains("1 independent origin"), "{text}");
        assert!(text.contains("nearly the same text as [1]") && text.contains("[1] + 1 copy"), "{text}");
        assert!(text.contains(&format!("{events} events")) && text.contains("all from one origin"), "{text}");
        assert!(!text.contains("only in one report") && !text.contains("Only in one report"), "{text}");
    }

    #[test]
    fn an_endless_word_is_broken() {
        let mut bytes = Vec::new();
        paragraph(&mut bytes, "  ", "[1] ", &"x".repeat(300), "").unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert_eq!(plain.lines().count(), 4);
        assert!(plain.lines().all(|line| line.chars().count() <= WIDTH));
    }

    #[test]
    fn control_characters_of_a_report_are_spelled_out() {
        let text = plain(&fixture::hostile());
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && text.contains("‹U+202E›"), "{text}");
    }
}
