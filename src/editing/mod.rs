//! What is written into a project's Markdown: changes of one task, and the next standup. Nothing here touches the disk: an edit names
//! bytes of a file's text, [`bytes::apply`] makes the file's new bytes of it, and an editor may do the same in its own way.
//!
//! An edit is made as a guess of where the team writes such a thing, and then proved: the edited files are understood again, and the
//! task must be in the state that was asked for, and nothing else be another.

mod again;
mod bytes;
mod change;
mod current;
mod draft;
mod escape;
mod find;
mod form;
mod line;
mod name;
mod new_part;
mod part_lines;
mod roadmap;
mod standup;
mod undo;

pub use self::bytes::{Applied, Replaced, apply};
pub use self::change::change;
pub use self::draft::{Draft, draft, holding};
pub use self::find::find;
pub use self::undo::{LastEdit, Rewritten, is_as_before, take_back};

use crate::phrase::{list, number};
use crate::text::Span;
use std::sync::Arc;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The task is done.
    Done,
    /// So much of it is done, 0 to 99.
    Progress(u8),
    /// It is blocked, by what is said in one line.
    Blocked(String),
}

impl Wish {
    /// Says what a task then is: "is done", "is 80% done", "is blocked".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Done => "is done".to_owned(),
            Self::Progress(it) => format!("is {}% done", number(f64::from(*it))),
            Self::Blocked(_) => "is blocked".to_owned(),
        }
    }
}

/// One change of a file: the text that takes the place of a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file's path, as in [`SourceFile::path`](crate::text::SourceFile::path).
    pub path: Arc<str>,
    /// The bytes that it replaces, in the decoded and repaired text; empty where something is put in.
    pub span: Span,
    /// What stands there then, with LF line ends.
    pub text: String,
}

/// Changes of a project's files that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the task is called.
    pub task: String,
    /// The edits, sorted by path and place; those of one file do not overlap. Empty where nothing has to change.
    pub edits: Vec<Edit>,
    /// What to say of each file: `roadmap.md:12: P1-03 is done`.
    pub said: Vec<String>,
}

/// Why something is not written, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, and where.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

/// Returns a text with edits made in it, and whether all of them fit. They must be sorted, and not overlap.
fn edited(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut new = String::with_capacity(text.len() + edits.iter().map(|it| it.text.len()).sum::<usize>());
    let mut at = 0;
    for it in edits {
        let range = it.span.range();
        new.push_str(text.get(at..range.start)?);
        new.push_str(&it.text);
        at = range.end;
    }
    new.push_str(text.get(at..)?);
    Some(new)
}

/// Names lines of a file: "roadmap.md:12", "roadmap.md:12 and 40".
fn lines_of(path: &str, lines: &[u32]) -> String {
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    format!("{}:{}", crate::prose::one_line(path), list(&lines))
}
