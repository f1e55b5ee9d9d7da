//! The comment of a pull request.

use crate::render::{Look, TemplateError};
use crate::sources::OwnLook;
use crate::views::diff::{self, DiffFacts, DiffView, MAX_BYTES, Room, Unreadable};

/// Makes the comment's Markdown, of at most 65,000 bytes: where all is more, whole rows go from the bottom, and the comment says
/// how many of what kind.
///
/// # Errors
///
/// When the template asks for what the view does not have.
pub fn comment(facts: &DiffFacts<'_>, view: &DiffView, marker: &str) -> Result<String, TemplateError> {
    // What a change looks like is not for the change to say.
    let look = Look::new(&facts.before.sources.look)?;
    let mut room = Room::MOST;
    loop {
        let text = look.page("comment/comment.md", &diff::comment(facts, view, marker, room))?;
        match room.less() {
            Some(less) if MAX_BYTES < text.len() => room = less,
            _ => return Ok(text),
        }
    }
}

/// Makes the comment for a plan that cannot be read after the change.
///
/// # Errors
///
/// When the template asks for what the view does not have.
pub fn unreadable(view: &Unreadable, look: &OwnLook) -> Result<String, TemplateError> {
    Look::new(look)?.page("comment/unreadable.md", view)
}
