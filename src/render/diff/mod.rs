//! What a change does to a plan: as a comment, and on a terminal.

mod comment;
mod terminal;

pub use self::comment::{comment, unreadable};
pub use self::terminal::terminal;
