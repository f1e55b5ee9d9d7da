//! An editor for tests: starts the program, says and hears messages, and keeps its own texts with positions in UTF-16.

use crate::support::root;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// No answer takes as long as this.
const DEADLINE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    stdin: Option<ChildStdin>,
    incoming: Receiver<Value>,
    pub folder: PathBuf,
    pub texts: BTreeMap<String, (i64, String)>,
    next: i64,
}

impl Client {
    /// Starts the program in a folder. No cargo setting of the test run leaks into it but its day.
    pub fn start(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        // 6 February 2026, at noon.
        command.arg("lsp").current_dir(root()).env("SOURCE_DATE_EPOCH", "1770379200");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, incoming) = channel();
        thread::spawn(move || {
            while let Some(it) = read(&mut stdout) {
                if sender.send(it).is_err() {
                    break;
                }
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, incoming, folder: folder.to_owned(), texts: BTreeMap::new(), next: 1 }
    }

    /// Says hello as VS Code does, and returns the answer.
    pub fn hello(&mut self, capabilities: &Value) -> Value {
        let uri = self.uri("");
        let folders = json!([{ "uri": uri, "name": "plan" }]);
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = self.ask("initialize", &params).1;
        self.tell("initialized", &json!({}));
        answer
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(bytes).unwrap();
        stdin.flush().unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    pub fn ask_later(&mut self, method: &str, params: &Value) -> i64 {
        let id = self.next;
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Asks, and returns what came before the answer, and the answer.
    pub fn ask(&mut self, method: &str, params: &Value) -> (Vec<Value>, Value) {
        let id = self.ask_later(method, params);
        self.until(id)
    }

    /// Returns what comes up to the answer of a question.
    pub fn until(&mut self, id: i64) -> (Vec<Value>, Value) {
        let mut before = Vec::new();
        loop {
            let it = self.hear();
            if it["id"] == id && it.get("method").is_none() {
                return (before, it);
            }
            before.push(it);
        }
    }

    pub fn hear(&mut self) -> Value {
        self.incoming.recv_timeout(DEADLINE).unwrap_or_else(|it| panic!("the program says nothing more: {it}"))
    }

    /// Returns all that comes until everything that was said is worked out.
    pub fn settle(&mut self) -> Vec<Value> {
        self.ask("roadbook/nothing", &json!({})).0
    }

    pub fn uri(&self, name: &str) -> String {
        let path = if name.is_empty() { self.folder.clone() } else { self.folder.join(name) };
        let escaped = |it: &str| {
            it.bytes().fold(String::new(), |all, it| match it {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                    all + &char::from(it).to_string()
                }
                it => all + &format!("%{it:02X}"),
            })
        };
        format!("file://{}", escaped(path.to_str().unwrap()))
    }

    /// Opens a file with the text that the disk has, or another.
    pub fn open(&mut self, name: &str, text: Option<&str>) {
        let text = text.map_or_else(|| std::fs::read_to_string(self.folder.join(name)).unwrap(), str::to_owned);
        let document = json!({ "uri": self.uri(name), "languageId": "markdown", "version": 1, "text": text });
        self.texts.insert(name.to_owned(), (1, text));
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// Changes some bytes, as an incremental edit.
    pub fn change(&mut self, name: &str, bytes: std::ops::Range<usize>, with: &str) {
        let uri = self.uri(name);
        let (version, text) = self.texts.get_mut(name).unwrap();
        let range = json!({ "start": position(text, bytes.start), "end": position(text, bytes.end) });
        text.replace_range(bytes, with);
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        let changes = json!([{ "range": range, "text": with }]);
        self.tell("textDocument/didChange", &json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Returns the place where words stand in a text, with the cursor before the `|` in them, and its byte.
    pub fn place(&self, name: &str, words: &str) -> (Value, usize) {
        let text = &self.texts[name].1;
        let (before, after) = words.split_once('|').unwrap_or((words, ""));
        let found = text.find(&format!("{before}{after}"));
        let byte = found.unwrap_or_else(|| panic!("{words} is not in {name}:\n{text}")) + before.len();
        (position(text, byte), byte)
    }

    /// Leaves, and returns the exit status and what was said on stderr.
    pub fn leave(mut self, says_so: bool) -> (i32, String) {
        if says_so {
            let _ = self.ask("shutdown", &Value::Null);
        }
        self.tell("exit", &Value::Null);
        self.end()
    }

    /// Hangs up.
    pub fn end(mut self) -> (i32, String) {
        drop(self.stdin.take());
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code().unwrap(), said)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn read(input: &mut impl std::io::BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", it)) => length = it.parse().unwrap(),
            Some(_) => {}
            None if line == "\r\n" => break,
            None => panic!("this is no header: {line:?}"),
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// A position as editors count: lines end with LF, CRLF or CR, columns are units of UTF-16.
pub fn position(text: &str, byte: usize) -> Value {
    let before = text[..byte].replace("\r\n", "\n").replace('\r', "\n");
    let line = before.rsplit('\n').next().unwrap();
    json!({ "line": before.matches('\n').count(), "character": line.encode_utf16().count() })
}

/// The byte of a position.
pub fn byte(text: &str, at: &Value) -> usize {
    let found = text.char_indices().map(|it| it.0).chain([text.len()]).find(|it| position(text, *it) == *at);
    found.unwrap_or_else(|| panic!("no byte is at {at}"))
}

/// Makes edits of a text; they must not overlap.
pub fn edited(text: &str, edits: &[Value]) -> String {
    let ends = |it: &Value| (byte(text, &it["range"]["start"]), byte(text, &it["range"]["end"]));
    let mut sorted: Vec<_> = edits.iter().map(|it| (ends(it), it["newText"].as_str().unwrap())).collect();
    sorted.sort_unstable();
    let mut new = text.to_owned();
    for ((start, end), with) in sorted.into_iter().rev() {
        new.replace_range(start..end, with);
    }
    new
}
