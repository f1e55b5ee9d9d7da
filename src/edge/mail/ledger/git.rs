//! The record in git: `refs/roadbook/sent` of the plan's repository, and of a remote where there is one.

use super::{Entry, LEDGER, Ledger, MOST_KEPT, MOST_LEDGER, Record, damaged, entries, folders};
use crate::edge::Failure;
use crate::edge::git::{SentRef, Tip, fetch, push};
use crate::mail::MailKey;
use chrono::DateTime;
use std::path::Path;

/// The record in the repository that a folder lies in. Where it has a remote, that is where runs meet: an entry counts once the remote
/// has it.
pub struct GitLedger {
    sent: SentRef,
    remote: Option<String>,
    /// What the record was when it was read last, or was made since.
    base: Option<Tip>,
    /// What the remote has, as far as is known.
    pushed: Option<Tip>,
    is_read: bool,
}

impl GitLedger {
    /// Opens the record. Without a named remote it is pushed to `origin`, where there is one.
    ///
    /// # Errors
    ///
    /// When the folder lies in no repository, that cannot be opened, or it has no remote of that name.
    pub fn open(folder: &Path, remote: Option<&str>) -> Result<Self, Failure> {
        let Some(sent) = SentRef::open(folder)? else {
            let help = "commit the plan to a git repository, or set `email.ledger` in roadbook.toml to a folder";
            return Err(Failure::new(
                folder,
                "it lies in no git repository, where it could be written down what was sent",
                help,
            ));
        };
        let remote = match remote {
            Some(it) if sent.has_remote(it) => Some(it.to_owned()),
            Some(it) => {
                let what = format!("its repository has no remote `{it}`");
                return Err(Failure::new(folder, what, "name one that `git remote` lists, with --remote"));
            }
            None => sent.has_remote("origin").then(|| "origin".to_owned()),
        };
        // It becomes part of a reference's name.
        if let Some(it) = remote.as_deref().filter(|it| !is_plain(it)) {
            let what = format!("the remote `{it}` has a name that is no part of a reference");
            return Err(Failure::new(
                folder,
                what,
                "name a remote of letters, digits, `-`, `_` and `.`, with --remote",
            ));
        }
        Ok(Self { sent, remote, base: None, pushed: None, is_read: false })
    }

    /// Learns where the record stands. Where this repository has more than the remote, it was written when the remote could not be
    /// reached; where each has something of its own, the remote counts, and what only this one knows is an intent without a result.
    fn refresh(&mut self) -> Result<(), Failure> {
        let here = self.sent.tip()?;
        let Some(remote) = &self.remote else {
            self.base = here;
            self.is_read = true;
            return Ok(());
        };
        fetch(self.sent.top(), remote)?;
        self.pushed = self.sent.tip_at(remote)?;
        self.base = match (here, self.pushed) {
            (Some(here), Some(there)) if self.sent.holds(here, there)? => Some(here),
            (Some(here), None) => Some(here),
            (_, there) => there,
        };
        self.is_read = true;
        Ok(())
    }

    /// Lets the reference here follow; it is a copy where there is a remote.
    fn follow(&self, new: Tip) -> Result<(), Failure> {
        for _ in 0..5 {
            let here = self.sent.tip()?;
            // Another run may have been here with what comes later.
            if here.is_some_and(|it| self.sent.holds(it, new).unwrap_or(false)) || self.sent.set(here, new)? {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Ledger for GitLedger {
    fn read(&mut self, key: &MailKey) -> Result<Record, Failure> {
        self.refresh()?;
        let Some(tip) = self.base else { return Ok(Record::default()) };
        let folders = folders(key);
        let [week, project, audience] = folders.each_ref().map(String::as_str);
        let file = |name: &str, most: u64| self.sent.file(tip, &[week, project, audience, name], most);
        let text = file(LEDGER, MOST_LEDGER)?.unwrap_or_default();
        let path = Path::new("refs/roadbook/sent").join(week).join(project).join(audience).join(LEDGER);
        Ok(Record { entries: entries(&text).map_err(|line| damaged(&path, line))?, kept: file("mail.eml", MOST_KEPT)? })
    }

    fn append(&mut self, key: &MailKey, entries: &[Entry], files: &[(String, Vec<u8>)]) -> Result<bool, Failure> {
        if !self.is_read {
            self.refresh()?;
        }
        let folders = folders(key);
        let [week, project, audience] = folders.each_ref().map(String::as_str);
        let read = |tip: Tip| self.sent.file(tip, &[week, project, audience, LEDGER], MOST_LEDGER);
        let mut text = self.base.map(read).transpose()?.flatten().unwrap_or_default();
        for it in entries {
            text.extend_from_slice(it.line().as_bytes());
        }
        let within = |name: &str| format!("{week}/{project}/{audience}/{name}");
        let mut put: Vec<(String, Vec<u8>)> = files.iter().map(|(name, it)| (within(name), it.clone())).collect();
        put.push((within(LEDGER), text));
        let at = entries.last().and_then(|it| DateTime::parse_from_rfc3339(&it.at).ok()).map_or(0, |it| it.timestamp());
        let said = format!("sent: {week} {project} {audience}");
        let new = self.sent.commit(self.base, &put, &said, at)?;
        let Some(remote) = &self.remote else {
            let is_done = self.sent.set(self.base, new)?;
            if is_done {
                self.base = Some(new);
            }
            return Ok(is_done);
        };
        match push(self.sent.top(), remote, self.pushed, new, || self.sent.tip_at(remote)) {
            Ok(true) => {
                (self.base, self.pushed) = (Some(new), Some(new));
                self.follow(new)?;
                Ok(true)
            }
            Ok(false) => Ok(false),
            Err(failure) => {
                let claims = entries.iter().any(|it| it.state == super::EntryState::Intent);
                // What came of something is kept here, until the remote can be reached.
                if !claims {
                    self.base = Some(new);
                    self.follow(new)?;
                }
                Err(failure)
            }
        }
    }
}

fn is_plain(name: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    (1..=100).contains(&name.len())
        && name.bytes().all(is_letter)
        && !name.starts_with(['-', '.'])
        && !name.contains("..")
        && !name.ends_with('.')
        && name.rsplit('.').next() != Some("lock")
}
