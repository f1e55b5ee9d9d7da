//! One message after the other, in order; what they mean is worked out when somebody asks, or when no more have come.

use super::answer::answer;
use super::findings::Published;
use super::hello::{Abilities, answer as hello, folders, watch};
use super::uri::to_path;
use super::wire::Incoming;
use super::workspace::Workspace;
use crate::commands::World;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CancelParams, DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, InitializeParams, MessageType, NumberOrString, ShowMessageParams,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, TryRecvError};

/// How far both sides have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The editor has not said what it can.
    New,
    /// They speak.
    Open,
    /// The editor is about to leave.
    Closing,
}

/// One side of a conversation.
#[derive(Debug)]
pub struct Server {
    workspace: Workspace,
    published: Published,
    stage: Stage,
    queue: VecDeque<Incoming>,
    outgoing: Vec<Message>,
}

impl Server {
    /// Makes a server that nobody has spoken to.
    pub fn new(world: &World) -> Self {
        Self {
            workspace: Workspace::new(world),
            published: Published::default(),
            stage: Stage::New,
            queue: VecDeque::new(),
            outgoing: Vec::new(),
        }
    }

    /// Speaks until the other side leaves, and returns the exit status: 0 where it said so before.
    pub fn run(mut self, incoming: &Receiver<Incoming>, out: &mut dyn Write) -> io::Result<u8> {
        loop {
            self.fetch(incoming);
            self.send(out)?;
            let next = match self.queue.pop_front() {
                Some(it) => it,
                None if self.stage == Stage::Open && self.workspace.is_stale() => {
                    self.publish();
                    continue;
                }
                None => match incoming.recv() {
                    Ok(it) => {
                        self.queue.push_back(it);
                        continue;
                    }
                    // Whoever leaves without a word has crashed.
                    Err(_) => return Ok(1),
                },
            };
            match next {
                Incoming::Malformed(why) => self.complain(&why),
                Incoming::Message(Message::Request(it)) => self.request(it),
                Incoming::Message(Message::Notification(it)) if it.method == "exit" => {
                    return Ok(u8::from(self.stage != Stage::Closing));
                }
                Incoming::Message(Message::Notification(it)) => self.notification(it),
                // What the editor says to a request of ours changes nothing.
                Incoming::Message(Message::Response(_)) => {}
            }
        }
    }

    /// Takes all that has come, so that it is known what is no longer wanted.
    fn fetch(&mut self, incoming: &Receiver<Incoming>) {
        loop {
            match incoming.try_recv() {
                Ok(Incoming::Message(Message::Notification(it))) if it.method == "$/cancelRequest" => self.cancel(it),
                Ok(it) => self.queue.push_back(it),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return,
            }
        }
    }

    /// A question that is still waiting is answered with that nobody wants to know; any other has its answer.
    fn cancel(&mut self, it: Notification) {
        let Ok(CancelParams { id }) = serde_json::from_value(it.params) else { return };
        let id: RequestId = match id {
            NumberOrString::Number(it) => it.into(),
            NumberOrString::String(it) => it.into(),
        };
        let is_it = |it: &Incoming| matches!(it, Incoming::Message(Message::Request(it)) if it.id == id);
        if let Some(at) = self.queue.iter().position(is_it) {
            self.queue.remove(at);
            self.refuse(id, ErrorCode::RequestCanceled, "nobody wants to know any more");
        }
    }

    fn request(&mut self, it: Request) {
        match (self.stage, it.method.as_str()) {
            (Stage::New, "initialize") => self.initialize(it),
            (Stage::New, _) => self.refuse(it.id, ErrorCode::ServerNotInitialized, "say `initialize` first"),
            (Stage::Closing, _) => {
                self.refuse(it.id, ErrorCode::InvalidRequest, "nothing but `exit` follows `shutdown`");
            }
            (Stage::Open, "initialize") => {
                self.refuse(it.id, ErrorCode::InvalidRequest, "`initialize` was said before");
            }
            (Stage::Open, "shutdown") => {
                self.stage = Stage::Closing;
                self.outgoing.push(Response { id: it.id, response_result: Ok(Value::Null) }.into());
            }
            (Stage::Open, _) if self.is_outdated(&it) => {
                self.refuse(it.id, ErrorCode::ContentModified, "the document has changed since");
            }
            (Stage::Open, _) => {
                // What is wrong is told before anything else is said of the same text.
                if self.workspace.is_stale() {
                    self.publish();
                }
                let answer = answer(&self.workspace, it);
                self.outgoing.push(answer.into());
            }
        }
    }

    /// Says whether a document has changed since something was asked about it: then its places mean others.
    fn is_outdated(&self, it: &Request) -> bool {
        let uri = |it: &Value| it.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned);
        let Some(of) = uri(&it.params) else { return false };
        self.queue.iter().any(|it| match it {
            Incoming::Message(Message::Notification(it)) => {
                it.method == "textDocument/didChange" && uri(&it.params).is_some_and(|it| it == of)
            }
            _ => false,
        })
    }

    fn initialize(&mut self, it: Request) {
        let Some(params) = read::<InitializeParams>(it.params) else {
            return self.refuse(it.id, ErrorCode::InvalidParams, "`initialize` needs the capabilities of the editor");
        };
        let can = Abilities::new(&params.capabilities);
        self.workspace.can = can;
        self.workspace.folders = folders(&params);
        self.stage = Stage::Open;
        let result = serde_json::to_value(hello(can)).unwrap_or_default();
        self.outgoing.push(Response { id: it.id, response_result: Ok(result) }.into());
    }

    fn notification(&mut self, it: Notification) {
        if self.stage != Stage::Open {
            return;
        }
        match it.method.as_str() {
            "initialized" if self.workspace.can.watches => {
                let params = serde_json::to_value(watch()).unwrap_or_default();
                let id = "roadbook-watch".to_owned().into();
                self.outgoing.push(Request { id, method: "client/registerCapability".to_owned(), params }.into());
            }
            "textDocument/didOpen" => self.opened(it.params),
            "textDocument/didChange" => self.changed(it.params),
            "textDocument/didClose" => {
                let Some(it) = read::<DidCloseTextDocumentParams>(it.params) else { return };
                if let Some(path) = self.workspace.documents.close(&it.text_document.uri) {
                    self.workspace.forget(&path);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.workspace.refresh_all(),
            "workspace/didChangeWorkspaceFolders" => {
                let Some(it) = read::<DidChangeWorkspaceFoldersParams>(it.params) else { return };
                let gone: Vec<_> = it.event.removed.iter().filter_map(|it| to_path(&it.uri)).collect();
                self.workspace.folders.retain(|it| !gone.contains(it));
                self.workspace.folders.extend(it.event.added.iter().filter_map(|it| to_path(&it.uri)));
                self.workspace.refresh_all();
            }
            _ => {}
        }
    }

    fn opened(&mut self, params: Value) {
        let Some(it) = read::<DidOpenTextDocumentParams>(params) else { return };
        let it = it.text_document;
        if let Some(path) = self.workspace.documents.open(it.uri, it.version, it.text, self.workspace.can.units) {
            self.workspace.touch(&path);
            self.published.again(&path);
        }
    }

    fn changed(&mut self, params: Value) {
        let Some(it) = read::<DidChangeTextDocumentParams>(params) else { return };
        let Some(path) = to_path(&it.text_document.uri) else { return };
        let units = self.workspace.can.units;
        let documents = &mut self.workspace.documents;
        if documents.change(&it.text_document.uri, it.text_document.version, it.content_changes, units).is_some() {
            self.workspace.touch(&path);
            self.published.again(&path);
        }
    }

    /// Tells the editor what is wrong, where that is not what it knows.
    fn publish(&mut self) {
        self.workspace.refresh();
        let (changed, words) = self.published.changed(&mut self.workspace);
        for it in changed {
            self.notify("textDocument/publishDiagnostics", &it);
        }
        for message in words {
            self.notify("window/showMessage", &ShowMessageParams { typ: MessageType::WARNING, message });
        }
    }

    fn notify(&mut self, method: &str, params: &impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.outgoing.push(Notification { method: method.to_owned(), params }.into());
    }

    fn refuse(&mut self, id: RequestId, code: ErrorCode, why: &str) {
        self.outgoing.push(Response::new_err(id, code as i32, why.to_owned()).into());
    }

    /// Says that something was no message: nobody knows which question it was.
    fn complain(&mut self, why: &str) {
        self.notify(
            "window/logMessage",
            &json!({ "type": MessageType::WARNING, "message": format!("roadbook: {why}") }),
        );
    }

    fn send(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut out = out;
        self.outgoing.drain(..).try_for_each(|it| it.write(&mut out))
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::lsp::wire::listen;
    use crate::edge::{Post, Web};
    use std::io::Cursor;

    /// Says all at once, and returns the answers by their questions.
    fn answers(messages: &[Value]) -> Vec<String> {
        let framed = |it: &Value| format!("Content-Length: {}\r\n\r\n{it}", it.to_string().len());
        let bytes: String = messages.iter().map(framed).collect();
        let all: Vec<Incoming> = listen(Cursor::new(bytes)).into_iter().collect();
        let (sender, receiver) = std::sync::mpsc::channel();
        for it in all {
            sender.send(it).unwrap();
        }
        let world = World {
            now: chrono::DateTime::UNIX_EPOCH,
            source_date_epoch: None,
            colour: false,
            colour_results: false,
            is_terminal: false,
            web: Web::default(),
            post: Post::default(),
        };
        let mut out = Vec::new();
        assert_eq!(Server::new(&world).run(&receiver, &mut out).unwrap(), 0);
        let text = String::from_utf8(out).unwrap();
        let bodies = text.split("Content-Length: ").filter_map(|it| it.split_once("\r\n\r\n"));
        let answer = |it: &str| {
            let it: Value = serde_json::from_str(it).unwrap();
            Some(format!("{}: {}", it.get("id")?, it.pointer("/error/code").or(it.get("result"))?))
        };
        bodies.filter_map(|it| answer(it.1)).collect()
    }

    #[test]
    fn nobody_works_for_a_question_that_was_taken_back_or_whose_text_is_gone() {
        let document = json!({ "uri": "file:///none/a.md", "version": 2 });
        let place = json!({ "textDocument": document, "position": { "line": 0, "character": 0 } });
        let ask = |id: u32| json!({ "id": id, "method": "textDocument/hover", "params": place });
        let change = json!({ "textDocument": document, "contentChanges": [{ "text": "x" }] });
        let said = answers(&[
            json!({ "id": "a", "method": "initialize", "params": { "capabilities": {} } }),
            json!({ "method": "initialized", "params": {} }),
            ask(1),
            ask(2),
            json!({ "method": "textDocument/didChange", "params": change }),
            ask(3),
            json!({ "method": "$/cancelRequest", "params": { "id": 2 } }),
            json!({ "method": "$/cancelRequest", "params": { "id": 77 } }),
            json!({ "id": 4, "method": "shutdown" }),
            json!({ "method": "exit" }),
        ]);
        let said: Vec<&str> = said.iter().map(|it| it.split_once(",\"").map_or(it.as_str(), |it| it.0)).collect();
        let (hello, rest): (Vec<&str>, Vec<&str>) = said.into_iter().partition(|it| it.starts_with("\"a\""));
        assert_eq!(hello.len(), 1);
        assert_eq!(rest, ["2: -32800", "1: -32801", "3: null", "4: null"]);
    }
}
