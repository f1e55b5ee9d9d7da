//! `roadbook serve`: the site in a browser of this machine, made anew whenever a file changes.

use super::input::Input;
use super::{CommandError, World, colour, show};
use crate::bundle::Bundle;
use crate::cli::{Cli, Serve};
use crate::diagnostic::print;
use crate::edge::{Failure, Live, Server, Shelf, Watch, on_interrupt};
use crate::phrase;
use crate::pipeline::Member;
use crate::render::{SiteOptions, live_files, live_words};
use crate::text::{DecodeNote, SourceFile};
use crate::views::live::{LiveState, live, live_error};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::thread;

/// How often it is read again when folders appear while it is read.
const TRIES: usize = 3;

/// A site that was built, and what is wrong with its plan.
struct Built {
    bundle: Bundle,
    state: LiveState,
    /// Whether each file had a text, and only characters, by its path.
    files: BTreeMap<String, Sound>,
}

#[derive(Clone, Copy)]
struct Sound {
    has_text: bool,
    is_utf8: bool,
}

/// Shows the site while it is written.
pub fn run(it: &Serve, cli: &Cli, world: &World, out: &mut dyn Write, err: &mut dyn Write) -> Result<u8, CommandError> {
    // What changes from here on is noticed, though it is read only now.
    let mut watch = Watch::new(&it.path)?;
    let input = read(it, world)?;
    input.refuse_nothing(colour(cli, world), err)?;
    input.complain((cli, world), err)?;
    let built = build(&input, None)?;
    let shelf = Shelf::default();
    let live = Live::new(shelf.clone(), live_files());
    let _ = live.show(built.bundle, &live_words(&built.state));
    let server = Server::bind(it.port, shelf)?.with_live(live.clone());
    let (url, stop, waker) = (server.url(), server.stop(), watch.waker());
    on_interrupt({
        let stop = stop.clone();
        move || {
            stop.stop();
            waker.end();
        }
    });
    thread::scope(|scope| {
        scope.spawn(|| server.run());
        let said = show(("serving", &url), it.no_open, (cli, world), out);
        let mut shown = Shown { live, state: built.state, files: built.files };
        let ended =
            said.map_err(CommandError::from).and_then(|()| shown.follow(&mut watch, it, (cli, world), out, err));
        // Whatever ended it ends the server as well.
        stop.stop();
        ended
    })?;
    Ok(0)
}

fn read(it: &Serve, world: &World) -> Result<Input, CommandError> {
    let mut input = Input::read(&it.path, it.when, world)?;
    input.add_sent_mails();
    Ok(input)
}

/// Builds the site of what was read; `before` is what is known of the files of the site that is shown.
fn build(input: &Input, before: Option<&BTreeMap<String, Sound>>) -> Result<Built, CommandError> {
    let roadmap = |it: &Member| it.known.as_ref().ok().map(|known| it.within(&known.sources.roadmap.path));
    let plans: BTreeSet<String> = input.portfolio.members.iter().filter_map(roadmap).collect();
    let mut files = BTreeMap::new();
    for file in input.portfolio.files() {
        let sound = Sound::of(&file);
        let was = before.and_then(|it| it.get(&*file.path));
        was.map_or(Ok(()), |was| half_saved(&file, plans.contains(&*file.path), *was, sound))?;
        files.insert(file.path.to_string(), sound);
    }
    let options = SiteOptions { base_url: None, is_live: true };
    Ok(Built { bundle: input.site(&options)?, state: live(&input.portfolio.facts()), files })
}

impl Sound {
    fn of(file: &SourceFile) -> Self {
        let is_utf8 = !file.notes.iter().any(|it| matches!(it, DecodeNote::NotUtf8 { .. }));
        Self { has_text: !file.text.trim().is_empty(), is_utf8 }
    }
}

/// Refuses a file that lost what it had: whoever writes it has hardly meant that, and is most likely still at it.
fn half_saved(file: &SourceFile, is_plan: bool, was: Sound, is: Sound) -> Result<(), CommandError> {
    let help = "save it again; the site follows as soon as it is whole";
    if is_plan && was.has_text && !is.has_text {
        return Err(Failure::new(file.path.as_ref().as_ref(), "the file is empty", help).into());
    }
    let line = file.notes.iter().find_map(|it| match it {
        DecodeNote::NotUtf8 { line, .. } => Some(*line),
        DecodeNote::Utf16 => None,
    });
    if let Some(line) = line.filter(|_| was.is_utf8) {
        let what = format!("the file is not UTF-8 from line {line} on");
        return Err(Failure::new(file.path.as_ref().as_ref(), what, help).into());
    }
    Ok(())
}

/// What is shown by now.
struct Shown {
    live: Live,
    state: LiveState,
    files: BTreeMap<String, Sound>,
}

impl Shown {
    /// Builds the site anew after each change, until the watch ends.
    fn follow(
        &mut self,
        watch: &mut Watch,
        it: &Serve,
        (cli, world): (&Cli, &World),
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), CommandError> {
        while watch.wait() {
            // Days pass while a plan is written.
            let world = &world.at_this_moment();
            match self.again(watch, it, world) {
                Ok(built) => {
                    let had_failed = self.state.error.is_some();
                    let is_other = had_failed || self.state != built.state;
                    self.state = built.state;
                    self.files = built.files;
                    let pages = self.live.show(built.bundle, &live_words(&self.state));
                    if !cli.common.quiet && (0 < pages || is_other) {
                        writeln!(out, "{}", again_words(pages, &self.state.summary))?;
                        out.flush()?;
                    }
                }
                Err(error) => self.fail(&error, (cli, world), err)?,
            }
        }
        Ok(())
    }

    fn again(&self, watch: &mut Watch, it: &Serve, world: &World) -> Result<Built, CommandError> {
        watch.look_around()?;
        let mut input = read(it, world);
        for _ in 1..TRIES {
            if !watch.look_around()? {
                break;
            }
            input = read(it, world);
        }
        let input = input?;
        self.refuse_lost(&input)?;
        build(&input, Some(&self.files))
    }

    /// Refuses projects that could be read before and cannot be now.
    fn refuse_lost(&self, input: &Input) -> Result<(), CommandError> {
        for member in &input.portfolio.members {
            let Err(why) = &member.known else { continue };
            if self.files.keys().any(|it| it.starts_with(&member.within(""))) {
                let found = why.file.clone().map(|file| {
                    let diagnostics = why.found.clone();
                    Box::new(crate::edge::Found { file, diagnostics })
                });
                return Err(Failure { found, ..Failure::new(why.path.as_ref(), &why.what, &why.help) }.into());
            }
        }
        Ok(())
    }

    /// Says why the site is still the one before.
    fn fail(
        &mut self,
        error: &CommandError,
        (cli, world): (&Cli, &World),
        err: &mut dyn Write,
    ) -> Result<(), CommandError> {
        let found = error.places();
        let places = found.map_or(&[][..], |(_, it)| it);
        let now = Some(live_error(&error.to_string(), error.help(), places));
        if self.state.error == now {
            return Ok(());
        }
        self.state.error = now;
        self.live.say(&live_words(&self.state));
        if let Some((file, found)) = found {
            write!(err, "{}", print(found, &[file], colour(cli, world)))?;
        }
        writeln!(err, "not built: {error}")?;
        error.help().map_or(Ok(()), |it| writeln!(err, "  help: {it}"))?;
        writeln!(err, "  the site is shown as it was before")?;
        Ok(())
    }
}

/// "built again: 3 pages changed; 2 errors, 1 warning".
fn again_words(pages: usize, findings: &str) -> String {
    let pages = match pages {
        0 => "no page".to_owned(),
        n => phrase::count(n, "page"),
    };
    let findings = if findings.is_empty() { "no errors or warnings" } else { findings };
    format!("built again: {pages} changed; {findings}")
}
