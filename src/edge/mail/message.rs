//! A mail as the bytes of a message (RFC 5322, MIME). The same mail gives the same bytes. The only `use lettre`, beside tests.

use crate::mail::{Address, Mail, MailKey, Mailbox, Picture};
use crate::prose::one_line;
use crate::settings::Email;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox as Written, Message, MultiPart, SinglePart};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The most characters of a subject and of a name.
const MOST_SUBJECT: usize = 150;
/// The most bytes of a line, without its end (RFC 5322, 2.1.1).
const MOST_LINE: usize = 998;

/// Who sends, as the settings say it.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The sender's mailbox.
    pub from: &'a Mailbox,
    /// The choices for mails.
    pub email: &'a Email,
    /// What the project is called, for people.
    pub title: &'a str,
}

/// Returns the bytes of a mail that are kept: those that every recipient gets, but for their Message-ID.
///
/// All texts are taken for hostile: what could begin a header, hide, or turn a line is left out.
///
/// # Errors
///
/// When the message cannot be made: why. No text of a plan is a reason.
pub fn message(mail: &Mail, sender: Sender) -> Result<Vec<u8>, String> {
    let address = &sender.from.address;
    let shown = [sender.title, &mail.key.audience].map(one_line).join(" ");
    let list = mailbox(Some(&cut(&shown)), address)?;
    let reply_to = sender.email.reply_to.as_ref().unwrap_or(sender.from);
    let subject = cut(&one_line(&mail.subject));
    let subject = if subject.is_empty() { format!("{} {}", mail.key.project, mail.key.week) } else { subject };
    let builder = Message::builder()
        .from(mailbox(sender.from.name.as_deref(), address)?)
        .to(list)
        .reply_to(mailbox(reply_to.name.as_deref(), &reply_to.address)?)
        .subject(subject)
        .date(mail.date.into())
        .raw_header(plain("Message-ID", &message_id(&mail.key, address, None)))
        .raw_header(plain("List-Id", &list_id(&mail.key, sender)))
        .raw_header(plain("Auto-Submitted", "auto-generated"))
        .raw_header(plain("Precedence", "list"));
    let builder = match sender.email.unsubscribe_address(&mail.key.project) {
        // No One-Click (RFC 8058): it asks for a server that answers, and for a signature over these headers.
        Some(it) => builder.raw_header(plain("List-Unsubscribe", &format!("<{it}>"))),
        None => builder,
    };
    let mut message = builder.multipart(parts(mail, address)).map_err(|it| it.to_string())?;
    // The builder knows no zones.
    let date = mail.date.format("%a, %d %b %Y %H:%M:%S %z").to_string();
    message.headers_mut().insert_raw(plain("Date", &date));
    let bytes = folded(&message.formatted());
    if is_sound(&bytes) { Ok(bytes) } else { Err("a line is longer than mail allows".to_owned()) }
}

/// A line of a header with an encoded word has no more bytes (RFC 2047, 2).
const MOST_ENCODED_LINE: usize = 76;

/// Folds headers before an address that stands behind a name: the builder folds between the words of a name alone.
fn folded(message: &[u8]) -> Vec<u8> {
    let head = find(message, b"\r\n\r\n").unwrap_or(0);
    let (head, body) = message.split_at(head);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for line in head.split(|it| *it == b'\n').map(|it| it.strip_suffix(b"\r").unwrap_or(it)) {
        let address = find(line, b"?= <").map(|it| it + 2).filter(|_| MOST_ENCODED_LINE < line.len());
        let (name, address) = line.split_at(address.unwrap_or(line.len()));
        lines.push(name.to_vec());
        lines.extend((!address.is_empty()).then(|| address.to_vec()));
    }
    [&lines.join(&b"\r\n"[..]), body].concat()
}

/// Returns the message for a recipient: the kept one, with another Message-ID. Nothing where the kept bytes are no message of ours.
#[must_use]
pub fn for_recipient(kept: &[u8], id: &str) -> Option<Vec<u8>> {
    const NAME: &[u8] = b"Message-ID: ";
    let head = find(kept, b"\r\n\r\n")?;
    let is_id = |at: usize| {
        kept.get(at..).is_some_and(|it| it.starts_with(NAME))
            && (at == 0 || kept.get(..at).is_some_and(|it| it.ends_with(b"\r\n")))
    };
    let mut places = (0..head).filter(|it| is_id(*it));
    let at = places.next()?;
    if places.next().is_some() || !is_sound(kept) {
        return None;
    }
    let end = at + find(kept.get(at..)?, b"\r\n")?;
    Some([kept.get(..at)?, NAME, id.as_bytes(), kept.get(end..)?].concat())
}

/// Says whether bytes can be sent as they are: each line ends with CR LF and has 998 bytes at most. Anything else is taken for the end
/// of the message by some servers, and what follows for commands.
#[must_use]
pub fn is_sound(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\r\n")
        && bytes.split(|it| *it == b'\n').all(|line| {
            let own = line.strip_suffix(b"\r").unwrap_or(line);
            (line.is_empty() || line.ends_with(b"\r"))
                && own.len() <= MOST_LINE
                && !own.contains(&b'\r')
                && !own.contains(&0)
        })
        && find(bytes, b"\n\n").is_none()
}

/// Returns the Message-ID of a mail to a recipient; without one, that of the kept copy.
#[must_use]
pub fn message_id(key: &MailKey, from: &Address, recipient: Option<&Address>) -> String {
    format!("<{}.{}.{}@{}>", key.week, atom(&key.project), hash12(&key.audience, recipient), from.domain())
}

/// Returns what stands for a recipient where no address may stand: the first 12 hexadecimal digits of the SHA-256 of the audience, a
/// NUL and the address; without a recipient, of the audience alone.
#[must_use]
pub fn hash12(audience: &str, recipient: Option<&Address>) -> String {
    let text = recipient.map_or_else(|| audience.to_owned(), |it| format!("{audience}\0{it}"));
    let mut hash = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(6) {
        // Writing into a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

/// Returns a text as part of an identifier and of a path: letters, digits, `-` and `_`, 60 at most.
#[must_use]
pub fn atom(text: &str) -> String {
    let letter = |it: char| if it.is_ascii_alphanumeric() || it == '-' || it == '_' { it } else { '-' };
    let atom: String = text.chars().take(60).map(letter).collect();
    let atom = atom.trim_matches('-');
    if atom.is_empty() { "plan".to_owned() } else { atom.to_owned() }
}

/// Returns the list's name: what the settings call it where that is a name of its kind, else one of audience, project and domain.
fn list_id(key: &MailKey, sender: Sender) -> String {
    let own = sender.email.list_id.as_deref().map(one_line).unwrap_or_default();
    let is_name = |it: &str| {
        let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
        it.len() <= 255 && it.split('.').all(|it| !it.is_empty() && it.bytes().all(is_letter))
    };
    if is_name(&own) {
        return format!("<{own}>");
    }
    format!("<{}.{}.{}>", atom(&key.audience), atom(&key.project), sender.from.address.domain())
}

/// Returns the texts and pictures. A boundary with `=_` in it can stand neither in quoted-printable text nor in base64.
fn parts(mail: &Mail, from: &Address) -> MultiPart {
    let boundary = |what: &str| {
        format!("=_{what}_{}", hash12(&format!("{}/{}/{}", mail.key.week, mail.key.project, mail.key.audience), None))
    };
    let alternative =
        MultiPart::alternative().boundary(boundary("texts")).singlepart(text(ContentType::TEXT_PLAIN, &mail.text));
    let mut html = mail.html.clone();
    for it in &mail.pictures {
        html =
            html.replace(&format!("src=\"{}.png\"", it.name), &format!("src=\"cid:{}\"", content_id(mail, it, from)));
    }
    let html = text(ContentType::TEXT_HTML, &html);
    if mail.pictures.is_empty() {
        return alternative.singlepart(html);
    }
    let mut related = MultiPart::related().boundary(boundary("html")).singlepart(html);
    for it in &mail.pictures {
        let name = format!("{}.png", atom(&it.name));
        // Both are constants; where one were wrong, the picture would go as bytes of no kind.
        let kind = ContentType::parse("image/png").unwrap_or(ContentType::TEXT_PLAIN);
        let inline = Attachment::new_inline_with_name(content_id(mail, it, from), name);
        related = related.singlepart(inline.body(Body::new(it.png.clone()), kind));
    }
    alternative.multipart(related)
}

fn content_id(mail: &Mail, picture: &Picture, from: &Address) -> String {
    let list = hash12(&format!("{}/{}", mail.key.project, mail.key.audience), None);
    format!("{}.{}.{list}@{}", atom(&picture.name), mail.key.week, from.domain())
}

/// Returns a text as a part: its lines end as mail's do, and no character is a control but tabs.
fn text(kind: ContentType, text: &str) -> SinglePart {
    let text: String = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|it| matches!(it, '\n' | '\t') || !it.is_control()).collect();
    let text = if text.ends_with('\n') { text } else { text + "\n" };
    let bytes = text.clone();
    let body =
        Body::new_with_encoding(text, ContentTransferEncoding::QuotedPrintable).unwrap_or_else(|_| Body::new(bytes));
    SinglePart::builder().content_type(kind).body(body)
}

/// Returns the beginning of a line that may be too long.
fn cut(line: &str) -> String {
    match line.char_indices().nth(MOST_SUBJECT) {
        Some(_) => line.chars().take(MOST_SUBJECT - 1).chain(std::iter::once('…')).collect(),
        None => line.to_owned(),
    }
}

fn mailbox(name: Option<&str>, address: &Address) -> Result<Written, String> {
    let written = address.to_string().parse().map_err(|it: lettre::address::AddressError| it.to_string())?;
    Ok(Written::new(name.map(str::to_owned), written))
}

/// Makes a header of ASCII text of our own, in one line.
fn plain(name: &'static str, value: &str) -> HeaderValue {
    let value: String = value.chars().filter(|it| matches!(it, ' '..='~')).collect();
    HeaderValue::dangerous_new_pre_encoded(HeaderName::new_from_ascii_str(name), value.clone(), value)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, needle)
}
