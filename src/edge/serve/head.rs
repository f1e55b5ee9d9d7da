//! The head of a request: what is asked for, and whether it may be asked for here.

use httparse::{EMPTY_HEADER, Header, Request, Status};
use std::io::{ErrorKind, Read};

/// The most bytes of a head. A browser sends the cookies of every server of this machine.
const MOST_BYTES: usize = 32 * 1024;
/// The most lines of a head.
const MOST_LINES: usize = 100;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// The path, without a query: `/tasks.html`.
    pub path: String,
    /// Whether everything but the file itself is wanted.
    pub without_body: bool,
    /// The version of the files that the page knows which asks for news.
    pub seen: Option<String>,
    /// Whether the browser says that another site's page asks.
    pub is_foreign: bool,
}

/// Why a request is not looked at.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// Whoever asks gets a status and one sentence.
    With(u16, &'static str),
    /// There is nobody to answer.
    Gone,
}

const NO_REQUEST: Refused = Refused::With(400, "This is no request that this server reads.");
const TOO_LARGE: Refused = Refused::With(431, "The request has too many headers.");

/// Reads a head, up to the empty line at its end; what follows is left where it is.
pub fn read(stream: &mut impl Read) -> Result<Head, Refused> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Err(Refused::Gone),
            Ok(count) => bytes.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            Err(it) if it.kind() == ErrorKind::Interrupted => continue,
            // Browsers open connections that they may need, and send nothing.
            Err(_) if bytes.is_empty() => return Err(Refused::Gone),
            Err(_) => return Err(Refused::With(408, "The request took too long.")),
        }
        if let Some(head) = parse(&bytes)? {
            return Ok(head);
        }
        if MOST_BYTES <= bytes.len() {
            return Err(TOO_LARGE);
        }
    }
}

/// Reads what has come so far; nothing when the end is not there yet.
fn parse(bytes: &[u8]) -> Result<Option<Head>, Refused> {
    let mut lines = [EMPTY_HEADER; MOST_LINES];
    let mut request = Request::new(&mut lines);
    match request.parse(bytes) {
        Ok(Status::Complete(_)) => {}
        Ok(Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(TOO_LARGE),
        Err(_) => return Err(NO_REQUEST),
    }
    // Who is asked comes before what is asked: a stranger learns nothing.
    if !is_for_us(request.headers) {
        return Err(Refused::With(403, "This server answers to 127.0.0.1 and localhost alone."));
    }
    let without_body = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(Refused::With(405, "This server only shows: it takes GET and HEAD.")),
    };
    let (path, query) =
        request.path.and_then(|it| it.split_once('?')).unwrap_or((request.path.unwrap_or_default(), ""));
    // Anything else is meant for a proxy.
    if !path.starts_with('/') {
        return Err(NO_REQUEST);
    }
    let asked = query.split('&').find_map(|it| it.strip_prefix("seen="));
    // A browser that comes again asks for the same address, and says here what it got since.
    let seen = value(request.headers, "last-event-id").or(asked).map(str::to_owned);
    let is_foreign = value(request.headers, "sec-fetch-site").is_some_and(|it| it != "same-origin" && it != "none");
    Ok(Some(Head { path: path.to_owned(), without_body, seen, is_foreign }))
}

fn value<'a>(lines: &[Header<'a>], name: &str) -> Option<&'a str> {
    let line = lines.iter().find(|it| it.name.eq_ignore_ascii_case(name))?;
    std::str::from_utf8(line.value).ok()
}

/// Says whether the one host that is named is this machine, by a name that leads nowhere else.
fn is_for_us(lines: &[Header<'_>]) -> bool {
    let mut hosts = lines.iter().filter(|it| it.name.eq_ignore_ascii_case("host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let Ok(host) = std::str::from_utf8(host.value) else { return false };
    ["127.0.0.1", "localhost", "[::1]"].into_iter().any(|name| {
        let Some((start, rest)) = host.split_at_checked(name.len()) else { return false };
        // Whatever port it is: who forwards one may have another.
        let is_port = |it: &str| (1..=5).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        start.eq_ignore_ascii_case(name) && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Result<Head, Refused> {
        read(&mut text.as_bytes())
    }

    #[test]
    fn a_path_is_read_without_its_query() {
        for (line, path, without_body) in [
            ("GET / HTTP/1.1", "/", false),
            ("HEAD /a/b.html?x=1&y HTTP/1.1", "/a/b.html", true),
            ("GET /a?b?c HTTP/1.0", "/a", false),
        ] {
            let head = Head { path: path.to_owned(), without_body, seen: None, is_foreign: false };
            assert_eq!(asked(&format!("{line}\r\nHost: localhost\r\n\r\nrest")), Ok(head), "{line}");
        }
    }

    #[test]
    fn what_a_page_knows_is_read() {
        let seen = |rest: &str| asked(&format!("GET /e{rest}")).map(|it| it.seen);
        let end = "\r\nHost: localhost\r\n";
        assert_eq!(seen(&format!("?seen=a-1 HTTP/1.1{end}\r\n")), Ok(Some("a-1".to_owned())));
        assert_eq!(seen(&format!("?x&seen=a-1 HTTP/1.1{end}LAST-event-id: a-2\r\n\r\n")), Ok(Some("a-2".to_owned())));
        assert_eq!(seen(&format!("?unseen=1 HTTP/1.1{end}\r\n")), Ok(None));
        let foreign = |from: &str| asked(&format!("GET / HTTP/1.1{end}{from}\r\n")).map(|it| it.is_foreign);
        for (from, is_foreign) in [
            ("", false),
            ("Sec-Fetch-Site: none\r\n", false),
            ("Sec-Fetch-Site: same-origin\r\n", false),
            ("Sec-Fetch-Site: same-site\r\n", true),
            ("Sec-Fetch-Site: cross-site\r\n", true),
        ] {
            assert_eq!(foreign(from), Ok(is_foreign), "{from}");
        }
    }

    #[test]
    fn only_names_of_this_machine_are_answered_to() {
        let with = |host: &str| asked(&format!("GET / HTTP/1.1\r\n{host}\r\n\r\n")).is_ok();
        for host in ["127.0.0.1", "127.0.0.1:4000", "localhost:1", "LOCALHOST", "[::1]:4000"] {
            assert!(with(&format!("Host: {host}")), "{host}");
        }
        for host in [
            "",
            "example.org",
            "127.0.0.1.example.org",
            "localhost.example.org:4000",
            "127.0.0.1@example.org",
            "127.0.0.1:",
            "127.0.0.1:4000x",
            "127.0.0.1:123456",
            "127.0.0.2",
            "0.0.0.0",
            "[::1",
            "::1",
            "192.168.0.1:4000",
            "localhost, a",
        ] {
            assert_eq!(
                asked(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"))
                    .map_err(|it| matches!(it, Refused::With(403, _))),
                Err(true),
                "{host}"
            );
        }
        assert!(!with("Accept: *"), "no host");
        assert!(!with("Host: localhost\r\nhost: example.org"), "two hosts");
        assert!(!with("Host: localhost\r\nhost: localhost"), "the same one twice");
    }

    #[test]
    fn what_is_no_request_to_show_something_is_refused() {
        let status = |text: &str| match asked(text) {
            Err(Refused::With(status, _)) => status,
            Err(Refused::Gone) => 0,
            Ok(_) => 200,
        };
        let host = "Host: localhost\r\n";
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "get", "TRACE"] {
            assert_eq!(status(&format!("{method} / HTTP/1.1\r\n{host}\r\n")), 405, "{method}");
        }
        for text in [
            "GET http://localhost/ HTTP/1.1",
            "GET * HTTP/1.1",
            "GET / HTTP/2.0",
            "GET /",
            "\u{16}\u{3}\u{1}",
            "GET / x HTTP/1.1",
        ] {
            assert_eq!(status(&format!("{text}\r\n{host}\r\n")), 400, "{text}");
        }
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{host}X: \0\r\n\r\n")), 400);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(MOST_LINES))), 431);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "x".repeat(2 * MOST_BYTES))), 431);
        assert_eq!(status(&format!("GET /{} HTTP/1.1\r\n", "x".repeat(2 * MOST_BYTES))), 431);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{host}")), 0, "who goes away");
        assert_eq!(status(""), 0);
    }
}
