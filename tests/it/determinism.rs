//! The same input and day give the same bytes, whatever the time zone, the language, or the folder.

use super::support::{root, tree};
use std::process::Command;

#[test]
fn the_same_bytes_everywhere() {
    let work = tempfile::tempdir().unwrap();
    let places = [
        ("UTC", "C"),
        ("Pacific/Kiritimati", "tr_TR.UTF-8"),
        ("America/St_Johns", "de_DE.UTF-8"),
        ("Asia/Kathmandu", "ar_EG.UTF-8"),
    ];
    let mut first = None;
    for (at, (zone, language)) in places.into_iter().enumerate() {
        let out = work.path().join(format!("site {at}"));
        let ran = Command::new(env!("CARGO_BIN_EXE_roadbook"))
            .args(["build", root().join("content").to_str().unwrap(), "--quiet", "--out", out.to_str().unwrap()])
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .current_dir(work.path())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let tree = tree(&out);
        assert!(40 < tree.len(), "only {} files", tree.len());
        match &first {
            None => first = Some(tree),
            Some(first) => {
                for ((name, bytes), (first_name, first_bytes)) in tree.iter().zip(first) {
                    assert_eq!(name, first_name);
                    assert!(bytes == first_bytes, "{name} differs in {zone}, {language}");
                }
                assert_eq!(tree.len(), first.len());
            }
        }
    }
}

#[test]
fn the_day_comes_from_the_argument_the_setting_the_environment_the_clock() {
    let work = tempfile::tempdir().unwrap();
    let plan = "# Plan\n**Target Launch:** 2026-03-15\n## Phase 1: A (Week 1-2)\n### Week 1: B\n- [ ] **P1-01:** x\n";
    let day_of = |settings: &str, argument: Option<&str>, epoch: Option<&str>| {
        super::support::write(work.path(), &[("roadmap.md", plan.as_bytes()), ("roadbook.toml", settings.as_bytes())]);
        let out = work.path().join("out");
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        command.arg("build").arg(work.path()).arg("--out").arg(&out).env_remove("SOURCE_DATE_EPOCH");
        if let Some(it) = argument {
            command.args(["--as-of", it]);
        }
        if let Some(it) = epoch {
            command.env("SOURCE_DATE_EPOCH", it);
        }
        assert!(command.output().unwrap().status.success());
        let report = std::fs::read_to_string(out.join("data/report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        report["as_of"].as_str().unwrap().to_owned()
    };
    // 1772323200 is 2026-03-01 00:00 in UTC, and still 28 February in New York.
    assert_eq!(day_of("as_of = 2026-02-10", Some("2026-02-11"), Some("1772323200")), "2026-02-11");
    assert_eq!(day_of("as_of = 2026-02-10", None, Some("1772323200")), "2026-02-10");
    assert_eq!(day_of("", None, Some("1772323200")), "2026-03-01");
    assert_eq!(day_of("timezone = \"America/New_York\"", None, Some("1772323200")), "2026-02-28");
    assert!("2026-01-01" < day_of("", None, None).as_str());
}
