//! From bytes to clean UTF-8 with LF line ends.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Something about a file's bytes that its author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeNote {
    /// Bytes that are not UTF-8 were replaced by U+FFFD; the first of them stands on this line, counted from 1.
    NotUtf8 {
        /// The first line with such bytes.
        line: u32,
        /// How many replacements were made.
        replaced: usize,
    },
    /// The file was UTF-16 by its byte order mark, and was converted.
    Utf16,
}

/// Decodes a file: byte order marks are honoured, invalid bytes become U+FFFD, CRLF and CR become LF, NUL becomes U+FFFD.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> (String, Vec<DecodeNote>) {
    let mut notes = Vec::new();
    let text = match Encoding::for_bom(&bytes) {
        Some((it, length)) if it == UTF_16LE || it == UTF_16BE => {
            notes.push(DecodeNote::Utf16);
            it.decode_without_bom_handling(bytes.get(length..).unwrap_or_default()).0.into_owned()
        }
        Some((it, length)) if it == UTF_8 => from_utf8(bytes.get(length..).unwrap_or_default().to_vec(), &mut notes),
        _ => from_utf8(bytes, &mut notes),
    };
    (clean(text), notes)
}

fn from_utf8(bytes: Vec<u8>, notes: &mut Vec<DecodeNote>) -> String {
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
            // Lines are those of the text that is handed out, where a single CR ends one as well.
            let line = clean(lossy.get(..good).unwrap_or_default().to_owned()).matches('\n').count() + 1;
            let replaced = lossy.chars().filter(|it| *it == char::REPLACEMENT_CHARACTER).count();
            notes.push(DecodeNote::NotUtf8 { line: u32::try_from(line).unwrap_or(u32::MAX), replaced });
            lossy
        }
    }
}

fn clean(text: String) -> String {
    if memchr::memchr2(b'\r', 0, text.as_bytes()).is_none() {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_and_line_ends_go() {
        assert_eq!(decode(b"\xEF\xBB\xBFa\r\nb\rc".to_vec()), ("a\nb\nc".to_owned(), vec![]));
        assert_eq!(decode(b"\xFF\xFEa\0".to_vec()), ("a".to_owned(), vec![DecodeNote::Utf16]));
    }

    #[test]
    fn the_first_bad_line_is_named() {
        let (text, notes) = decode(b"one\ntw\xFFo\nthr\xC0ee".to_vec());
        assert_eq!(text, "one\ntw\u{FFFD}o\nthr\u{FFFD}ee");
        assert_eq!(notes, [DecodeNote::NotUtf8 { line: 2, replaced: 2 }]);
        assert_eq!(decode(b"one\r\ntwo\rth\xFFree".to_vec()).1, [DecodeNote::NotUtf8 { line: 3, replaced: 1 }]);
    }
}
