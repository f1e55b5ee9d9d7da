//! Sends one mail to an audience, with the record before and after each recipient.
//!
//! What keeps a mail from going out twice: a recipient is claimed in the record before the server hears of them, by whoever is first;
//! what came of it is written down before the next is claimed, in the same step. A claim without a result is never taken for nothing.

use crate::commands::CommandError;
use crate::edge::{
    Entry, EntryState, Failure, LEASE, Ledger, Outcome, Record, Scope, Sender, Standing, Tried, for_recipient, hash12,
    kept_files, message, message_id, standing,
};
use crate::mail::{Address, Mail};
use crate::settings::Audience;
use chrono::{DateTime, Utc};
use std::time::Duration;

/// How long is waited before those are tried again whose server said "later".
const PAUSES: [Duration; 3] = [Duration::from_secs(5), Duration::from_secs(30), Duration::from_secs(120)];
/// How often the record may have changed under our hands for one claim.
const MOST_CONFLICTS: usize = 50;

/// What takes messages to their servers.
pub trait Carrier {
    /// Tries once.
    fn send(&mut self, from: &Address, to: &Address, message: &[u8]) -> Tried;

    /// Ends the connection, as before a pause.
    fn close(&mut self);
}

impl Carrier for crate::edge::Mailer {
    fn send(&mut self, from: &Address, to: &Address, message: &[u8]) -> Tried {
        Self::send(self, from, to, message)
    }

    fn close(&mut self) {
        Self::close(self);
    }
}

/// Time, as the world has it.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// Tells the time.
    pub now: fn() -> DateTime<Utc>,
    /// Lets time pass.
    pub wait: fn(Duration),
}

/// What came of a mail: each list holds addresses as a log may show them, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivered {
    /// To whom it was sent now.
    pub accepted: Vec<String>,
    /// Who had it before.
    pub before: Vec<String>,
    /// Whose server does not take it.
    pub refused: Vec<String>,
    /// Whose server may take it later.
    pub deferred: Vec<String>,
    /// Who may have it.
    pub unknown: Vec<String>,
    /// Whom another run is sending it to.
    pub claimed: Vec<String>,
    /// Whom nobody tried to send it to.
    pub untried: Vec<String>,
    /// Whether something was tried of which the record does not say what came.
    pub has_unwritten: bool,
    /// Why nothing more can be sent, and what to do.
    pub stop: Option<(String, String)>,
}

impl Delivered {
    /// Says whether everybody has the mail.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        [&self.refused, &self.deferred, &self.unknown, &self.claimed, &self.untried].iter().all(|it| it.is_empty())
    }
}

/// One recipient.
struct Recipient<'a> {
    address: &'a Address,
    hash: String,
    id: String,
    /// What came of the last try.
    last: Option<Tried>,
}

/// What is needed to send a mail.
struct Work<'a> {
    mail: &'a Mail,
    sender: Sender<'a>,
    ledger: &'a mut dyn Ledger,
    clock: Clock,
    resends_unknown: bool,
    record: Record,
    /// What came of those who were tried, and is not written down yet.
    pending: Vec<Entry>,
}

/// Files by name.
type Files = Vec<(String, Vec<u8>)>;

/// Sends a mail to an audience. Recipients who were claimed, accepted or are unknown are left alone; with `resends_unknown` those are
/// sent the same bytes again of whom nobody knows, unless another run claimed them within [`LEASE`].
///
/// # Errors
///
/// When the record cannot be read or written, or the message cannot be made. What was done until then is in `done`.
pub fn deliver(
    (mail, audience): (&Mail, &Audience),
    sender: Sender,
    (ledger, carrier): (&mut dyn Ledger, &mut dyn Carrier),
    clock: Clock,
    resends_unknown: bool,
    done: &mut Delivered,
) -> Result<(), CommandError> {
    let record = ledger.read(&mail.key)?;
    let mut work = Work { mail, sender, ledger, clock, resends_unknown, record, pending: Vec::new() };
    let result = all(&mut work, audience, carrier, done);
    done.has_unwritten = !work.pending.is_empty();
    result
}

/// Sends in rounds: whose server said "later" is tried again after a pause.
fn all(
    work: &mut Work,
    audience: &Audience,
    carrier: &mut dyn Carrier,
    done: &mut Delivered,
) -> Result<(), CommandError> {
    let (mail, clock) = (work.mail, work.clock);
    let from = &work.sender.from.address;
    let recipient = |address| {
        let hash = hash12(&mail.key.audience, Some(address));
        let id = message_id(&mail.key, from, Some(address));
        Recipient { address, hash, id, last: None }
    };
    let mut queue: Vec<Recipient> = audience.to.iter().map(recipient).collect();
    for pause in [None].into_iter().chain(PAUSES.map(Some)) {
        if let Some(pause) = pause {
            carrier.close();
            (clock.wait)(pause);
        }
        queue = round(work, carrier, queue, done)?;
        work.settle()?;
        if queue.is_empty() || done.stop.is_some() {
            break;
        }
    }
    for it in queue {
        match &it.last {
            Some(tried) => done.deferred.push(said(it.address, tried)),
            None => done.untried.push(it.address.masked()),
        }
    }
    Ok(())
}

/// Tries each recipient once, and returns those to try again.
fn round<'a>(
    work: &mut Work,
    carrier: &mut dyn Carrier,
    queue: Vec<Recipient<'a>>,
    done: &mut Delivered,
) -> Result<Vec<Recipient<'a>>, CommandError> {
    let mut later = Vec::new();
    let mut queue = queue.into_iter();
    for mut it in queue.by_ref() {
        let Some(bytes) = work.claim(&it, done)? else { continue };
        let tried = carrier.send(&work.sender.from.address, it.address, &bytes);
        work.note(&it, &tried);
        let words = said(it.address, &tried);
        match tried.outcome {
            Outcome::Accepted { .. } => done.accepted.push(it.address.masked()),
            Outcome::Refused { .. } => done.refused.push(words),
            Outcome::Unknown => done.unknown.push(words),
            Outcome::Deferred { .. } => {
                it.last = Some(tried.clone());
                later.push(it);
            }
        }
        match tried.scope {
            Scope::Recipient => {}
            Scope::Server => break,
            Scope::Everything { help } => {
                done.stop = Some((tried.why, help));
                break;
            }
        }
    }
    later.extend(queue);
    Ok(later)
}

impl Work<'_> {
    /// Claims a recipient, and returns the message for them; nothing where they are not to be sent it.
    fn claim(&mut self, it: &Recipient, done: &mut Delivered) -> Result<Option<Vec<u8>>, CommandError> {
        for _ in 0..MOST_CONFLICTS {
            let now = (self.clock.now)();
            let shown = || it.address.masked();
            match standing(&self.record.entries, &it.hash, now) {
                Standing::Open => {}
                Standing::Unknown if self.resends_unknown => {}
                Standing::Accepted => {
                    done.before.push(shown());
                    return Ok(None);
                }
                Standing::Unknown => {
                    done.unknown.push(shown());
                    return Ok(None);
                }
                Standing::Claimed => {
                    done.claimed.push(shown());
                    return Ok(None);
                }
            }
            let (kept, files) = self.kept()?;
            let bytes = for_recipient(&kept, &it.id).ok_or_else(|| CommandError::Usage {
                what: format!(
                    "what is kept of the mail of {} for {} is no message",
                    self.mail.key.week, self.mail.key.audience
                ),
                help: "look into mail.eml in the record of what was sent: somebody changed it".to_owned(),
            })?;
            let claim = Entry::new(&self.mail.key, &it.hash, &it.id, EntryState::Intent, None, now);
            let entries = [self.pending.as_slice(), &[claim]].concat();
            if self.write(entries, &files)? {
                self.record.kept = Some(kept);
                return Ok(Some(bytes));
            }
        }
        Err(self.restless())
    }

    /// Returns the bytes that are kept, and the files to write where they are new. Once somebody may have the mail, everybody else gets
    /// the same.
    fn kept(&self) -> Result<(Vec<u8>, Files), CommandError> {
        if let Some(kept) = self.record.kept.as_ref().filter(|_| self.record.is_out()) {
            return Ok((kept.clone(), Vec::new()));
        }
        let bytes = made(self.mail, self.sender)?;
        let is_new = self.record.kept.as_ref() != Some(&bytes);
        let files = if is_new { kept_files(self.mail, &bytes) } else { Vec::new() };
        Ok((bytes, files))
    }

    /// Remembers what came of a try.
    fn note(&mut self, it: &Recipient, tried: &Tried) {
        let (state, code) = match tried.outcome {
            Outcome::Accepted { code } => (EntryState::Accepted, Some(code)),
            Outcome::Refused { code } => (EntryState::Refused, Some(code)),
            Outcome::Deferred { code } => (EntryState::Deferred, code),
            Outcome::Unknown => (EntryState::Unknown, None),
        };
        self.pending.push(Entry::new(&self.mail.key, &it.hash, &it.id, state, code, (self.clock.now)()));
    }

    /// Writes down what came of those who were tried.
    fn settle(&mut self) -> Result<(), CommandError> {
        for _ in 0..MOST_CONFLICTS {
            if self.pending.is_empty() || self.write(self.pending.clone(), &[])? {
                return Ok(());
            }
        }
        Err(self.restless())
    }

    /// Writes entries; where somebody else was first, reads what there is now.
    fn write(&mut self, entries: Vec<Entry>, files: &[(String, Vec<u8>)]) -> Result<bool, Failure> {
        if self.ledger.append(&self.mail.key, &entries, files)? {
            self.pending.clear();
            self.record.entries.extend(entries);
            return Ok(true);
        }
        self.record = self.ledger.read(&self.mail.key)?;
        Ok(false)
    }

    fn restless(&self) -> CommandError {
        CommandError::Usage {
            what: format!(
                "the record of the mail for {} changed {MOST_CONFLICTS} times while it was to be written",
                self.mail.key.audience
            ),
            help: "run it again when no other run goes on".to_owned(),
        }
    }
}

/// Makes the message of a mail.
///
/// # Errors
///
/// When the choices for mails do not let it be made.
pub(super) fn made(mail: &Mail, sender: Sender) -> Result<Vec<u8>, CommandError> {
    message(mail, sender).map_err(|why| CommandError::Usage {
        what: format!("the mail for {} cannot be made: {why}", mail.key.audience),
        help: "check `email` in roadbook.toml".to_owned(),
    })
}

/// Says what came of a try. Servers repeat addresses in full.
fn said(address: &Address, tried: &Tried) -> String {
    let masked = address.masked();
    let whole = address.to_string();
    let mut why = tried.why.clone();
    while let Some(at) = why.to_ascii_lowercase().find(&whole.to_ascii_lowercase()) {
        why.replace_range(at..at + whole.len(), &masked);
    }
    if why.is_empty() { masked } else { format!("{masked} ({why})") }
}

/// Returns how long a claim without a result is left alone, in minutes.
#[must_use]
pub(super) fn lease_minutes() -> i64 {
    LEASE.num_minutes()
}
