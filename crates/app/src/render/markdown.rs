//! A brief as Markdown, for a note, a wiki or a mail.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use demarche_core::Brief;

use super::{
    view::{EventView, Quote, View, badge},
    words::{count, visible},
};

/// Writes the brief.
pub fn write(brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
    let view = View::new(brief);
    writeln!(out, "# {}\n", escape(&view.title().unwrap_or_else(|| "Brief".to_string())))?;
    writeln!(out, "Brief of {}, as of {}.\n", view.counted, escape(&view.as_of))?;
    for report in &view.reports {
        let name = escape(&report.name);
        let name = report.url.as_ref().map_or(name.clone(), |url| format!("[{name}](<{}>)", address(url)));
        let title = report.headline.as_ref().map(|title| format!(" “{}”,", escape(title))).unwrap_or_default();
        let day = if report.published.is_empty() { String::new() } else { format!(" {},", escape(&report.published)) };
        writeln!(out, "{}. {name},{title}{day} {}", report.index + 1, escape(&report.size))?;
        for quote in report.inferred_from.iter().take(3) {
            writeln!(out, "   - day from {}", line(quote))?;
        }
    }
    writeln!(out, "\n## What happened\n")?;
    if view.events.is_empty() {
        writeln!(out, "No claim of an event was found.\n")?;
    }
    for event in view.events_told(false) {
        event_lines(&view, event, out)?;
    }
    if view.events_told(true).next().is_some() {
        writeln!(out, "## Background, told as history\n")?;
        for event in view.events_told(true) {
            event_lines(&view, event, out)?;
        }
    }
    said(&view, out)?;
    differ(&view, out)?;
    only(&view, out)?;
    let timeline = view.timeline();
    let undated: Vec<&str> = view.undated().iter().map(|event| event.id.as_str()).collect();
    if !timeline.is_empty() || !undated.is_empty() {
        writeln!(out, "## Timeline\n")?;
        for (when, event) in timeline {
            let reports: Vec<String> = event.tellers.iter().copied().map(mark).collect();
            let what = format!("{} · {}", event.label, event.who);
            writeln!(out, "- {}: {} {} {}", escape(&when), event.id, escape(&what), reports.concat())?;
        }
        if !undated.is_empty() {
            writeln!(out, "- no day told: {}", undated.join(" "))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "## Method and known gaps\n")?;
    for sentence in view.brief.method.iter().chain(&view.brief.gaps) {
        writeln!(out, "- {}", escape(sentence))?;
    }
    for report in &view.reports {
        for warning in &report.warnings {
            writeln!(out, "- {} {}", mark(report.index), escape(warning))?;
        }
    }
    Ok(())
}

fn event_lines(view: &View, event: &EventView, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {} {} · {}\n", event.id, event.label, escape(&event.who))?;
    let mut facts: Vec<String> = [event.when.clone(), event.place.clone()].into_iter().flatten().collect();
    facts.extend(event.figures.iter().take(3).cloned());
    facts.push(event.status.clone());
    if view.reports.len() > 1 {
        facts.push(event.told.clone());
    }
    facts.push(event.code.clone());
    facts.retain(|fact| !fact.is_empty());
    writeln!(out, "{}\n", escape(&facts.join(" · ")))?;
    for quote in &event.quotes {
        writeln!(out, "- {}", line(quote))?;
    }
    if !event.further.is_empty() {
        writeln!(out, "- also {}", escape(&event.also()))?;
    }
    writeln!(out)
}

fn said(view: &View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Who says what\n")?;
    if view.speakers.is_empty() {
        return writeln!(out, "No reported statement was found.\n");
    }
    for speaker in &view.speakers {
        writeln!(out, "**{}**\n", escape(&speaker.name))?;
        for said in &speaker.lines {
            let whom = if said.whom.is_empty() { String::new() } else { format!(" → {}", escape(&said.whom)) };
            let who = if said.who.is_empty() { String::new() } else { format!("{} · ", escape(&said.who)) };
            write!(out, "- {who}{}{whom}: {}", said.verb, line(&said.quote))?;
            for (_, speaker, mark) in &said.answers {
                write!(out, "; answers {} {}", escape(speaker), escape(mark))?;
            }
            if !said.state.is_empty() {
                write!(out, "; {}", escape(&said.state))?;
            }
            writeln!(out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn differ(view: &View, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Where the reports differ\n")?;
    if view.slots.is_empty() {
        return writeln!(out, "No event is told by two reports in a way that can be compared.\n");
    }
    for table in &view.slots {
        let event = &view.events[table.event];
        writeln!(out, "**{} {} · {}**\n", event.id, event.label, escape(&event.who))?;
        let columns = &event.tellers;
        let heads: Vec<String> = columns.iter().map(|&report| escape(&view.report_name(report))).collect();
        writeln!(out, "| | | {} |", heads.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(columns.len() + 2))?;
        for row in &table.rows {
            let cell = |&report: &usize| row.cells[report].iter().map(line).collect::<Vec<_>>().join("<br>");
            let cells: Vec<String> = columns.iter().map(cell).collect();
            writeln!(out, "| {} | {} | {} |", row.slot, badge(row.kind), cells.join(" | "))?;
        }
        if !table.agreed.is_empty() {
            writeln!(out, "\nThey agree on {}.", table.agreed.join(", "))?;
        }
        if !event.silent.is_empty() {
            let silent: Vec<String> = event.silent.iter().copied().map(mark).collect();
            writeln!(out, "\nNot mentioned in {}.", silent.concat())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn only(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let only = view.only();
    if only.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Only in one report\n")?;
    for (report, events) in only {
        let copies = view.copies(report);
        writeln!(out, "**{}**{copies}, {}\n", escape(&view.report_name(report)), count(events.len(), "event"))?;
        for event in events {
            if let Some(quote) = event.quotes.first() {
                writeln!(out, "- {} {}", event.id, line(quote))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn line(quote: &Quote) -> String {
    let source = quote.according_to.as_ref().map(|name| format!(" (according to {})", escape(name)));
    format!("{} {}{}", escape(&quote.mark()), escape(&quote.quoted(usize::MAX)), source.unwrap_or_default())
}

fn mark(report: usize) -> String {
    format!("\\[{}\\]", report + 1)
}

/// Text of a report with every character that Markdown or the HTML in it could read as markup put behind a backslash.
pub(super) fn escape(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '+' | '!' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// An address that cannot leave its angle brackets.
fn address(url: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '\\' | '"');
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if plain(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::fixture;

    fn markdown(brief: &Brief) -> String {
        let mut bytes = Vec::new();
        write(brief, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_table_of_differences_has_a_column_a_report() {
        let text = markdown(&fixture::brief());
        assert!(text.contains("## What happened") && text.contains("Harbour Post"), "{text}");
    }

    #[test]
    fn nothing_of_a_report_becomes_markup() {
        let text = markdown(&fixture::hostile());
        assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("</article"), "{text}");
        let links = text.match_indices("](").filter(|(at, _)| text.as_bytes()[at - 1] != b'\\');
        assert_eq!(links.count(), 0, "{text}");
        assert!(!text.contains("[x](") && !text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }

    #[test]
    fn an_address_stays_inside_its_brackets() {
        assert_eq!(address("https://a.example/x>y z"), "https://a.example/x%3Ey%20z");
    }
}
