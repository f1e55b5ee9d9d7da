//! Mail out: messages, the server that takes them, and the record of what was sent.

mod ledger;
mod message;
mod sent;
mod smtp;

pub use self::ledger::{
    Entry, EntryState, FolderLedger, GitLedger, LEASE, Ledger, Record, Standing, kept_files, standing,
};
pub use self::message::{Sender, for_recipient, hash12, is_sound, message, message_id};
pub use self::sent::sent_mails;
pub use self::smtp::{Mailer, Outcome, Post, Scope, Tried};
