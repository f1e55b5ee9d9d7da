//! `roadbook serve`: files change, and the stream of events says so. Nothing here waits for a time to pass, only for what must come.

use super::support::{root, tree, write};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// How long is waited for what must come.
const PATIENCE: Duration = Duration::from_secs(60);
const PLAN: &str = "# Ferry\n\n**Start:** 2026-01-19\n\n## Phase 1: Boat (Week 1-2)\n\n### Week 1: Hull\n\n\
                    - [ ] **P1-01:** Weld the hull\n- [ ] **P1-02:** Paint it\n";

struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    host: String,
}

impl Serving {
    fn new(folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .arg("serve")
            .arg(folder)
            .args(["--port", "0", "--as-of", "2026-01-21"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let host = line.strip_prefix("serving at http://").and_then(|it| it.strip_suffix("/ (Ctrl-C ends it)\n"));
        let host = host.unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { child, out, host }
    }

    fn ask(&self, path: &str, headers: &str) -> String {
        let mut stream = self.connect(path, headers);
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn connect(&self, path: &str, headers: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.host) };
        write!(stream, "GET {path} HTTP/1.1\r\n{host}{headers}\r\n").unwrap();
        stream
    }

    fn events(&self, seen: &str, headers: &str) -> Events {
        let mut events = Events(BufReader::new(self.connect(&format!("/.roadbook/events{seen}"), headers)));
        let head = events.block();
        assert!(head.starts_with("HTTP/1.1 200 OK\nContent-Type: text/event-stream\n"), "{head}");
        assert_eq!(events.block(), "retry: 500\n");
        events
    }

    fn version(&self) -> String {
        let answer = self.ask("/", "");
        answer.split_once("Server-Timing: version;desc=\"").unwrap().1.split_once('"').unwrap().0.to_owned()
    }

    /// The next line that the program prints.
    fn says(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// Everything up to an empty line.
    fn block(&mut self) -> String {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            let read = self.0.read_line(&mut line).unwrap();
            if read == 0 || line.trim().is_empty() {
                return text;
            }
            text += &line.replace('\r', "");
        }
    }

    /// The next event of a name, past others: its ID and its data.
    fn next(&mut self, name: &str) -> (String, String) {
        loop {
            let block = self.block();
            assert!(!block.is_empty(), "the stream ended before {name}");
            let all = |field: &str| {
                let lines = block.lines().filter_map(|it| it.strip_prefix(field)).map(str::to_owned);
                lines.collect::<Vec<_>>().join("\n")
            };
            if all("event: ") == name {
                return (all("id: "), all("data: "));
            }
        }
    }

    fn state(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.next("state").1).unwrap()
    }

    /// The next state of which something holds.
    fn until(&mut self, holds: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let state = self.state();
            if holds(&state) {
                return state;
            }
        }
    }
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("roadmap.md", PLAN.as_bytes())]);
    folder
}

/// As editors do: another file takes the place of the old one.
fn save(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let other = folder.join(".save.tmp");
    std::fs::write(&other, text).unwrap();
    std::fs::rename(other, folder.join(name)).unwrap();
}

#[test]
fn a_page_hears_of_its_own_change_and_of_no_other() {
    let folder = project();
    let mut serving = Serving::new(folder.path(), &[]);
    let mut events = serving.events("", "");
    assert!(events.state()["error"].is_null());
    save(folder.path(), "roadmap.md", PLAN.replace("Paint it", "Paint it red"));
    let (id, paths) = events.next("changed");
    let paths: Vec<&str> = paths.lines().collect();
    assert!(paths.contains(&"tasks/p1-02.html") && paths.contains(&"tasks.html"), "{paths:?}");
    assert!(!paths.contains(&"tasks/p1-01.html") && !paths.iter().any(|it| it.starts_with("assets/")), "{paths:?}");
    assert!(serving.says().starts_with("built again: "));
    assert_eq!(serving.version(), id);
    assert!(serving.ask("/tasks/p1-02.html", "").contains("Paint it red"));
    // In place, without a rename; and a task goes.
    std::fs::write(folder.path().join("roadmap.md"), PLAN.replace("- [ ] **P1-02:** Paint it\n", "")).unwrap();
    assert!(events.next("gone").1.lines().any(|it| it == "tasks/p1-02.html"));
}

#[test]
fn who_comes_again_is_told_what_was_missed() {
    let folder = project();
    let serving = Serving::new(folder.path(), &[]);
    let old = serving.version();
    let mut events = serving.events("", "");
    save(folder.path(), "roadmap.md", PLAN.replace("Ferry", "Steamer"));
    let new = events.next("changed").0;
    assert_ne!(old, new);
    for (seen, headers) in
        [(format!("?seen={old}"), String::new()), (String::new(), format!("Last-Event-ID: {old}\r\n"))]
    {
        let (id, paths) = serving.events(&seen, &headers).next("changed");
        assert!(id == new && paths.lines().any(|it| it == "index.html"), "{paths}");
    }
    // A version of another run of the program says nothing about these files.
    serving.events("?seen=0.0-1", "").next("lost");
    serving.events(&format!("?seen={new}9999999"), "").next("lost");
    // Who knows all of it hears nothing but the state.
    let mut same = serving.events(&format!("?seen={new}"), "");
    same.state();
    save(folder.path(), "roadmap.md", PLAN);
    assert_ne!(same.next("changed").0, new);
}

#[test]
fn the_last_good_site_stays_until_a_file_is_whole() {
    let folder = project();
    write(folder.path(), &[("standups/2026-01-20.md", b"## Week 1 Standup\n\n### Completed\n- P1-01: welded\n")]);
    std::fs::create_dir_all(folder.path().join("templates/site")).unwrap();
    let serving = Serving::new(folder.path(), &[]);
    let mut events = serving.events("", "");
    let is_bad = |it: &serde_json::Value| !it["error"].is_null();
    let is_good = |it: &serde_json::Value| it["error"].is_null();
    events.until(is_good);
    let shown = serving.version();
    let what = |state: &serde_json::Value| {
        let error = &state["error"];
        let places =
            error["places"].as_array().unwrap().iter().map(|it| format!("\n  {}: {}", it["label"], it["message"]));
        let text = format!("{}{}", error["what"].as_str().unwrap(), places.collect::<String>());
        text.replace(&*folder.path().to_string_lossy(), "…")
    };
    let standup = std::fs::read(folder.path().join("standups/2026-01-20.md")).unwrap();
    let mut said = Vec::new();
    for (name, bad, good) in [
        ("roadmap.md", Some(&b""[..]), Some(PLAN.as_bytes())),
        ("roadmap.md", Some(b"# Ferry\n\nna\xC3"), Some(PLAN.as_bytes())),
        ("standups/2026-01-20.md", Some(b"## Week 1 Standup\n\xFF"), Some(&standup)),
        ("roadbook.toml", Some(b"tite = \"x\"\n"), Some(b"")),
        ("roadbook.toml", Some(b"title = \"x"), None),
        ("roadmap.md", None, Some(PLAN.as_bytes())),
        ("templates/site/index.html", Some(b"<p>\n{{ what }}</p>"), None),
        ("templates/site/index.html", Some(b"<p>{{ wat }}</p>"), None),
    ] {
        let set = |bytes: Option<&[u8]>| match bytes {
            Some(it) => save(folder.path(), name, it),
            None => std::fs::remove_file(folder.path().join(name)).unwrap(),
        };
        set(bad);
        said.push(what(&events.until(is_bad)));
        assert_eq!(serving.version(), shown, "{name}");
        set(good);
        events.until(is_good);
        assert_eq!(serving.version(), shown, "{name}");
    }
    insta::assert_snapshot!(said.join("\n"), @r#"
    roadmap.md: the file is empty
    roadmap.md: the file is not UTF-8 from line 3 on
    standups/2026-01-20.md: the file is not UTF-8 from line 2 on
    …/roadbook.toml: 1 mistake
      "roadbook.toml:1": "Unknown key `tite`: did you mean `title`?"
    …/roadbook.toml: 1 mistake
      "roadbook.toml:1": "Invalid basic string, expected `\"`."
    …: no roadmap found: neither roadmap.md nor a Markdown file with `kind: roadmap` in this folder, in its docs or in its content, and no project in its subfolders
    the template templates/site/index.html cannot be used
      "templates/site/index.html:2": "There is no variable `what` here."
    the template templates/site/index.html cannot be used
      "templates/site/index.html:1": "There is no variable `wat` here."
    "#);
}

#[test]
fn settings_standups_and_commits_count_too() {
    let folder = project();
    let git = |arguments: &[&str]| {
        let ran = Command::new("git").arg("-C").arg(folder.path()).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    let serving = Serving::new(folder.path(), &[]);
    let mut events = serving.events("", "");
    let index = |it: &str| it.lines().any(|it| it == "index.html");
    save(folder.path(), "roadbook.toml", "title = \"Steamer\"\n");
    assert!(index(&events.next("changed").1));
    assert!(serving.ask("/", "").contains("Steamer"));
    // The folder is new, and so is what is written into it at once.
    write(folder.path(), &[("standups/2026-01-20.md", b"## Week 1 Standup\n\n### Completed\n- P1-01: welded\n")]);
    assert!(events.next("changed").1.lines().any(|it| it == "tasks/p1-01.html"));
    drop(serving);
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "roadmap.md"]);
    let mut serving = Serving::new(folder.path(), &[]);
    let mut events = serving.events("", "");
    events.state();
    git(&[
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "commit",
        "-q",
        "-m",
        "plan",
        "--date=2026-01-19T12:00:00Z",
    ]);
    assert!(serving.says().starts_with("built again: "));
    events.next("changed");
}

#[test]
fn several_projects_are_served_and_a_broken_one_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[("a/roadmap.md", PLAN.as_bytes()), ("b/roadmap.md", PLAN.replace("Ferry", "Pier").as_bytes())],
    );
    let serving = Serving::new(folder.path(), &[]);
    let mut events = serving.events("", "");
    events.state();
    assert!(serving.ask("/a/tasks/p1-01.html", "").contains("src=\"../../.roadbook/live.js\""));
    save(&folder.path().join("b"), "roadmap.md", PLAN.replace("Ferry", "Quay"));
    let paths = events.next("changed").1;
    assert!(paths.lines().any(|it| it == "b/index.html") && !paths.lines().any(|it| it == "a/index.html"), "{paths}");
    let version = serving.version();
    save(&folder.path().join("b"), "roadbook.toml", "tite = 1\n");
    let state = events.until(|it| !it["error"].is_null());
    assert_eq!(state["error"]["places"][0]["label"], "b/roadbook.toml:1");
    assert_eq!(serving.version(), version);
}

#[test]
fn a_stream_is_for_pages_of_this_server_and_there_are_not_too_many() {
    let folder = project();
    let serving = Serving::new(folder.path(), &[]);
    let status = |answer: &str| answer.get(..12).unwrap_or(answer).to_owned();
    for headers in ["Host: evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n"] {
        assert_eq!(status(&serving.ask("/.roadbook/events", headers)), "HTTP/1.1 403", "{headers}");
        assert_eq!(status(&serving.ask("/.roadbook/live.js", headers)), "HTTP/1.1 403", "{headers}");
    }
    assert_eq!(status(&serving.ask("/.roadbook/no", "")), "HTTP/1.1 404");
    let mut open: Vec<Events> = (0..16).map(|_| serving.events("", "Sec-Fetch-Site: same-origin\r\n")).collect();
    assert_eq!(status(&serving.ask("/.roadbook/events", "")), "HTTP/1.1 503");
    assert_eq!(status(&serving.ask("/", "")), "HTTP/1.1 200", "pages are shown all the same");
    save(folder.path(), "roadmap.md", PLAN.replace("Ferry", "Steamer"));
    for it in &mut open {
        assert!(!it.next("changed").1.is_empty());
    }
    // Who leaves makes room.
    open.pop();
    while status(&serving.ask("/", "")) == "HTTP/1.1 200" {
        let mut again = Events(BufReader::new(serving.connect("/.roadbook/events", "")));
        if again.block().starts_with("HTTP/1.1 200") {
            return;
        }
    }
    panic!("no page was shown any more");
}

#[test]
fn an_interrupt_ends_it_at_once_though_pages_listen() {
    let folder = project();
    let mut serving = Serving::new(folder.path(), &[]);
    let mut events = serving.events("", "");
    events.state();
    if cfg!(unix) {
        assert!(Command::new("kill").args(["-INT", &serving.child.id().to_string()]).status().unwrap().success());
        assert_eq!(serving.child.wait().unwrap().code(), Some(0));
        assert_eq!(events.block(), "");
    }
}

#[test]
fn what_is_served_is_what_is_built_but_for_what_makes_it_live() {
    let folder = project();
    let out = tempfile::tempdir().unwrap();
    let arguments =
        ["build", &folder.path().to_string_lossy(), "--as-of", "2026-01-21", "--out", &out.path().to_string_lossy()]
            .map(str::to_owned);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(super::support::ran(&arguments).status, 0);
    let serving = Serving::new(folder.path(), &[]);
    let own =
        "\n<link rel=\"stylesheet\" href=\".roadbook/live.css\">\n<script src=\".roadbook/live.js\" defer></script>";
    for (name, bytes) in tree(out.path()).into_iter().filter(|(name, _)| !name.starts_with('.')) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = serving.ask_bytes(&format!("/{name}"));
        let (head, body) = answer;
        if Path::new(&name).extension().is_none_or(|it| it != "html") {
            assert!(body == bytes, "{name}");
            continue;
        }
        assert!(!text.contains(".roadbook") && !text.contains("connect-src"), "{name}");
        assert!(head.contains("connect-src 'self'"), "{name}");
        let body = String::from_utf8(body).unwrap();
        // What a page without an address says needs no script.
        if name == "404.html" {
            assert_eq!(body, text);
            continue;
        }
        assert_eq!(body.matches("connect-src 'self'").count(), 1, "{name}");
        let up = "../".repeat(name.matches('/').count());
        let own = own.replace("\".roadbook", &format!("\"{up}.roadbook"));
        assert_eq!(body.replacen("connect-src 'self'; ", "", 1).replacen(&own, "", 1), text, "{name}");
    }
    for (name, kind) in [("live.js", "text/javascript"), ("live.css", "text/css")] {
        let (head, body) = serving.ask_bytes(&format!("/.roadbook/{name}"));
        assert!(
            head.contains(kind) && body == std::fs::read(root().join("templates/live").join(name)).unwrap(),
            "{head}"
        );
    }
}

impl Serving {
    fn ask_bytes(&self, path: &str) -> (String, Vec<u8>) {
        let mut answer = Vec::new();
        self.connect(path, "").read_to_end(&mut answer).unwrap();
        let at = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..at].to_vec()).unwrap(), answer[at + 4..].to_vec())
    }
}
