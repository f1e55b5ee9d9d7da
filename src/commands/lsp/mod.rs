//! `roadbook lsp`: speaks with an editor, in the Language Server Protocol.
//!
//! 1. `wire.rs` reads what comes in on a thread of its own; nothing that comes can end it but its end.
//! 2. `server.rs` takes one message after the other. Changes are written down at once (`documents.rs`), and what they mean is worked out
//!    when somebody asks, or when nothing more has come (`workspace.rs`): a fast writer never waits for a slow plan.
//! 3. One file answers each question an editor asks: `hover.rs`, `definition.rs`, `references.rs`, `symbols.rs`, `completion.rs`,
//!    `actions.rs`; `findings.rs` says what is wrong, unasked.
//!
//! An editor counts in units of its own, of a text of its own: `text.rs` leads from there to the text that is read, and back.

mod actions;
mod answer;
mod completion;
mod definition;
mod documents;
mod failures;
mod findings;
mod hello;
mod hover;
mod outline;
mod references;
mod server;
mod spot;
mod symbols;
mod text;
mod uri;
mod wire;
mod workspace;

use super::{CommandError, World};
use std::io::{self, Write};

/// Speaks with an editor until it leaves: 0 when it said so before, else 1.
pub fn run(world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let incoming = wire::listen(io::stdin());
    Ok(server::Server::new(world).run(&incoming, out)?)
}
