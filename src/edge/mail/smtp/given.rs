//! What the environment says about the mail server: its address, with user and password. Checked here, once.

use crate::edge::{Refusal, Secret};
use chrono::{DateTime, Utc};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// What the environment says about mail, how to wait, and how long.
#[derive(Debug, Clone)]
pub struct Post {
    /// The value of `ROADBOOK_SMTP_URL`.
    pub url: Option<Secret>,
    /// The value of `ROADBOOK_SMTP_CA`: the path of certificates that count beside the machine's own.
    pub ca: Option<PathBuf>,
    /// Lets time pass.
    pub wait: fn(Duration),
    /// Tells the time, for the record of what was sent when.
    pub now: fn() -> DateTime<Utc>,
    /// How long a connection, a reply, or a step of TLS may take; the last reply to a message, and the message, five times as long.
    pub patience: Duration,
}

impl Default for Post {
    /// Nothing is set; waiting is sleeping, it is always 1970, and a reply may take 60 seconds.
    fn default() -> Self {
        let patience = Duration::from_secs(60);
        Self { url: None, ca: None, wait: std::thread::sleep, now: || DateTime::UNIX_EPOCH, patience }
    }
}

/// How a connection is kept from other ears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Safety {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS, or nothing.
    StartTls,
    /// None: it does not leave this machine.
    Here,
}

/// A mail server.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from other ears.
    pub safety: Safety,
    /// User and password.
    pub login: Option<(Secret, Secret)>,
}

impl Server {
    /// Returns the server for people, without user and password.
    pub fn shown(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

/// Returns the server. What is wrong is not quoted: there is a password in it.
pub(super) fn server(post: &Post) -> Result<Server, Refusal> {
    let help = "write smtps://USER:PASSWORD@HOST:465, or smtp://USER:PASSWORD@HOST:587?tls=required; what has a meaning in \
                addresses is written as %XX in user and password";
    let refused = |what: &str| Refusal::new(format!("ROADBOOK_SMTP_URL {what}"), help);
    let given = post.url.as_ref().map(Secret::reveal).unwrap_or_default();
    if given.is_empty() {
        return Err(refused("is not set, so there is no server to send with"));
    }
    let url = Url::parse(given).map_err(|_| refused("is no address of a mail server"))?;
    let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b".-_:".contains(&it);
    if host.is_empty() || !host.bytes().all(is_letter) {
        return Err(refused("names no host"));
    }
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(refused("has something behind the host that means nothing"));
    }
    let is_here = host == "localhost" || host.parse().is_ok_and(|it: IpAddr| it.is_loopback());
    let (safety, port) = match (url.scheme(), url.query()) {
        ("smtps", None) => (Safety::Tls, 465),
        ("smtp", Some("tls=required")) => (Safety::StartTls, 587),
        ("smtp", None) if is_here => (Safety::Here, 25),
        ("smtp", None) => {
            return Err(refused("asks for no encryption, which is for this machine alone"));
        }
        ("smtp" | "smtps", Some(_)) => return Err(refused("has a `?` with something other than `tls=required`")),
        _ => return Err(refused("begins neither with smtps:// nor with smtp://")),
    };
    let login = match (decoded(url.username()), url.password().map(decoded)) {
        (Some(user), None) if user.is_empty() => None,
        (Some(user), Some(Some(password))) if !user.is_empty() && !password.is_empty() => {
            Some((Secret::new(&user), Secret::new(&password)))
        }
        _ => return Err(refused("has a user without a password, or a password without a user")),
    };
    Ok(Server { host, port: url.port().unwrap_or(port), safety, login })
}

/// Returns a text with its escapes undone; nothing where it is no text then, or holds what ends a command.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(it) = rest.next() {
        if it != b'%' {
            bytes.push(it);
            continue;
        }
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok().filter(|it| !it.contains(['\0', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Server, String> {
        server(&Post { url: Some(Secret::new(url)), ..Post::default() }).map_err(|it| it.what)
    }

    #[test]
    fn a_server_is_reached_safely_or_on_this_machine() {
        let is = |url: &str| read(url).map(|it| (it.shown(), it.safety, it.login.is_some()));
        assert_eq!(is("smtps://u:p@mail.example"), Ok(("mail.example:465".to_owned(), Safety::Tls, true)));
        assert_eq!(is("smtps://mail.example:1/"), Ok(("mail.example:1".to_owned(), Safety::Tls, false)));
        assert_eq!(
            is("smtp://u:p@MAIL.example?tls=required"),
            Ok(("mail.example:587".to_owned(), Safety::StartTls, true))
        );
        for host in ["127.0.0.1", "localhost", "[::1]", "127.9.9.9"] {
            assert_eq!(is(&format!("smtp://{host}:2525")).map(|it| it.1), Ok(Safety::Here), "{host}");
        }
        let login = read("smtps://a%40b:p%3A%2F%25@mail.example").unwrap().login.unwrap();
        assert_eq!((login.0.reveal(), login.1.reveal()), ("a@b", "p:/%"));
    }

    #[test]
    fn what_is_wrong_is_said_and_not_quoted() {
        let wrong = [
            ("", "is not set, so there is no server to send with"),
            ("mail.example", "is no address of a mail server"),
            ("https://u:s3cret@mail.example", "begins neither with smtps:// nor with smtp://"),
            ("smtp://u:s3cret@mail.example", "asks for no encryption, which is for this machine alone"),
            ("smtp://127.0.0.1.example", "asks for no encryption, which is for this machine alone"),
            ("smtp://mail.example?tls=opportunistic", "has a `?` with something other than `tls=required`"),
            ("smtp://127.0.0.1?tls=required&x", "has a `?` with something other than `tls=required`"),
            ("smtps://u@mail.example", "has a user without a password, or a password without a user"),
            ("smtps://:s3cret@mail.example", "has a user without a password, or a password without a user"),
            ("smtps://u:s3cret%0d%0aX@mail.example", "has a user without a password, or a password without a user"),
            ("smtps://u:s3cret@mail.example/x", "has something behind the host that means nothing"),
            ("smtps:///x", "names no host"),
        ];
        for (url, what) in wrong {
            let said = read(url).map(|it| it.shown());
            assert_eq!(said, Err(format!("ROADBOOK_SMTP_URL {what}")), "{url}");
        }
        assert!(!format!("{:?}", Post { url: Some(Secret::new("s3cret")), ..Post::default() }).contains("s3cret"));
    }
}
