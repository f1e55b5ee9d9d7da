//! `roadbook standup`.

use super::{CommandError, World, not_yet};
use crate::cli::{Cli, Standup};
use std::io::Write;

/// Writes the next standup.
pub fn run(
    _it: &Standup,
    _cli: &Cli,
    _world: &World,
    _out: &mut dyn Write,
    _err: &mut dyn Write,
) -> Result<u8, CommandError> {
    not_yet("standup")
}
