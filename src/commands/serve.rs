//! `roadbook serve`.

use super::{CommandError, World, not_yet};
use crate::cli::{Cli, Serve};
use std::io::Write;

/// Shows the site while it is written.
pub fn run(
    _it: &Serve,
    _cli: &Cli,
    _world: &World,
    _out: &mut dyn Write,
    _err: &mut dyn Write,
) -> Result<u8, CommandError> {
    not_yet("serve")
}
