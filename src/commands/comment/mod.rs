//! `roadbook comment`: posts or updates the one comment of a pull request.

mod decide;
mod kept;

use self::decide::{Draft, Step, decide, settled};
use super::{CommandError, World};
use crate::cli::{Cli, Comment};
use crate::edge::{GitHub, OwnComment, Refusal, limited_text};
use crate::phrase;
use crate::prose::is_hidden;
use std::io::{self, Write};

/// The most bytes of a comment. GitHub takes 65,536 of what may be bytes, characters or UTF-16 units: bytes are the most of these.
const MAX_BYTES: usize = 65_000;

impl From<Refusal> for CommandError {
    fn from(Refusal { what, help }: Refusal) -> Self {
        Self::Usage { what, help }
    }
}

/// Posts or updates the comment, or says why there is nothing to do.
pub fn run(
    it: &Comment,
    cli: &Cli,
    world: &World,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, CommandError> {
    let draft = draft(it)?;
    let quiet = cli.common.quiet;
    let mut silence = io::sink();
    let mut hub = GitHub::new(&world.web, &it.repo, it.pull, if quiet { &mut silence } else { err })?;
    let mut login = None;
    let mut tries = 0;
    loop {
        let step = next(it, &draft, &mut hub, &mut login, tries)?;
        let (id, body) = match step {
            Step::Over(why) => {
                say(&why, quiet, out)?;
                return Ok(0);
            }
            Step::Write { id, body } => (id, body),
        };
        if it.dry_run {
            let what = id.map_or("would post this".to_owned(), |it| format!("would update comment {it} to this"));
            say(&format!("dry run: {what}"), quiet, out)?;
            write!(out, "{}", printed(&body))?;
            return Ok(0);
        }
        let written = match id {
            Some(id) => hub.update(id, &body).map(|()| format!("comment {id} updated")),
            None => hub.post(&body).map(|posted| {
                note_author(posted.author.as_deref(), login.as_deref().unwrap_or_default(), &mut hub);
                format!("comment {} posted", posted.id)
            }),
        };
        match written {
            Ok(done) => {
                say(&done, quiet, out)?;
                return Ok(0);
            }
            Err(trouble) => {
                tries += 1;
                hub.pause(tries, trouble)?;
            }
        }
    }
}

fn draft(it: &Comment) -> Result<Draft, CommandError> {
    let text = limited_text(&it.body_file, MAX_BYTES)?;
    Draft::parse(&text).ok_or_else(|| CommandError::Usage {
        what: format!("{}: line 1 is no marker of a preview", it.body_file.display()),
        help: "write the file with `roadbook diff BASE HEAD --format markdown`".to_owned(),
    })
}

/// Looks how things stand, and says what to do. Before each try all is read again: the reply to the last one may have been lost, and
/// somebody newer may have written since.
fn next(
    it: &Comment,
    draft: &Draft,
    hub: &mut GitHub,
    login: &mut Option<String>,
    tries: u32,
) -> Result<Step, CommandError> {
    if let Some(why) = settled(draft, it.pull, &hub.pull()?) {
        return Ok(Step::Over(why));
    }
    let login = match login {
        Some(it) => it,
        None => login.insert(hub.login(it.author.as_deref())?),
    };
    let own = hub.own_comments(login)?;
    let (step, note) = decide(draft, own.first(), 0 < tries);
    if tries == 0 {
        note_others(&own, hub);
        let _ = note.map(|it| hub.note(it));
    }
    Ok(step)
}

fn say(words: &str, quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    if quiet { Ok(()) } else { writeln!(out, "{words}") }
}

/// Says that there are several, as after two runs at once.
fn note_others(own: &[OwnComment], hub: &mut GitHub) {
    let [kept, others @ ..] = own else { return };
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|it| it.id.to_string()).collect();
        let (noun, verb, them) =
            if others.len() == 1 { ("comment", "has", "it") } else { ("comments", "have", "them") };
        let others = phrase::list(&others);
        let kept = kept.id;
        hub.note(&format!("{noun} {others} {verb} a marker too, but comment {kept} is older: delete {them} by hand"));
    }
}

/// Says that the next run would not find what this one posted.
fn note_author(author: Option<&str>, login: &str, hub: &mut GitHub) {
    if let Some(author) = author.filter(|it| !it.eq_ignore_ascii_case(login)) {
        hub.note(&format!(
            "the comment is by {author}, not by {login}: pass --author '{author}', or the next run posts another"
        ));
    }
}

/// Returns a comment for a terminal or the log of a workflow: no control characters, none that hide or reorder, and a `\` in what the
/// log would obey.
fn printed(body: &str) -> String {
    let mut printed = String::with_capacity(body.len() + 1);
    for line in body.lines() {
        let plain: String = line.chars().filter(|it| (*it == '\t' || !it.is_control()) && !is_hidden(*it)).collect();
        if plain.trim_start().starts_with("::") {
            printed.push('\\');
        }
        printed.push_str(&plain.replace("##[", "##\\["));
        printed.push('\n');
    }
    printed
}
