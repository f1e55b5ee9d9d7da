//! The page that shows a mail before it is sent: whom it goes to, what mail programs list, both of its parts.

use crate::mail::{Address, Mail, Mailbox};
use crate::phrase;
use serde::Serialize;

/// Addresses beyond this many are folded away.
const SHOWN: usize = 5;

/// Who sends a mail, and to whom.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// The sender.
    pub from: Option<&'a Mailbox>,
    /// Where answers go, where that is elsewhere.
    pub reply_to: Option<&'a Mailbox>,
    /// The addresses that get it.
    pub to: &'a [Address],
}

/// What the page shows.
#[derive(Debug, Clone, Serialize)]
pub struct MailPreview {
    /// Whom the mail is for, by the settings' name.
    pub audience: String,
    /// "Story Portal v2 · week 3 of 8 · Friday 6 February 2026".
    pub top: String,
    /// The subject.
    pub subject: String,
    /// What mail programs show beside the subject.
    pub preheader: String,
    /// The sender.
    pub from: Said,
    /// Where answers go, where that is elsewhere.
    pub reply_to: Option<String>,
    /// How many get it.
    pub to: Said,
    /// Their addresses.
    pub addresses: Vec<String>,
    /// The addresses that are folded away.
    pub more_addresses: Vec<String>,
    /// "More" of them, with their number.
    pub more: String,
    /// "HTML 31 KB, text 4 KB, 2 pictures with 52 KB".
    pub size: String,
    /// The part for programs without HTML.
    pub text: String,
}

/// A value, or what to do so that there is one.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// The words.
    pub words: String,
    /// Whether there is none yet.
    pub is_missing: bool,
}

/// Says a mail's preview in words.
#[must_use]
pub fn preview(mail: &Mail, (top, preheader): (&str, &str), envelope: Envelope<'_>) -> MailPreview {
    let audience = &mail.key.audience;
    let missing = |words: String| Said { words, is_missing: true };
    let said = |words: String| Said { words, is_missing: false };
    let from = match envelope.from {
        Some(it) => said(written(it)),
        None => missing("nobody yet: write from below [email] in roadbook.toml".to_owned()),
    };
    let to = match envelope.to.len() {
        0 => missing(format!("nobody yet: write to below [email.audiences.{audience}] in roadbook.toml")),
        1 => said("one address".to_owned()),
        many => said(format!("{many} addresses, each by itself: nobody sees the others")),
    };
    let mut addresses: Vec<String> = envelope.to.iter().map(ToString::to_string).collect();
    let more_addresses = addresses.split_off(SHOWN.min(addresses.len()));
    MailPreview {
        audience: audience.clone(),
        top: top.to_owned(),
        subject: mail.subject.clone(),
        preheader: preheader.to_owned(),
        from,
        reply_to: envelope.reply_to.map(written),
        to,
        addresses,
        more: format!("{} more", more_addresses.len()),
        more_addresses,
        size: size(mail),
        text: mail.text.clone(),
    }
}

fn written(mailbox: &Mailbox) -> String {
    match &mailbox.name {
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.to_string(),
    }
}

fn size(mail: &Mail) -> String {
    let kilobytes = |bytes: usize| format!("{} KB", bytes.div_ceil(1000));
    let texts = format!("HTML {}, text {}", kilobytes(mail.html.len()), kilobytes(mail.text.len()));
    match mail.pictures.len() {
        0 => texts,
        many => {
            let bytes = mail.pictures.iter().map(|it| it.png.len()).sum();
            format!("{texts}, {} with {}", phrase::count(many, "picture"), kilobytes(bytes))
        }
    }
}
