//! Rows of JSON to reports.

use demarche_core::Report;
use serde_json::Value;

use crate::{Columns, ReadError, finish, published::rfc3339};

/// One row, with the fields of the contract; all others are passed over.
///
/// `id` is empty where the row has none. What is odd in it becomes a warning of the report.
pub fn row(line: &str, columns: &Columns) -> Result<Report, ReadError> {
    let (mended, lost) = mend_surrogates(line);
    let value: Value = serde_json::from_str(&mended).map_err(|error| ReadError::Json(brief(&error)))?;
    let mut report = object(value, columns)?;
    if lost > 0 {
        finish::warn(&mut report, format!("{lost} halves of a UTF-16 pair stand alone in the JSON and became U+FFFD"));
    }
    Ok(report)
}

/// One parsed row.
pub fn object(value: Value, columns: &Columns) -> Result<Report, ReadError> {
    let Value::Object(mut fields) = value else {
        return Err(ReadError::Json("it is no object".to_owned()));
    };
    let mut report = Report::default();
    match fields.remove(columns.key("text")) {
        Some(Value::String(text)) => report.text = text,
        _ => return Err(ReadError::NoText { name: columns.key("text").to_owned() }),
    }
    match fields.remove(columns.key("id")) {
        Some(Value::String(id)) => id.trim().clone_into(&mut report.id),
        Some(Value::Number(id)) => report.id = id.to_string(),
        Some(Value::Null) | None => {}
        Some(_) => finish::warn(&mut report, "the id is neither text nor a number and was passed over".to_owned()),
    }
    let mut given = |report: &mut Report, name: &str| match fields.remove(columns.key(name)) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Some(Value::String(_) | Value::Null) | None => None,
        Some(_) => {
            finish::warn(report, format!("the field {name:?} is no text and was passed over"));
            None
        }
    };
    report.title = given(&mut report, "title");
    report.outlet = given(&mut report, "outlet");
    report.author = given(&mut report, "author");
    report.url = given(&mut report, "url");
    report.language = given(&mut report, "language");
    if let Some(published) = given(&mut report, "published") {
        report.published = rfc3339(&published);
        if report.published.is_none() {
            finish::warn(
                &mut report,
                format!(
                    "published {published:?} is no RFC 3339 date or time (2025-05-01, 2025-05-01T09:30:00Z); taken as unknown"
                ),
            );
        }
    }
    Ok(report)
}

/// What is wrong, without "at line 1", which would contradict the line of the file.
fn brief(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let cut = message.find(" at line ").unwrap_or(message.len());
    format!("{} at column {}", &message[..cut], error.column())
}

/// JSON allows `\ud83d` without its other half, which no text can hold: each becomes U+FFFD. Returns how many did.
fn mend_surrogates(line: &str) -> (std::borrow::Cow<'_, str>, usize) {
    if !line.contains("\\u") {
        return (line.into(), 0);
    }
    let bytes = line.as_bytes();
    let unit = |at: usize| {
        let digits = line.get(at + 2..at + 6).filter(|_| bytes[at] == b'\\' && bytes[at + 1] == b'u')?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut out = String::new();
    let (mut copied, mut at, mut lost) = (0, 0, 0);
    while at + 6 <= bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        match unit(at) {
            Some(0xD800..=0xDBFF) if at + 12 <= bytes.len() && matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => {
                at += 12;
            }
            Some(0xD800..=0xDFFF) => {
                out.push_str(&line[copied..at]);
                out.push_str("\\uFFFD");
                at += 6;
                copied = at;
                lost += 1;
            }
            _ => at += 2,
        }
    }
    if lost == 0 {
        return (line.into(), 0);
    }
    out.push_str(&line[copied..]);
    (out.into(), lost)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: &str) -> Result<Report, ReadError> {
        super::row(line, &Columns::default())
    }
    use proptest::prelude::*;

    #[test]
    fn all_fields_are_taken_and_numbers_may_be_ids() {
        let report = row(r#"{"id":7,"text":"A.","title":"T","outlet":"O","url":"u","published":"2025-05-01","language":"en","author":"Ann Lee","x":[1]}"#).unwrap();
        assert_eq!((report.id.as_str(), report.text.as_str()), ("7", "A."));
        assert_eq!(report.published.as_deref(), Some("2025-05-01"));
        assert_eq!(report.author.as_deref(), Some("Ann Lee"));
        assert!(report.warnings.is_empty());
    }

    #[test]
    fn half_a_pair_becomes_a_replacement_and_a_warning() {
        let report = row(r#"{"text":"a\ud83d b\ude00 \ud83d\ude00 \\ud83d"}"#).unwrap();
        assert_eq!(report.text, "a\u{FFFD} b\u{FFFD} 😀 \\ud83d");
        assert_eq!(report.warnings.len(), 1);
    }

    #[test]
    fn a_bad_date_is_unknown_and_said_so() {
        let report = row(r#"{"text":"A.","published":"1 May"}"#).unwrap();
        assert_eq!(report.published, None);
        assert!(report.warnings[0].message.contains("1 May"));
    }

    #[test]
    fn what_is_no_row_is_told_apart() {
        assert!(matches!(row("{"), Err(ReadError::Json(_))));
        assert!(matches!(row("[1]"), Err(ReadError::Json(_))));
        assert!(matches!(row(r#"{"body":"A."}"#), Err(ReadError::NoText { .. })));
        assert!(matches!(row(&"[".repeat(10_000)), Err(ReadError::Json(_))));
    }

    proptest! {
        #[test]
        fn no_line_panics(line in any::<String>(), escapes in r#"(\\u[dD][89a-fA-F][0-9a-f]{0,2}|\\|"|é){0,12}"#) {
            let _ = row(&line);
            let _ = row(&format!(r#"{{"text":"{escapes}"}}"#));
        }
    }
}
