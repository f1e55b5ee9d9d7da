//! One line of Markdown with a mark, an item mostly: where its mark, its percentage and its blocker stand, and what is put there.

use super::Edit;
use super::escape::inline;
use crate::document::{Block, Document, Kind, bracket_mark, leading_symbol};
use crate::model::State;
use crate::reading::bracket_end;
use crate::text::{SourceFile, Span};
use std::collections::HashMap;
use std::ops::Range;

/// How a state is marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sign(pub Option<String>);

impl Sign {
    /// Returns the usual mark of a state, which stands in a bracket.
    #[must_use]
    pub fn usual(state: State) -> Self {
        Self(Some(format!("[{}]", usual(state).0)))
    }

    /// Returns it with a blank behind it, as it stands before words; nothing where the team writes none.
    #[must_use]
    pub fn before_words(&self) -> String {
        self.0.as_ref().map_or_else(String::new, |it| format!("{it} "))
    }

    fn inside(&self, state: State) -> &str {
        let inside = self.0.as_deref().and_then(|it| it.strip_prefix('[')?.strip_suffix(']'));
        inside.unwrap_or(usual(state).0)
    }

    fn symbol(&self, state: State) -> &str {
        self.0.as_deref().filter(|it| !it.starts_with('[')).unwrap_or(usual(state).1)
    }
}

/// Returns what stands in a bracket, and the symbol without one.
const fn usual(state: State) -> (&'static str, &'static str) {
    match state {
        State::Done => ("x", "✅"),
        State::InProgress => ("~", "⏳"),
        State::Blocked => ("!", "🚧"),
        State::Dropped => ("-", "❌"),
        State::Todo => (" ", "⬜"),
    }
}

/// The items and headings of a file, by where their words begin.
pub struct Lines<'a> {
    document: &'a Document,
    file: &'a SourceFile,
    by_words: HashMap<u32, usize>,
}

impl<'a> Lines<'a> {
    /// Finds them all once.
    #[must_use]
    pub fn new(document: &'a Document, file: &'a SourceFile) -> Self {
        let is_line = |it: &Block| matches!(it.kind, Kind::Item(_) | Kind::Heading(_));
        let words = |it: &Block| document.first_line(it).filter(|_| is_line(it)).map(|it| it.span.start);
        let by_words = document.blocks.iter().enumerate().filter_map(|(at, it)| Some((words(it)?, at))).collect();
        Self { document, file, by_words }
    }

    /// Returns the line whose words stand at a span; nothing for a row of a table and the like.
    #[must_use]
    pub fn find(&self, words: Span) -> Option<Marked<'a>> {
        let block = self.document.blocks.get(*self.by_words.get(&words.start)?)?;
        let boxed = match block.kind {
            Kind::Item(item) => item.gfm_box.and_then(|it| self.document.boxes.get(it as usize)),
            _ => None,
        };
        let start = boxed.map_or(words.start, |it| it.span.start) as usize;
        let rest = self.file.text.get(start..)?;
        let raw = rest.get(..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len()))?.trim_end();
        Some(Marked { file: self.file, raw, start, extent: block.span, rest: self.rest(block) })
    }

    /// Returns the lines of the same paragraph behind the first.
    fn rest(&self, block: &Block) -> &'a str {
        let lines = self.document.lines(block);
        let Some(first) = lines.first() else { return "" };
        let mut end = first.span.end;
        for it in lines.iter().skip(1).take(MOST_LINES) {
            let between = self.file.slice(Span { start: end, end: it.span.start.max(end) });
            if between.bytes().filter(|it| *it == b'\n').count() != 1 {
                break;
            }
            end = it.span.end;
        }
        self.file.slice(Span { start: first.span.end, end })
    }
}

/// Lines of a paragraph that are looked at, behind the first.
const MOST_LINES: usize = 20;

/// Why a line cannot be changed: what it says of its state, or may say, goes on in the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoesOn;

/// A line, from its mark on.
#[derive(Debug, Clone, Copy)]
pub struct Marked<'a> {
    file: &'a SourceFile,
    /// The text from the mark, else from the first word, to the end of the line without white space.
    raw: &'a str,
    start: usize,
    /// The lines of the same paragraph behind it.
    rest: &'a str,
    /// The bytes of the item with all that is below it.
    pub extent: Span,
}

impl<'a> Marked<'a> {
    /// Returns the mark as it is written: "[✅]" or "✅"; nothing where there is none.
    #[must_use]
    pub fn sign(&self) -> Option<&'a str> {
        self.mark().and_then(|it| self.raw.get(it))
    }

    /// Returns what stands between the beginning of the line and the mark: the item's bullet.
    #[must_use]
    pub fn bullet(&self) -> &'a str {
        let before = self.file.text.get(..self.start).unwrap_or_default();
        before.get(memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |it| it + 1)..).unwrap_or_default()
    }

    /// Says whether a bracket is its mark.
    #[must_use]
    pub fn has_box(&self) -> bool {
        self.raw.starts_with('[') && bracket_mark(self.raw).is_some()
    }

    fn mark(&self) -> Option<Range<usize>> {
        if self.has_box() {
            return Some(0..self.raw.find(']')? + 1);
        }
        let (symbol, _) = leading_symbol(self.raw)?;
        let behind = self.raw.get(symbol.len_utf8()..)?;
        let variant = behind.len() - behind.trim_start_matches('\u{FE0F}').len();
        Some(0..symbol.len_utf8() + variant)
    }

    fn edit(&self, range: Range<usize>, text: impl Into<String>) -> Edit {
        let span = Span::new(self.start + range.start, self.start + range.end);
        Edit { path: self.file.path.clone(), span, text: text.into() }
    }

    /// Returns the edit that gives it the mark of a state; one is put before words that have none only where that is asked for.
    #[must_use]
    pub fn with_mark(&self, state: State, sign: &Sign, may_add: bool) -> Option<Edit> {
        match self.mark() {
            Some(it) if self.has_box() => Some(self.edit(it.start + 1..it.end - 1, sign.inside(state))),
            Some(it) => Some(self.edit(it, sign.symbol(state))),
            None => may_add.then(|| self.edit(0..0, format!("[{}] ", sign.inside(state)))),
        }
    }

    /// Says whether what stands at its end may go on in the next line.
    fn goes_on(&self) -> bool {
        let has_state = percentage(self.rest).is_some() || blocker(self.rest).is_some();
        let is_open = !self.rest.is_empty() && blocker(self.raw).is_some_and(|it| !it.is_closed);
        has_state || is_open
    }

    /// Returns the place for more words at its end; nothing where its words go on in the next line. A line such as "Owner: Kim" says
    /// something of its own.
    fn end(&self) -> Result<usize, GoesOn> {
        let next = self.rest.trim_start().lines().next().unwrap_or_default();
        let is_detail =
            next.is_empty() || next.split_whitespace().take(4).any(|it| it.trim_end_matches('*').ends_with(':'));
        if is_detail { Ok(self.raw.len()) } else { Err(GoesOn) }
    }

    /// Says whether it names how much is done.
    #[must_use]
    pub fn has_percent(&self) -> bool {
        percentage(self.raw).is_some()
    }

    /// Returns the edit that lets it say how much is done: "(80% complete)", or "(80%)" where the roadmap says it.
    ///
    /// # Errors
    ///
    /// When that may go on in the next line.
    pub fn with_percent(&self, percent: u8, words: &str) -> Result<Edit, GoesOn> {
        if self.goes_on() {
            return Err(GoesOn);
        }
        if let Some(it) = percentage(self.raw) {
            return Ok(self.edit(it, percent.to_string()));
        }
        if let Some(it) = blocker(self.raw) {
            return Ok(self.edit(it.at.start..it.at.start, format!("({percent}%{words}) ")));
        }
        let end = self.end()?;
        Ok(self.edit(end..end, format!(" ({percent}%{words})")))
    }

    /// Returns the edits that let it say that all is done, and that it waits for nothing, where it says otherwise.
    ///
    /// # Errors
    ///
    /// When that may go on in the next line.
    pub fn finished(&self) -> Result<Vec<Edit>, GoesOn> {
        if self.goes_on() {
            return Err(GoesOn);
        }
        let blocker = blocker(self.raw).map(|it| {
            let kept = self.raw.get(..it.at.start).map_or(it.at.start, |it| it.trim_end().len());
            kept..it.at.end
        });
        let is_left =
            |it: &Range<usize>| blocker.as_ref().is_none_or(|gone| it.end <= gone.start || gone.end <= it.start);
        let figure = percentage(self.raw).filter(is_left).map(|it| self.edit(it, "100"));
        Ok(figure.into_iter().chain(blocker.clone().map(|it| self.edit(it, ""))).collect())
    }

    /// Returns the edit that lets it say what it waits for.
    ///
    /// # Errors
    ///
    /// When that may go on in the next line.
    pub fn with_blocker(&self, reason: &str) -> Result<Edit, GoesOn> {
        if self.goes_on() {
            return Err(GoesOn);
        }
        let said = format!("(Blocker: {})", inline(reason));
        if let Some(it) = blocker(self.raw) {
            return Ok(self.edit(it.at, said));
        }
        let end = self.end()?;
        Ok(self.edit(end..end, format!(" {said}")))
    }
}

/// Finds the number in "(80% complete)", "(80%)" or "80% done".
fn percentage(raw: &str) -> Option<Range<usize>> {
    memchr::memchr_iter(b'%', raw.as_bytes()).find_map(|at| {
        let before = raw.get(..at)?.trim_end();
        let start = before.rfind(|it: char| !it.is_ascii_digit() && it != '.').map_or(0, |it| it + 1);
        let start = if before.is_char_boundary(start) { start } else { return None };
        let behind = raw.get(at + 1..)?.trim_start().to_ascii_lowercase();
        let ends = behind.starts_with(')') && before.get(..start)?.ends_with('(');
        let is_share = ends || ["done", "complete"].iter().any(|it| behind.starts_with(it));
        (start < before.len() && is_share).then_some(start..before.len())
    })
}

/// The bracket that says what something waits for.
#[derive(Debug, PartialEq, Eq)]
struct Blocker {
    at: Range<usize>,
    /// Whether it ends on its line.
    is_closed: bool,
}

/// Finds the bracket that says what something waits for.
fn blocker(raw: &str) -> Option<Blocker> {
    let begins = |rest: &str| {
        ["blocker:", "blocked by:", "blocked:"]
            .iter()
            .any(|it| rest.get(..it.len()).is_some_and(|rest| rest.eq_ignore_ascii_case(it)))
    };
    let start = memchr::memchr_iter(b'(', raw.as_bytes()).find(|at| raw.get(at + 1..).is_some_and(begins))?;
    let end = raw.get(start + 1..).and_then(bracket_end).map(|it| start + 1 + it + 1);
    Some(Blocker { at: start..end.unwrap_or(raw.len()), is_closed: end.is_some() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_and_blockers_are_found() {
        for (raw, number) in [
            ("P2-05: Scripts (80% complete)", Some("80")),
            ("Reach 81% of the APIs (5%)", Some("5")),
            ("it is 62.5 % done", Some("62.5")),
            ("p95 fell by 38%", None),
            ("é% done", None),
        ] {
            assert_eq!(percentage(raw).and_then(|it| raw.get(it)), number, "{raw}");
        }
        for (raw, found) in [
            ("a (b) (Blocked by: c)", Some("(Blocked by: c)")),
            ("a (Blocker: no teacher) — see 44", Some("(Blocker: no teacher)")),
            ("a (Blocker: no teacher) (50% complete)", Some("(Blocker: no teacher)")),
            ("a (Blocker: keys (two) are gone) (50%)", Some("(Blocker: keys (two) are gone)")),
            ("a (Blocker: a) or b))", Some("(Blocker: a) or b))")),
            ("a (Blocker: the teacher", Some("(Blocker: the teacher")),
            ("a (é", None),
        ] {
            assert_eq!(blocker(raw).and_then(|it| raw.get(it.at)), found, "{raw}");
        }
    }
}
