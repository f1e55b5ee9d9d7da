//! Values that programs measured: which files are read, what counts on which day, and that much of it does no harm.

use super::support::{ran, roadbook, write};
use std::fs;
use std::path::Path;

const PLAN: &str = "# Harbour\n\n**Start:** 2026-01-19\n\n## Phase 1: Ground (Week 1-4)\n\n### Week 1: Begin\n\n- [ ] **H-01:** Survey\n\n## Metrics\n\n| Metric | Current | Week 2 | Week 4 | Target |\n|---|---|---|---|---|\n| Test Coverage | 40% | 50% | 60% | 80% |\n";

/// Builds a project of these files, and returns what was said and the actual values of the first metric, each as "day kind value".
fn built(folder: &Path, files: &[(&str, &str)], day: &str) -> (String, Vec<String>) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    write(folder, &[&[("roadmap.md", PLAN.as_bytes())], &files[..]].concat());
    actuals(folder, day)
}

fn actuals(folder: &Path, day: &str) -> (String, Vec<String>) {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let ran = roadbook(&["build", folder.to_str().unwrap(), "--as-of", day, "--out", site.to_str().unwrap()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let report = fs::read_to_string(site.join("data/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let words = |it: &serde_json::Value| {
        format!("{} {} {}", it["date"].as_str().unwrap(), it["kind"].as_str().unwrap(), it["value"])
    };
    (ran.err, report["metrics"][0]["actuals"].as_array().unwrap().iter().map(words).collect())
}

#[test]
fn the_dates_in_the_file_decide_what_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "[measured.metrics]\n\"test coverage\" = \"ci/coverage.csv\"\n";
    let csv = "2026-01-22,48\n2026-01-30,52.5\n2026-02-06,61\n2026-02-13,70\n";
    let standup = "# Week 2 Standup\n\n### Metrics\n- Test Coverage: 52%\n";
    let files = [("roadbook.toml", toml), ("ci/coverage.csv", csv), ("standups/week-2.md", standup)];
    let (err, values) = built(folder.path(), &files, "2026-02-06");
    // Of one day, what was measured stands last, and so it counts.
    let all =
        ["2026-01-22 measured 48.0", "2026-01-30 standup 52.0", "2026-01-30 measured 52.5", "2026-02-06 measured 61.0"];
    assert_eq!(values, all, "{err}");
    assert_eq!(actuals(folder.path(), "2026-01-29").1, all[..1]);
}

#[test]
fn nothing_outside_of_the_project_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.csv");
    fs::write(&secret, "2026-01-22,48\n").unwrap();
    let project = folder.path().join("project");
    for path in [
        "../secret.csv",
        "/etc/hosts.csv",
        "a/../../secret.csv",
        "C:\\\\secret.csv",
        "./ci.csv",
        "ci.toml",
        "ci//a.csv",
    ] {
        write(&project, &[("roadmap.md", PLAN.as_bytes())]);
        write(&project, &[("roadbook.toml", format!("[measured]\nfiles = [\"{path}\"]\n").as_bytes())]);
        let ran = roadbook(&["check", project.to_str().unwrap(), "--as-of", "2026-02-06"]);
        assert_eq!(ran.status, 2, "{path}: {}", ran.err);
        assert!(ran.err.contains("write a path such as \"metrics/coverage.csv\""), "{path}: {}", ran.err);
    }
    let toml =
        "[measured.metrics]\n\"Test Coverage\" = \"link.csv\"\nOther = \"missing.csv\"\nThird = \"folder.csv\"\n";
    fs::create_dir(project.join("folder.csv")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, project.join("link.csv")).unwrap();
    #[cfg(unix)]
    {
        let (err, values) = built(&project, &[("roadbook.toml", toml)], "2026-02-06");
        assert!(values.is_empty() && err.contains("it leads out of the project"), "{err}");
        assert!(err.contains("missing.csv") && err.contains("folder.csv"), "{err}");
    }
    // The text of a plan cannot name files.
    let front = format!("---\nmeasured: {{files: [\"ci.csv\"]}}\n---\n{PLAN}");
    write(
        &project,
        &[("roadmap.md", front.as_bytes()), ("roadbook.toml", b""), ("ci.csv", b"date,Test Coverage\n2026-01-22,48\n")],
    );
    assert!(actuals(&project, "2026-02-06").1.is_empty());
}

#[test]
fn too_much_is_left_out_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "[measured]\nfiles = [\"a.csv\", \"b.csv\"]\n";
    let day = |it: u32| chrono::NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(u64::from(it));
    let of_one = (0..1_200).map(|it| format!("{},Test Coverage,{it}\n", day(it))).collect::<Vec<_>>().concat();
    let many = (0..30_000).map(|it| format!("2026-01-22,m{it},1\n")).collect::<Vec<_>>().concat();
    let (a, b) = (format!("date,metric,value\n{of_one}"), format!("date,metric,value\n{many}"));
    let begun = std::time::Instant::now();
    let (_, values) = built(folder.path(), &[("roadbook.toml", toml), ("a.csv", &a), ("b.csv", &b)], "2026-02-06");
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    assert_eq!((values.len(), values[0].as_str()), (1_000, "2020-07-19 measured 200.0"));
    let path = folder.path().to_str().unwrap();
    let said = roadbook(&["check", path, "--as-of", "2026-02-06"]).out;
    assert!(said.contains("Test Coverage has more than 1000 values: the newest 1000 are used"));
    assert!(said.contains("more than 20000 measured values: from here on they are left out"));
    fs::write(folder.path().join("b.csv"), "date,metric,value\n".to_owned() + &"x,y,z\n".repeat(50_000)).unwrap();
    let said = roadbook(&["check", path, "--as-of", "2026-02-06"]).out;
    assert_eq!(said.matches("\"x\" is no day").count(), 20);
    assert!(said.contains("49980 values of this file cannot be read besides"), "{said}");
    fs::write(folder.path().join("b.csv"), "2026-01-22,1\n".repeat(100_000)).unwrap();
    let said = roadbook(&["check", path, "--as-of", "2026-02-06"]);
    assert!(format!("{}{}", said.out, said.err).contains("it has more than 1 MiB of measured values"), "{}", said.err);
}

/// Whatever stands in such a file, nothing panics and nothing is slow.
#[test]
fn hostile_files_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "[measured]\nfiles = [\"a.csv\", \"a.json\"]\n";
    let bad = [
        "",
        "\u{FEFF}",
        "\"",
        "date,metric,value\n\"2026-01-22,Test Coverage,1",
        "date,metric,value\r2026-01-22,Test Coverage,1\r",
        "date,date,date\n,,\n",
        "date,value,metric\n9999-12-31,1e308,Test Coverage\n-0001-01-01,-1e308,Test Coverage\n2026-01-22,1e999,Test Coverage",
        "{\"2026-01-22\": {\"value\": {\"value\": 1}}, \"Test Coverage\": {\"2026-01-22\": [[1]]}}",
        "{\"Test Coverage\": 1, \"\": {\"\": null}}",
        "[{\"date\": null, \"metric\": [], \"value\": {}}, [], null]",
        "\u{0}\u{1}\u{202E}",
    ];
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!("date,{}\n2026-01-22,{}\n", "a,".repeat(50_000), "1,".repeat(50_000));
    for text in bad.into_iter().chain([deep.as_str(), wide.as_str()]) {
        let begun = std::time::Instant::now();
        built(folder.path(), &[("roadbook.toml", toml), ("a.csv", text), ("a.json", text)], "2026-02-06");
        assert!(begun.elapsed().as_secs() < 10, "slow: {}", text.chars().take(40).collect::<String>());
    }
}

/// What a commit holds is read out of it, and a comparison of two commits goes on.
#[test]
fn a_commit_has_its_own_file() {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let ran = std::process::Command::new("git")
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-C", folder.path().to_str().unwrap()])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    let toml = "[measured.metrics]\n\"Test Coverage\" = \"ci/coverage.csv\"\n";
    let all = |csv: &'static str| {
        [("roadmap.md", PLAN.as_bytes()), ("roadbook.toml", toml.as_bytes()), ("ci/coverage.csv", csv.as_bytes())]
    };
    write(folder.path(), &all("2026-01-22,48\n"));
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "one"]);
    write(folder.path(), &all("2026-01-22,48\n2026-01-30,soon\n"));
    git(&["commit", "-q", "-a", "-m", "two"]);
    let path = folder.path().to_str().unwrap();
    let ran = ran(&["diff", "HEAD~1", "HEAD", "--path", path, "--as-of", "2026-02-06", "--format", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(ran.out.contains("measured-value"), "{found:#}");
}
