//! `roadbook completions`.

use super::CommandError;
use crate::cli::{Completions, Shell, grammar};
use clap_complete::generate;
use clap_complete::shells::{Bash, Elvish, Fish, PowerShell, Zsh};
use std::io::Write;

/// Writes the script that completes commands.
pub fn run(it: &Completions, out: &mut dyn Write) -> Result<u8, CommandError> {
    // The generators end the program when a write fails; memory never does.
    let mut script = Vec::new();
    let (mut grammar, name) = (grammar(), "roadbook");
    match it.shell {
        Shell::Bash => generate(Bash, &mut grammar, name, &mut script),
        Shell::Elvish => generate(Elvish, &mut grammar, name, &mut script),
        Shell::Fish => generate(Fish, &mut grammar, name, &mut script),
        Shell::Powershell => generate(PowerShell, &mut grammar, name, &mut script),
        Shell::Zsh => generate(Zsh, &mut grammar, name, &mut script),
    }
    out.write_all(&script)?;
    Ok(0)
}
