//! `roadbook tick`.

use super::{CommandError, World, not_yet};
use crate::cli::{Block, Cli, Progress, Tick};
use std::io::Write;

/// Changes what a plan says of a task.
pub fn tick(_it: &Tick, _cli: &Cli, _world: &World, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("tick")
}

/// Changes what a plan says of a task.
pub fn progress(_it: &Progress, _cli: &Cli, _world: &World, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("progress")
}

/// Changes what a plan says of a task.
pub fn block(_it: &Block, _cli: &Cli, _world: &World, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("block")
}
