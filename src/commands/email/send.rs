//! Sends mails, and says what came of it.

use super::deliver::{Clock, Delivered, deliver, lease_minutes};
use crate::commands::{CommandError, World};
use crate::edge::{FolderLedger, GitLedger, Ledger, Mailer, Sender};
use crate::mail::Mail;
use crate::phrase;
use crate::settings::{Audience, LedgerPlace, Settings};
use std::io::Write;
use std::path::Path;

/// How many addresses of a kind are shown.
const SHOWN: usize = 5;

/// What is asked for besides the mails.
#[derive(Debug, Clone, Copy)]
pub struct SendOptions<'a> {
    /// The folder of the settings: the repository that it lies in holds the record, and paths are relative to it.
    pub root: &'a Path,
    /// Whether those are sent the mail again who may have it.
    pub resend_unknown: bool,
    /// The remote that the record is pushed to, instead of `origin`.
    pub remote: Option<&'a str>,
    /// What the project is called, for people.
    pub title: &'a str,
    /// Whether nothing is said but errors.
    pub quiet: bool,
}

/// Sends mails to their audiences, and returns the exit status: 0 when everybody has theirs, 5 when somebody has not. Who had it before
/// is not sent it again.
///
/// # Errors
///
/// When nothing could be tried: there is no sender, no server, no recipient, or nowhere to write down what was sent.
pub fn send(
    mails: &[(Mail, &Audience)],
    settings: &Settings,
    world: &World,
    options: SendOptions,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<u8, CommandError> {
    let email = &settings.email;
    let usage = |what: String, help: &str| CommandError::Usage { what, help: help.to_owned() };
    let Some(from) = &email.from else {
        return Err(usage(
            "`email.from` is not set, so there is no sender".to_owned(),
            "write it into roadbook.toml: [email] from = \"Team <team@example.org>\"",
        ));
    };
    let chosen: Vec<_> = mails.iter().filter(|(_, audience)| !audience.to.is_empty()).collect();
    if chosen.is_empty() {
        return Err(usage(
            "nobody is to get the mail".to_owned(),
            "write addresses into roadbook.toml: [email.audiences.team] to = [\"team@example.org\"]",
        ));
    }
    let mut mailer = Mailer::new(&world.post)?;
    let mut ledger: Box<dyn Ledger> = match &email.ledger {
        LedgerPlace::Git => Box::new(GitLedger::open(options.root, options.remote)?),
        LedgerPlace::Folder(it) => Box::new(FolderLedger::new(&options.root.join(it))),
    };
    let sender = Sender { from, email, title: options.title };
    let clock = Clock { now: world.post.now, wait: world.post.wait };
    let mut is_complete = true;
    let mut is_tried = false;
    for (mail, audience) in chosen {
        let mut done = Delivered::default();
        let ways: (&mut dyn Ledger, &mut dyn super::Carrier) = (&mut *ledger, &mut mailer);
        let delivered = deliver((mail, audience), sender, ways, clock, options.resend_unknown, &mut done);
        is_tried |= done.has_unwritten || !done.accepted.is_empty() || !done.refused.is_empty();
        is_complete &= done.is_complete();
        if !options.quiet || !done.is_complete() {
            tell(mail, &done, if options.quiet { &mut *err } else { &mut *out })?;
        }
        match delivered {
            Ok(()) => {}
            // Once something went out, the status says that not all did.
            Err(it) if is_tried => {
                writeln!(err, "error: {it}")?;
                if let Some(help) = it.help() {
                    writeln!(err, "  help: {help}")?;
                }
                writeln!(
                    err,
                    "  help: what came of the last recipients is not written down: the next run takes it for unknown"
                )?;
                return Ok(5);
            }
            Err(it) => return Err(it),
        }
        if let Some((why, help)) = done.stop {
            writeln!(err, "error: {}: {why}\n  help: {help}", mailer.shown())?;
            return Ok(5);
        }
    }
    Ok(if is_complete { 0 } else { 5 })
}

/// Says what came of a mail, a line for each kind of recipients.
fn tell(mail: &Mail, done: &Delivered, out: &mut dyn Write) -> std::io::Result<()> {
    let key = &mail.key;
    let claimed =
        format!("left alone, since another run claimed them; after {} minutes they are unknown", lease_minutes());
    let kinds = [
        ("sent", &done.accepted),
        ("sent before", &done.before),
        ("refused", &done.refused),
        ("deferred: try again later", &done.deferred),
        ("unknown, so not sent again; --resend-unknown does", &done.unknown),
        (claimed.as_str(), &done.claimed),
        ("not tried", &done.untried),
    ];
    for (what, who) in kinds.into_iter().filter(|(_, who)| !who.is_empty()) {
        let mut shown: Vec<String> = who.iter().take(SHOWN).cloned().collect();
        if SHOWN < who.len() {
            shown.push(format!("{} more", who.len() - SHOWN));
        }
        let count = phrase::count(who.len(), "recipient");
        writeln!(out, "{} {}: {count} {what}: {}", key.week, key.audience, phrase::list(&shown))?;
    }
    Ok(())
}
