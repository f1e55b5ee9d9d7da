//! Answers: a file with all that a browser has to know of it, or a sentence.

use super::head::Head;
use super::kind::content_type;
use super::shelf::Files;
use std::io::{self, Write};
use std::sync::Arc;

/// What pages may do: all of theirs comes from here, and they are shown in no page of others.
const PAGES: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; \
                     frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// The same for pages that are told what changes.
const LIVE: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; \
                    connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// What mails may do: less than in any mail program.
const MAILS: &str = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                     form-action 'none'; frame-ancestors 'self'";

/// The head of a stream of events.
pub const STREAM: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                          X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n\
                          retry: 500\n\n";

/// An answer.
pub struct Answer<'a> {
    status: u16,
    kind: &'static str,
    policy: &'static str,
    body: Body<'a>,
}

enum Body<'a> {
    Words(&'static str),
    /// A file of the program itself.
    Bytes(&'a [u8]),
    /// The files it lies among, so that none is copied, and its path.
    File(Arc<Files>, String),
}

impl<'a> Answer<'a> {
    /// Answers with the file that is asked for.
    pub fn to(head: &Head, files: &Arc<Files>) -> Self {
        let Some((path, _)) = files.find(&head.path) else {
            return Self::refusal(404, "There is no such page here.");
        };
        let policy = match files.version {
            _ if files.mails.contains(path) => MAILS,
            Some(_) => LIVE,
            None => PAGES,
        };
        Self {
            status: 200,
            kind: content_type(path.as_str()),
            policy,
            body: Body::File(Arc::clone(files), head.path.clone()),
        }
    }

    /// Answers with a file of the program itself.
    pub fn bytes(name: &str, bytes: &'a [u8]) -> Self {
        Self { status: 200, kind: content_type(name), policy: PAGES, body: Body::Bytes(bytes) }
    }

    /// Answers with a sentence.
    pub const fn refusal(status: u16, words: &'static str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", policy: PAGES, body: Body::Words(words) }
    }

    /// Writes it; only its head where no more is wanted.
    pub fn write(&self, out: &mut impl Write, is_head: bool) -> io::Result<()> {
        let body = match &self.body {
            Body::Words(it) => it.as_bytes(),
            Body::Bytes(it) => it,
            Body::File(files, path) => files.find(path).map(|(_, bytes)| bytes).unwrap_or_default(),
        };
        let mut head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n",
            self.status,
            reason(self.status),
            self.kind,
            body.len()
        );
        if self.status == 405 {
            head.push_str("Allow: GET, HEAD\r\n");
        }
        if let Body::File(files, _) = &self.body
            && let Some(version) = &files.version
        {
            // The only header of an answer that a page can read of itself.
            head.push_str("Server-Timing: version;desc=\"");
            head.push_str(version);
            head.push_str("\"\r\n");
        }
        // What is kept would be shown when the files are others, or another program listens here.
        head.push_str("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n");
        head.push_str("Cross-Origin-Opener-Policy: same-origin\r\nConnection: close\r\nContent-Security-Policy: ");
        head.push_str(self.policy);
        head.push_str("\r\n\r\n");
        out.write_all(head.as_bytes())?;
        if !is_head {
            out.write_all(body)?;
        }
        out.flush()
    }
}

const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        503 => "Service Unavailable",
        431 => "Request Header Fields Too Large",
        _ => "Bad Request",
    }
}
