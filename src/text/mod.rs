//! Text as it was read: decoded, repaired, and addressable by line.

mod decode;
mod line_index;
mod mojibake;
mod place;
mod shared;
mod span;

pub use self::decode::{DecodeNote, decode};
pub use self::line_index::{LineColumn, LineIndex};
pub use self::mojibake::{Repair, aligned, repair};
pub use self::place::Place;
pub use self::shared::{SharedStr, place_in, trim};
pub use self::span::Span;

use std::sync::Arc;

/// The number of bytes of one file that are read for meaning; what lies beyond is counted and listed, not understood.
pub const MAX_READ_BYTES: usize = 2 * 1024 * 1024;

/// One file of the input, decoded to clean UTF-8 with LF line ends.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// The path relative to the project's folder, with `/` between its parts.
    pub path: Arc<str>,
    /// The decoded and repaired text.
    pub text: Arc<String>,
    /// Where each line of `text` begins.
    pub index: Arc<LineIndex>,
    /// Lines whose damaged symbols were repaired.
    pub repairs: Vec<Repair>,
    /// What had to be said about the bytes.
    pub notes: Vec<DecodeNote>,
}

impl SourceFile {
    /// Decodes the bytes of a file. Never fails: what is damaged is replaced and noted.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        let (text, notes) = decode(bytes);
        let (text, repairs) = repair(text);
        let text = Arc::new(text);
        let index = Arc::new(LineIndex::new(Arc::clone(&text)));
        Self { path: path.into(), text, index, repairs, notes }
    }

    /// Returns the text that a span names, or nothing where the span lies outside the file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns a text that shares its bytes with the file where it is a piece of it, and is a copy elsewhere.
    #[must_use]
    pub fn share(&self, piece: &str) -> SharedStr {
        SharedStr::part_of(&self.text, piece)
    }

    /// Returns the text that a span names, sharing its bytes.
    #[must_use]
    pub fn shared(&self, span: Span) -> SharedStr {
        SharedStr::new(&self.text, span)
    }

    /// Returns the place of a span in this file.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place::new(Arc::clone(&self.path), span, Arc::clone(&self.index))
    }

    /// Returns the text of one line, counted from 1, without its line end.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        self.slice(self.index.line_span(line))
    }

    /// Returns the number of damaged symbols that were repaired.
    #[must_use]
    pub fn repaired_characters(&self) -> usize {
        self.repairs.iter().map(|it| it.symbols).sum()
    }

    /// Returns the span of the text that is read for meaning: whole lines within [`MAX_READ_BYTES`].
    #[must_use]
    pub fn readable(&self) -> Span {
        match self.text.as_bytes().get(..MAX_READ_BYTES) {
            Some(start) if start.len() < self.text.len() => {
                let end = memchr::memrchr(b'\n', start).map_or(0, |it| it + 1);
                Span::new(0, end)
            }
            _ => Span::new(0, self.text.len()),
        }
    }
}
