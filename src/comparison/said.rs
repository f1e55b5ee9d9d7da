//! Words of ours with words of the plan among them, so that every format can mark which are which.

use crate::prose::{code_span, code_span_in_text, escape_html, visible, without_controls};

/// A few words: ours, and the plan's own among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The pieces in reading order.
    pub pieces: Vec<Piece>,
}

/// A piece of a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words of ours: no markup, nothing to be escaped.
    Ours(String),
    /// Words of the plan: hostile until the format has made them safe.
    Theirs(String),
}

/// What stands between what was and what is.
pub const IS_NOW: &str = " is now ";

/// Pieces beyond this many are left out of a comment: one task with a thousand owners would leave no room for all others.
const MOST_PIECES: usize = 60;

impl Said {
    /// Makes words of ours.
    #[must_use]
    pub fn ours(words: impl Into<String>) -> Self {
        Self::default().and(words)
    }

    /// Makes words of the plan.
    #[must_use]
    pub fn theirs(words: impl Into<String>) -> Self {
        Self::default().and_theirs(words)
    }

    /// Adds words of ours.
    #[must_use]
    pub fn and(mut self, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.pieces.push(Piece::Ours(words));
        }
        self
    }

    /// Adds words of the plan, in one line.
    #[must_use]
    pub fn and_theirs(mut self, words: impl Into<String>) -> Self {
        let words = words.into().split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.pieces.push(Piece::Theirs(words));
        }
        self
    }

    /// Adds other words.
    #[must_use]
    pub fn and_all(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// Joins words with others of ours between them.
    #[must_use]
    pub fn joined(all: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut joined = Self::default();
        for it in all {
            if !joined.is_empty() {
                joined = joined.and(between);
            }
            joined = joined.and_all(it);
        }
        joined
    }

    /// Joins words as a list: "a", "a and b", "a, b and c".
    #[must_use]
    pub fn list(all: Vec<Self>) -> Self {
        let count = all.len();
        let mut joined = Self::default();
        for (at, it) in all.into_iter().enumerate() {
            let between = match at {
                0 => "",
                _ if at + 1 == count => " and ",
                _ => ", ",
            };
            joined = joined.and(between).and_all(it);
        }
        joined
    }

    /// Says whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Returns the words as GitHub's Markdown, those of the plan as code; they may stand in a cell of a table. A list that is too
    /// long for a comment is cut.
    #[must_use]
    pub fn markdown(&self) -> String {
        self.marked(code_span)
    }

    /// Returns the words as [`Said::markdown`] does, for places outside of tables.
    #[must_use]
    pub fn markdown_in_text(&self) -> String {
        self.marked(code_span_in_text)
    }

    fn marked(&self, code: fn(&str) -> String) -> String {
        let mut marked = String::new();
        for it in self.pieces.iter().take(MOST_PIECES) {
            match it {
                Piece::Ours(it) => marked.push_str(it),
                Piece::Theirs(it) => {
                    // Two fences side by side would be one.
                    if marked.ends_with('`') {
                        marked.push(' ');
                    }
                    marked.push_str(&code(it));
                }
            }
        }
        if MOST_PIECES < self.pieces.len() {
            marked.push('…');
        }
        marked
    }

    /// Returns the words as HTML, those of the plan set apart from what stands beside them.
    #[must_use]
    pub fn html(&self) -> String {
        let text = |it: &Piece| match it {
            Piece::Ours(it) => escape_html(it),
            Piece::Theirs(it) => format!("<bdi>{}</bdi>", escape_html(&visible(it))),
        };
        self.pieces.iter().map(text).collect()
    }

    /// Returns the words as they are, without any mark and without what hides or reorders others.
    #[must_use]
    pub fn plain(&self) -> String {
        let text = |it: &Piece| match it {
            Piece::Ours(it) => it.clone(),
            Piece::Theirs(it) => without_controls(it),
        };
        self.pieces.iter().map(text).collect()
    }

    /// Returns the words as [`Said::plain`] does, ours in ASCII alone. Where nothing sets words of the plan apart, "is now" could be
    /// theirs.
    #[must_use]
    pub fn ascii(&self) -> String {
        let ascii = |it: &str| match it {
            IS_NOW => " -> ".to_owned(),
            it => it.replace(['–', '−'], "-").replace('→', "->"),
        };
        let text = |it: &Piece| match it {
            Piece::Ours(it) => Self::ours(ascii(it)).plain(),
            it @ Piece::Theirs(_) => Self { pieces: vec![it.clone()] }.plain(),
        };
        self.pieces.iter().map(text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn code_stays_apart_from_other_code() {
        let said = Said::theirs("a|b").and_theirs("`c").and(" and ").and_theirs("d");
        assert_eq!(said.markdown(), "`a\\|b` `` `c `` and `d`");
        assert_eq!(said.markdown_in_text(), "`a|b` `` `c `` and `d`");
        assert_eq!(said.plain(), "a|b`c and d");
    }
}
