//! `roadbook init`: what a project begins with, in a folder that has a plan and in one that has none.

use super::support::{Ran, ran, roadbook, root, tree, write};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) {
    let ran = Command::new("git").arg("-C").arg(folder).args(arguments).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn init(folder: &Path, more: &[&str]) -> Ran {
    ran(&[&["init", folder.to_str().unwrap()], more].concat())
}

fn told(folder: &Path, ran: &Ran) -> String {
    let mut text = format!("exit status {}\n{}{}", ran.status, ran.out, ran.err);
    text = text.replace(folder.to_str().unwrap(), "FOLDER");
    text
}

/// The files of a folder but for git's own; those of which it had the same before are only named.
fn files(folder: &Path, before: &[(String, Vec<u8>)]) -> String {
    let mut text = String::new();
    for (name, bytes) in tree(folder).into_iter().filter(|(name, _)| !name.starts_with(".git/")) {
        if before.iter().any(|it| *it == (name.clone(), bytes.clone())) {
            writeln!(text, "=== {name} (as it was)").unwrap();
        } else if name.starts_with(".github/") {
            // Held to what docs/publishing.md says.
            writeln!(text, "=== {name} (a workflow)").unwrap();
        } else {
            writeln!(text, "=== {name}\n{}", String::from_utf8(bytes).unwrap()).unwrap();
        }
    }
    text
}

/// Each folder in `tests/cases/init` holds what is there before in `input`; `remote` names the remote `origin`, `arguments` what to say.
#[test]
fn cases() {
    let mut seen = 0;
    for case in fs::read_dir(root().join("tests/cases/init")).unwrap().map(|it| it.unwrap().path()) {
        let work = tempfile::tempdir().unwrap();
        let folder = work.path().join("project");
        fs::create_dir(&folder).unwrap();
        let input = if case.join("input").is_dir() { tree(&case.join("input")) } else { Vec::new() };
        for (name, bytes) in &input {
            write(&folder, &[(name, bytes)]);
        }
        if let Ok(remote) = fs::read_to_string(case.join("remote")) {
            git(&folder, &["init", "-q", "-b", "trunk"]);
            git(&folder, &["remote", "add", "origin", remote.trim()]);
        }
        let arguments = fs::read_to_string(case.join("arguments")).unwrap_or_default();
        let ran = init(&folder, &arguments.split_whitespace().collect::<Vec<_>>());
        let text = told(&folder, &ran) + "\n" + &files(&folder, &input);
        insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("written", text);
        });
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[test]
fn the_sample_has_no_findings_whatever_the_day() {
    let days = [
        "2026-11-23",
        "2026-11-27",
        "2026-11-28",
        "2026-11-29",
        "2026-12-30",
        "2027-01-01",
        "2027-01-03",
        "2028-02-29",
    ];
    for day in days {
        let work = tempfile::tempdir().unwrap();
        let folder = work.path().join("new");
        let program = |arguments: &[&str]| {
            let moment = format!("{day}T12:00:00Z").parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
            Command::new(env!("CARGO_BIN_EXE_roadbook"))
                .args(arguments)
                .env("SOURCE_DATE_EPOCH", moment.to_string())
                .current_dir(work.path())
                .output()
                .unwrap()
        };
        assert!(program(&["init", "new"]).status.success());
        let checked = program(&["check", "new", "--strict"]);
        assert!(checked.status.success(), "{day}: {}", String::from_utf8_lossy(&checked.stdout));
        assert!(program(&["build", "new", "--out", "new/output"]).status.success());
        assert_eq!(fs::read_to_string(folder.join("output/.gitignore")).unwrap(), "*\n!.gitignore\n");
        let report: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("output/data/report.json")).unwrap()).unwrap();
        assert_eq!(report["progress"]["items"]["total"], 8, "{day}");
        assert_eq!(report["progress"]["items"]["done"], 2, "{day}");
        assert_eq!(report["standups"].as_array().unwrap().len(), 1, "{day}");
        assert_eq!(report["gates"].as_array().unwrap().len(), 2, "{day}");
    }
}

#[test]
fn what_is_written_beside_a_plan_changes_nothing_of_its_report() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("plan");
    for (name, bytes) in tree(&root().join("content")) {
        if name != "roadbook.toml" {
            write(&folder, &[(&name, &bytes)]);
        }
    }
    let report = || {
        let out = work.path().join("site");
        let built = roadbook(&["build", folder.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert_eq!(built.status, 0, "{}", built.err);
        fs::read_to_string(out.join("data/report.json")).unwrap()
    };
    let before = report();
    assert_eq!(init(&folder, &["--yes"]).status, 0);
    assert!(folder.join("roadbook.toml").is_file());
    assert!(before == report());
    // With every line of the settings taken as it is said, it is the same plan still.
    let settings = fs::read_to_string(folder.join("roadbook.toml")).unwrap();
    let lines = settings.lines().map(|it| it.strip_prefix("# ").filter(|it| it.contains(" = ")).unwrap_or(it));
    fs::write(folder.join("roadbook.toml"), lines.collect::<Vec<_>>().join("\n")).unwrap();
    let after: serde_json::Value = serde_json::from_str(&report()).unwrap();
    let before: serde_json::Value = serde_json::from_str(&before).unwrap();
    for key in ["title", "start", "target", "weeks"] {
        assert_eq!(after["plan"][key], before["plan"][key], "{key}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder() {
    let work = tempfile::tempdir().unwrap();
    let (folder, outside) = (work.path().join("project"), work.path().join("outside"));
    fs::create_dir(&folder).unwrap();
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, folder.join("standups")).unwrap();
    std::os::unix::fs::symlink(outside.join("settings.toml"), folder.join("roadbook.toml")).unwrap();
    let ran = init(&folder, &["--yes"]);
    assert_eq!(ran.status, 2);
    assert!(
        told(&folder, &ran).contains("standups: it is a link or a file, where a folder should be"),
        "{}",
        told(&folder, &ran)
    );
    assert_eq!(tree(&outside), []);
}

#[test]
fn the_workflows_are_those_of_the_documentation() {
    let work = tempfile::tempdir().unwrap();
    git(work.path(), &["init", "-q", "-b", "main"]);
    git(work.path(), &["remote", "add", "origin", "https://github.com/octo/plan.git"]);
    let settings = "[email]\nfrom = \"a@b.c\"\n[email.audiences.board]\nto = [\"d@b.c\"]\n";
    write(work.path(), &[("roadmap.md", b"# Plan\n- [ ] one\n"), ("roadbook.toml", settings.as_bytes())]);
    assert_eq!(init(work.path(), &["--yes"]).status, 0);
    let documentation = fs::read_to_string(root().join("docs/publishing.md")).unwrap();
    for name in ["pages", "preview", "preview-comment", "email"] {
        let path = format!(".github/workflows/{name}.yml");
        let said = documentation.split_once(&format!("```yaml\n# {path}\n")).unwrap().1.split_once("```").unwrap().0;
        assert_eq!(fs::read_to_string(work.path().join(path)).unwrap(), said, "{name}");
    }
}
