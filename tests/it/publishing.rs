//! Output is all old or all new, and nothing that roadbook did not make is touched.

use super::support::{roadbook, root, tree, write};
use std::fmt::Write as _;
use std::fs;

const PLAN: &str = "# Plan\n- [x] one\n- [ ] two\n";

fn build(input: &std::path::Path, out: &std::path::Path) -> super::support::Ran {
    roadbook(&["build", input.to_str().unwrap(), "--out", out.to_str().unwrap()])
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let work = tempfile::tempdir().unwrap();
    write(work.path(), &[("roadmap.md", PLAN.as_bytes()), ("site/thesis.txt", b"years of work")]);
    let out = work.path().join("site");
    let ran = build(work.path(), &out);
    let expected = format!(
        "error: {}: roadbook did not make this folder (it holds thesis.txt), so nothing was written\n  help: choose an empty folder with --out, or remove this one yourself\n",
        out.display()
    );
    assert_eq!((ran.status, ran.err), (2, expected));
    assert_eq!(tree(&out), [("thesis.txt".to_owned(), b"years of work".to_vec())]);
}

#[test]
fn its_own_folder_is_replaced_and_gitignore_stays() {
    let work = tempfile::tempdir().unwrap();
    write(work.path(), &[("roadmap.md", PLAN.as_bytes()), ("site/.gitignore", b"*\n!.gitignore\n")]);
    let out = work.path().join("site");
    assert_eq!(build(work.path(), &out).status, 0);
    assert!(out.join("tasks/task-one.html").exists());
    write(work.path(), &[("roadmap.md", b"# Plan\n- [ ] three\n")]);
    assert_eq!(build(work.path(), &out).status, 0);
    assert!(!out.join("tasks/task-one.html").exists(), "a page of the earlier build is left");
    assert!(out.join("tasks/task-three.html").exists());
    assert_eq!(fs::read(out.join(".gitignore")).unwrap(), b"*\n!.gitignore\n");
    let beside: Vec<_> = fs::read_dir(work.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(beside.len(), 2, "something was left beside the output: {beside:?}");
}

/// A name, files, the path that is built, and where to.
type Case<'a> = (&'a str, &'a [(&'a str, &'a [u8])], &'a str, &'a str);

/// A folder was an output once, and then something else came to lie in it.
#[test]
fn what_is_read_is_never_taken_away() {
    let cases: [Case<'_>; 6] = [
        (
            "plan",
            &[("docs/roadmap.md", PLAN.as_bytes()), ("docs/standups/week-01.md", b"# Week 1 Standup\n")],
            ".",
            "docs",
        ),
        ("plan in the site", &[("site/roadmap.md", PLAN.as_bytes())], "site", "site"),
        (
            "settings and what they name",
            &[
                ("roadbook.toml", b"measured.files = [\"site/values.json\"]\nlook.templates = \"site/looks\"\n"),
                ("roadmap.md", PLAN.as_bytes()),
                ("site/values.json", b"{}"),
                ("site/looks/site/task.html", b"x"),
            ],
            ".",
            "site",
        ),
        ("a plan of another", &[("roadmap.md", PLAN.as_bytes()), ("site/notes/plan.md", b"# Other")], ".", "site"),
        ("a repository", &[("roadmap.md", PLAN.as_bytes()), ("site/.git", b"gitdir: elsewhere")], ".", "site"),
        ("several", &[("site/a/roadmap.md", PLAN.as_bytes()), ("site/b/roadmap.md", PLAN.as_bytes())], "site", "site"),
    ];
    let mut said = String::new();
    for (name, files, path, out) in cases {
        let work = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        write(other.path(), &[("roadmap.md", PLAN.as_bytes())]);
        let out = work.path().join(out);
        assert_eq!(build(other.path(), &out).status, 0);
        write(work.path(), files);
        let before = tree(work.path());
        let ran = build(&work.path().join(path), &out);
        assert_eq!(tree(work.path()), before, "{name}");
        let err = ran.err.replace(work.path().to_str().unwrap(), "[WORK]");
        write!(said, "{name}: [{}] {err}", ran.status).unwrap();
    }
    insta::assert_snapshot!(said);
}

#[test]
fn what_pages_are_told_of_a_folder_stays() {
    let work = tempfile::tempdir().unwrap();
    write(
        work.path(),
        &[("roadmap.md", PLAN.as_bytes()), ("site/CNAME", b"plan.example.org"), ("site/.nojekyll", b"")],
    );
    let out = work.path().join("site");
    for _ in 0..2 {
        assert_eq!(build(work.path(), &out).status, 0);
        assert_eq!(fs::read(out.join("CNAME")).unwrap(), b"plan.example.org");
        assert!(out.join(".nojekyll").exists());
    }
    #[cfg(unix)]
    {
        fs::remove_file(out.join("CNAME")).unwrap();
        std::os::unix::fs::symlink("../roadmap.md", out.join("CNAME")).unwrap();
        let ran = build(work.path(), &out);
        assert!(ran.err.contains("it is no ordinary file, so it cannot be kept"), "{}", ran.err);
        assert_eq!(fs::read_dir(work.path()).unwrap().count(), 2, "something is left beside the output");
    }
}

#[test]
fn a_failed_build_leaves_the_old_site_whole() {
    let work = tempfile::tempdir().unwrap();
    write(work.path(), &[("roadmap.md", PLAN.as_bytes())]);
    let out = work.path().join("site");
    assert_eq!(build(work.path(), &out).status, 0);
    let before = tree(&out);
    fs::remove_file(work.path().join("roadmap.md")).unwrap();
    fs::create_dir(work.path().join("roadmap.md")).unwrap();
    let ran = build(work.path(), &out);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("it is a folder, where the roadmap should be a file"), "{}", ran.err);
    assert_eq!(tree(&out), before);
}

#[test]
fn a_link_or_a_file_is_no_output_folder() {
    let work = tempfile::tempdir().unwrap();
    write(work.path(), &[("roadmap.md", PLAN.as_bytes()), ("file", b"x")]);
    let ran = build(work.path(), &work.path().join("file"));
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("the output folder is a file"), "{}", ran.err);
    #[cfg(unix)]
    {
        fs::create_dir(work.path().join("real")).unwrap();
        std::os::unix::fs::symlink(work.path().join("real"), work.path().join("link")).unwrap();
        let ran = build(work.path(), &work.path().join("link"));
        assert!(ran.err.contains("the output folder is a link"), "{}", ran.err);
    }
}

#[test]
fn the_report_fits_its_schema() {
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("site");
    assert_eq!(build(&root().join("content"), &out).status, 0);
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(out.join("data").join(name)).unwrap()).unwrap()
    };
    let (schema, mut report) = (read("report.schema.json"), read("report.json"));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&report).map(|it| it.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    report["progress"]["items"]["done"] = "ten".into();
    assert!(!validator.is_valid(&report), "the schema accepts anything");
}
