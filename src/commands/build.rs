//! `roadbook build`: the site, with its data.

use super::{CommandError, World, as_of, complain};
use crate::cli::{Build, Cli};
use crate::edge::{locate, publish, read};
use crate::phrase;
use crate::pipeline::understand;
use crate::render::{SiteOptions, site};
use std::io::Write;

/// Builds the site of a project. A site is written whatever the findings.
pub fn run(it: &Build, cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, CommandError> {
    let sources = read(locate(&it.path)?)?;
    let day = as_of(it.as_of, &sources, world)?;
    let understood = understand(sources, day);
    let facts = understood.facts();
    let bundle = site(facts, &SiteOptions { base_url: it.base_url.clone() })?;
    complain(&understood.diagnostics, &understood.sources, cli, world, err)?;
    publish(&bundle, &it.out)?;
    if !cli.common.quiet {
        let progress = &understood.analysis.progress;
        let done = match progress.total {
            0 => "no items".to_owned(),
            total => format!("{} of {} done", progress.done, phrase::count(total, "item")),
        };
        writeln!(
            out,
            "{}: {done} as of {day}; {} written to {}",
            crate::prose::visible(&understood.history.plan.title),
            phrase::count(bundle.files.len(), "file"),
            it.out.display()
        )?;
    }
    Ok(0)
}
