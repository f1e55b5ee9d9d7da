//! An editor's text: where its positions are, and which bytes of the text that is read they are.
//!
//! An editor shows what is in the file: with CRLF, with damaged symbols, with a mark of byte order. What is read has none of these; but a
//! line is the same line in both, and most lines have the same bytes.

use crate::text::{SourceFile, Span, aligned};
use lsp_types::{Position, PositionEncodingKind, Range};
use std::collections::HashMap;
use std::sync::Arc;

/// What an editor counts on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Units {
    /// Bytes.
    Utf8,
    /// Units of UTF-16.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Units {
    /// Returns what the protocol calls it.
    pub const fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    const fn of(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A text with its lines, as an editor sees them: ended by LF, CRLF or CR.
#[derive(Debug, Clone, Default)]
pub struct EditorText {
    /// The text.
    pub raw: Arc<String>,
    units: Units,
    lines: Vec<Line>,
}

/// A line.
#[derive(Debug, Clone, Default)]
struct Line {
    start: usize,
    /// Without its line end.
    end: usize,
    is_ascii: bool,
    /// Of a long line: bytes from its start, and the units before them.
    marks: Vec<(usize, usize)>,
}

/// In a long line, each so many bytes are counted once.
const STEP: usize = 1024;

impl EditorText {
    /// Finds the lines of a text.
    pub fn new(raw: Arc<String>, units: Units) -> Self {
        let bytes = raw.as_bytes();
        let mut lines = Vec::with_capacity(bytes.len() / 32 + 1);
        let mut start = 0;
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            // The LF of a CRLF.
            if at < start {
                continue;
            }
            lines.push(line(&raw, start, at, units));
            let is_pair = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            start = at + 1 + usize::from(is_pair);
        }
        lines.push(line(&raw, start, raw.len(), units));
        Self { raw, units, lines }
    }

    /// Returns the byte of a position. A column behind the end of its line is that end, a line behind the last the end of the text, and
    /// one within a character its start.
    pub fn offset(&self, at: Position) -> usize {
        let Some(line) = self.lines.get(at.line as usize) else { return self.raw.len() };
        let wanted = at.character as usize;
        let length = line.end - line.start;
        if line.is_ascii {
            return line.start + wanted.min(length);
        }
        if self.units == Units::Utf8 {
            let mut byte = line.start + wanted.min(length);
            while !self.raw.is_char_boundary(byte) {
                byte -= 1;
            }
            return byte;
        }
        let mark = line.marks.partition_point(|it| it.1 <= wanted).checked_sub(1).and_then(|it| line.marks.get(it));
        let (mut byte, mut units) = mark.map_or((line.start, 0), |it| (line.start + it.0, it.1));
        for letter in self.raw.get(byte..line.end).unwrap_or_default().chars() {
            units += self.units.of(letter);
            if wanted < units {
                break;
            }
            byte += letter.len_utf8();
        }
        byte
    }

    /// Returns the position of a byte; that of a line end is behind the last character.
    pub fn position(&self, offset: usize) -> Position {
        let at = self.lines.partition_point(|it| it.start <= offset).saturating_sub(1);
        let Some(line) = self.lines.get(at) else { return Position::default() };
        let within = offset.min(line.end) - line.start;
        let units = if line.is_ascii || self.units == Units::Utf8 {
            within
        } else {
            let mark = line.marks.partition_point(|it| it.0 <= within).checked_sub(1).and_then(|it| line.marks.get(it));
            let (from, before) = mark.copied().unwrap_or_default();
            let rest = self.raw.get(line.start + from..line.start + within).unwrap_or_default();
            before + rest.chars().map(|it| self.units.of(it)).sum::<usize>()
        };
        let clamp = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Position::new(clamp(at), clamp(units))
    }

    /// Returns the bytes of a range; one that is the wrong way round is turned.
    pub fn bytes(&self, it: Range) -> std::ops::Range<usize> {
        let (start, end) = (self.offset(it.start), self.offset(it.end));
        start.min(end)..start.max(end)
    }

    /// Returns the range of some bytes.
    pub fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// Returns a line without its end, counted from 0; nothing where there is none.
    pub fn line(&self, line: u32) -> &str {
        self.lines.get(line as usize).and_then(|it| self.raw.get(it.start..it.end)).unwrap_or_default()
    }

    /// Returns what ends the first line, as the line ends of the text: `\n` where it has only one line.
    pub fn line_end(&self) -> &str {
        let (first, second) = (self.lines.first().map_or(0, |it| it.end), self.lines.get(1).map_or(0, |it| it.start));
        self.raw.get(first..second).filter(|it| !it.is_empty()).unwrap_or("\n")
    }
}

fn line(raw: &str, start: usize, end: usize, units: Units) -> Line {
    let text = raw.get(start..end).unwrap_or_default();
    let is_ascii = text.is_ascii();
    let mut marks = Vec::new();
    if !is_ascii && STEP < text.len() {
        let mut before = 0;
        for (at, letter) in text.char_indices() {
            if marks.last().map_or(STEP, |(it, _): &(usize, usize)| it + STEP) <= at {
                marks.push((at, before));
            }
            before += units.of(letter);
        }
    }
    Line { start, end, is_ascii, marks }
}

/// A file as an editor has it, beside what is read of it.
#[derive(Debug)]
pub struct Aligned {
    /// As the editor has it.
    pub editor: EditorText,
    /// As it is read.
    pub file: SourceFile,
    /// Lines, counted from 0, that differ in both: pairs of bytes from the start of the line, there and here.
    odd: HashMap<u32, Vec<(usize, usize)>>,
}

impl Aligned {
    /// Puts both side by side. The file must have been read from that text.
    pub fn new(editor: EditorText, file: SourceFile) -> Self {
        let mut odd: Vec<u32> = file.repairs.iter().map(|it| it.line - 1).collect();
        if editor.raw.starts_with('\u{FEFF}') {
            odd.push(0);
        }
        if memchr::memchr(0, editor.raw.as_bytes()).is_some() {
            odd.extend(memchr::memchr_iter(0, editor.raw.as_bytes()).map(|it| editor.position(it).line));
        }
        odd.sort_unstable();
        odd.dedup();
        let pairs = |line: u32| {
            let (old, new) = (editor.line(line), file.line(line + 1));
            let body = old.trim_start_matches('\u{FEFF}');
            let skipped = if line == 0 && body.len() + 3 == old.len() { 3 } else { 0 };
            let body = old.get(skipped..).unwrap_or_default();
            let pairs = if body.chars().count() == new.chars().count() {
                let ends = std::iter::once((body.len(), new.len()));
                body.char_indices().map(|it| it.0).zip(new.char_indices().map(|it| it.0)).chain(ends).collect()
            } else {
                aligned(body, new)
            };
            (line, pairs.into_iter().map(|(old, new)| (old + skipped, new)).collect())
        };
        let odd = odd.into_iter().map(pairs).collect();
        Self { editor, file, odd }
    }

    /// Returns the byte of the text that is read at a position of the editor.
    pub fn read_at(&self, at: Position) -> u32 {
        let offset = self.editor.offset(at);
        let line = self.editor.lines.partition_point(|it| it.start <= offset).saturating_sub(1);
        let within = offset - self.editor.lines.get(line).map_or(0, |it| it.start);
        let line = u32::try_from(line).unwrap_or(u32::MAX - 1);
        let span = self.file.index.line_span(line + 1);
        let within = self.odd.get(&line).map_or(within, |pairs| {
            let at = pairs.partition_point(|it| it.0 <= within).saturating_sub(1);
            pairs.get(at).map_or(within, |it| it.1)
        });
        span.start.saturating_add(u32::try_from(within).unwrap_or(u32::MAX)).min(span.end)
    }

    /// Returns the byte of the editor's text where a byte of the text that is read came from.
    pub fn raw(&self, offset: u32) -> usize {
        let line = self.file.index.line(offset) - 1;
        let within = (offset - self.file.index.line_span(line + 1).start.min(offset)) as usize;
        let Some(own) = self.editor.lines.get(line as usize) else { return self.editor.raw.len() };
        let within = self.odd.get(&line).map_or(within, |pairs| {
            let at = pairs.partition_point(|it| it.1 <= within).saturating_sub(1);
            pairs.get(at).map_or(within, |it| it.0)
        });
        (own.start + within).min(own.end)
    }

    /// Returns the range of a span of the text that is read.
    pub fn range(&self, span: Span) -> Range {
        self.editor.range(self.raw(span.start)..self.raw(span.end))
    }

    /// Returns the range of a line's words, counted from 1.
    pub fn line_range(&self, line: u32) -> Range {
        let span = self.file.index.line_span(line);
        let text = self.file.slice(span);
        let before = text.len() - text.trim_start().len();
        let start = span.start + u32::try_from(before).unwrap_or(0);
        self.range(Span {
            start,
            end: span.start + u32::try_from(text.trim_end().len()).unwrap_or(0).max(start - span.start),
        })
    }
}
