//! Bytes to text: byte order mark, UTF-8, what a page declares, then a guess.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::detect_language;

/// Text with the name of its encoding where that was not plain UTF-8, and whether bytes were lost.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// In UTF-8, without byte order mark.
    pub text: String,
    /// Name of the encoding, as the web platform names it; `None` for UTF-8.
    pub from: Option<&'static str>,
    /// True when some bytes stand for no character there and became U+FFFD.
    pub damaged: bool,
}

/// Decodes `bytes`; `page` is true for HTML, whose head may name its encoding.
pub fn decode(bytes: &[u8], page: bool) -> Decoded {
    decode_sent(bytes, page, None)
}

/// The same for bytes that were sent with the name of an encoding.
pub fn decode_sent(bytes: &[u8], page: bool, sent: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = wide(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), from: None, damaged: false };
    }
    let sent = sent.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(encoding) = sent.filter(|&encoding| encoding != UTF_8) {
        return with(encoding, bytes);
    }
    if let Some(encoding) = page.then(|| declared(bytes)).flatten().filter(|&encoding| encoding != UTF_8) {
        return with(encoding, bytes);
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    with(if western(guess, bytes) { WINDOWS_1252 } else { guess }, bytes)
}

/// True where few accents make the bytes look like Polish or Turkish that are windows-1252: both read the same there, or
/// the text is English, which is mostly written so. What has a sign where the guess has a letter ("Wa³êsa") is not.
fn western(guess: &'static Encoding, bytes: &[u8]) -> bool {
    if guess == WINDOWS_1252 || !guess.is_single_byte() {
        return false;
    }
    let (ours, damaged) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let (theirs, _) = guess.decode_without_bom_handling(bytes);
    if damaged {
        return false;
    }
    let sign = ours.chars().zip(theirs.chars()).any(|(own, other)| !own.is_alphabetic() && other.is_alphabetic());
    ours == theirs || !sign && detect_language(&ours) == Some("en")
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let from = (encoding != UTF_8).then(|| encoding.name());
    Decoded { text: text.into_owned(), from, damaged }
}

/// UTF-16 without a mark: Latin text has a zero in every other byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    if odd * 10 > half * 7 && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// What `<meta charset>` or the XML declaration in the first kilobyte says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|i| i + 8).or_else(|| head.find("encoding=").map(|i| i + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// A few bad bytes in a text that is otherwise UTF-8 are damage, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad
}

/// What `bytes` are if they are no text, from their first bytes and from how many controls are among them.
pub fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "an archive"),
        (b"Rar!", "an archive"),
        (b"7z\xBC\xAF", "an archive"),
        (b"\xFD7zXZ", "an archive"),
        (b"BZh9", "an archive"),
        (b"\x28\xB5\x2F\xFD", "an archive"),
        (b"\xD0\xCF\x11\xE0", "an office document"),
        (b"{\\rtf", "an office document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a sound or a film"),
        (b"OggS", "a sound or a film"),
        (b"ID3", "a sound or a film"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3", "a database"),
        (b"PAR1", "a Parquet table"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    let head = &bytes[..bytes.len().min(8192)];
    if Encoding::for_bom(head).is_some() || wide(head).is_some() {
        return None;
    }
    let odd = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B) || b == 0x7F;
    let controls = head.iter().filter(|&&b| odd(b)).count();
    (controls * 20 > head.len()).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_1252_is_guessed_and_named() {
        let decoded = decode(b"The President\x92s caf\xE9 said \x93no\x94 to the na\xEFve plan.", false);
        assert_eq!(decoded.text, "The President’s café said “no” to the naïve plan.");
        assert_eq!(decoded.from, Some("windows-1252"));
    }

    #[test]
    fn a_few_accents_in_english_are_windows_1252() {
        for bytes in [
            b"The minister met Jos\xE9 in a caf\xE9 on Friday and said that the talks were over.".as_slice(),
            b"Officials said the envoy\x92s talks with Emir Sa\xEFd were \x93frank\x94.",
            b"India suspended the treaty \x96 and Pakistan\x92s na\xEFve reply was that it would be \x93an act of war\x94.",
            b"The president of C\xF4te d'Ivoire and S\xE3o Tom\xE9's foreign minister met in the capital for talks.",
        ] {
            assert_eq!(decode(bytes, false).from, Some("windows-1252"), "{}", String::from_utf8_lossy(bytes));
        }
        let polish = b"Rozmowy z \xAFo\xB3nierzami odby\xB3y si\xEA w \xA3odzi, powiedzia\xB3 rzecznik rz\xB9du.";
        assert!(decode(polish, false).text.starts_with("Rozmowy z Żołnierzami"));
        let russian = b"\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xE2\xF1\xF2\xF0\xE5\xF2\xE8\xEB\xF1\xFF \xF1 \xEC\xE8\xED\xE8\xF1\xF2\xF0\xEE\xEC.";
        assert_eq!(decode(russian, false).from, Some("windows-1251"));
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        let units: Vec<u8> = "Talks failed.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&units, false).text, "Talks failed.");
        let marked = [b"\xFF\xFE".as_slice(), &units].concat();
        assert_eq!(decode(&marked, false).text, "Talks failed.");
        assert_eq!(binary(&marked), None);
        let big: Vec<u8> = "Talks failed.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&big, false).from, Some("UTF-16BE"));
    }

    #[test]
    fn one_bad_byte_does_not_turn_a_text_into_another_encoding() {
        let decoded = decode(b"\xC3\xA9t\xC3\xA9, \xC3\xA0 \xC3\xA9\xFF", false);
        assert_eq!(decoded.text, "été, à é\u{FFFD}");
        assert!(decoded.damaged && decoded.from.is_none());
    }

    #[test]
    fn a_page_is_read_as_it_declares() {
        let page = b"<html><head><meta charset=\"windows-1251\"></head><body>\xCC\xEE\xF1\xEA\xE2\xE0</body></html>";
        assert!(decode(page, true).text.contains("Москва"));
    }

    #[test]
    fn pictures_and_noise_are_no_text_but_one_zero_is_no_reason() {
        assert_eq!(binary(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(binary(&[0, 1, 2, 3, 200, 7, 9]), Some("binary data"));
        assert_eq!(binary(b"Tensions rose on Friday.\0 Both sides met."), None);
    }
}
