//! `roadbook standup`: the file of the next standup, filled in from the plan.

use super::input::{Alone, alone};
use super::{CommandError, World};
use crate::calendar::short_day_as_of;
use crate::cli::{Cli, Standup};
use crate::edge::{create, original};
use crate::editing::{Refusal, draft, holding};
use crate::prose::one_line;
use std::io::Write;

/// Writes the next standup. A file that is there stays.
pub fn run(
    it: &Standup,
    cli: &Cli,
    world: &World,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, CommandError> {
    let project = alone(&it.path, it.when, world, false)?;
    let draft = draft(&project.sources, &project.standups, project.as_of, it.week)?;
    let text = like_the_last(draft.text.clone(), &project);
    let path = one_line(&draft.path);
    let said = format!("{path}: the standup of {}, with {}", draft.about, holding(&draft));
    if it.dry_run {
        write!(out, "{text}")?;
        if !cli.common.quiet {
            writeln!(err, "would be written to {said}")?;
        }
        return Ok(0);
    }
    if let Some(one) = &draft.one_file {
        let help = format!("put it into {one} yourself: `roadbook standup --dry-run` prints it");
        return Err(Refusal { what: format!("all standups stand in one file: {one}"), help }.into());
    }
    create(&project.root, &draft.path, text.as_bytes())?;
    if !cli.common.quiet {
        writeln!(out, "wrote {said}")?;
        if project.as_of < draft.day {
            let day = short_day_as_of(draft.day, project.as_of);
            writeln!(out, "It counts from {day} on; fill it in, look at `roadbook check`, and commit it.")?;
        }
    }
    Ok(0)
}

/// Returns a text with the line ends that the newest standup has.
fn like_the_last(text: String, project: &Alone) -> String {
    let last = project.sources.standups.last().and_then(|it| original(&project.root, &it.path).ok());
    let has_crlf = last.is_some_and(|it| it.split(|it| *it == b'\n').next().is_some_and(|it| it.ends_with(b"\r")));
    if has_crlf { text.replace('\n', "\r\n") } else { text }
}
