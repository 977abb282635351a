//! Stories whose deeds are marked in the text: `[3|accused]`, the number that of the incident.

use std::{fs, path::Path};

use demarche_core::{Report, Span};

/// The words for a deed and the number of the incident that it is.
#[allow(dead_code)] // not every test asks for the marks
pub struct Mark {
    pub span: Span,
    pub incident: u32,
}

/// Reads the reports of a story; panics with the file and line of a mark that is not closed.
pub fn read(path: &Path) -> Vec<(Report, Vec<Mark>)> {
    let file = fs::read_to_string(path).unwrap();
    let mut reports: Vec<(String, String, String, Vec<Mark>)> = Vec::new();
    for (number, line) in file.lines().enumerate() {
        if let Some(head) = line.strip_prefix("== ") {
            let (id, day) = head.split_once(' ').expect("a name and a day");
            reports.push((id.into(), day.trim().into(), String::new(), Vec::new()));
        }
        let Some((_, _, text, marks)) = reports.last_mut().filter(|_| !line.starts_with("== ")) else { continue };
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('[') {
            let place = || format!("{}:{}", path.display(), number + 1);
            let (inside, behind) = after.split_once(']').unwrap_or_else(|| panic!("{}: mark not closed", place()));
            let (incident, words) = inside.split_once('|').unwrap_or_else(|| panic!("{}: no number", place()));
            text.push_str(before);
            let start = text.len();
            text.push_str(words);
            let incident = incident.parse().unwrap_or_else(|_| panic!("{}: no number", place()));
            marks.push(Mark { span: Span::new(start, text.len()), incident });
            rest = behind;
        }
        text.push_str(rest);
        text.push('\n');
    }
    let report = |(id, day, text, marks): (String, String, String, Vec<Mark>)| {
        (Report { published: Some(day), ..Report::from_text(&id, text.trim_end()) }, marks)
    };
    reports.into_iter().map(report).collect()
}
