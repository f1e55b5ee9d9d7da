//! From edits of a text to the bytes of its file: no other byte changes, whatever marks and line ends the file has.

use super::{Edit, Refusal, edited};
use crate::text::{SourceFile, Span, decode, repair};
use serde::{Deserialize, Serialize};

/// The byte order mark that UTF-8 may begin with.
const MARK: &str = "\u{FEFF}";

/// The bytes of a file after its edits, and what stands in the place of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// All of the file.
    pub bytes: Vec<u8>,
    /// The lines that changed, in order.
    pub places: Vec<Replaced>,
}

/// Whole lines, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// Where they begin in the changed file, in bytes.
    pub at: usize,
    /// The lines as they were, with their ends.
    pub before: String,
    /// The lines that stand there now.
    pub after: String,
}

/// Makes edits in the bytes of a file. They must be sorted, and not overlap.
///
/// # Errors
///
/// When the bytes are not those that were read, or a place of the text cannot be told in them for certain.
pub fn apply(file: &SourceFile, bytes: &[u8], edits: &[&Edit]) -> Result<Applied, Refusal> {
    let path = crate::prose::one_line(&file.path);
    let Ok(old) =
        std::str::from_utf8(bytes).map_err(|_| ()).and_then(|it| if it.contains('\0') { Err(()) } else { Ok(it) })
    else {
        return Err(Refusal::new(
            format!("{path}: it is not written in UTF-8, so its bytes are left alone"),
            "save the file as UTF-8, and run the command again",
        ));
    };
    if repair(decode(bytes.to_vec()).0).0 != *file.text {
        return Err(Refusal::new(format!("{path}: it has changed since it was read"), "run the command again"));
    }
    let lines = Lines::new(old);
    let mut moved = Vec::with_capacity(edits.len());
    for it in edits {
        let span = lines.place(file, it.span.start).zip(lines.place(file, it.span.end));
        let Some((start, end)) = span.filter(|(start, end)| start <= end) else {
            return Err(Refusal::new(
                format!("{path}:{}: damaged symbols stand where it is to change", file.index.line(it.span.start)),
                "repair them first: roadbook check --fix",
            ));
        };
        let text = it.text.replace('\n', lines.end_before(start));
        moved.push(Edit { span: Span::new(start, end), text, path: it.path.clone() });
    }
    let new = edited(old, &moved.iter().collect::<Vec<_>>());
    let places = replaced(old, &lines, &moved);
    let applied = new.zip(places).map(|(new, places)| Applied { bytes: new.into_bytes(), places });
    applied.ok_or_else(|| {
        Refusal::new(format!("{path}: the changes overlap"), "this is a fault of roadbook: please report it")
    })
}

/// Returns the lines that edits change, before and after; those of one line together.
fn replaced(old: &str, lines: &Lines<'_>, edits: &[Edit]) -> Option<Vec<Replaced>> {
    let mut places = Vec::new();
    let mut rest = edits;
    let (mut put_in, mut taken_out) = (0, 0);
    while let Some(first) = rest.first() {
        let (start, mut end) = lines.around(first.span);
        let mut own = 0;
        for it in rest {
            let (from, to) = lines.around(it.span);
            if end <= from && 0 < own {
                break;
            }
            (end, own) = (end.max(to), own + 1);
        }
        let (these, behind) = rest.split_at_checked(own)?;
        rest = behind;
        let before = old.get(start..end)?;
        let within: Vec<Edit> = these
            .iter()
            .map(|it| {
                let span = it.span.range();
                Edit { span: Span::new(span.start - start, span.end - start), ..it.clone() }
            })
            .collect();
        let after = edited(before, &within.iter().collect::<Vec<_>>())?;
        let at = start + put_in - taken_out;
        (put_in, taken_out) = (put_in + after.len(), taken_out + before.len());
        places.push(Replaced { at, before: before.to_owned(), after });
    }
    Some(places)
}

/// The lines of a file as they are.
struct Lines<'a> {
    text: &'a str,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let mut starts = vec![if text.starts_with(MARK) { MARK.len() } else { 0 }];
        let bytes = text.as_bytes();
        for at in memchr::memchr2_iter(b'\r', b'\n', bytes) {
            // Of CR and LF together the LF ends the line.
            if bytes.get(at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        Self { text, starts }
    }

    /// Returns a line without its end, and where it begins.
    fn line(&self, number: usize) -> Option<(usize, &'a str)> {
        let start = *self.starts.get(number)?;
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end)?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Some((start, line.strip_suffix('\r').unwrap_or(line)))
    }

    /// Returns where the lines begin and end that hold a span, with the end of the last.
    fn around(&self, span: Span) -> (usize, usize) {
        let range = span.range();
        let first = self.starts.partition_point(|it| *it <= range.start).saturating_sub(1);
        let behind = self.starts.partition_point(|it| *it <= range.end);
        (self.starts.get(first).copied().unwrap_or(0), self.starts.get(behind).copied().unwrap_or(self.text.len()))
    }

    /// Returns the byte at which a byte of the text stands: in a line that was repaired only where all before it, or all behind it, is
    /// as it was.
    fn place(&self, file: &SourceFile, at: u32) -> Option<usize> {
        let number = file.index.line(at);
        let read = file.index.line_span(number);
        let (start, line) = self.line(usize::try_from(number).ok()?.checked_sub(1)?)?;
        let new = file.slice(read);
        let within = at.checked_sub(read.start)? as usize;
        let behind = new.len().checked_sub(within)?;
        if line.get(..within).is_some_and(|it| new.get(..within) == Some(it)) {
            return Some(start + within);
        }
        let from_end = line.len().checked_sub(behind)?;
        (line.get(from_end..)? == new.get(within..)?).then_some(start + from_end)
    }

    /// Returns the line end that lines have at a byte: that of its line, else that of the line before.
    fn end_before(&self, at: usize) -> &'static str {
        let end_of = |from: usize| {
            let rest = self.text.as_bytes().get(from..).unwrap_or_default();
            let found = memchr::memchr2(b'\r', b'\n', rest)?;
            Some(match (rest.get(found), rest.get(found + 1)) {
                (Some(b'\n'), _) => "\n",
                (_, Some(b'\n')) => "\r\n",
                _ => "\r",
            })
        };
        let number = self.starts.partition_point(|it| *it <= at);
        let before = number.checked_sub(2).and_then(|it| self.starts.get(it)).copied();
        end_of(at).or_else(|| end_of(before?)).unwrap_or("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(bytes: &str, find: &str, text: &str) -> Result<String, Refusal> {
        let file = SourceFile::new("a.md", bytes.as_bytes().to_vec());
        let at = file.text.find(find).unwrap();
        let edit = Edit { path: file.path.clone(), span: Span::new(at, at + find.len()), text: text.to_owned() };
        apply(&file, bytes.as_bytes(), &[&edit]).map(|it| String::from_utf8(it.bytes).unwrap())
    }

    #[test]
    fn no_other_byte_changes() {
        for (old, find, text, new) in [
            ("\u{FEFF}a\r\nb\r\nc", "b", "x\ny", "\u{FEFF}a\r\nx\r\ny\r\nc"),
            ("a\rb\rc", "c", "x\ny", "a\rb\rx\ry"),
            ("a\nb\r\nc\n", "c", "x", "a\nb\r\nx\n"),
            ("- [â³] late (80%)\n", "80", "90", "- [â³] late (90%)\n"),
            ("- [â³] late\n", "⏳", "x", "- [x] late\n"),
            ("\u{FEFF}", "", "x", "\u{FEFF}x"),
        ] {
            assert_eq!(applied(old, find, text).as_deref(), Ok(new), "{old:?}");
        }
    }

    #[test]
    fn what_cannot_be_told_is_refused() {
        let said = applied("- [â³] mid âœ… end\n", "mid", "x").unwrap_err();
        assert_eq!(said.what, "a.md:1: damaged symbols stand where it is to change");
        assert!(applied("a\0b", "a", "x").unwrap_err().what.contains("not written in UTF-8"));
    }
}
