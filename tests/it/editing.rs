//! What is written into a project: the next standup, and changes of one task.
//!
//! `tests/cases/standup-draft/<case>/project` is a project, `arguments` beside it what the command is given. In
//! `tests/cases/edit/<case>/steps` stand commands, one a line; what each says and changes is compared whole.

use super::cases::folders;
use super::dice::Dice;
use super::made_up::{self, Kind};
use super::support::{Ran, ran, root, shared, tree, write};
use roadbook::calendar::Day;
use roadbook::diagnostic::patch;
use roadbook::editing::{Rewritten, Wish, apply, change, take_back};
use roadbook::model::State;
use roadbook::pipeline::understand;
use roadbook::settings::Settings;
use roadbook::sources::{Known, Sources};
use roadbook::text::SourceFile;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

fn copied(project: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in tree(project) {
        write(folder.path(), &[(&name, &bytes)]);
    }
    folder
}

/// The files of a project by their names, without the record of the last change.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let files = tree(folder).into_iter().filter(|(name, _)| !name.starts_with(".roadbook/"));
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

fn changes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let was = |name: &String| before.get(name).map_or("", String::as_str);
    after.iter().map(|(name, text)| patch(name, was(name), text)).collect()
}

fn words(line: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            all.push(part.to_owned());
        } else {
            all.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    all
}

fn in_project(folder: &Path, arguments: &[String]) -> Ran {
    let path = folder.to_str().unwrap().to_owned();
    let (command, rest) = arguments.split_first().unwrap();
    let place = if command == "standup" || command == "check" { vec![path] } else { vec!["--path".to_owned(), path] };
    let all: Vec<String> = [vec![command.clone()], place, rest.to_vec()].concat();
    ran(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

fn snapshot(case: &Path, folder: &Path, said: &str) {
    let said = said.replace(folder.to_str().unwrap(), "[PROJECT]");
    insta::with_settings!({ snapshot_path => case, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("said", said);
    });
}

#[test]
fn every_edit() {
    for case in folders(&root().join("tests/cases/edit")) {
        let folder = copied(&case.join("project"));
        let mut said = String::new();
        for step in fs::read_to_string(case.join("steps")).unwrap().lines() {
            let before = texts(folder.path());
            let ran = in_project(folder.path(), &words(step));
            let changed = changes(&before, &texts(folder.path()));
            writeln!(said, "$ roadbook {step}\n[{}] {}{}{changed}", ran.status, ran.out, ran.err).unwrap();
        }
        snapshot(&case, folder.path(), &said);
    }
}

/// The words of all findings.
fn findings(folder: &Path, day: &str) -> Vec<String> {
    let arguments = ["check", "--format", "json", "--as-of", day].map(str::to_owned);
    let found: serde_json::Value = serde_json::from_str(&in_project(folder, &arguments).out).unwrap();
    let text = |it: &serde_json::Value| it.as_str().unwrap().to_owned();
    found["diagnostics"].as_array().unwrap().iter().map(|it| text(&it["rule"]) + ": " + &text(&it["message"])).collect()
}

#[test]
fn every_draft() {
    for case in folders(&root().join("tests/cases/standup-draft")) {
        let folder = copied(&case.join("project"));
        let line = fs::read_to_string(case.join("arguments")).unwrap_or_default();
        let arguments = [vec!["standup".to_owned()], words(&line)].concat();
        let before = texts(folder.path());
        let shown = in_project(folder.path(), &[arguments.clone(), vec!["--dry-run".to_owned()]].concat());
        assert_eq!(before, texts(folder.path()), "a dry run writes nothing");
        // What is to be found later is as true without the file.
        let late = "2026-02-27";
        let found = findings(folder.path(), late);
        let ran = in_project(folder.path(), &arguments);
        let after = texts(folder.path());
        let mut new: Vec<String> = findings(folder.path(), late);
        new.retain(|it| !found.contains(it));
        let written: Vec<&String> = after.keys().filter(|it| !before.contains_key(*it)).collect();
        if ran.status == 0 {
            assert_eq!(after[written[0]], shown.out, "a dry run shows what is written");
        }
        let again = in_project(folder.path(), &arguments);
        let said = format!(
            "[{}] {}{}\nnew findings: {new:#?}\nagain: [{}] {}{}\n--- {written:?}\n{}",
            ran.status, ran.out, ran.err, again.status, again.out, again.err, shown.out
        );
        snapshot(&case, folder.path(), &said);
    }
}

#[test]
fn several_projects_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[("a/roadmap.md", b"# A\n\n- [ ] **A-1:** x\n"), ("b/roadmap.md", b"# B\n\n- [ ] **B-1:** x\n")],
    );
    for command in ["standup", "tick A-1"] {
        let ran = in_project(folder.path(), &words(command));
        let path = folder.path().display();
        assert_eq!(
            (ran.status, ran.err),
            (2, format!("error: {path}: there are 2 projects below it\n  help: name one of them, such as {path}/a\n"))
        );
    }
}

fn sources(roadmap: &[u8], standup: Option<&[u8]>) -> Sources {
    let file = |path: &str, bytes: &[u8]| SourceFile::new(path, bytes.to_vec());
    Sources {
        look: std::sync::Arc::default(),
        measured: Vec::new(),
        roadmap: file("roadmap.md", roadmap),
        standups: standup.map(|it| file("standups/week-01.md", it)).into_iter().collect(),
        settings: Settings::default(),
        notes: Vec::new(),
        past: Known::default(),
        stands: true,
    }
}

/// Changes some tasks of a plan in every way, and holds each change to what it says. Returns how many were made, and refused.
fn hold(roadmap: &[u8], standup: Option<&[u8]>, day: Day, dice: &mut Dice, tries: usize, name: &str) -> [usize; 2] {
    let sources = sources(roadmap, standup);
    let known = understand(sources.clone(), day);
    let mut counts = [0; 2];
    let tasks = &known.history.plan.tasks;
    for _ in 0..tries.min(tasks.len()) {
        let at = dice.below(tasks.len());
        let wish = match dice.below(3) {
            0 => Wish::Done,
            1 => Wish::Progress(u8::try_from(dice.below(100)).unwrap()),
            _ => Wish::Blocked(dice.pick(&["keys", "the *old* <b>team</b>", "P1-01 (80%)", "a) or b)"]).to_owned()),
        };
        let id = &tasks[at].id.as_ref().map_or_else(|| tasks[at].key.clone(), ToString::to_string);
        let Ok(change) = change(&sources, day, id, &wish) else {
            counts[1] += 1;
            continue;
        };
        counts[0] += 1;
        let mut after = sources.clone();
        for (file, bytes) in
            std::iter::once((&mut after.roadmap, roadmap)).chain(after.standups.iter_mut().zip(standup))
        {
            let edits: Vec<_> = change.edits.iter().filter(|it| it.path == file.path).collect();
            // Bytes that cannot be told for certain are refused.
            let Ok(applied) = apply(file, bytes, &edits) else { return counts };
            let undone = take_back(&Rewritten { path: file.path.to_string(), places: applied.places }, &applied.bytes);
            assert_eq!(undone.as_deref(), Ok(bytes), "{name}: {wish:?} of {id} is not taken back");
            *file = SourceFile::new(file.path.clone(), applied.bytes);
        }
        let last = known.history.standups.iter().map(|it| it.date).chain([day]).max().unwrap();
        let (now, then) = (understand(after.clone(), day), understand(after, last));
        let task = now.history.plan.task_with_id(id).unwrap_or(at);
        let is_so = [&now, &then].iter().any(|it| {
            let state = it.history.state(task, it.history.as_of);
            match &wish {
                Wish::Done => state.state == State::Done,
                Wish::Progress(percent) => state.percent == Some(f64::from(*percent)),
                Wish::Blocked(_) => state.state == State::Blocked,
            }
        });
        // A standup of the week may speak for a day that is not over.
        let is_later = change.said.iter().any(|it| it.contains(" from "));
        assert!(is_so || is_later, "{name}: {wish:?} of {id}: {:?}", change.said);
    }
    counts
}

/// Any change changes the bytes of its lines alone, reads as what was asked for, and is taken back exactly.
#[test]
fn made_up_plans_are_changed_as_asked() {
    let day: Day = "2026-02-06".parse().unwrap();
    let times: u64 = std::env::var("ROADBOOK_CASES").ok().map_or(1, |it| it.parse().unwrap());
    let mut all = [0; 2];
    for seed in 0..150 * times {
        let mut dice = Dice(seed);
        let plan = made_up::plan(Kind::Any, seed);
        let standup = dice.percent(60).then(|| format!("---\ndate: 2026-02-06\n---\n{}", made_up::standup(seed)));
        let standup = standup.as_ref().map(String::as_bytes);
        let counts = hold(plan.as_bytes(), standup, day, &mut dice, 4, &format!("plan {seed}"));
        all = [all[0] + counts[0], all[1] + counts[1]];
    }
    eprintln!("{} changes made, {} refused", all[0], all[1]);
    assert!(100 <= all[0], "hardly anything is changed: {all:?}");
}

#[test]
fn plans_of_the_wild_are_changed_as_asked() {
    let Some(shared) = shared("changes of real plans") else { return };
    let day: Day = "2026-02-06".parse().unwrap();
    let mut all = [0; 2];
    for (name, bytes) in tree(&shared.join("corpus/roadmap")) {
        let mut dice = Dice(bytes.len() as u64);
        let counts = hold(&bytes, None, day, &mut dice, 3, &name);
        all = [all[0] + counts[0], all[1] + counts[1]];
    }
    eprintln!("{} changes made, {} refused", all[0], all[1]);
    assert!(all[1] < all[0] * 3, "hardly anything is changed: {all:?}");
}

/// Marks, line ends and a missing one at the end stay; what was written elsewhere since does not keep from taking back.
#[test]
fn bytes_stay_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roadmap.md");
    let old = "\u{FEFF}# Plan\r\n\r\n- [ ] **A-1:** âœ… tidy  \r\n- [ ] **A-2:** Größe\r\n- [ ] **A-1:** end";
    let new = "\u{FEFF}# Plan\r\n\r\n- [x] **A-1:** âœ… tidy  \r\n- [ ] **A-2:** Größe\r\n- [x] **A-1:** end";
    fs::write(&path, old).unwrap();
    let ran = in_project(folder.path(), &words("tick A-1"));
    assert_eq!((ran.status, ran.out.as_str()), (0, "roadmap.md:3 and 5: A-1 is done\n"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&path).unwrap(), new);
    let kept = |it: &str| fs::read_to_string(folder.path().join(it)).unwrap();
    assert_eq!(kept(".roadbook/.gitignore"), "*\n");
    fs::write(&path, new.replace("# Plan", "# Plan of the garden")).unwrap();
    assert_eq!(in_project(folder.path(), &words("tick --undo")).status, 0);
    assert_eq!(kept("roadmap.md"), old.replace("# Plan", "# Plan of the garden"));
    let again = in_project(folder.path(), &words("tick --undo"));
    assert_eq!((again.status, again.err.lines().next()), (2, Some("error: there is nothing to take back")));
    // What has changed since is left alone.
    fs::write(&path, old).unwrap();
    in_project(folder.path(), &words("tick A-1"));
    fs::write(&path, new.replace("tidy", "neat")).unwrap();
    let refused = in_project(folder.path(), &words("tick --undo"));
    assert_eq!(
        (refused.status, refused.err.lines().next()),
        (2, Some("error: roadmap.md: what was written there has changed since, so it is not taken back"))
    );
    assert_eq!(kept("roadmap.md"), new.replace("tidy", "neat"));
}

#[test]
fn bytes_that_are_not_understood_are_left_alone() {
    let text = "# Plan\n\n- [ ] **A-1:** Größe\n";
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = text.chars().map(|it| u8::try_from(u32::from(it)).unwrap()).collect();
    for bytes in [utf16, latin] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[("roadmap.md", &bytes)]);
        let ran = in_project(folder.path(), &words("tick A-1"));
        let said = "error: roadmap.md: it is not written in UTF-8, so its bytes are left alone\n  help: save the file as UTF-8, and run the command again\n";
        assert_eq!((ran.status, ran.err.as_str()), (2, said));
        assert_eq!(fs::read(folder.path().join("roadmap.md")).unwrap(), bytes);
    }
}
