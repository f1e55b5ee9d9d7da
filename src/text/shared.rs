//! Pieces of a text that share its bytes.

use super::Span;
use std::borrow::Borrow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A piece of a text that shares the text's bytes, so that titles, owners and details are not copied out of their file.
#[derive(Clone, Default)]
pub struct SharedStr {
    whole: Arc<String>,
    span: Span,
}

impl SharedStr {
    /// Returns the text that a span names, or nothing where the span lies outside the text.
    #[must_use]
    pub fn new(whole: &Arc<String>, span: Span) -> Self {
        Self { whole: Arc::clone(whole), span }
    }

    /// Returns a piece of a text. One that does not lie in the text is copied.
    #[must_use]
    pub fn part_of(whole: &Arc<String>, part: &str) -> Self {
        match place_in(whole, part) {
            Some(span) => Self { whole: Arc::clone(whole), span },
            None => part.into(),
        }
    }

    /// Returns a piece of this piece. One that does not lie in it is copied.
    #[must_use]
    pub fn part(&self, part: &str) -> Self {
        Self::part_of(&self.whole, part)
    }

    /// Keeps only some of the bytes; nothing where they do not begin and end between characters.
    pub fn keep(&mut self, bytes: Range<usize>) {
        let start = self.span.start as usize + bytes.start;
        self.span = Span::new(start, self.span.start as usize + bytes.end);
    }

    /// Drops white space at the beginning.
    pub fn trim_start(&mut self) {
        let length = self.len();
        match self.as_bytes() {
            [first, ..] if first.is_ascii_graphic() => {}
            [b' ', second, ..] if second.is_ascii_graphic() => self.keep(1..length),
            _ => self.keep(length - str::trim_start(self).len()..length),
        }
    }

    /// Drops white space at the end.
    pub fn trim_end(&mut self) {
        if !self.as_bytes().last().is_some_and(u8::is_ascii_graphic) {
            self.keep(0..str::trim_end(self).len());
        }
    }
}

/// Returns where a piece lies in a text, when it is a piece of that text and not merely equal to one.
#[must_use]
pub fn place_in(whole: &str, part: &str) -> Option<Span> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    whole.get(start..end).is_some().then(|| Span::new(start, end))
}

/// Returns a text without white space around it. As [`str::trim`], and quicker where only spaces stand around it.
#[must_use]
pub fn trim(text: &str) -> &str {
    let is_plain = |it: &str| {
        let is_graphic = |it: Option<&u8>| it.is_none_or(u8::is_ascii_graphic);
        is_graphic(it.as_bytes().first()) && is_graphic(it.as_bytes().last())
    };
    if is_plain(text) {
        return text;
    }
    let trimmed = text.trim_ascii();
    if is_plain(trimmed) { trimmed } else { trimmed.trim() }
}

impl Deref for SharedStr {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.span.range()).unwrap_or_default()
    }
}

impl From<&str> for SharedStr {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for SharedStr {
    fn from(text: String) -> Self {
        let span = Span::new(0, text.len());
        Self { whole: Arc::new(text), span }
    }
}

impl AsRef<str> for SharedStr {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for SharedStr {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for SharedStr {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SharedStr {}

impl PartialOrd for SharedStr {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SharedStr {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(other)
    }
}

impl Hash for SharedStr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Display for SharedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for SharedStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_share_and_strangers_are_copied() {
        let whole = Arc::new("- [ ] Größe messen ".to_owned());
        let mut piece = SharedStr::part_of(&whole, whole.strip_prefix("- [ ]").unwrap());
        assert_eq!(Arc::strong_count(&whole), 2);
        piece.trim_start();
        piece.trim_end();
        assert_eq!(&*piece, "Größe messen");
        assert_eq!(piece.part(piece.rsplit(' ').next().unwrap()), SharedStr::from("messen"));
        let stranger = SharedStr::part_of(&whole, "messen");
        assert_eq!((&*stranger, Arc::strong_count(&whole)), ("messen", 2));
        piece.keep(0..3);
        assert_eq!(&*piece, "", "a character is never cut in two");
    }
}
