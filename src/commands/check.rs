//! `roadbook check`: what is wrong with a plan and its standups.

use super::{CommandError, World, as_of, colour};
use crate::checks::all;
use crate::cli::{Check, CheckFormat, Cli, VERSION};
use crate::diagnostic::{Diagnostic, SarifRule, Severity, annotations, findings, patch, print, sarif, tally};
use crate::edge::{folder_in_repository, locate, original, read, rewrite};
use crate::phrase;
use crate::pipeline::{Understood, understand};
use crate::prose::visible;
use crate::text::repair;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// Prints the findings, worst first. 1 when there is an error, or anything at all with `--strict`.
pub fn run(it: &Check, cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, CommandError> {
    let project = locate(&it.path)?;
    let root = project.root.clone();
    let sources = read(project)?;
    let day = as_of(it.as_of, &sources, world)?;
    let mut understood = understand(sources, day);
    if it.fix {
        let repairs = repairs(&root, &understood)?;
        if it.diff {
            for it in &repairs {
                write!(out, "{}", patch(&it.path, &it.old, &it.new))?;
            }
            return Ok(status(it, &understood));
        }
        for it in &repairs {
            rewrite(&root, &it.path, it.new.as_bytes())?;
            if !cli.common.quiet {
                writeln!(err, "repaired {}: {}", visible(&it.path), phrase::count(it.symbols, "symbol"))?;
            }
        }
        if !repairs.is_empty() {
            understood = understand(read(locate(&it.path)?)?, day);
        }
    }
    let mut found = understood.diagnostics.clone();
    if cli.common.quiet {
        found.retain(|it| it.severity == Severity::Error);
    }
    let files: Vec<_> = understood.sources.files().collect();
    match it.format {
        CheckFormat::Terminal => {
            found.sort_by_key(|it| it.severity);
            write!(out, "{}", print(&found, &files, colour(cli, world)))?;
            if !cli.common.quiet {
                write!(out, "{}", totals(&found, &understood))?;
            }
        }
        CheckFormat::Json => {
            let json = serde_json::to_string_pretty(&findings(&found, &files)).unwrap_or_default();
            writeln!(out, "{json}")?;
        }
        CheckFormat::Sarif => {
            let rules: Vec<SarifRule> = all()
                .iter()
                .map(|it| SarifRule { name: it.name, what: it.what, why: it.why, severity: it.severity })
                .collect();
            let json =
                serde_json::to_string_pretty(&sarif(&found, &files, &rules, VERSION, &folder_in_repository(&root)))
                    .unwrap_or_default();
            writeln!(out, "{json}")?;
        }
        CheckFormat::Github => write!(out, "{}", annotations(&found, &files, &folder_in_repository(&root)))?,
    }
    Ok(status(it, &understood))
}

fn status(it: &Check, understood: &Understood) -> u8 {
    let [errors, ..] = tally(&understood.diagnostics);
    u8::from(0 < errors || (it.strict && !understood.diagnostics.is_empty()))
}

/// What a repair makes of a file.
struct Repair {
    path: String,
    old: String,
    new: String,
    symbols: usize,
}

/// Repairs what is marked as repairable, file by file, from the bytes as they are: line ends and all else stay.
fn repairs(root: &Path, understood: &Understood) -> Result<Vec<Repair>, CommandError> {
    let mut repairs = Vec::new();
    // Several findings may speak of one file.
    let paths: BTreeSet<&String> = understood.diagnostics.iter().filter(|it| it.fixable).map(|it| &it.path).collect();
    for path in paths {
        // Bytes that are no UTF-8 are not understood well enough to be written anew.
        let Ok(old) = String::from_utf8(original(root, path)?) else { continue };
        let (new, lines) = repair(old.clone());
        if new == old {
            continue;
        }
        let symbols = lines.iter().map(|it| it.symbols).sum();
        repairs.push(Repair { path: path.clone(), old, new, symbols });
    }
    Ok(repairs)
}

/// "12 errors, 20 warnings, 13 notes in roadmap.md", and where to read on.
fn totals(found: &[Diagnostic], understood: &Understood) -> String {
    let files: Vec<_> = understood.sources.files().collect();
    let place = match files.as_slice() {
        [one] => one.path.to_string(),
        many => format!("{} and {}", many.first().map_or("", |it| &it.path), phrase::count(many.len() - 1, "standup")),
    };
    let Some(first) = found.first() else {
        let boxes: usize = understood.file_facts.iter().map(|it| it.boxes).sum();
        let items = understood.history.plan.tasks.len();
        return format!(
            "No findings in {place} ({}, {}).\n",
            phrase::count(boxes, "box"),
            phrase::count(items, "item")
        );
    };
    let counts = tally(found);
    let parts = counts.iter().zip(["error", "warning", "note"]).filter(|(n, _)| 0 < **n);
    let parts: Vec<String> = parts.map(|(n, noun)| phrase::count(*n, noun)).collect();
    let fixable = found.iter().filter(|it| it.fixable).count();
    let fix = if 0 < fixable { format!("; `roadbook check --fix` repairs {fixable}") } else { String::new() };
    format!(
        "{} in {place}{fix}\nroadbook explain RULE says why, for example: roadbook explain {}\n",
        parts.join(", "),
        first.rule
    )
}
