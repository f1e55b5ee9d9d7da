//! Rules over plan and standups: one file each; this list is all there is.

mod encoding;
mod mojibake;

use crate::diagnostic::Diagnostic;
use crate::sources::Sources;

/// What rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The files.
    pub sources: &'a Sources,
}

/// A rule: it looks, and complains.
type Rule = fn(Subject<'_>, &mut Vec<Diagnostic>);

/// The rules.
const RULES: [Rule; 2] = [encoding::check, mojibake::check];

/// Runs every rule.
#[must_use]
pub fn run(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        rule(subject, &mut found);
    }
    found
}
