//! `roadbook man`.

use super::{CommandError, not_yet};
use crate::cli::Man;
use std::io::Write;

/// Writes the manual pages.
pub fn run(_it: &Man, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("man")
}
