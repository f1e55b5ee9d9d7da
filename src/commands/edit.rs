//! `roadbook tick`, `progress` and `block`: a change of one task in the plan's own Markdown, and the way back.

use super::input::{Alone, alone};
use super::{CommandError, World};
use crate::cli::{Block, Cli, Progress, Target, Tick};
use crate::diagnostic::patch;
use crate::edge::{Failure, folder_in_repository, keep_last_edit, last_edit, original, replace, sweep};
use crate::editing::{Applied, Change, LastEdit, Refusal, Rewritten, Wish, apply, change, is_as_before, take_back};
use crate::prose::{one_line, visible};
use std::io::Write;

/// Marks a task as done.
pub fn tick(it: &Tick, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    run(it.id.as_deref().map(|id| (id, Wish::Done)), &it.target, cli, world, out)
}

/// Says how far a task is.
pub fn progress(it: &Progress, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let wish = it.id.as_deref().zip(it.percent.map(Wish::Progress));
    run(wish, &it.target, cli, world, out)
}

/// Says that a task is blocked.
pub fn block(it: &Block, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let wish = it.id.as_deref().zip(it.reason.clone().map(Wish::Blocked));
    run(wish, &it.target, cli, world, out)
}

/// A file, before and after.
struct File {
    path: String,
    old: Vec<u8>,
    new: Vec<u8>,
}

fn run(
    wish: Option<(&str, Wish)>,
    target: &Target,
    cli: &Cli,
    world: &World,
    out: &mut dyn Write,
) -> Result<u8, CommandError> {
    let it = alone(&target.path, target.when, world, !target.dry_run)?;
    if !target.dry_run {
        sweep(&it.root, it.sources.files().map(|it| &*it.path));
    }
    let Some((id, wish)) = wish else { return undo(&it, target, cli, out) };
    let change = change(&it.sources, it.as_of, id, &wish)?;
    let (files, record) = files(&it, &change)?;
    if target.dry_run {
        return shown(&files, out);
    }
    if !files.is_empty() {
        let before = last_edit(&it.root)?;
        // A record of what is not written yet does no harm: what it names is not there to be taken back.
        keep_last_edit(&it.root, Some(&record.written()))?;
        if let Err(why) = write(&it, &files) {
            keep_last_edit(&it.root, before.as_deref())?;
            return Err(why.into());
        }
    }
    say(cli, out, &change.said)
}

/// Makes the edits in the bytes of the files as they are now.
fn files(it: &Alone, change: &Change) -> Result<(Vec<File>, LastEdit), CommandError> {
    let (mut files, mut kept) = (Vec::new(), Vec::new());
    for file in it.sources.files() {
        let edits: Vec<_> = change.edits.iter().filter(|it| it.path == file.path).collect();
        if edits.is_empty() {
            continue;
        }
        let path = file.path.to_string();
        let old = original(&it.root, &path)?;
        let Applied { bytes, places } = apply(file, &old, &edits)?;
        kept.push(Rewritten { path: path.clone(), places });
        files.push(File { path, old, new: bytes });
    }
    Ok((files, LastEdit::new(folder_in_repository(&it.root), change.task.clone(), kept)))
}

/// Writes all files. Where one cannot be written, those before it are as they were.
fn write(it: &Alone, files: &[File]) -> Result<(), Failure> {
    for (at, file) in files.iter().enumerate() {
        if let Err(why) = replace(&it.root, &file.path, &file.old, &file.new) {
            for back in files.iter().take(at) {
                replace(&it.root, &back.path, &back.new, &back.old)?;
            }
            return Err(why);
        }
    }
    Ok(())
}

fn undo(it: &Alone, target: &Target, cli: &Cli, out: &mut dyn Write) -> Result<u8, CommandError> {
    let nothing = || {
        let help = "`roadbook tick`, `progress` and `block` can be taken back once, the last one alone";
        CommandError::from(Refusal { what: "there is nothing to take back".to_owned(), help: help.to_owned() })
    };
    let record = last_edit(&it.root)?.as_deref().and_then(LastEdit::read).ok_or_else(nothing)?;
    if record.project != folder_in_repository(&it.root) {
        let place = one_line(record.project.trim_end_matches('/'));
        let help = format!("name it: --path {}", if place.is_empty() { "." } else { &place });
        let what = "the last change was made in another project of this repository".to_owned();
        return Err(Refusal { what, help }.into());
    }
    let mut files = Vec::new();
    for file in &record.files {
        let old = original(&it.root, &file.path)?;
        // A run that was killed may have written only some of the files.
        if is_as_before(file, &old) {
            continue;
        }
        let new = take_back(file, &old)?;
        files.push(File { path: file.path.clone(), old, new });
    }
    if files.is_empty() {
        return Err(nothing());
    }
    if target.dry_run {
        return shown(&files, out);
    }
    write(it, &files)?;
    keep_last_edit(&it.root, None)?;
    let said = files.iter().map(|file| {
        let path = one_line(&file.path);
        format!("{path}: the change of {} is taken back", one_line(&record.task))
    });
    say(cli, out, &said.collect::<Vec<_>>())
}

fn shown(files: &[File], out: &mut dyn Write) -> Result<u8, CommandError> {
    for it in files {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        write!(out, "{}", patch(&visible(&it.path), &text(&it.old), &text(&it.new)))?;
    }
    Ok(0)
}

fn say(cli: &Cli, out: &mut dyn Write, said: &[String]) -> Result<u8, CommandError> {
    if !cli.common.quiet {
        for it in said {
            writeln!(out, "{it}")?;
        }
    }
    Ok(0)
}
