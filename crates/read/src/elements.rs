//! JSON values one after the other, or in one array, cut apart without holding more than one.

use std::io::BufRead;

use crate::{ReadError, source::lift};

/// The next value as text, its bytes not yet checked; `None` at the end. Blanks, commas and an outer array's brackets
/// between values are passed over. Longer values than `limit` bytes are skipped to their end and refused.
pub fn next(bytes: &mut dyn BufRead, limit: u64) -> Option<Result<Vec<u8>, ReadError>> {
    let mut value = vec![];
    let (mut depth, mut quoted, mut escaped, mut large) = (0usize, false, false, false);
    loop {
        let chunk = match bytes.fill_buf() {
            Ok([]) if large => return Some(Err(ReadError::TooLarge { limit })),
            Ok([]) if value.is_empty() => return None,
            Ok([]) => return Some(Ok(value)),
            Ok(chunk) => chunk,
            Err(error) => return Some(Err(lift(error))),
        };
        let length = chunk.len();
        for (i, &byte) in chunk.iter().enumerate() {
            if depth == 0 && value.is_empty() && (byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']')) {
                continue;
            }
            if value.len() as u64 >= limit {
                large = true;
            } else {
                value.push(byte);
            }
            if quoted {
                quoted = escaped || byte != b'"';
                escaped = byte == b'\\' && !escaped;
                continue;
            }
            match byte {
                b'"' => quoted = true,
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth > 1 => depth -= 1,
                b'}' | b']' | b',' | b'\n' if depth <= 1 && (byte != b',' && byte != b'\n' || depth == 0) => {
                    bytes.consume(i + 1);
                    return Some(if large { Err(ReadError::TooLarge { limit }) } else { Ok(value) });
                }
                _ => {}
            }
        }
        bytes.consume(length);
    }
}

/// True where nothing follows but what stands between values, as far as is read ahead.
pub fn last(bytes: &mut dyn BufRead) -> bool {
    let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
    bytes.fill_buf().is_ok_and(|ahead| ahead.iter().all(between))
}

/// The next line without its end; `None` at the end. Longer lines than `limit` bytes are skipped and refused.
pub fn line(bytes: &mut dyn BufRead, limit: u64) -> Option<Result<Vec<u8>, ReadError>> {
    let (mut line, mut large, mut any) = (vec![], false, false);
    loop {
        let chunk = match bytes.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) => return Some(Err(lift(error))),
        };
        if chunk.is_empty() && !any {
            return None;
        }
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        if (line.len() + part.len()) as u64 > limit {
            large = true;
            line = vec![];
        } else if !large {
            line.extend_from_slice(part);
        }
        let done = end.is_some() || chunk.is_empty();
        let used = part.len() + usize::from(end.is_some());
        any = true;
        bytes.consume(used);
        if done {
            return Some(if large { Err(ReadError::TooLarge { limit }) } else { Ok(line) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(text: &str) -> Vec<String> {
        let mut bytes = text.as_bytes();
        std::iter::from_fn(|| next(&mut bytes, 1000)).map(|value| String::from_utf8(value.unwrap()).unwrap()).collect()
    }

    #[test]
    fn arrays_and_sequences_fall_into_their_values() {
        let want = [r#"{"a":"]}\""}"#, r#"{"b":[1,{"c":2}]}"#];
        assert_eq!(values(r#" [{"a":"]}\""}, {"b":[1,{"c":2}]}] "#), want);
        assert_eq!(values("{\"a\":\"]}\\\"\"}\n{\"b\":[1,{\"c\":2}]}"), want);
        assert_eq!(values(r#"{"a":"#), [r#"{"a":"#]);
    }

    #[test]
    fn long_lines_and_values_are_refused_and_the_next_ones_read() {
        let text = format!("{}\nshort\n", "x".repeat(50));
        let mut bytes = text.as_bytes();
        assert!(matches!(line(&mut bytes, 20), Some(Err(ReadError::TooLarge { .. }))));
        assert_eq!(line(&mut bytes, 20).unwrap().unwrap(), b"short");
        assert!(line(&mut bytes, 20).is_none());
        let text = format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(50));
        let mut bytes = text.as_bytes();
        assert!(matches!(next(&mut bytes, 20), Some(Err(ReadError::TooLarge { .. }))));
        assert_eq!(next(&mut bytes, 20).unwrap().unwrap(), b"{}");
    }

    proptest! {
        #[test]
        fn every_input_comes_to_an_end(text in any::<String>(), marks in r#"[\[\]{}",\\ \na]{0,60}"#) {
            for text in [text, marks] {
                let mut bytes = text.as_bytes();
                prop_assert!(std::iter::from_fn(|| next(&mut bytes, 30)).take(200).count() < 200);
                let mut bytes = text.as_bytes();
                let lines: Vec<_> = std::iter::from_fn(|| line(&mut bytes, u64::MAX)).map(Result::unwrap).collect();
                prop_assert_eq!(lines.join(&b'\n'), text.strip_suffix('\n').unwrap_or(&text).as_bytes());
            }
        }
    }
}
