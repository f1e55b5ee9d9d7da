//! `roadbook build`: the site, with its data.

use super::input::Input;
use super::{CommandError, World, colour};
use crate::cli::{Build, Cli};
use crate::edge::publish;
use crate::phrase;
use crate::pipeline::Portfolio;
use crate::prose::visible;
use crate::render::SiteOptions;
use std::io::Write;

/// Builds the site of a project, or of several. A site is written whatever the findings.
pub fn run(it: &Build, cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, CommandError> {
    let mut input = Input::read(&it.path, it.when, world)?;
    input.add_sent_mails();
    input.refuse_nothing(colour(cli, world), err)?;
    let options = SiteOptions { base_url: it.base_url.clone(), ..SiteOptions::default() };
    let bundle = input.site(&options)?;
    input.complain((cli, world), err)?;
    publish(&bundle, &it.out, &input.places)?;
    if !cli.common.quiet {
        let files = phrase::count(bundle.files.len(), "file");
        writeln!(out, "{}; {files} written to {}", progress(&input), it.out.display())?;
    }
    Ok(0)
}

/// "Portal: 10 of 42 items done as of 2026-02-06", or the same of all projects.
fn progress(input: &Input) -> String {
    let Portfolio { members, as_of, .. } = &input.portfolio;
    let known = || input.portfolio.known().map(|it| &it.analysis.progress);
    let (done, total) = known().fold((0, 0), |(done, total), it| (done + it.done, total + it.total));
    let whose = match input.alone() {
        Some(it) => visible(&it.history.plan.title).into_owned(),
        None if known().count() == members.len() => phrase::count(members.len(), "project"),
        None => format!("{} of {} read", known().count(), phrase::count(members.len(), "project")),
    };
    let done = match total {
        0 => "no items".to_owned(),
        total => format!("{done} of {} done", phrase::count(total, "item")),
    };
    format!("{whose}: {done} as of {as_of}")
}
