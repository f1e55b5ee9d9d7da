//! `roadbook completions`.

use super::{CommandError, not_yet};
use crate::cli::Completions;
use std::io::Write;

/// Writes the script that completes commands.
pub fn run(_it: &Completions, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("completions")
}
