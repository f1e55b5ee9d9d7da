//! `roadbook init`: what a project begins with.

use super::input::chosen;
use super::{CommandError, World, as_of};
use crate::cli::{Cli, Init};
use crate::edge::{
    GitUse, Origin, Projects, SETTINGS, can_ask, exists, find, folder_in_repository, is_free, origin, read, relative,
    says_yes, standups_elsewhere, write_new,
};
use crate::phrase;
use crate::pipeline::{Understood, understand};
use crate::prose::one_line;
use crate::render::{init_mail_workflow, init_sample, init_settings, init_standups, init_workflows};
use crate::settings::{PlainBullets, Settings};
use crate::views::init::Fits;
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

/// A plan that is there.
struct Found {
    /// What it says, with what fits it.
    known: Understood,
    /// The folder that its settings belong to.
    root: PathBuf,
    /// Whether it has settings.
    has_settings: bool,
    /// The folder of its standups, as seen from its own.
    standups: String,
    /// What its settings have to say, so that it is read as it is meant.
    fits: Fits,
}

/// Begins a project.
pub fn run(it: &Init, cli: &Cli, world: &World, out: &mut dyn Write) -> Result<u8, CommandError> {
    let found = look(&it.dir, world)?;
    let home = origin(&it.dir);
    let mut offers = match &found {
        Some(found) => for_plan(found, home.as_ref())?,
        None => sample(&it.dir, home.as_ref(), world)?,
    };
    offers.extend(around(&it.dir, home.as_ref(), found.as_ref())?);
    for offer in &mut offers {
        let folder = offer.folder.clone();
        offer.files.retain(|(path, _)| is_free(&folder.join(path)));
    }
    offers.retain(|it| !it.files.is_empty());
    if !cli.common.quiet {
        match &found {
            Some(found) => say_found(found, out)?,
            None => writeln!(out, "found no plan: a small sample begins one")?,
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

/// Finds the plan that lies in a folder, and what its settings have to say.
fn look(dir: &Path, world: &World) -> Result<Option<Found>, CommandError> {
    if !exists(dir) {
        return Ok(None);
    }
    let usage = |what: String, help: &str| CommandError::Usage { what, help: help.to_owned() };
    let mut project = match find(dir) {
        Ok(Projects::One(it)) if it.standups.is_some() => it,
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
    };
    let root = project.root.clone();
    let mut sources = read(project.clone(), GitUse::IGNORED)?;
    let mut fits = Fits::default();
    if sources.standups.is_empty() {
        fits.standups = standups_elsewhere(&project);
        if let Some(it) = &fits.standups {
            project.standups = Some(root.join(it));
            sources = read(project.clone(), GitUse::IGNORED)?;
        }
    }
    let day = as_of(None, &chosen(&sources), world)?;
    let mut known = understand(sources.clone(), day);
    if known.history.plan.tasks.is_empty() {
        sources.settings.reading.plain_bullets = PlainBullets::Tasks;
        let with = understand(sources, day);
        if !with.history.plan.tasks.is_empty() {
            fits.has_plain_tasks = true;
            known = with;
        }
    }
    let standups = relative(&root, project.standups.as_deref().unwrap_or(&root.join("standups")));
    Ok(Some(Found { known, has_settings: exists(&root.join(SETTINGS)), root, standups, fits }))
}

fn say_found(found: &Found, out: &mut dyn Write) -> Result<(), CommandError> {
    let known = &found.known;
    writeln!(out, "found {}: {}", known.sources.roadmap.path, title(known))?;
    let fits = &found.fits;
    if fits.has_plain_tasks {
        writeln!(
            out,
            "its tasks have no boxes: `plain_bullets = \"tasks\"` below `[reading]` reads its list items as tasks"
        )?;
    }
    if let Some(folder) = &fits.standups {
        let count = phrase::count(known.sources.standups.len(), "file");
        writeln!(
            out,
            "found standups in {}, {count}: `standups = {}` reads them",
            one_line(folder),
            init::quoted(folder)
        )?;
    }
    if found.has_settings {
        let stays = "is there already and stays as it is; `roadbook check` says what is wrong with it";
        let add = if fits.is_empty() { "" } else { ". Add what is said above yourself" };
        writeln!(out, "{SETTINGS} {stays}{add}")?;
    }
    Ok(())
}

fn title(known: &Understood) -> String {
    format!(
        "{}, {}",
        crate::prose::visible(&known.history.plan.title),
        phrase::count(known.history.plan.tasks.len(), "task")
    )
}

/// Where links to the lines of a folder's files lead.
fn source_url(root: &Path, home: Option<&Origin>) -> Option<String> {
    Some(format!("{}{}", home?.files_url.as_ref()?, folder_in_repository(root)))
}

fn for_plan(found: &Found, home: Option<&Origin>) -> Result<Vec<Offer>, CommandError> {
    let Found { known, root, standups, fits, .. } = found;
    let report = report::report(&known.facts());
    let url = source_url(root, home);
    let view = init::init_settings(&report, &known.sources.roadmap.path, url.as_deref(), fits);
    let files = vec![(SETTINGS.to_owned(), init_settings(&view)?)];
    let what = "settings with what was found in the plan";
    let mut offers = vec![Offer { what, folder: root.clone(), files, by_itself: true }];
    if known.sources.standups.is_empty() {
        let files = vec![(format!("{standups}/README.md"), init_standups()?)];
        let what = "a folder for standups, with a file that says what they look like";
        offers.push(Offer { what, folder: root.clone(), files, by_itself: true });
    }
    Ok(offers)
}

fn sample(dir: &Path, home: Option<&Origin>, world: &World) -> Result<Vec<Offer>, CommandError> {
    let today = as_of(None, &Settings::default(), world)?;
    let files = init_sample(&init::init_sample(today, source_url(dir, home).as_deref()))?;
    Ok(vec![Offer { what: "a small plan with a standup and settings", folder: dir.to_owned(), files, by_itself: true }])
}

/// What belongs to the repository rather than to the plan.
fn around(dir: &Path, home: Option<&Origin>, found: Option<&Found>) -> Result<Vec<Offer>, CommandError> {
    let ignore = vec![("output/.gitignore".to_owned(), IGNORE.to_owned())];
    let what = "a .gitignore in output/, so that built sites stay out of commits";
    let mut offers = vec![Offer { what, folder: dir.to_owned(), files: ignore, by_itself: true }];
    // Where a folder is not the top, a plan of others may be published already.
    if let Some(home) = home.filter(|it| it.is_github && folder_in_repository(dir).is_empty()) {
        let branch = home.branch.as_deref().unwrap_or("main");
        let files = init_workflows(branch)?;
        let what = "workflows of GitHub that publish the site and say what a pull request does to the plan";
        offers.push(Offer { what, folder: home.top.clone(), files, by_itself: false });
        // Without anybody to write to it has nothing to do.
        if found.is_some_and(|it| !it.known.sources.settings.email.audiences.is_empty()) {
            let what = "a workflow of GitHub that sends the weekly mail, once it is told to";
            let files = vec![init_mail_workflow(branch)?];
            offers.push(Offer { what, folder: home.top.clone(), files, by_itself: false });
        }
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
