//! `roadbook comment`, against a server that plays GitHub's API. Each case is told as a whole: the status, what was asked for, how long
//! was waited, what was printed, and which comments there are in the end.

mod decisions;
mod faults;
mod last_readable;
mod refusals;
mod server;
mod tls;

use self::server::{Api, TOKEN};
use super::support::{ran_with, root};
use roadbook::edge::{Secret, Web};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::time::Duration;

/// A comment that changes something, of 15:04.
const CHANGED: &str = "<!-- roadbook:preview v1 head=9f3c2ab valid-at=2026-02-06T15:04:11Z state=changed -->
### 🔴 Plan change: `Launch` (13 Mar) can no longer be met

Launch forecast: 50% by 2 Apr (was 31 Mar).

#### Gates

| Gate | What changed |
|---|---|
| `Launch` | 🔴 **now fails** |

<sub>roadbook compared `main` with `9f3c2ab`.</sub>
";

/// A later one, of 16:20, about a plan that does not change.
const UNCHANGED: &str = "<!-- roadbook:preview v1 head=9f3c2ab valid-at=2026-02-06T16:20:45Z state=unchanged -->
### ⚪ No plan changes

Text or formatting only.

<sub>roadbook compared `main` with `9f3c2ab`.</sub>
";

/// The latest, of 16:41, about a plan that cannot be read.
const UNREADABLE: &str = "<!-- roadbook:preview v1 head=9f3c2ab valid-at=2026-02-06T16:41:02Z state=unreadable -->
### ⛔ Plan not readable: merge conflict in `roadmap.md`, line 282

No effects were computed for `9f3c2ab`.

<sub>roadbook read `main` and `9f3c2ab`.</sub>
";

/// A comment of which there are many; they are counted, not told.
const FILLER: &str = "Yes.";

/// Who writes with the token of a workflow.
const BOT: &str = "github-actions[bot]";

thread_local! {
    static WAITED: RefCell<Vec<Duration>> = const { RefCell::new(Vec::new()) };
}

/// Writes down that time should pass.
fn wait(pause: Duration) {
    WAITED.with_borrow_mut(|it| it.push(pause));
}

/// What the environment says of this server.
fn web(api: &str) -> Web {
    Web { token: Some(Secret::new(TOKEN)), api: Some(api.to_owned()), wait, ..Web::default() }
}

/// Runs the command with a comment, tells all that came of it, and compares.
fn tell(name: &str, api: &Api, comment: &str, more: &[&str]) {
    told(name, api, comment.as_bytes(), &[&["--repo", "octo/plan", "--pull", "42"], more].concat(), web(&api.url));
}

/// The same, where not all that is on the server in the end is to be told.
fn tell_after(name: &str, api: &Api, comment: &str, change: impl Fn()) {
    let arguments = ["--repo", "octo/plan", "--pull", "42"];
    compare(name, api, &transcript(api, comment.as_bytes(), &arguments, web(&api.url), change));
}

/// The same, for all that can be said otherwise.
fn told(name: &str, api: &Api, comment: &[u8], arguments: &[&str], web: Web) {
    compare(name, api, &transcript(api, comment, arguments, web, || ()));
}

fn transcript(api: &Api, comment: &[u8], arguments: &[&str], web: Web, change: impl Fn()) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("comment.md");
    std::fs::write(&file, comment).unwrap();
    WAITED.with_borrow_mut(Vec::clear);
    let ran = ran_with(&[&["comment", "--body-file", file.to_str().unwrap()], arguments].concat(), web);

    change();
    let mut told = format!("status: {}\n", ran.status);
    for it in api.take_seen() {
        writeln!(told, "asked: {it}").unwrap();
    }
    for it in WAITED.take() {
        writeln!(told, "waited: {} s", it.as_secs_f32()).unwrap();
    }
    for (what, text) in [("printed", &ran.out), ("complained", &ran.err)] {
        for line in text.lines() {
            writeln!(told, "{what}: {line}").unwrap();
        }
    }
    let comments = api.state().comments.clone();
    let (fillers, comments): (Vec<_>, Vec<_>) = comments.into_iter().partition(|it| it.body == FILLER);
    if !fillers.is_empty() {
        writeln!(told, "{} comments of no importance", fillers.len()).unwrap();
    }
    for it in comments {
        let author = it.author.as_deref().unwrap_or("nobody");
        let is_long = 2_000 < it.body.len();
        let body = if is_long {
            format!("({} bytes)", it.body.len())
        } else {
            it.body.replace('\r', "\\r").replace('\n', "\n    ")
        };
        writeln!(told, "comment {} by {author}:\n    {}", it.id, body.trim_end()).unwrap();
    }
    told.replace(&format!("{}/", folder.path().display()), "")
}

fn compare(name: &str, api: &Api, told: &str) {
    assert!(!told.contains(TOKEN), "{told}");
    let told = told.replace(&api.url, "http://api");
    insta::with_settings!({
        snapshot_path => root().join("tests/cases/comment"), prepend_module_to_snapshot => false, omit_expression => true
    }, {
        insta::assert_snapshot!(name, told);
    });
}
