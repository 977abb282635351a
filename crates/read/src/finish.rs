//! The last look at every report, whatever it came from: language, odd characters, defaults.

use demarche_core::{Report, Span, report::Warning};

use crate::{Options, ReadError, language};

/// Adds a warning without a place.
pub fn warn(report: &mut Report, message: String) {
    report.warnings.push(Warning { span: None, message });
}

/// Fills in what the options give, detects the language and points at what a reader would not see.
pub fn finish(mut report: Report, options: &Options) -> Result<Report, ReadError> {
    if report.text.chars().all(|c| c.is_whitespace() || c.is_control() || c == '\u{FEFF}') {
        return Err(ReadError::Empty);
    }
    if report.text.len() as u64 > options.limit {
        return Err(ReadError::TooLarge { limit: options.limit });
    }
    report.outlet = report.outlet.or_else(|| options.outlet.clone());
    report.published = report.published.or_else(|| options.published.clone());
    let tagged = report.language.take().and_then(|given| {
        let code = language::tag(&given);
        if code.is_none() {
            warn(&mut report, format!("the language {given:?} is no ISO 639 code; detected instead"));
        }
        code
    });
    report.language = tagged.or_else(|| language::detect_language(&report.text).map(str::to_owned));
    if let Some(code) = report.language.as_deref().filter(|&code| code != "en") {
        let message = format!("the report is in another language than English ({code}): kept, not coded");
        warn(&mut report, message);
    }
    odd(&mut report, "zero character (U+0000)", |c| c == '\0');
    odd(
        &mut report,
        "control that turns the direction of writing",
        |c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'),
    );
    odd(&mut report, "replacement character (U+FFFD) where letters were lost", |c| c == '\u{FFFD}');
    Ok(report)
}

/// One warning at the first character of a kind, with how many there are.
fn odd(report: &mut Report, what: &str, is: impl Fn(char) -> bool) {
    let mut found = report.text.char_indices().filter(|&(_, c)| is(c));
    if let Some((at, c)) = found.next() {
        let more = found.count();
        let message = if more == 0 { format!("a {what}; kept") } else { format!("a {what}, and {more} more; kept") };
        report.warnings.push(Warning { span: Some(Span::new(at, at + c.len_utf8())), message });
    }
}
