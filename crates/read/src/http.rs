//! An answer of a web server as it was sent: status, headers, body.

use std::io::{Cursor, Read};

use flate2::bufread::{MultiGzDecoder, ZlibDecoder};

use crate::ReadError;

/// Inflated bytes allowed for each byte sent.
const RATIO: usize = 100;
/// Inflated bytes that are always allowed.
const FREE: usize = 1 << 20;

/// Body and media type of a good answer with a text; `None` for any other.
pub fn body(answer: &[u8], limit: u64) -> Result<Option<(Vec<u8>, String)>, ReadError> {
    let Some((head, start)) = head(answer) else { return Ok(None) };
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or("");
    if status != "200" && status != "203" {
        return Ok(None);
    }
    let headers: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .collect();
    let header = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value);
    let media = header("content-type").to_ascii_lowercase();
    if !media.is_empty() && !is_text(&media) {
        return Ok(None);
    }
    let mut body = answer[start..].to_vec();
    // Writers of archives often undo transfer and content coding and leave the headers as they were: look before.
    if header("transfer-encoding").eq_ignore_ascii_case("chunked")
        && let Some(whole) = unchunk(&body)
    {
        body = whole;
    }
    let coding = header("content-encoding").to_ascii_lowercase();
    body = match coding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            let most = most(&body, limit);
            bounded(MultiGzDecoder::new(Cursor::new(body)), most)?
        }
        "deflate" if body.first() == Some(&0x78) => {
            let most = most(&body, limit);
            bounded(ZlibDecoder::new(Cursor::new(body)), most)?
        }
        "br" | "zstd" if std::str::from_utf8(&body).is_err() => {
            return Err(ReadError::Damaged { what: format!("the page is packed by {coding}, which is not read") });
        }
        _ => body,
    };
    Ok(Some((body, media)))
}

fn most(body: &[u8], limit: u64) -> usize {
    (body.len() * RATIO).max(FREE).min(usize::try_from(limit).unwrap_or(usize::MAX))
}

fn bounded(reader: impl Read, most: usize) -> Result<Vec<u8>, ReadError> {
    let mut out = vec![];
    match reader.take(most as u64 + 1).read_to_end(&mut out) {
        _ if out.len() > most => Err(ReadError::Bomb { ratio: RATIO as u64 }),
        // A page that was cut off while it was sent is still a page.
        Err(_) if out.is_empty() => Err(ReadError::Damaged { what: "its gzip cannot be undone".to_owned() }),
        _ => Ok(out),
    }
}

/// Status line and headers as text, and where the body begins.
fn head(answer: &[u8]) -> Option<(String, usize)> {
    let most = answer.len().min(1 << 16);
    let found = answer[..most].windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, at + 4));
    let bare = || answer[..most].windows(2).position(|window| window == b"\n\n").map(|at| (at, at + 2));
    let (end, start) = found.or_else(bare)?;
    Some((String::from_utf8_lossy(&answer[..end]).into_owned(), start))
}

/// A chunked body in one piece; `None` where it is not chunked. What a broken one has so far is kept.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![];
    while let Some(end) = body.iter().take(64).position(|&byte| byte == b'\n') {
        let line = std::str::from_utf8(&body[..end]).ok()?;
        let digits = line.split(';').next()?.trim();
        let Ok(size) = usize::from_str_radix(digits, 16) else {
            if out.is_empty() {
                return None;
            }
            break;
        };
        body = &body[end + 1..];
        if size == 0 {
            break;
        }
        out.extend_from_slice(&body[..size.min(body.len())]);
        body = body.get(size..).unwrap_or(&[]);
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
    Some(out)
}

/// True for a media type that may hold a report.
pub fn is_text(media: &str) -> bool {
    let kind = media.split(';').next().unwrap_or("").trim();
    matches!(
        kind,
        "text/html"
            | "application/xhtml+xml"
            | "text/plain"
            | "application/rss+xml"
            | "application/atom+xml"
            | "application/feed+json"
    )
}

/// The extension by which a file of a media type is known.
pub fn extension(media: &str) -> &'static str {
    match media.split(';').next().unwrap_or("").trim() {
        "text/plain" => "txt",
        "application/rss+xml" | "application/atom+xml" => "xml",
        "application/feed+json" => "json",
        _ => "html",
    }
}

/// The encoding that a media type tells.
pub fn charset(media: &str) -> Option<&str> {
    let (_, rest) = media.split_once("charset=")?;
    Some(rest.split(';').next()?.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chunked_body_becomes_one() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\"utf-8\"\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n<p>Ta\r\n3\r\nlks\r\n0\r\n\r\n";
        let (body, media) = body(answer, 1 << 20).unwrap().unwrap();
        assert_eq!(body, b"<p>Talks");
        assert_eq!(charset(&media), Some("utf-8"));
    }

    #[test]
    fn redirections_and_pictures_are_no_reports() {
        assert!(body(b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<p>Moved", 99).unwrap().is_none());
        assert!(body(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", 99).unwrap().is_none());
        assert!(body(b"no answer at all", 99).unwrap().is_none());
    }

    proptest! {
        #[test]
        fn no_answer_panics(bytes in any::<Vec<u8>>(), chunks in "[0-9a-f;\r\n]{0,40}") {
            let _ = body(&bytes, 1000);
            let answer = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
            prop_assert!(body(answer.as_bytes(), 1000).is_ok());
        }
    }
}
