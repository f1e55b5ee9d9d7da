//! A mail that was sent, as the record keeps it.

use super::{MailKey, Picture};
use chrono::{DateTime, FixedOffset};

/// A mail that was sent, or tried to, and to how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMail {
    /// Which mail it is; project and audience as their folders are called.
    pub key: MailKey,
    /// The subject.
    pub subject: String,
    /// The moment it tells of.
    pub date: DateTime<FixedOffset>,
    /// The HTML part, as it was before it became a message: pictures are `NAME.png`.
    pub html: String,
    /// The part for programs without HTML.
    pub text: String,
    /// The pictures.
    pub pictures: Vec<Picture>,
    /// Recipients whose server has it.
    pub accepted: usize,
    /// Recipients whose server does not take it.
    pub refused: usize,
    /// Recipients whose server does not have it yet.
    pub deferred: usize,
    /// Recipients who may have it.
    pub unknown: usize,
}
