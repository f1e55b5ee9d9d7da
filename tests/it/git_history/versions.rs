//! Which commits hold which versions of the project's files, and of when they are.

use super::made::{Delete, Do, Link, Made, Module, Put, START, known_past, project, unknown};
use roadbook::edge::past;
use roadbook::sources::Unknown;

/// Returns ten lines, of which the last are others.
fn ten(others: usize) -> String {
    (0..10).map(|at| if at < 10 - others { format!("line {at}\n") } else { format!("other {at}\n") }).collect()
}

/// Makes a repository with a commit each ten seconds, and holds its past against the expected lines, newest first.
fn check(name: &str, commits: &[&[(&str, Do)]], expected: &[&str]) {
    let mut made = Made::new();
    for (seconds, changes) in (10..).step_by(10).zip(commits) {
        made.commit(seconds, changes);
    }
    assert_eq!(made.make().words(), expected, "{name}");
}

#[test]
fn the_roadmap_by_its_path() {
    let r = "roadmap.md";
    check("one commit", &[&[(r, Put("a"))]], &["1 +10: *roadmap.md=a"]);
    check(
        "commits that change nothing of the project",
        &[&[("x.md", Put("x"))], &[(r, Put("a"))], &[], &[("x.md", Put("y"))], &[(r, Put("b"))], &[]],
        &["5 +50: *roadmap.md=b", "2 +20: *roadmap.md=a"],
    );
    check("an empty text", &[&[(r, Put(""))]], &["1 +10: *roadmap.md="]);
    check("nothing at all, then a plan", &[&[], &[(r, Put("a"))]], &["2 +20: *roadmap.md=a"]);
    check(
        "deleted, then restored",
        &[&[(r, Put("a"))], &[(r, Delete)], &[], &[(r, Put("a"))]],
        &["4 +40: *roadmap.md=a", "2 +20: *roadmap.md=-", "1 +10: *roadmap.md=a"],
    );
    check("deleted", &[&[(r, Put("a"))], &[(r, Delete)]], &["2 +20: *roadmap.md=-", "1 +10: *roadmap.md=a"]);
    check(
        "reverted",
        &[&[(r, Put("a"))], &[(r, Put("b"))], &[(r, Put("a"))]],
        &["3 +30: *roadmap.md=a", "2 +20: *roadmap.md=b", "1 +10: *roadmap.md=a"],
    );
    check(
        "conflict markers",
        &[&[(r, Put("a"))], &[(r, Put("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x"))]],
        &["2 +20: *roadmap.md=<<<<<<< HEAD/a/=======/b/>>>>>>> x", "1 +10: *roadmap.md=a"],
    );
    check(
        "a link for a while",
        &[&[(r, Put("a"))], &[(r, Link("/etc/passwd"))], &[(r, Put("b"))]],
        &["3 +30: *roadmap.md=b", "2 +20: *roadmap.md=-", "1 +10: *roadmap.md=a"],
    );
    check(
        "a folder and a submodule for a while",
        &[&[(r, Put("a"))], &[("roadmap.md/x.md", Put("x"))], &[(r, Module)], &[(r, Put("b"))]],
        &["4 +40: *roadmap.md=b", "2 +20: *roadmap.md=-", "1 +10: *roadmap.md=a"],
    );
}

#[test]
fn the_roadmap_through_renames() {
    let r = "roadmap.md";
    let (whole, four, six) = (ten(0), ten(4), ten(6));
    let line = |text: &str| text.trim().replace('\n', "/");
    let plan = |text: &str| format!("*PLAN.md={}", line(text));
    check(
        "renamed",
        &[&[("PLAN.md", Put("a"))], &[("PLAN.md", Delete), (r, Put("a"))]],
        &["2 +20: *roadmap.md=a", "1 +10: *PLAN.md=a"],
    );
    check(
        "renamed twice, moved, and edited",
        &[
            &[("notes/one.markdown", Put("a"))],
            &[("notes/one.markdown", Delete), ("docs/two.MD", Put("a"))],
            &[("docs/two.MD", Put("b"))],
            &[("docs/two.MD", Delete), (r, Put("b"))],
        ],
        &["4 +40: *roadmap.md=b", "3 +30: *docs/two.MD=b", "2 +20: *docs/two.MD=a", "1 +10: *notes/one.markdown=a"],
    );
    check(
        "renamed with four of ten lines edited",
        &[&[("PLAN.md", Put(&whole))], &[("PLAN.md", Delete), (r, Put(&four))]],
        &[&format!("2 +20: *roadmap.md={}", line(&four)), &format!("1 +10: {}", plan(&whole))],
    );
    let only = format!("2 +20: *roadmap.md={}", line(&six));
    check(
        "renamed with six of ten lines edited",
        &[&[("PLAN.md", Put(&whole))], &[("PLAN.md", Delete), (r, Put(&six))]],
        &[&only],
    );
    let only = format!("2 +20: *roadmap.md={}", line(&whole));
    check(
        "what was removed is far longer",
        &[&[("PLAN.md", Put(&whole.repeat(3)))], &[("PLAN.md", Delete), (r, Put(&whole))]],
        &[&only],
    );
    check("copied", &[&[("PLAN.md", Put(&whole))], &[(r, Put(&whole))]], &[&only]);
    check("no Markdown", &[&[("PLAN.txt", Put(&whole))], &[("PLAN.txt", Delete), (r, Put(&whole))]], &[&only]);
    check(
        "the same text before one that is alike, the most alike before others, and else the first path",
        &[
            &[("z.md", Put(&four)), ("a.md", Put(&whole))],
            &[("z.md", Delete), ("a.md", Delete), ("d.md", Put(&four)), ("b.md", Put(&ten(5))), ("c.md", Put(&ten(3)))],
            &[("d.md", Delete), ("b.md", Delete), ("c.md", Delete), (r, Put(&ten(2)))],
        ],
        &[
            &format!("3 +30: *roadmap.md={}", line(&ten(2))),
            &format!("2 +20: *c.md={}", line(&ten(3))),
            &format!("1 +10: *z.md={}", line(&four)),
        ],
    );
    check(
        "as alike: the first path",
        &[&[("z.md", Put(&four)), ("y.md", Put(&four))], &[("z.md", Delete), ("y.md", Delete), (r, Put(&ten(3)))]],
        &[&format!("2 +20: *roadmap.md={}", line(&ten(3))), &format!("1 +10: *y.md={}", line(&four))],
    );
    check(
        "split in two",
        &[&[(r, Put(&whole))], &[(r, Put("line 1")), ("phase-2.md", Put(&ten(1)))]],
        &["2 +20: *roadmap.md=line 1", &format!("1 +10: *roadmap.md={}", line(&whole))],
    );
    check(
        "split in two, the larger part goes to the new file",
        &[&[("PLAN.md", Put(&whole))], &[("PLAN.md", Put("line 1")), (r, Put(&ten(1)))]],
        &[&format!("2 +20: *roadmap.md={}", line(&ten(1)))],
    );
    check(
        "renamed while it was empty",
        &[&[("PLAN.md", Put(""))], &[("PLAN.md", Delete), (r, Put(""))]],
        &["2 +20: *roadmap.md=", "1 +10: *PLAN.md="],
    );
    check(
        "moved away and back",
        &[&[(r, Put("a"))], &[(r, Delete), ("old.md", Put("a"))], &[("old.md", Delete), (r, Put("a"))]],
        &["3 +30: *roadmap.md=a", "2 +20: *old.md=a", "1 +10: *roadmap.md=a"],
    );
}

#[test]
fn standups_by_their_paths() {
    let r = "roadmap.md";
    check(
        "added, changed, deleted, in folders, together with the roadmap and alone",
        &[
            &[(r, Put("a")), ("standups/w1.md", Put("1"))],
            &[("standups/w2.md", Put("2")), ("standups/2026/w9.MARKDOWN", Put("9")), ("standups/data.csv", Put("x"))],
            &[("standups/data.csv", Put("y"))],
            &[("standups/w1.md", Delete), ("standups/2026/w9.MARKDOWN", Put("99")), (r, Put("b"))],
        ],
        &[
            "4 +40: *roadmap.md=b standups/2026/w9.MARKDOWN=99 standups/w1.md=-",
            "2 +20: standups/2026/w9.MARKDOWN=9 standups/w2.md=2",
            "1 +10: *roadmap.md=a standups/w1.md=1",
        ],
    );
    check(
        "links are none, nor what lies too deep",
        &[
            &[(r, Put("a")), ("standups/w1.md", Put("1")), ("standups/w2.md", Link("../roadmap.md"))],
            &[("standups/w1.md", Link("/etc/passwd"))],
            &[("standups/a/b/c/d/e/w3.md", Put("3")), ("standups/a/b/c/d/e/f/w4.md", Put("4"))],
            &[("standups/w1.md/x.md", Put("x"))],
        ],
        &[
            "4 +40: standups/w1.md/x.md=x",
            "3 +30: standups/a/b/c/d/e/w3.md=3",
            "2 +20: standups/w1.md=-",
            "1 +10: *roadmap.md=a standups/w1.md=1",
        ],
    );
    check(
        "all in one file, then a folder",
        &[&[(r, Put("a")), ("standups", Put("1"))], &[("standups", Put("2"))], &[("standups/w1.md", Put("3"))]],
        &["3 +30: standups=- standups/w1.md=3", "2 +20: standups=2", "1 +10: *roadmap.md=a standups=1"],
    );
    check(
        "their folder came with the roadmap",
        &[
            &[("plan/roadmap.md", Put("a")), ("plan/standups/w1.md", Put("1"))],
            &[("plan/standups/w1.md", Put("2"))],
            &[("plan", Delete), (r, Put("a")), ("standups/w1.md", Put("2"))],
        ],
        &[
            "3 +30: *roadmap.md=a plan/standups/w1.md=- standups/w1.md=2",
            "2 +20: plan/standups/w1.md=2",
            "1 +10: *plan/roadmap.md=a plan/standups/w1.md=1",
        ],
    );
    check(
        "their folder was there before the roadmap came",
        &[
            &[("plan/roadmap.md", Put("a")), ("plan/standups/w1.md", Put("1")), ("standups/w0.md", Put("0"))],
            &[("plan/roadmap.md", Delete), (r, Put("a"))],
        ],
        &["2 +20: *roadmap.md=a", "1 +10: *plan/roadmap.md=a standups/w0.md=0"],
    );
}

#[test]
fn the_standups_folder_through_renames() {
    let r = "roadmap.md";
    check(
        "renamed twice",
        &[
            &[(r, Put("a")), ("one/notes/2026/w1.md", Put("1"))],
            &[("one/notes/2026/w1.md", Put("2")), ("one/x.md", Put("x"))],
            &[("one/notes", Delete), ("two/2026/w1.md", Put("2"))],
            &[("two", Delete), ("standups/2026/w1.md", Put("2")), ("standups/w2.md", Put("w"))],
        ],
        &[
            "4 +40: standups/2026/w1.md=2 standups/w2.md=w two/2026/w1.md=-",
            "3 +30: one/notes/2026/w1.md=- two/2026/w1.md=2",
            "2 +20: one/notes/2026/w1.md=2",
            "1 +10: *roadmap.md=a one/notes/2026/w1.md=1",
        ],
    );
    check(
        "a folder that is still there is another one",
        &[
            &[(r, Put("a")), ("notes/w1.md", Put("1")), ("notes/x.md", Put("x"))],
            &[("notes/w1.md", Delete), ("standups/w1.md", Put("1"))],
        ],
        &["2 +20: standups/w1.md=1", "1 +10: *roadmap.md=a"],
    );
    check(
        "the top folder is none, nor is one from which a file came under another name",
        &[
            &[(r, Put("a")), ("w1.md", Put("1")), ("notes/x.md", Put("2"))],
            &[("notes", Delete), ("standups/w1.md", Put("2"))],
            &[("standups", Delete)],
            &[("w1.md", Delete), ("standups/w1.md", Put("1"))],
        ],
        &["4 +40: standups/w1.md=1", "3 +30: standups/w1.md=-", "2 +20: standups/w1.md=2", "1 +10: *roadmap.md=a"],
    );
}

#[test]
fn files_beside_the_roadmap() {
    let mut made = Made::new();
    made.commit(10, &[("docs/roadmap.md", Put("a")), ("docs/week1.md", Put("1")), ("docs/other.md", Put("x"))])
        .commit(20, &[("docs/week1.md", Put("2")), ("docs/other.md", Put("y"))])
        .commit(30, &[("week1.md", Put("elsewhere"))])
        .commit(40, &[("docs/week1.md", Delete)])
        .make();
    std::fs::create_dir_all(made.path().join("docs")).unwrap();
    let known = past(&project(made.path(), "docs/roadmap.md"), &["docs/week1.md"], false).unwrap();
    let expected = ["4 +40: docs/week1.md=-", "2 +20: docs/week1.md=2", "1 +10: *docs/roadmap.md=a docs/week1.md=1"];
    assert_eq!(made.words_of(known), expected);
}

#[test]
fn a_file_where_the_folder_is_now() {
    let mut made = Made::new();
    made.commit(10, &[("docs", Put("no plan"))]).commit(20, &[("docs/roadmap.md", Put("a"))]).make();
    std::fs::create_dir_all(made.path().join("docs")).unwrap();
    let known = past(&project(made.path(), "docs/roadmap.md"), &[], false).unwrap();
    assert_eq!(made.words_of(known), ["2 +20: *docs/roadmap.md=a"]);
}

#[test]
fn a_project_in_a_folder() {
    let mut made = Made::new();
    made.commit(10, &[("roadmap.md", Put("a")), ("standups/w1.md", Put("1"))])
        .commit(
            20,
            &[
                ("roadmap.md", Delete),
                ("standups", Delete),
                ("content/x/roadmap.md", Put("a")),
                ("content/x/standups/w1.md", Put("1")),
            ],
        )
        .commit(30, &[("content/x/roadmap.md", Put("b")), ("content/x/standups/w1.md", Put("2"))])
        .make();
    std::fs::create_dir_all(made.path().join("content/x")).unwrap();
    let known = |root: &str, roadmap: &str| past(&project(&made.path().join(root), roadmap), &[], false).unwrap();
    let expected = [
        "3 +30: *roadmap.md=b standups/w1.md=2",
        "2 +20: *roadmap.md=a ../../standups/w1.md=- standups/w1.md=1",
        "1 +10: *../../roadmap.md=a ../../standups/w1.md=1",
    ];
    assert_eq!(made.words_of(known("content/x", "roadmap.md")), expected);
    let expected = "3 +30: *x/roadmap.md=b x/standups/w1.md=2";
    assert_eq!(made.words_of(known("content", "x/roadmap.md"))[0], expected);
    // As the settings may say it.
    assert_eq!(made.words_of(known("content", "../content/x/roadmap.md"))[0], expected);
}

#[test]
fn merges_count_along_first_parents() {
    let mut made = Made::new();
    let r = "roadmap.md";
    let date = |seconds: i64| format!("{} +0000", START + seconds);
    made.commit(10, &[(r, Put("- [ ] a/- [ ] b"))])
        .commit_as("S <s@example.com>", &date(20), "side", &[1], &[(r, Put("- [ ] a/- [x] b"))])
        .commit_as("M <m@example.com>", &date(30), "main", &[1], &[(r, Put("- [x] a/- [ ] b"))])
        .commit_as("M <m@example.com>", &date(40), "main", &[3, 2], &[(r, Put("- [x] a/- [x] b"))])
        // An octopus; one of its parents is a root of its own.
        .commit_as("O <o@example.com>", &date(5), "alone", &[], &[(r, Put("another plan"))])
        .commit_as("S <s@example.com>", &date(50), "side", &[2], &[("x.md", Put("x"))])
        .commit_as("M <m@example.com>", &date(60), "main", &[4, 5, 6], &[(r, Put("all"))])
        .make();
    let expected = [
        "7 +60: *roadmap.md=all",
        "4 +40: *roadmap.md=- [x] a/- [x] b",
        "3 +30: *roadmap.md=- [x] a/- [ ] b",
        "1 +10: *roadmap.md=- [ ] a/- [ ] b",
    ];
    assert_eq!(made.words(), expected);
}

#[test]
fn dates_are_the_committers_and_in_order() {
    let r = "roadmap.md";
    let texts = ["a", "b", "c", "d"];
    let cases: &[(&str, [&str; 4], [i64; 4], usize)] = &[
        ("offsets", ["10 +1400", "20 -1200", "30 +0545", "40 +0000"], [10, 20, 30, 40], 0),
        ("the same time", ["10 +0000", "10 +0100", "10 -0100", "10 +0000"], [10, 10, 10, 10], 0),
        ("1970", ["10 +0000", "-1700000000 +0000", "30 +0000", "40 +0000"], [10, 10, 30, 40], 1),
        ("2099", ["10 +0000", "2400000000 +0000", "30 +0000", "40 +0000"], [10, 30, 30, 40], 1),
        ("the year 3000", ["10 +0000", "30803158400 +0000", "30 +0000", "40 +0000"], [10, 30, 30, 40], 1),
        ("2099 at the end", ["10 +0000", "20 +0000", "30 +0000", "2400000000 +0000"], [10, 20, 30, 2_400_000_000], 0),
        ("backwards for once", ["10 +0000", "30 +0000", "20 +0000", "40 +0000"], [10, 20, 20, 40], 1),
        ("an old clock at the end", ["10 +0000", "20 +0000", "30 +0000", "5 +0000"], [10, 20, 30, 30], 1),
    ];
    for (name, dates, expected, corrected) in cases {
        let mut made = Made::new();
        for (date, text) in dates.iter().zip(texts) {
            let (seconds, offset) = date.split_once(' ').unwrap();
            let date = format!("{} {offset}", START + seconds.parse::<i64>().unwrap());
            made.commit_as("T <t@example.com>", &date, "main", &[], &[(r, Put(text))]);
        }
        let past = known_past(made.make().past().unwrap());
        let times: Vec<i64> = past.revisions.iter().rev().map(|it| it.time - START).collect();
        assert_eq!((times.as_slice(), past.corrected), (expected.as_slice(), *corrected), "{name}");
    }
}

#[test]
fn paths_may_hold_anything() {
    let odd = ["standups/-rf.md", "standups/a\\nb.md", "standups/\\377.md", "standups/\\t\\\"\\\\.md", "standups/ä.md"];
    let mut made = Made::new();
    let changes: Vec<_> =
        std::iter::once(("-roadmap.md", Put("a"))).chain(odd.iter().map(|it| (*it, Put("x")))).collect();
    made.commit(10, &changes).commit(20, &[("\\377", Put("x")), ("\\377d/x.md", Put("x"))]).make();
    let known = past(&project(made.path(), "-roadmap.md"), &[], false).unwrap();
    let expected = "1 +10: *-roadmap.md=a standups/\\t\\\"\\\\.md=x standups/-rf.md=x standups/a\\nb.md=x standups/ä.md=x standups/\u{fffd}.md=x";
    assert_eq!(made.words_of(known), [expected]);
    assert_eq!(unknown(made.past()), Unknown::NotTracked);
}
