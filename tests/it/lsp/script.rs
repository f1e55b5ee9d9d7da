//! A conversation as a list of steps, and in words.

use super::client::{Client, byte, edited};
use serde::Deserialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A conversation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// What the editor says of itself; what VS Code can, where nothing is written.
    pub capabilities: Option<Value>,
    pub steps: Vec<Step>,
}

/// What the editor does. Words with a `|` name a place: where it stands between them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Step {
    Open(String),
    /// A file that is not on the disk.
    New(String, String),
    Close(String),
    Save(String),
    /// File, words that are there, words instead.
    Change(String, String, String),
    /// The whole text.
    Replace(String, String),
    Hover(String, String),
    Definition(String, String),
    References(String, String),
    Complete(String, String),
    Actions(String, String),
    /// File, place, and how the title of the action begins that is taken.
    Take(String, String, String),
    Symbols(String),
    Find(String),
    /// A file on the disk, its text, and whether the editor says so.
    Write(String, String, bool),
    Delete(String),
    /// A message as it is.
    Raw(Value),
    /// What the file says now.
    Show(String),
}

pub fn all_abilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "definition": { "linkSupport": true },
            "completion": { "completionItem": { "labelDetailsSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            "publishDiagnostics": { "relatedInformation": true, "tagSupport": { "valueSet": [1, 2] }, "versionSupport": true },
        },
    })
}

/// Plays a script, and tells it.
pub fn run(client: &mut Client, script: &Script) -> String {
    let hello = client.hello(&script.capabilities.clone().unwrap_or_else(all_abilities));
    let mut said = format!("# hello\nencoding {}\n", hello["result"]["capabilities"]["positionEncoding"]);
    for it in client.settle() {
        let _ = writeln!(said, "{}", told(client, &it));
    }
    for step in &script.steps {
        let words = serde_json::to_value(format!("{step:?}")).unwrap();
        let mut words = words.as_str().unwrap().to_owned();
        if 160 < words.chars().count() {
            words = words.chars().take(160).collect::<String>() + "…";
        }
        let _ = writeln!(said, "\n# {words}");
        for line in play(client, step) {
            let _ = writeln!(said, "{line}");
        }
    }
    let root = client.uri("");
    said.replace(&format!("{root}/"), "").replace(client.folder.to_str().unwrap(), "[FOLDER]")
}

fn at(client: &Client, name: &str, words: &str) -> Value {
    json!({ "textDocument": { "uri": client.uri(name) }, "position": client.place(name, words).0 })
}

fn play(client: &mut Client, step: &Step) -> Vec<String> {
    match step {
        Step::Open(name) => client.open(name, None),
        Step::New(name, text) => client.open(name, Some(text)),
        Step::Close(name) => {
            client.texts.remove(name);
            client.tell("textDocument/didClose", &json!({ "textDocument": { "uri": client.uri(name) } }));
        }
        Step::Save(name) => {
            std::fs::write(client.folder.join(name), &client.texts[name].1).unwrap();
            client.tell("textDocument/didSave", &json!({ "textDocument": { "uri": client.uri(name) } }));
        }
        Step::Change(name, old, new) => {
            let end = client.place(name, &format!("{old}|")).1;
            client.change(name, end - old.len()..end, new);
        }
        Step::Replace(name, text) => {
            let version = client.texts[name].0 + 1;
            client.texts.insert(name.clone(), (version, text.clone()));
            let document = json!({ "uri": client.uri(name), "version": version });
            let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
            client.tell("textDocument/didChange", &params);
        }
        Step::Hover(name, words) => {
            let (mut said, answer) = ask(client, "textDocument/hover", &at(client, name, words));
            if let Some(text) = answer["contents"]["value"].as_str() {
                said.push(format!("{} {}", answer["contents"]["kind"], words_at(client, name, &answer["range"])));
                said.push(text.to_owned());
            } else {
                said.push(answer.to_string());
            }
            return said;
        }
        Step::Definition(name, words) => {
            let (mut said, answer) = ask(client, "textDocument/definition", &at(client, name, words));
            let links: Vec<Value> = answer.as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
            said.extend(links.iter().map(|it| match it.get("targetUri") {
                Some(uri) => {
                    let from = words_at(client, name, &it["originSelectionRange"]);
                    format!("{from} -> {} {}", uri.as_str().unwrap(), range(&it["targetSelectionRange"]))
                }
                None => location(it),
            }));
            return said;
        }
        Step::References(name, words) => {
            let mut params = at(client, name, words);
            params["context"] = json!({ "includeDeclaration": false });
            let (mut said, answer) = ask(client, "textDocument/references", &params);
            said.extend(answer.as_array().into_iter().flatten().map(location));
            return said;
        }
        Step::Complete(name, words) => {
            let (mut said, answer) = ask(client, "textDocument/completion", &at(client, name, words));
            let mut items = answer["items"].as_array().cloned().unwrap_or_default();
            items.sort_by_key(|it| it["sortText"].as_str().unwrap_or_default().to_owned());
            said.extend(items.iter().map(|it| item(client, name, it)));
            if items.is_empty() {
                said.push("nothing".to_owned());
            }
            return said;
        }
        Step::Actions(name, words) => {
            let (mut said, answer) = actions(client, name, words);
            said.extend(answer.iter().map(|it| {
                let star = if it["isPreferred"] == true { "* " } else { "" };
                format!(
                    "{star}{} [{}] for {}",
                    it["title"].as_str().unwrap(),
                    it["kind"].as_str().unwrap(),
                    it["diagnostics"][0]["code"]
                )
            }));
            return said;
        }
        Step::Take(name, words, title) => {
            let (mut said, answer) = actions(client, name, words);
            let taken = answer.iter().find(|it| it["title"].as_str().unwrap().starts_with(title.as_str()));
            let edit = &taken.unwrap_or_else(|| panic!("{title} is not among {answer:?}"))["edit"];
            for it in edit["documentChanges"].as_array().unwrap() {
                let file = it["textDocument"]["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
                let file = client.texts.keys().find(|it| it.ends_with(&file)).unwrap().clone();
                assert_eq!(it["textDocument"]["version"], client.texts[&file].0);
                let new = edited(&client.texts[&file].1, it["edits"].as_array().unwrap());
                said.extend(differences(&client.texts[&file].1, &new));
                said.extend(play(client, &Step::Replace(file, new)));
            }
            return said;
        }
        Step::Symbols(name) => {
            let (mut said, answer) =
                ask(client, "textDocument/documentSymbol", &json!({ "textDocument": { "uri": client.uri(name) } }));
            symbols(&answer, 0, &mut said);
            return said;
        }
        Step::Find(query) => {
            let (mut said, answer) = ask(client, "workspace/symbol", &json!({ "query": query }));
            said.extend(
                answer
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|it| format!("{} {}", it["name"], location(&it["location"]))),
            );
            return said;
        }
        Step::Write(name, text, tells) => {
            crate::support::write(&client.folder.clone(), &[(name, text.as_bytes())]);
            if *tells {
                let changes = json!([{ "uri": client.uri(name), "type": 2 }]);
                client.tell("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
            }
        }
        Step::Delete(name) => {
            std::fs::remove_file(client.folder.join(name)).unwrap();
            let changes = json!([{ "uri": client.uri(name), "type": 3 }]);
            client.tell("workspace/didChangeWatchedFiles", &json!({ "changes": changes }));
        }
        Step::Raw(message) => {
            let text = message.to_string().replace("$ROOT", &client.uri(""));
            client.send(&serde_json::from_str(&text).unwrap());
        }
        Step::Show(name) => return client.texts[name].1.lines().map(str::to_owned).collect(),
    }
    client.settle().iter().map(|it| told(client, it)).collect()
}

fn ask(client: &mut Client, method: &str, params: &Value) -> (Vec<String>, Value) {
    let (before, answer) = client.ask(method, params);
    let said = before.iter().map(|it| told(client, it)).collect();
    let result = if answer.get("error").is_some() { answer["error"].clone() } else { answer["result"].clone() };
    (said, result)
}

fn actions(client: &mut Client, name: &str, words: &str) -> (Vec<String>, Vec<Value>) {
    let place = client.place(name, words).0;
    let range = json!({ "start": place, "end": place });
    let params =
        json!({ "textDocument": { "uri": client.uri(name) }, "range": range, "context": { "diagnostics": [] } });
    let (said, answer) = ask(client, "textDocument/codeAction", &params);
    (said, answer.as_array().cloned().unwrap_or_default())
}

/// What came in, in words: findings as the lines they are about.
fn told(client: &Client, it: &Value) -> String {
    if it["method"] != "textDocument/publishDiagnostics" {
        return it.to_string();
    }
    let uri = it["params"]["uri"].as_str().unwrap();
    let name = uri.rsplit_once(&format!("{}/", client.uri(""))).map_or(uri, |it| it.1).to_owned();
    let version = &it["params"]["version"];
    let found = it["params"]["diagnostics"].as_array().unwrap();
    let mut said = format!("{name} v{version}: {} findings", found.len());
    for it in found {
        let words = words_at(client, &name, &it["range"]);
        let code = it["code"].as_str().unwrap_or("-");
        let tags = it.get("tags").map_or(String::new(), |it| format!(" tags {it}"));
        let _ = write!(said, "\n  {} {} {}{tags} {}", it["severity"], code, range(&it["range"]), words);
        for line in it["message"].as_str().unwrap().lines() {
            let _ = write!(said, "\n    {line}");
        }
        for it in it["relatedInformation"].as_array().into_iter().flatten() {
            let _ = write!(said, "\n    - {}: {}", location(&it["location"]), it["message"].as_str().unwrap());
        }
    }
    said
}

fn words_at(client: &Client, name: &str, range: &Value) -> String {
    let Some((_, text)) = client.texts.get(name) else { return "(not open)".to_owned() };
    let (start, end) = (byte(text, &range["start"]), byte(text, &range["end"]));
    let words: String = text[start..end].chars().take(60).collect();
    format!("{words:?}")
}

fn range(it: &Value) -> String {
    let place = |it: &Value| format!("{}:{}", it["line"], it["character"]);
    format!("{}-{}", place(&it["start"]), place(&it["end"]))
}

fn location(it: &Value) -> String {
    format!("{} {}", it["uri"].as_str().unwrap_or("nowhere"), range(&it["range"]))
}

fn item(client: &Client, name: &str, it: &Value) -> String {
    let words = words_at(client, name, &it["textEdit"]["range"]);
    let beside = it["labelDetails"]["description"].as_str().unwrap_or_default();
    let detail = it["detail"].as_str().unwrap_or_default();
    format!("{} | {detail} | {beside} | {words} -> {}", it["label"].as_str().unwrap(), it["textEdit"]["newText"])
}

fn symbols(all: &Value, depth: usize, said: &mut Vec<String>) {
    for it in all.as_array().into_iter().flatten() {
        let detail = it["detail"].as_str().map_or(String::new(), |it| format!(" ({it})"));
        let name = it["name"].as_str().unwrap();
        let place = it.get("range").map_or_else(|| location(&it["location"]), range);
        said.push(format!("{}{name}{detail} kind {} {place}", "  ".repeat(depth), it["kind"]));
        symbols(&it["children"], depth + 1, said);
    }
}

fn differences(old: &str, new: &str) -> Vec<String> {
    let diff = similar::TextDiff::from_lines(old, new);
    let changes = diff.iter_all_changes().filter(|it| it.tag() != similar::ChangeTag::Equal);
    changes.map(|it| format!("{} {:?}", it.tag(), it.value())).collect()
}
