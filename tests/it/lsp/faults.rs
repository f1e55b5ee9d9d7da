//! What a fast, a broken or a hostile editor does.

use super::client::Client;
use super::script::all_abilities;
use crate::support::write;
use serde_json::{Value, json};
use std::fmt::Write as _;
use tempfile::TempDir;

const PLAN: &str = "# Plan\n\n**Start:** 2026-01-26\n**Target Launch:** 2026-02-20\n\n## Week 1\n\n- [ ] **P1-01:** One\n- [ ] **P1-02:** Two\n";

fn project() -> (TempDir, Client) {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[("roadmap.md", PLAN.as_bytes()), ("standups/week-01.md", b"## Week 1 Standup\n\n### Done\n- [x] P1-01: x\n")],
    );
    let client = Client::start(&folder.path().canonicalize().unwrap());
    (folder, client)
}

/// The findings that an editor shows in the end, by file.
fn shown(said: &[Value]) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut all = std::collections::BTreeMap::new();
    for it in said.iter().filter(|it| it["method"] == "textDocument/publishDiagnostics") {
        let words = it["params"]["diagnostics"].as_array().unwrap().iter();
        let words = words.map(|it| it["message"].as_str().unwrap().to_owned()).collect();
        let name = it["params"]["uri"].as_str().unwrap().rsplit('/').next().unwrap();
        all.insert(name.to_owned(), words);
    }
    all.retain(|_, it: &mut Vec<String>| !it.is_empty());
    all
}

#[test]
fn leaving_in_order_is_zero_and_any_other_way_is_one() {
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    assert_eq!(client.leave(true), (0, String::new()));
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    assert_eq!(client.leave(false), (1, String::new()));
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    assert_eq!(client.end(), (1, String::new()));
    let (_folder, client) = project();
    assert_eq!(client.leave(false), (1, String::new()));
}

#[test]
fn questions_at_the_wrong_time_are_refused() {
    let (_folder, mut client) = project();
    let code = |it: &Value| it["error"]["code"].as_i64().unwrap();
    assert_eq!(code(&client.ask("textDocument/hover", &json!({})).1), -32002);
    client.tell("textDocument/didOpen", &json!({ "textDocument": 1 }));
    client.hello(&all_abilities());
    assert_eq!(code(&client.ask("initialize", &json!({ "capabilities": {} })).1), -32600);
    assert_eq!(code(&client.ask("textDocument/hover", &json!({ "position": "here" })).1), -32602);
    assert_eq!(code(&client.ask("textDocument/rename", &json!({})).1), -32601);
    client.tell("$/setTrace", &json!({ "value": "off" }));
    client.tell("$/cancelRequest", &json!({ "id": 4711 }));
    client.tell(
        "textDocument/didChange",
        &json!({ "textDocument": { "uri": "file:///none.md", "version": 2 }, "contentChanges": [{ "text": "x" }] }),
    );
    assert_eq!(client.ask("shutdown", &Value::Null).1["result"], Value::Null);
    assert_eq!(code(&client.ask("textDocument/hover", &json!({})).1), -32600);
    client.tell("exit", &Value::Null);
    assert_eq!(client.end().0, 0);
}

#[test]
fn what_is_no_message_is_told_and_ends_nothing() {
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    client.settle();
    for bytes in [
        "Content-Length: 5\r\n\r\n{\"a\":",
        "X-Nothing: 1\r\n\r\n",
        "Content-Length: 2\r\n\r\n[]",
        "Content-Length: no\r\n\r\n",
    ] {
        client.send_bytes(bytes.as_bytes());
        let said = client.settle();
        assert_eq!(said.len(), 1, "{bytes:?}: {said:?}");
        assert_eq!(said[0]["method"], "window/logMessage");
    }
    assert_eq!(client.leave(true).0, 0);
}

#[test]
fn a_question_that_is_taken_back_is_answered_once() {
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    client.open("roadmap.md", None);
    for _ in 0..50 {
        let place = json!({ "textDocument": { "uri": client.uri("roadmap.md") }, "position": client.place("roadmap.md", "P1-0|1").0 });
        let id = client.ask_later("textDocument/hover", &place);
        client.tell("$/cancelRequest", &json!({ "id": id }));
        let answer = client.until(id).1;
        assert!(answer["error"]["code"] == -32800 || answer["result"].is_object(), "{answer}");
    }
    assert!(client.settle().is_empty(), "nothing is answered twice");
}

#[test]
fn many_quick_changes_end_at_the_last_text() {
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    client.open("roadmap.md", None);
    client.open("standups/week-01.md", None);
    let mut said = client.settle();
    for it in 0..300 {
        let end = client.texts["standups/week-01.md"].1.len();
        client.change("standups/week-01.md", end..end, &format!("- [x] P1-{:02}: 🚀\n", it % 40 + 1));
        let place = json!({ "textDocument": { "uri": client.uri("standups/week-01.md") }, "position": { "line": 3, "character": 8 } });
        client.ask_later("textDocument/hover", &place);
    }
    said.extend(client.settle());
    let quick = shown(&said);
    let text = client.texts["standups/week-01.md"].1.clone();
    let answers = said.iter().filter(|it| it.get("method").is_none()).count();
    assert_eq!(answers, 300, "each question has its answer");
    // A second editor that opens the same texts is told the same.
    let (_other, mut slow) = project();
    slow.hello(&all_abilities());
    slow.open("roadmap.md", None);
    slow.open("standups/week-01.md", Some(&text));
    assert_eq!(quick, shown(&slow.settle()));
    assert_eq!(quick["week-01.md"].len(), 38, "{quick:?}");
}

#[test]
fn hostile_documents_are_read_to_their_end() {
    let mut table = String::from("| Metric | Target |\n|---|---|\n");
    for it in 0..3_000 {
        let _ = writeln!(table, "| m{it} | TBD |");
    }
    let texts = [
        format!("{PLAN}{}", "- [ ] **P1-03:** 🚀 ".repeat(20_000)),
        format!("{PLAN}\0\0\0 P1-01 \u{FEFF}\u{202E}\u{0}\r\r\n\n\r- [ ] **P1-04:** \0 x\r"),
        format!("{PLAN}{}", "- [ ] **P1-05:** x P1-06\n".repeat(5_000)),
        format!("{PLAN}\n{table}"),
        format!("{PLAN}{}", ">".repeat(50_000)),
        format!("{PLAN}{}", "[".repeat(50_000)),
        "\u{FEFF}".repeat(1_000),
        "---\n".repeat(1_000),
        String::new(),
    ];
    let (_folder, mut client) = project();
    client.hello(&all_abilities());
    client.open("roadmap.md", None);
    for text in texts {
        let version = client.texts["roadmap.md"].0 + 1;
        let uri = client.uri("roadmap.md");
        client.texts.insert("roadmap.md".to_owned(), (version, text.clone()));
        let params =
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": text }] });
        client.tell("textDocument/didChange", &params);
        let lines = text.lines().count() as u64;
        for (line, character) in [(0, 0), (7, 9), (lines, 5), (9, 100_000), (u64::from(u32::MAX), u64::from(u32::MAX))]
        {
            let position = json!({ "line": line, "character": character });
            let document = json!({ "uri": uri });
            let place = json!({ "textDocument": document, "position": position, "context": { "includeDeclaration": true, "triggerKind": 1 } });
            for method in ["hover", "definition", "references", "completion"] {
                let answer = client.ask(&format!("textDocument/{method}"), &place).1;
                assert!(answer.get("error").is_none(), "{method} {position}: {answer}");
            }
            let range = json!({ "start": position, "end": { "line": 0, "character": 0 } });
            let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
            assert!(client.ask("textDocument/codeAction", &params).1.get("error").is_none());
        }
        let answer = client.ask("textDocument/documentSymbol", &json!({ "textDocument": { "uri": uri } })).1;
        assert!(answer.get("error").is_none(), "{answer}");
    }
    assert_eq!(client.leave(true), (0, String::new()));
}
