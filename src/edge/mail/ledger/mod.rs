//! The record of what was sent: written before something goes out, and after, so that nothing goes out twice.
//!
//! Nobody waits for anybody. Whoever wants to write says what the record was when it was read; where it is another one now, nothing is
//! written, and all is read and decided anew.

mod entry;
mod folder;
mod git;

pub use self::entry::{Entry, EntryState, LEASE, Standing, entries, standing};
pub use self::folder::FolderLedger;
pub(super) use self::folder::read as read_file;
pub use self::git::GitLedger;

use super::message::atom;
use crate::edge::Failure;
use crate::mail::{Mail, MailKey};
use std::path::Path;

/// The most bytes of a record of one mail: hundreds of entries for each of 200 recipients.
const MOST_LEDGER: u64 = 16 * 1024 * 1024;
/// The most bytes of a kept message.
const MOST_KEPT: u64 = 16 * 1024 * 1024;
/// The name of a record.
pub(super) const LEDGER: &str = "ledger.jsonl";

/// What is known of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// What was written down, the oldest first.
    pub entries: Vec<Entry>,
    /// The message that was kept.
    pub kept: Option<Vec<u8>>,
}

impl Record {
    /// Says whether somebody has the mail or may have it, so that it cannot change any more.
    #[must_use]
    pub fn is_out(&self) -> bool {
        let mut recipients: Vec<&str> = self.entries.iter().map(|it| it.recipient.as_str()).collect();
        recipients.sort_unstable();
        recipients.dedup();
        // In a far future no intent is another run's.
        let now = chrono::DateTime::<chrono::Utc>::MAX_UTC;
        recipients.iter().any(|it| standing(&self.entries, it, now) != Standing::Open)
    }
}

/// A place where it is written down what was sent.
pub trait Ledger {
    /// Reads what is known of a mail.
    ///
    /// # Errors
    ///
    /// When that cannot be read, or holds something else than entries.
    fn read(&mut self, key: &MailKey) -> Result<Record, Failure>;

    /// Adds entries, and keeps files beside them, where the record is still what was read last or written since; returns whether it
    /// was. What is added is on the disk, and where others see it, when this returns.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn append(&mut self, key: &MailKey, entries: &[Entry], files: &[(String, Vec<u8>)]) -> Result<bool, Failure>;
}

/// Returns the folders of a mail.
pub(super) fn folders(key: &MailKey) -> [String; 3] {
    [key.week.to_string(), atom(&key.project), atom(&key.audience)]
}

/// Returns the files that are kept of a mail: the message as bytes, its parts, and what the site says of it.
///
/// # Errors
///
/// None: the names are made here.
#[must_use]
pub fn kept_files(mail: &Mail, message: &[u8]) -> Vec<(String, Vec<u8>)> {
    let head = serde_json::json!({
        "subject": mail.subject,
        "date": mail.date.to_rfc3339(),
        "pictures": mail.pictures.iter().map(|it| atom(&it.name)).collect::<Vec<_>>(),
    });
    let mut files = vec![
        ("mail.eml".to_owned(), message.to_vec()),
        ("mail.html".to_owned(), mail.html.clone().into_bytes()),
        ("mail.json".to_owned(), format!("{head}\n").into_bytes()),
        ("mail.txt".to_owned(), mail.text.clone().into_bytes()),
    ];
    files.extend(mail.pictures.iter().map(|it| (format!("{}.png", atom(&it.name)), it.png.clone())));
    files
}

fn damaged(path: &Path, line: usize) -> Failure {
    let help = "repair the line, or remove it when you know what came of it: it may say that somebody has the mail";
    Failure::new(path, format!("line {line} is no entry of what was sent"), help)
}
