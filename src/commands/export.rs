//! `roadbook export`.

use super::{CommandError, World, not_yet};
use crate::cli::{Cli, Export};
use std::io::Write;

/// Writes a plan in another form.
pub fn run(_it: &Export, _cli: &Cli, _world: &World, _out: &mut dyn Write) -> Result<u8, CommandError> {
    not_yet("export")
}
