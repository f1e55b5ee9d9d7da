//! Repositories made for a test: a few lines that `git fast-import` reads, and what the past of them looks like in words.

use roadbook::edge::{Failure, Project, past};
use roadbook::settings::Settings;
use roadbook::sources::{FileVersion, Known, Past, Unknown};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The day that dates of commits are counted from, in seconds since 1970.
pub const START: i64 = 1_700_000_000;

/// A repository in a temporary folder.
pub struct Made {
    pub folder: TempDir,
    script: Vec<u8>,
    commits: u32,
}

/// What a commit does to a path.
pub enum Do<'a> {
    Put(&'a str),
    Link(&'a str),
    Module,
    Delete,
}
pub use self::Do::{Delete, Link, Module, Put};

impl Made {
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// Takes further arguments of `git init`.
    pub fn with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        git(folder.path(), &[&["init", "-q", "-b", "main"], arguments].concat());
        Self { folder, script: Vec::new(), commits: 0 }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Adds a commit to `main`, so many seconds after the start.
    pub fn commit(&mut self, seconds: i64, changes: &[(&str, Do)]) -> &mut Self {
        self.commit_as("T <t@example.com>", &format!("{} +0000", START + seconds), "main", &[], changes)
    }

    /// Adds a commit; `parents` are numbers of commits, from 1. Without any it follows what the branch has.
    pub fn commit_as(
        &mut self,
        who: &str,
        date: &str,
        branch: &str,
        parents: &[u32],
        changes: &[(&str, Do)],
    ) -> &mut Self {
        self.commits += 1;
        let number = self.commits;
        let mut head = format!("commit refs/heads/{branch}\nmark :{number}\nauthor A <a@example.com> {date}\n");
        writeln!(head, "committer {who} {date}\ndata 1\n.").unwrap();
        if parents.is_empty() && branch == "main" && self.script.is_empty() && 1 < number {
            head.push_str("from refs/heads/main^0\n");
        }
        for (at, parent) in parents.iter().enumerate() {
            let word = if at == 0 { "from" } else { "merge" };
            writeln!(head, "{word} :{parent}").unwrap();
        }
        self.script.extend(head.bytes());
        for (path, change) in changes {
            // In quotes a path may hold anything, with `\` before what C writes so.
            let line = match change {
                Delete => format!("D \"{path}\"\n"),
                Put(text) => format!("M 100644 inline \"{path}\"\ndata {}\n{text}\n", text.len()),
                Link(to) => format!("M 120000 inline \"{path}\"\ndata {}\n{to}\n", to.len()),
                Module => format!("M 160000 1234567890123456789012345678901234567890 \"{path}\"\n"),
            };
            self.script.extend(line.bytes());
        }
        self.script.push(b'\n');
        self
    }

    /// Makes the commits.
    pub fn make(&mut self) -> &mut Self {
        let mut child = command(self.path(), &["fast-import", "--quiet", "--force", "--date-format=raw-permissive"])
            .args(["--import-marks-if-exists=.git/made", "--export-marks=.git/made"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&self.script).unwrap();
        assert!(child.wait().unwrap().success());
        self.script.clear();
        self
    }

    /// Returns what is known of a project with a roadmap and standups at its top.
    pub fn past(&self) -> Result<Known, Failure> {
        past(&project(self.path(), "roadmap.md"), &[], false)
    }

    /// Returns the past of a project in words: each commit by its number with its seconds after the start, and its versions.
    pub fn words(&self) -> Vec<String> {
        self.words_of(self.past().unwrap())
    }

    pub fn words_of(&self, known: Known) -> Vec<String> {
        let marks = std::fs::read_to_string(self.path().join(".git/made")).unwrap();
        let marks: BTreeMap<&str, &str> =
            marks.lines().map(|it| it[1..].split_once(' ').unwrap()).map(|(a, b)| (b, a)).collect();
        let past = known_past(known);
        let mut words = Vec::new();
        for it in &past.revisions {
            let commit = it.commit.to_string();
            let number = marks.get(commit.as_str()).copied().unwrap_or(&commit);
            let mut line = format!("{number} +{}:", it.time - START);
            let standups = it.standups.iter().map(|it| ("", it));
            for (mark, version) in it.roadmap.iter().map(|it| ("*", it)).chain(standups) {
                write!(line, " {mark}{}", shown(version, &past)).unwrap();
            }
            words.push(line);
        }
        words
    }
}

fn shown(version: &FileVersion, past: &Past) -> String {
    let text = version.blob.map(|it| String::from_utf8(past.texts.read(it).unwrap()).unwrap());
    let text = text.map_or_else(|| "-".to_owned(), |it| it.trim().replace('\n', "/"));
    format!("{}={text}", version.path.escape_debug())
}

/// Returns a project below a folder.
pub fn project(root: &Path, roadmap: &str) -> Project {
    let roadmap = root.join(roadmap);
    let standups = Some(roadmap.parent().unwrap().join("standups"));
    Project { root: root.to_owned(), roadmap, standups, settings: Settings::default() }
}

pub fn known_past(known: Known) -> Past {
    match known {
        Known::Past(it) => it,
        Known::Nothing(it) => panic!("{it:?}"),
    }
}

pub fn unknown(known: Result<Known, Failure>) -> Unknown {
    match known.unwrap() {
        Known::Past(it) => panic!("{it:?}"),
        Known::Nothing(it) => it,
    }
}

/// Runs git, apart from the settings of whoever runs the tests, and returns what it prints.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let ran = command(folder, arguments).output().unwrap();
    assert!(ran.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().trim_end().to_owned()
}

pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Whoever runs the tests may do so from within a hook.
    let foreign = std::env::vars_os().map(|it| it.0).filter(|it| it.to_string_lossy().starts_with("GIT_"));
    for it in foreign {
        command.env_remove(it);
    }
    let date = format!("{START} +0000");
    command
        .current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.com"), ("GIT_AUTHOR_DATE", &date)])
        .envs([("GIT_COMMITTER_NAME", "C"), ("GIT_COMMITTER_EMAIL", "c@example.com"), ("GIT_COMMITTER_DATE", &date)]);
    command
}
