//! `roadbook lsp`.

use super::{CommandError, World, not_yet};

/// Speaks with an editor.
pub fn run(_world: &World) -> Result<u8, CommandError> {
    not_yet("lsp")
}
