//! The server for the browser of this machine, asked as browsers ask, and as they never would.

use super::support::{ran, root};
use roadbook::bundle::{Bundle, OutPath};
use roadbook::edge::{Files, Server, Shelf, Stop};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

struct Running {
    host: String,
    shelf: Shelf,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    fn new() -> Self {
        let mail = OutPath::new(&["mail", "light.html"]);
        let mut files = holding(&[("index.html", "<p>start</p>"), ("a.png", "\u{89}PNG"), ("a.exe", "x")]);
        files.bundle.add(mail.clone(), "<p style=\"color:red\">mail</p>");
        files.mails = BTreeSet::from([mail]);
        let shelf = Shelf::new(files);
        let server = Server::bind(0, shelf.clone()).unwrap();
        let host = server.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let stop = server.stop();
        Self { host, shelf, stop, thread: Some(thread::spawn(move || server.run())) }
    }

    /// Sends bytes, and returns all that comes back.
    fn send(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn ask(&self, line: &str) -> String {
        self.send(format!("{line} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).as_bytes())
    }

    fn end(&mut self) {
        self.stop.stop();
        self.thread.take().unwrap().join().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.thread.is_some() {
            self.end();
        }
    }
}

fn holding(files: &[(&str, &str)]) -> Files {
    let mut bundle = Bundle::default();
    for (name, text) in files {
        bundle.add(OutPath::new(&name.split('/').collect::<Vec<_>>()), *text);
    }
    Files { bundle, mails: BTreeSet::new(), version: None }
}

fn status(answer: &str) -> &str {
    answer.get(..12).unwrap_or(answer)
}

#[test]
fn files_are_answered_with_all_a_browser_has_to_know() {
    let server = Running::new();
    insta::assert_snapshot!(server.ask("GET /").replace('\r', ""), @r#"
    HTTP/1.1 200 OK
    Content-Type: text/html; charset=utf-8
    Content-Length: 12
    Cache-Control: no-store
    X-Content-Type-Options: nosniff
    Referrer-Policy: no-referrer
    Cross-Origin-Opener-Policy: same-origin
    Connection: close
    Content-Security-Policy: default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'

    <p>start</p>
    "#);
    let head = server.ask("HEAD /");
    assert!(head.contains("Content-Length: 12\r\n") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(server.ask("GET /a.png?x=1").contains("Content-Type: image/png\r\n"));
    assert!(server.ask("GET /a.exe").contains("Content-Type: application/octet-stream\r\n"));
    let mail = server.ask("GET /mail/light.html");
    assert!(
        mail.contains(
            "Content-Security-Policy: sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
        )
    );
}

#[test]
fn what_is_not_there_is_not_looked_for() {
    let server = Running::new();
    for path in
        ["/no", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd", "/mail/../index.html", "/index.html/", "/mail"]
    {
        let answer = server.ask(&format!("GET {path}"));
        assert_eq!(status(&answer), "HTTP/1.1 404", "{path}");
        assert!(answer.ends_with("\r\n\r\nThere is no such page here."), "{answer}");
        assert!(answer.contains("Content-Type: text/plain") && answer.contains("nosniff"), "{answer}");
    }
}

#[test]
fn another_host_is_refused_whatever_it_asks() {
    let server = Running::new();
    let with = |host: &str| server.send(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
    for host in ["evil.example", "evil.example:4000", "127.0.0.1.evil.example", "127.0.0.1\r\nHost: evil.example"] {
        let answer = with(host);
        assert_eq!(status(&answer), "HTTP/1.1 403", "{host}");
        assert!(!answer.contains("start"), "{answer}");
    }
    assert_eq!(status(&server.send(b"GET / HTTP/1.0\r\n\r\n")), "HTTP/1.1 403", "no host at all");
    assert_eq!(status(&with("localhost")), "HTTP/1.1 200");
}

#[test]
fn nothing_can_be_sent_here() {
    let server = Running::new();
    // More than the two sides hold for each other, so that an answer that does not wait would be lost.
    let body = "x".repeat(200_000);
    let post = format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n{body}", server.host, body.len());
    let answer = server.send(post.as_bytes());
    assert_eq!(status(&answer), "HTTP/1.1 405");
    assert!(answer.contains("\r\nAllow: GET, HEAD\r\n"));
    for line in ["PUT /", "DELETE /index.html", "OPTIONS *", "CONNECT evil.example:443"] {
        assert_eq!(status(&server.ask(line)), "HTTP/1.1 405", "{line}");
    }
    assert_eq!(status(&server.ask("GET http://127.0.0.1/")), "HTTP/1.1 400");
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {}\r\n\r\n", "x".repeat(60_000));
    assert_eq!(status(&server.send(long.as_bytes())), "HTTP/1.1 431");
    assert_eq!(server.send(b"\x16\x03\x01\x02\x00\x01\x00").get(..12), Some("HTTP/1.1 400"), "TLS");
}

#[test]
fn a_head_may_come_in_pieces() {
    let server = Running::new();
    let mut stream = TcpStream::connect(&server.host).unwrap();
    for piece in ["GE", "T / HTTP/1.1\r", "\nHost: local", "host\r\n\r", "\n"] {
        stream.write_all(piece.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(20));
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.ends_with("<p>start</p>"));
}

#[test]
fn other_files_can_take_the_place_of_all() {
    let server = Running::new();
    server.shelf.replace(holding(&[("index.html", "<p>later</p>")]));
    assert!(server.ask("GET /").ends_with("<p>later</p>"));
    assert_eq!(status(&server.ask("GET /a.png")), "HTTP/1.1 404");
}

#[test]
fn too_many_at_once_do_not_keep_others_out_for_long() {
    let server = Running::new();
    let idle: Vec<TcpStream> = (0..40).map(|_| TcpStream::connect(&server.host).unwrap()).collect();
    for it in &idle {
        let _ = it.shutdown(Shutdown::Both);
    }
    drop(idle);
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(5) {
        let mut stream = TcpStream::connect(&server.host).unwrap();
        let _ = write!(stream, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut answer = String::new();
        if stream.read_to_string(&mut answer).is_ok() && answer.ends_with("<p>start</p>") {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("nobody was answered any more");
}

#[test]
fn it_ends_when_told_though_a_connection_is_open() {
    let mut server = Running::new();
    let mut idle = TcpStream::connect(&server.host).unwrap();
    idle.write_all(b"GET / HT").unwrap();
    assert!(server.ask("GET /").ends_with("<p>start</p>"));
    let began = Instant::now();
    server.end();
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(TcpStream::connect(&server.host).is_err());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let server = Running::new();
    let port = server.host.rsplit_once(':').unwrap().1;
    let content = root().join("content");
    let ran = ran(&["email", content.to_str().unwrap(), "--preview", "--port", port, "--no-history"]);
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.err.replace(port, "PORT"),
        "error: 127.0.0.1:PORT: port PORT is taken: another program listens there\n  help: choose another with --port, or end that \
         program; --port 0 takes one that is free\n"
    );
}

fn preview(folder: &str) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_roadbook"))
        .args(["email", folder, "--preview", "--port", "0", "--no-history"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let host = line.strip_prefix("preview at http://").and_then(|it| it.strip_suffix("/ (Ctrl-C ends it)\n"));
    let host = host.unwrap_or_else(|| panic!("{line}")).to_owned();
    (child, host)
}

fn page(host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert_eq!(status(&answer), "HTTP/1.1 200", "{path}");
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[test]
fn mails_are_shown_until_the_program_is_interrupted() {
    let folder = root().join("tests/cases/email-preview");
    let (mut child, host) = preview(folder.to_str().unwrap());
    let board = page(&host, "/for/board.html");
    assert_eq!(
        page(&host, "/").replace("href=\"", "href=\"../").replace("../#", "#").replace("src=\"", "src=\"../"),
        board
    );
    for shown in ["light", "dark"] {
        let mail = page(&host, &format!("/mail/board/{shown}.html"));
        assert!(!mail.contains("prefers-color-scheme") && mail.contains(&format!("content=\"{shown}\"")), "{shown}");
    }
    assert!(page(&host, "/for/engineers.html").contains("nobody yet: write to below [email.audiences.engineers]"));
    assert!(!page(&host, "/assets/preview.css").is_empty());
    for piece in board.split("href=\"../").skip(1) {
        page(&host, &format!("/{}", piece.split('"').next().unwrap()));
    }
    if cfg!(unix) {
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    } else {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // What the mail says is looked at where mails are.
    let (before, rest) = board.split_once("Text part\">").unwrap();
    let (text, after) = rest.split_once("</pre>").unwrap();
    assert!(
        text.to_lowercase().starts_with("ferry, week 2 of 4") && text.contains("https://example.org/ferry/"),
        "{text}"
    );
    let sizes = before.rsplit_once("<dt>Size</dt><dd>").unwrap().1.split_once('<').unwrap().0;
    assert!(sizes.starts_with("HTML ") && sizes.contains(" KB, text "), "{sizes}");
    let shown = format!("{}Text part\">…</pre>{after}", before.replace(sizes, "…"));
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("page", shown);
    });
}
