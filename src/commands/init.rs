//! `roadbook init`: what a project begins with.

use super::input::Input;
use super::{CommandError, World, as_of};
use crate::cli::{Cli, Init, When};
use crate::edge::{
    Origin, Projects, SETTINGS, can_ask, exists, find, folder_in_repository, is_free, origin, says_yes, write_new,
};
use crate::pipeline::Understood;
use crate::render::{init_sample, init_settings, init_workflows};
use crate::settings::Settings;
use crate::views::{init, report};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What keeps a built site out of commits; `build` leaves it where it is.
const IGNORE: &str = "*\n!.gitignore\n";

/// Files that belong together, and what they are for.
struct Offer {
    /// The question, without its question mark.
    what: &'static str,
    /// The folder that paths are seen from.
    folder: PathBuf,
    /// Paths and texts.
    files: Vec<(String, String)>,
    /// Whether it is also taken where nobody can be asked.
    by_itself: bool,
}

/// Begins a project.
pub fn run(it: &Init, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let found = look(&it.dir, world)?;
    let home = origin(&it.dir);
    let mut offers = match &found {
        Some((known, root)) => for_plan(known, root, home.as_ref())?,
        None => sample(&it.dir, home.as_ref(), world)?,
    };
    offers.extend(around(&it.dir, home.as_ref())?);
    let had_settings = found.as_ref().is_some_and(|(_, root)| exists(&root.join(SETTINGS)));
    for offer in &mut offers {
        let folder = offer.folder.clone();
        offer.files.retain(|(path, _)| is_free(&folder.join(path)));
    }
    offers.retain(|it| !it.files.is_empty());
    if !cli.common.quiet {
        match &found {
            Some((known, _)) => writeln!(out, "found {}: {}", known.sources.roadmap.path, title(known))?,
            None => writeln!(out, "found no plan: a small sample begins one")?,
        }
        if had_settings {
            writeln!(
                out,
                "{SETTINGS} is there already and stays as it is; `roadbook check` says what is wrong with it"
            )?;
        }
    }
    let mut written = 0;
    for offer in offers {
        if wants(&offer, it, world, out)? {
            written += offer.files.len();
            write(&offer, it, cli, out)?;
        } else if !cli.common.quiet {
            writeln!(out, "left out: {}", offer.what)?;
        }
    }
    if !cli.common.quiet {
        next_steps(it, written, home.as_ref(), out)?;
    }
    Ok(0)
}

/// Returns the plan that lies in a folder, and the folder its settings belong to.
fn look(dir: &Path, world: &World) -> Result<Option<(Understood, PathBuf)>, CommandError> {
    if !exists(dir) {
        return Ok(None);
    }
    let usage = |what: String, help: &str| CommandError::Usage { what, help: help.to_owned() };
    match find(dir) {
        Ok(Projects::One(it)) if it.standups.is_some() => {}
        Ok(Projects::One(_)) => {
            return Err(usage(format!("{}: it is a file", dir.display()), "name the folder that it lies in"));
        }
        Ok(Projects::Several(_)) => {
            let what = format!("{}: there are projects in its subfolders", dir.display());
            return Err(usage(
                what,
                "begin with one of them: roadbook init FOLDER; together they have one page already",
            ));
        }
        // Only settings that are wrong or a plan that cannot be read are there to be lost.
        Err(failure) if exists(&dir.join(SETTINGS)) || failure.found.is_some() => return Err(failure.into()),
        Err(_) => return Ok(None),
    }
    let when = When { no_history: true, ..When::default() };
    let mut input = Input::read(dir, when, world)?;
    let root = input.root.clone();
    let known = input.portfolio.members.pop().and_then(|it| it.known.ok());
    Ok(known.map(|it| (it, root)))
}

fn title(known: &Understood) -> String {
    format!(
        "{}, {}",
        crate::prose::visible(&known.history.plan.title),
        crate::phrase::count(known.history.plan.tasks.len(), "task")
    )
}

/// Where links to the lines of a folder's files lead.
fn source_url(root: &Path, home: Option<&Origin>) -> Option<String> {
    Some(format!("{}{}", home?.files_url.as_ref()?, folder_in_repository(root)))
}

fn for_plan(known: &Understood, root: &Path, home: Option<&Origin>) -> Result<Vec<Offer>, CommandError> {
    let report = report::report(&known.facts());
    let url = source_url(root, home);
    let view = init::init_settings(&report, &known.sources.roadmap.path, url.as_deref());
    let files = vec![(SETTINGS.to_owned(), init_settings(&view)?)];
    Ok(vec![Offer {
        what: "settings with what was found in the plan",
        folder: root.to_owned(),
        files,
        by_itself: true,
    }])
}

fn sample(dir: &Path, home: Option<&Origin>, world: &World) -> Result<Vec<Offer>, CommandError> {
    let today = as_of(None, &Settings::default(), world)?;
    let files = init_sample(&init::init_sample(today, source_url(dir, home).as_deref()))?;
    Ok(vec![Offer { what: "a small plan with a standup and settings", folder: dir.to_owned(), files, by_itself: true }])
}

/// What belongs to the repository rather than to the plan.
fn around(dir: &Path, home: Option<&Origin>) -> Result<Vec<Offer>, CommandError> {
    let ignore = vec![("output/.gitignore".to_owned(), IGNORE.to_owned())];
    let what = "a .gitignore in output/, so that built sites stay out of commits";
    let mut offers = vec![Offer { what, folder: dir.to_owned(), files: ignore, by_itself: true }];
    // Where a folder is not the top, a plan of others may be published already.
    if let Some(home) = home.filter(|it| it.is_github && folder_in_repository(dir).is_empty()) {
        let files = init_workflows(home.branch.as_deref().unwrap_or("main"))?;
        let what = "workflows of GitHub that publish the site and say what a pull request does to the plan";
        offers.push(Offer { what, folder: home.top.clone(), files, by_itself: false });
    }
    Ok(offers)
}

fn wants(offer: &Offer, it: &Init, world: &World, out: &mut dyn Write) -> Result<bool, CommandError> {
    if it.yes || it.dry_run {
        return Ok(true);
    }
    if !world.is_terminal || !can_ask() {
        return Ok(offer.by_itself);
    }
    write!(out, "{}? [Y/n] ", offer.what)?;
    out.flush()?;
    Ok(says_yes())
}

fn write(offer: &Offer, it: &Init, cli: &Cli, out: &mut dyn Write) -> Result<(), CommandError> {
    let says = if it.dry_run { "would write" } else { "wrote" };
    for (path, text) in &offer.files {
        if !it.dry_run {
            write_new(&offer.folder, path, text)?;
        }
        if !cli.common.quiet {
            writeln!(out, "{says} {path}")?;
        }
    }
    Ok(())
}

fn next_steps(it: &Init, written: usize, home: Option<&Origin>, out: &mut dyn Write) -> Result<(), CommandError> {
    if written == 0 {
        writeln!(out, "nothing to write: all that is offered is there or was left out")?;
    }
    let at = if it.dir == Path::new(".") { String::new() } else { format!(" {}", it.dir.display()) };
    writeln!(out, "\nnext:\n  roadbook build{at}     the site, in output/")?;
    writeln!(out, "  roadbook serve{at}     the same in a browser, while you write")?;
    writeln!(out, "  roadbook standup{at}   the file of the next standup")?;
    if home.is_some_and(|it| it.is_github) {
        writeln!(
            out,
            "  docs/publishing.md of roadbook says what the workflows need before they run: OWNER/roadbook@COMMIT is"
        )?;
        writeln!(out, "  where you found roadbook; docs/email.md is about the weekly mail")?;
    }
    Ok(())
}
