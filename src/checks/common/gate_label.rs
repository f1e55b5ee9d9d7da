//! What stands before the colon of a gate's line.

use super::Subject;
use crate::model::Gate;
use crate::text::{Place, Span};

/// Returns the words before the colon of a gate's line, such as "GO/NO-GO GATE"; nothing for a gate without such a line.
#[must_use]
pub fn label(subject: &Subject<'_>, gate: &Gate) -> Option<(String, Place)> {
    let file = subject.file(&gate.place)?;
    let (before, _) = file.slice(gate.place.span).split_once(':')?;
    let label = before.trim_matches(|it: char| !it.is_alphanumeric());
    let at = gate.place.span.start as usize + before.find(label)?;
    let names_a_gate = label.to_lowercase().ends_with("gate");
    names_a_gate.then(|| (label.to_owned(), file.place(Span::new(at, at + label.len()))))
}
