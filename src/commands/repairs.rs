//! What `roadbook check --fix` repairs.

use super::CommandError;
use super::input::Input;
use crate::edge::{lock_edits, original, replace};
use crate::phrase;
use crate::prose::visible;
use crate::text::repair;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// What a repair makes of a file.
pub struct Repair<'a> {
    root: &'a Path,
    /// As seen from its project.
    path: String,
    /// As seen from the folder that was asked for.
    pub shown: String,
    /// The text as it is.
    pub old: String,
    /// The text repaired.
    pub new: String,
    symbols: usize,
}

/// Repairs what is marked as repairable, file by file, from the bytes as they are: line ends and all else stay.
pub fn repairs(input: &Input) -> Result<Vec<Repair<'_>>, CommandError> {
    let mut repairs = Vec::new();
    for (root, member) in input.roots.iter().zip(&input.portfolio.members) {
        let Ok(known) = &member.known else { continue };
        // Several findings may speak of one file.
        let paths: BTreeSet<&String> = known.diagnostics.iter().filter(|it| it.fixable).map(|it| &it.path).collect();
        for path in paths {
            // Bytes that are no UTF-8 are not understood well enough to be written anew.
            let Ok(old) = String::from_utf8(original(root, path)?) else { continue };
            let (new, lines) = repair(old.clone());
            if new == old {
                continue;
            }
            let symbols = lines.iter().map(|it| it.symbols).sum();
            repairs.push(Repair { root, path: path.clone(), shown: member.within(path), old, new, symbols });
        }
    }
    Ok(repairs)
}

/// Writes repaired files in place, and says so.
pub fn write_all(repairs: &[Repair<'_>], quiet: bool, err: &mut dyn Write) -> Result<(), CommandError> {
    for it in repairs {
        let _lock = lock_edits(it.root)?;
        replace(it.root, &it.path, it.old.as_bytes(), it.new.as_bytes())?;
        if !quiet {
            writeln!(err, "repaired {}: {}", visible(&it.shown), phrase::count(it.symbols, "symbol"))?;
        }
    }
    Ok(())
}
