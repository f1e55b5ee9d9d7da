//! What commands that write leave alone: other runs' changes, files that are not theirs, and what their owners want to stay.

use super::support::{Ran, ran, tree, write};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PLAN: &str = "# Plan\n\n- [ ] **A-1:** one\n- [ ] **A-2:** two\n";
const DATED: &str = "# Plan\n\n**Start:** 2026-02-02\n**Target Launch:** 2026-02-20\n\n## Phase 1: All (Week 1-3)\n\n- [ ] **A-1:** one\n- [ ] **A-2:** two\n";
const STANDUP: &str = "## Week 1 Standup\n\n### In Progress\n- A-1: begun (50% complete)\n";

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn tick(folder: &Path, more: &[&str]) -> Ran {
    ran(&[&["tick", "--path", folder.to_str().unwrap()], more].concat())
}

#[test]
fn runs_at_the_same_time_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let lines = (1..=16).fold(String::new(), |all, it| all + &format!("- [ ] **A-{it}:** task {it}\n"));
    write(folder.path(), &[("roadmap.md", format!("# Plan\n\n{lines}").as_bytes())]);
    let run = |it: u32| {
        let ran = tick(folder.path(), &[&format!("A-{it}")]);
        assert_eq!(ran.status, 0, "A-{it}: {}", ran.err);
    };
    std::thread::scope(|scope| (1..=16).for_each(|it| drop(scope.spawn(move || run(it)))));
    let now = text(folder.path(), "roadmap.md");
    assert_eq!(now.matches("- [x]").count(), 16, "{now}");
    // The last change is the one that is taken back.
    assert_eq!(tick(folder.path(), &["--undo"]).status, 0);
    assert_eq!(text(folder.path(), "roadmap.md").matches("- [ ]").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_stays() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("roadmap.md", PLAN.as_bytes())]);
    let path = folder.path().join("roadmap.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let refused = tick(folder.path(), &["A-1"]);
    let said = format!(
        "error: {}: it is read-only, so it is left as it is\n  help: make it writable, if it is meant to be changed\n",
        path.display()
    );
    assert_eq!((refused.status, refused.err), (2, said));
    assert_eq!(text(folder.path(), "roadmap.md"), PLAN);
    assert_eq!(tick(folder.path(), &["--undo"]).status, 2, "a change that was refused cannot be taken back");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    // To give a file away takes more rights than a test mostly has.
    let is_given = std::os::unix::fs::chown(&path, Some(4321), Some(4322)).is_ok();
    assert_eq!(tick(folder.path(), &["A-1"]).status, 0);
    let now = fs::metadata(&path).unwrap();
    assert_eq!(now.permissions().mode() & 0o777, 0o640);
    if is_given {
        use std::os::unix::fs::MetadataExt as _;
        assert_eq!((now.uid(), now.gid()), (4321, 4322));
    }
}

#[test]
fn what_killed_runs_left_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let left = [
        (".roadmap.md.roadbook-123", &b"half"[..]),
        ("standups/.week-01.md.roadbook-99", b"half"),
        (".other.md.roadbook-123", b"not ours"),
        (".roadmap.md.roadbook-old", b"not ours"),
    ];
    write(folder.path(), &[("roadmap.md", DATED.as_bytes()), ("standups/week-01.md", STANDUP.as_bytes())]);
    write(folder.path(), &left);
    assert_eq!(tick(folder.path(), &["A-2", "--dry-run"]).status, 0);
    assert!(folder.path().join(left[0].0).exists(), "a dry run changes nothing");
    assert_eq!(tick(folder.path(), &["A-2"]).status, 0);
    let names: Vec<String> = tree(folder.path()).into_iter().map(|it| it.0).filter(|it| it.contains('-')).collect();
    let expected =
        [".other.md.roadbook-123", ".roadbook/last-edit.json", ".roadmap.md.roadbook-old", "standups/week-01.md"];
    assert_eq!(names, expected);
}

#[test]
fn half_of_a_change_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("roadmap.md", DATED.as_bytes()), ("standups/week-01.md", STANDUP.as_bytes())];
    write(folder.path(), &files);
    assert_eq!(tick(folder.path(), &["A-1"]).status, 0);
    assert!(text(folder.path(), "standups/week-01.md").contains("[x]"));
    // As if the run had been killed before it wrote the standup.
    write(folder.path(), &files[1..]);
    let back = tick(folder.path(), &["--undo"]);
    assert_eq!((back.status, &*back.out), (0, "roadmap.md: the change of A-1 is taken back\n"), "{}", back.err);
    assert_eq!(
        (text(folder.path(), "roadmap.md"), text(folder.path(), "standups/week-01.md")),
        (DATED.into(), STANDUP.into())
    );
}

#[test]
fn a_standup_has_the_line_ends_of_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let crlf = |it: &str| it.replace('\n', "\r\n").into_bytes();
    write(folder.path(), &[("roadmap.md", &crlf(DATED)), ("standups/week-01.md", &crlf(STANDUP))]);
    let path = folder.path().to_str().unwrap();
    let shown = ran(&["standup", path, "--dry-run"]);
    assert_eq!(ran(&["standup", path]).status, 0);
    let now = text(folder.path(), "standups/week-02.md");
    assert_eq!(now.matches('\n').count(), now.matches("\r\n").count());
    assert_eq!(now, shown.out);
}

/// Standups beside a roadmap that is named alone are written, so they are read.
#[test]
fn a_roadmap_named_alone_has_the_standups_of_its_project() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("docs/roadmap.md", DATED.as_bytes()),
            ("roadbook.toml", b"standups = \"team\"\n"),
            ("team/week-01.md", STANDUP.as_bytes()),
            ("alone/plan.md", DATED.as_bytes()),
            ("alone/standups/week-01.md", STANDUP.as_bytes()),
        ],
    );
    let at = |name: &str| folder.path().join(name).display().to_string();
    let mut said = String::new();
    for arguments in [
        vec!["standup".to_owned(), at("docs/roadmap.md")],
        vec!["tick".into(), "A-1".into(), "--path".into(), at("docs/roadmap.md")],
        vec!["standup".into(), at("alone/plan.md")],
        vec!["standup".into(), at("team/week-01.md")],
    ] {
        let ran = ran(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let place = fs::canonicalize(folder.path()).unwrap();
        let shown = format!("$ {}\n[{}] {}{}", arguments.join(" "), ran.status, ran.out, ran.err);
        let shown = shown.replace(place.to_str().unwrap(), "[WORK]");
        said.push_str(&shown.replace(folder.path().to_str().unwrap(), "[WORK]"));
    }
    for name in ["team/week-02.md", "alone/standups/week-02.md"] {
        write!(said, "--- {name}\n{}", text(folder.path(), name)).unwrap();
    }
    insta::assert_snapshot!(said);
}

#[test]
fn an_export_takes_the_place_of_an_export_alone() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("roadmap.md", PLAN.as_bytes()),
            ("roadbook.toml", b"measured.files = [\"values.json\"]\n"),
            ("values.json", b"{\"schema_version\": 1}"),
            ("standups/week-01.md", b"# Week 1 Standup\n"),
            ("package.json", b"{\"name\": \"site\"}"),
            ("notes.txt", b"thoughts"),
            ("own.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
            ("own.xml", b"<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>"),
            ("own.mmd", b"gantt\n    title mine\n"),
            ("empty.txt", b""),
            (".git/config", b""),
        ],
    );
    let before = tree(folder.path());
    let export = |format: &str, name: &str| {
        let out = if name == "-" { "-".to_owned() } else { folder.path().join(name).display().to_string() };
        ran(&["export", folder.path().to_str().unwrap(), "--no-history", "--format", format, "--out", &out])
    };
    let mut said = String::new();
    let cases = [
        ("json", "roadmap.md"),
        ("json", "roadbook.toml"),
        ("json", "values.json"),
        ("mermaid", "standups/week-01.md"),
        ("json", "package.json"),
        ("csv", "notes.txt"),
        ("ics", "own.ics"),
        ("atom", "own.xml"),
        ("mermaid", "own.mmd"),
        ("csv", ".git/config"),
        ("csv", ".git/new.csv"),
        ("csv", "standups"),
        ("csv", "nowhere/tasks.csv"),
    ];
    for (format, name) in cases {
        let ran = export(format, name);
        write!(said, "{format} to {name}: [{}] {}{}", ran.status, ran.out, ran.err).unwrap();
    }
    assert_eq!(tree(folder.path()), before);
    insta::assert_snapshot!(said.replace(folder.path().to_str().unwrap(), "[PROJECT]"));
    for format in ["json", "csv", "ics", "atom", "mermaid", "taskjuggler"] {
        let printed = export(format, "-");
        let name = format!("plan.{format}");
        for _ in 0..2 {
            let ran = export(format, &name);
            assert_eq!(ran.status, 0, "{format}: {}", ran.err);
            assert_eq!(text(folder.path(), &name), printed.out);
        }
    }
    assert_eq!(export("csv", "empty.txt").status, 0);
    assert_eq!(export("csv", "plan.json").status, 2, "another format is no earlier export");
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let at = |name: &str| folder.path().join(name);
        symlink("plan.csv", at("link.csv")).unwrap();
        symlink("roadmap.md", at("plan-link")).unwrap();
        symlink("nothing", at("dangling")).unwrap();
        fs::write(at("plan.csv"), "key,id,title,state\nold").unwrap();
        fs::set_permissions(at("plan.csv"), fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(export("csv", "link.csv").status, 0);
        assert!(fs::symlink_metadata(at("link.csv")).unwrap().is_symlink(), "a link is followed");
        assert!(!text(folder.path(), "plan.csv").contains("old"));
        assert_eq!(fs::metadata(at("plan.csv")).unwrap().permissions().mode() & 0o777, 0o600);
        for (name, why) in [("plan-link", "it is a file of the plan"), ("dangling", "it is a link that leads nowhere")]
        {
            let ran = export("csv", name);
            assert!(ran.status == 2 && ran.err.contains(why), "{}", ran.err);
        }
    }
}
