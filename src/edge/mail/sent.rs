//! The mails that were sent, read from the record for the site. Whatever lies there that is not ours is passed over.

use super::ledger::{Entry, EntryState, LEDGER};
use crate::calendar::Day;
use crate::edge::git::{SentRef, Tip};
use crate::mail::{MailKey, MailWeek, Picture, SentMail};
use crate::settings::LedgerPlace;
use chrono::DateTime;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The most mails that are read, the newest weeks first.
const MOST_MAILS: usize = 500;
/// The most projects of a week, and audiences of a project.
const MOST_FOLDERS: usize = 200;
/// The most bytes of a text, of a picture, and of all together.
const MOST_FILE: u64 = 1024 * 1024;
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// The most pictures of a mail.
const MOST_PICTURES: usize = 8;

/// Where a record is read from.
enum Shelf {
    Git(Box<SentRef>, Tip),
    Folder(PathBuf),
}

/// What `mail.json` holds.
#[derive(Deserialize)]
struct Head {
    subject: String,
    date: String,
    #[serde(default)]
    pictures: Vec<String>,
}

/// Returns the mails that the record of a project holds, the newest week first. `root` is the folder of the settings. Nothing is
/// executed and nothing fetched: what a remote has beyond this is not seen. What cannot be read is left out.
#[must_use]
pub fn sent_mails(root: &Path, place: &LedgerPlace) -> Vec<SentMail> {
    let Some(shelf) = Shelf::open(root, place) else { return Vec::new() };
    let mut mails = Vec::new();
    let mut bytes = 0;
    let mut weeks: Vec<(MailWeek, String)> =
        shelf.folders(&[]).into_iter().filter_map(|it| Some((week(&it)?, it))).collect();
    weeks.sort();
    for (week, name) in weeks.into_iter().rev() {
        for project in shelf.folders(&[&name]) {
            for audience in shelf.folders(&[&name, &project]) {
                if MOST_MAILS <= mails.len() || MOST_BYTES <= bytes {
                    return mails;
                }
                let key = MailKey { week, project: project.clone(), audience };
                if let Some(mail) = shelf.mail(&name, key) {
                    bytes +=
                        mail.html.len() + mail.text.len() + mail.pictures.iter().map(|it| it.png.len()).sum::<usize>();
                    mails.push(mail);
                }
            }
        }
    }
    mails
}

impl Shelf {
    fn open(root: &Path, place: &LedgerPlace) -> Option<Self> {
        match place {
            LedgerPlace::Folder(it) => Some(Self::Folder(root.join(it))),
            LedgerPlace::Git => {
                let sent = SentRef::open(root).ok()??;
                // A clone that never sent has what it fetched, under the name that fetching gives it; the newer of both counts.
                let tip = match (sent.tip().ok()?, sent.tip_at("origin").ok()?) {
                    (Some(here), Some(there)) if sent.holds(there, here).unwrap_or(false) => there,
                    (here, there) => here.or(there)?,
                };
                Some(Self::Git(Box::new(sent), tip))
            }
        }
    }

    /// Returns the folders in a folder, sorted; those alone that we would name so.
    fn folders(&self, path: &[&str]) -> Vec<String> {
        let mut names = match self {
            Self::Git(sent, tip) => sent.names(*tip, path, true).unwrap_or_default(),
            Self::Folder(folder) => {
                let folder = path.iter().fold(folder.clone(), |folder, it| folder.join(it));
                let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
                let is_folder = |it: &std::fs::DirEntry| it.file_type().is_ok_and(|it| it.is_dir());
                entries.take(10_000).filter(is_folder).filter_map(|it| it.file_name().into_string().ok()).collect()
            }
        };
        names.retain(|it| super::message::atom(it) == *it);
        names.sort();
        names.truncate(if path.is_empty() { usize::MAX } else { MOST_FOLDERS });
        names
    }

    fn file(&self, path: &[&str], most: u64) -> Option<Vec<u8>> {
        match self {
            Self::Git(sent, tip) => sent.file(*tip, path, most).ok()?,
            Self::Folder(folder) => {
                let path = path.iter().fold(folder.clone(), |folder, it| folder.join(it));
                // A device or a pipe might never come to an end.
                let is_file = std::fs::symlink_metadata(&path).ok()?.is_file();
                if is_file { super::ledger::read_file(&path, most).ok()? } else { None }
            }
        }
    }

    fn mail(&self, week: &str, key: MailKey) -> Option<SentMail> {
        let file = |name: &str, most: u64| self.file(&[week, &key.project, &key.audience, name], most);
        let text = |name: &str| String::from_utf8(file(name, MOST_FILE)?).ok();
        let head: Head = serde_json::from_slice(&file("mail.json", MOST_FILE)?).ok()?;
        let date = DateTime::parse_from_rfc3339(&head.date).ok()?;
        let picture = |name: &String| {
            let is_ours = super::message::atom(name) == *name;
            let png =
                file(&format!("{name}.png"), MOST_FILE).filter(|it| is_ours && it.starts_with(b"\x89PNG\r\n\x1a\n"))?;
            Some(Picture { name: name.clone(), png })
        };
        let pictures = head.pictures.iter().take(MOST_PICTURES).filter_map(picture).collect();
        let states = last_states(&file(LEDGER, 16 * MOST_FILE).unwrap_or_default());
        let count = |wanted: &[EntryState]| states.values().filter(|it| wanted.contains(it)).count();
        Some(SentMail {
            subject: head.subject,
            date,
            html: text("mail.html")?,
            text: text("mail.txt")?,
            pictures,
            accepted: count(&[EntryState::Accepted]),
            refused: count(&[EntryState::Refused]),
            deferred: count(&[EntryState::Deferred]),
            unknown: count(&[EntryState::Unknown, EntryState::Intent]),
            key,
        })
    }
}

/// Returns the state of each recipient; what was accepted stays so.
fn last_states(text: &[u8]) -> BTreeMap<String, EntryState> {
    let mut states = BTreeMap::new();
    for line in text.split(|it| *it == b'\n') {
        let Ok(it) = serde_json::from_slice::<Entry>(line) else { continue };
        let state = states.entry(it.recipient).or_insert(it.state);
        if *state != EntryState::Accepted {
            *state = it.state;
        }
    }
    states
}

/// Reads a week as it is written: "2026-W06".
fn week(text: &str) -> Option<MailWeek> {
    let (year, week) = text.split_once("-W")?;
    let read = MailWeek { year: year.parse().ok()?, week: week.parse().ok()? };
    let is_one = Day::from_isoywd_opt(read.year, read.week, chrono::Weekday::Mon).is_some();
    (is_one && read.to_string() == text).then_some(read)
}
