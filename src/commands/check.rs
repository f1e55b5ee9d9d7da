//! `roadbook check`: what is wrong with a plan and its standups, or with those of several projects.

use super::input::Input;
use super::repairs::{repairs, write_all};
use super::{CommandError, World, colour, colour_results};
use crate::checks::all;
use crate::cli::{Check, CheckFormat, Cli, VERSION, When};
use crate::diagnostic::{Diagnostic, SarifRule, Severity, annotations, findings, patch, print, sarif, tally};
use crate::edge::folder_in_repository;
use crate::phrase;
use crate::text::SourceFile;
use serde::Serialize;
use std::io::Write;

/// Prints the findings, worst first. 1 when there is an error, or anything at all with `--strict`.
pub fn run(it: &Check, cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, CommandError> {
    if it.fix {
        // The files of now are repaired, whatever day is asked for.
        let input = Input::read(&it.path, When { no_history: true, ..it.when }, world)?;
        input.refuse_nothing(colour(cli, world), err)?;
        let repairs = repairs(&input)?;
        if it.diff {
            for it in &repairs {
                write!(out, "{}", patch(&it.shown, &it.old, &it.new))?;
            }
            return Ok(status(it, &input.portfolio.diagnostics()));
        }
        write_all(&repairs, cli.common.quiet, err)?;
    }
    let input = Input::read(&it.path, it.when, world)?;
    input.refuse_nothing(colour(cli, world), err)?;
    let mut found = input.portfolio.diagnostics();
    let status = status(it, &found);
    if cli.common.quiet {
        found.retain(|it| it.severity == Severity::Error);
    }
    let files = input.portfolio.files();
    let files: Vec<&SourceFile> = files.iter().collect();
    let folder = folder_in_repository(&input.root);
    match it.format {
        CheckFormat::Terminal => {
            found.sort_by_key(|it| it.severity);
            write!(out, "{}", print(&found, &files, colour_results(cli, world)))?;
            if !cli.common.quiet {
                write!(out, "{}", totals(&found, &files, &input))?;
            }
        }
        CheckFormat::Json => write_json(out, &findings(&found, &files))?,
        CheckFormat::Sarif => write_json(out, &sarif(&found, &files, &rules(), VERSION, &folder))?,
        CheckFormat::Github => write!(out, "{}", annotations(&found, &files, &folder))?,
    }
    Ok(status)
}

fn status(it: &Check, found: &[Diagnostic]) -> u8 {
    let [errors, ..] = tally(found);
    u8::from(0 < errors || (it.strict && !found.is_empty()))
}

fn write_json(out: &mut dyn Write, value: &impl Serialize) -> std::io::Result<()> {
    writeln!(out, "{}", serde_json::to_string_pretty(value).unwrap_or_default())
}

fn rules() -> Vec<SarifRule> {
    let rule = |it: &&_| {
        let crate::checks::Rule { name, what, why, severity, .. } = **it;
        SarifRule { name, what, why, severity }
    };
    all().iter().map(rule).collect()
}

/// "12 errors, 20 warnings, 13 notes in roadmap.md", and where to read on.
fn totals(found: &[Diagnostic], files: &[&SourceFile], input: &Input) -> String {
    let place = match files {
        _ if !input.is_one => phrase::count(input.portfolio.members.len(), "project"),
        [one] => one.path.to_string(),
        many => format!("{} and {}", many.first().map_or("", |it| &it.path), phrase::count(many.len() - 1, "standup")),
    };
    let Some(first) = found.first() else {
        let boxes: usize = input.portfolio.known().flat_map(|it| &it.file_facts).map(|it| it.boxes).sum();
        let items: usize = input.portfolio.known().map(|it| it.history.plan.tasks.len()).sum();
        return format!(
            "No findings in {place} ({}, {}).\n",
            phrase::count(boxes, "box"),
            phrase::count(items, "item")
        );
    };
    let [errors, warnings, notes] = tally(found);
    let parts = phrase::counts(&[(errors, "error"), (warnings, "warning"), (notes, "note")]);
    let fixable = found.iter().filter(|it| it.fixable).count();
    let fix = if 0 < fixable { format!("; `roadbook check --fix` repairs {fixable}") } else { String::new() };
    format!(
        "{} in {place}{fix}\nroadbook explain RULE says why, for example: roadbook explain {}\n",
        parts.join(", "),
        first.rule
    )
}
