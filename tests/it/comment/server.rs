//! GitHub's API on this machine: a pull request with its comments, and faults that happen when they are told to.

use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

/// The token that every request has to bring, and that nothing may show.
pub const TOKEN: &str = "ghs_Never0Shown1Anywhere2";

/// A comment as the server keeps it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: u64,
    /// `None`: the account is gone.
    pub author: Option<String>,
    pub body: String,
}

/// How things stand on the server.
pub struct State {
    /// Who the token belongs to; `None`: an installation, which may not ask.
    pub login: Option<&'static str>,
    /// Who writes with the token.
    pub writes_as: &'static str,
    pub pull: Value,
    pub comments: Vec<Kept>,
    /// Whether lists say in a header where the next page is.
    pub says_link: bool,
    faults: VecDeque<(String, Fault)>,
    seen: Vec<String>,
}

/// What happens instead of an answer.
pub enum Fault {
    /// This answer; nothing is done.
    Say(u16, Vec<(&'static str, String)>, String),
    /// The connection is closed; nothing is done.
    Drop,
    /// All is done, and then the connection is closed.
    Lose,
    /// All is done, and half of the answer is sent.
    Half,
    /// An answer that never ends comes, byte by byte.
    Trickle,
    /// An answer of so many bytes comes.
    Huge(usize),
    /// These bytes come, whatever they are.
    Raw(&'static [u8]),
    /// Something happens on the server, and then this answer.
    Meanwhile(fn(&mut State), u16),
}

/// A server that runs until it is dropped.
pub struct Api {
    pub url: String,
    address: String,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl Api {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let state = State {
            login: None,
            writes_as: "github-actions[bot]",
            pull: json!({"number": 42, "state": "open", "head": {"sha": "9f3c2ab000000000000000000000000000000000"}}),
            comments: Vec::new(),
            says_link: true,
            faults: VecDeque::new(),
            seen: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that went away is part of the play.
                if serve(stream.unwrap(), &shared).is_ok_and(|it| !it) {
                    return;
                }
            }
        });
        Self { url: format!("http://{address}"), address, state, thread: Some(thread) }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The next request that begins so meets this fault.
    pub fn fault(&self, request: &str, fault: Fault) {
        self.state().faults.push_back((request.to_owned(), fault));
    }

    pub fn comment(&self, id: u64, author: &str, body: &str) {
        self.state().comments.push(Kept { id, author: Some(author.to_owned()), body: body.to_owned() });
    }

    /// What was asked for since the last time, a line each.
    pub fn take_seen(&self) -> Vec<String> {
        std::mem::take(&mut self.state().seen)
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        let mut last = TcpStream::connect(&self.address).unwrap();
        last.write_all(b"STOP / HTTP/1.1\r\n\r\n").unwrap();
        let ended = self.thread.take().unwrap().join();
        if !std::thread::panicking() {
            ended.unwrap();
        }
    }
}

/// Answers one request; `false` when it was the last.
fn serve(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<bool> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let Some(first) = lines.first() else { return Ok(true) };
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap(), words.next().unwrap_or_default());
    if method == "STOP" {
        return Ok(false);
    }
    let header = |name: &str| {
        let of =
            |it: &str| Some(it.split_once(':')?).map(|(name, it)| (name.to_ascii_lowercase(), it.trim().to_owned()));
        lines.iter().skip(1).filter_map(|it| of(it)).find(|it| it.0 == name).map(|it| it.1).unwrap_or_default()
    };
    let mut body = vec![0; header("content-length").parse().unwrap_or(0)];
    reader.read_exact(&mut body)?;

    let mut state = state.lock().unwrap();
    let mut seen = format!("{method} {path}");
    let expected = [
        ("authorization", format!("Bearer {TOKEN}")),
        ("accept", "application/vnd.github+json".to_owned()),
        ("x-github-api-version", "2022-11-28".to_owned()),
        ("user-agent", format!("roadbook/{}", env!("CARGO_PKG_VERSION"))),
        ("content-type", if body.is_empty() { String::new() } else { "application/json".to_owned() }),
    ];
    for (name, value) in expected {
        if header(name) != value {
            write!(seen, " ({name}: {})", header(name)).unwrap();
        }
    }
    state.seen.push(seen);
    let asked = format!("{method} {path}");
    let fault = state.faults.iter().position(|(it, _)| asked.starts_with(it));
    match fault.and_then(|at| state.faults.remove(at)).map(|it| it.1) {
        None => answer(&mut stream, &state.act(method, path, &body)),
        Some(Fault::Say(status, headers, body)) => answer(&mut stream, &(status, headers, body)),
        Some(Fault::Drop) => Ok(()),
        Some(Fault::Lose) => {
            state.act(method, path, &body);
            Ok(())
        }
        Some(Fault::Half) => {
            let (_, _, text) = state.act(method, path, &body);
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}", text.len(), &text[..text.len() / 2])
        }
        Some(Fault::Trickle) => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")?;
            // Until the client has had enough.
            while stream.write_all(b" ").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        }
        Some(Fault::Huge(bytes)) => {
            write!(stream, "HTTP/1.1 200 OK\r\n\r\n[\"")?;
            let piece = vec![b'a'; 65_536];
            (0..=bytes / piece.len()).try_for_each(|_| stream.write_all(&piece))
        }
        Some(Fault::Raw(bytes)) => stream.write_all(bytes),
        Some(Fault::Meanwhile(change, status)) => {
            change(&mut state);
            answer(&mut stream, &(status, Vec::new(), String::new()))
        }
    }?;
    Ok(true)
}

type Answer = (u16, Vec<(&'static str, String)>, String);

fn answer(stream: &mut TcpStream, (status, headers, body): &Answer) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {status} Whatever\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    stream.write_all(format!("{head}\r\n{body}").as_bytes())
}

impl State {
    /// Does what GitHub does.
    fn act(&mut self, method: &str, path: &str, body: &[u8]) -> Answer {
        let sent = || serde_json::from_slice::<Value>(body).unwrap()["body"].as_str().unwrap().to_owned();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        match (method, path) {
            ("GET", "/user") => match self.login {
                Some(it) => (200, Vec::new(), json!({"login": it, "id": 1}).to_string()),
                None => (403, Vec::new(), json!({"message": "Resource not accessible by integration"}).to_string()),
            },
            ("GET", "/repos/octo/plan/pulls/42") => (200, Vec::new(), self.pull.to_string()),
            ("GET", "/repos/octo/plan/issues/42/comments") => self.page(query),
            ("POST", "/repos/octo/plan/issues/42/comments") => {
                let id = self.comments.iter().map(|it| it.id).max().unwrap_or(10) + 1;
                self.comments.push(Kept { id, author: Some(self.writes_as.to_owned()), body: sent() });
                (201, Vec::new(), shown(&self.comments[self.comments.len() - 1]).to_string())
            }
            ("PATCH", _) => {
                let id = path.strip_prefix("/repos/octo/plan/issues/comments/").and_then(|it| it.parse::<u64>().ok());
                let kept = self.comments.iter_mut().find(|it| Some(it.id) == id).unwrap();
                kept.body = sent();
                (200, Vec::new(), shown(kept).to_string())
            }
            _ => (404, Vec::new(), json!({"message": "Not Found"}).to_string()),
        }
    }

    fn page(&self, query: &str) -> Answer {
        let value = |name: &str| -> usize {
            let pairs = query.split('&').filter_map(|it| it.split_once('='));
            pairs.into_iter().find(|it| it.0 == name).unwrap().1.parse().unwrap()
        };
        let (size, page) = (value("per_page"), value("page"));
        let list: Vec<Value> = self.comments.iter().skip((page - 1) * size).take(size).map(shown).collect();
        let mut headers = Vec::new();
        if self.says_link && page * size < self.comments.len() {
            // The address leads elsewhere: nobody may follow it with a token.
            headers.push((
                "link",
                "<http://192.0.2.1/?page=9>; rel=\"next\", <http://192.0.2.1/>; rel=\"last\"".to_owned(),
            ));
        } else if self.says_link && 1 < page {
            headers.push(("link", "<http://192.0.2.1/>; rel=\"prev\"".to_owned()));
        }
        (200, headers, json!(list).to_string())
    }
}

fn shown(it: &Kept) -> Value {
    let user = it.author.as_ref().map(|it| json!({"login": it, "type": "Bot"}));
    json!({"id": it.id, "user": user, "body": it.body, "created_at": "2026-02-06T15:05:00Z"})
}
