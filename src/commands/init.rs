//! `roadbook init`.

use super::{CommandError, World, not_yet};
use crate::cli::{Cli, Init};
use std::io::Write;

/// Begins a project.
pub fn run(_it: &Init, _cli: &Cli, _world: &World, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("init")
}
