//! Repositories that are not as they should be, or not as most are.

use super::made::{Delete, Link, Made, Module, Put, START, command, git, known_past, project, unknown};
use crate::support::{tree, write};
use roadbook::edge::{Failure, past};
use roadbook::sources::Unknown;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The two versions that most of these repositories hold.
const TWO: [&str; 2] = ["2 +20: *roadmap.md=b", "1 +10: *roadmap.md=a"];

fn two() -> Made {
    let mut made = Made::new();
    made.commit(10, &[("roadmap.md", Put("a"))]).commit(20, &[("roadmap.md", Put("b"))]).make();
    made
}

fn failure(folder: &Path) -> Failure {
    past(&project(folder, "roadmap.md"), &[], true).unwrap_err()
}

#[test]
fn why_nothing_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let known = |it: &Path| past(&project(it, "roadmap.md"), &[], false);
    assert_eq!(unknown(known(folder.path())), Unknown::NoRepository);
    // A folder of that name is no repository yet, and one that looks like a bare repository is none that is worked in.
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(unknown(known(folder.path())), Unknown::NoRepository);
    let bare = folder.path().join("bare");
    git(folder.path(), &["init", "-q", "--bare", "bare"]);
    assert_eq!(unknown(known(&bare)), Unknown::NoRepository);

    let mut made = Made::new();
    assert_eq!(unknown(made.past()), Unknown::NoCommit);
    let changes = [
        ("x.md", Put("x")),
        ("docs/roadmap.md", Put("x")),
        ("roadmap.md/x.md", Put("x")),
        ("l.md", Link("x.md")),
        ("m.md", Module),
    ];
    made.commit(10, &changes).make();
    for path in ["roadmap.md", "l.md", "m.md", "absent.md", "docs"] {
        assert_eq!(unknown(past(&project(made.path(), path), &[], false)), Unknown::NotTracked, "{path}");
    }
    // Where the roadmap is a link, what it leads to is another file.
    assert_eq!(made.words_of(past(&project(made.path(), "x.md"), &[], false).unwrap()), ["1 +10: *x.md=x"]);
}

#[test]
fn a_shallow_clone_is_an_error_unless_it_may_be_one() {
    let made = two();
    let url = format!("file://{}", made.path().display());
    for (depth, what) in [("1", "one commit"), ("2", "all commits, but the clone does not know it")] {
        let clone = tempfile::tempdir().unwrap();
        git(clone.path(), &["clone", "-q", "--depth", depth, &url, "."]);
        let project = project(clone.path(), "roadmap.md");
        if !clone.path().join(".git/shallow").exists() {
            assert_eq!(made.words_of(past(&project, &[], false).unwrap()), TWO, "{what}");
            continue;
        }
        let failure = past(&project, &[], false).unwrap_err();
        assert!(failure.what.contains("without the older commits"), "{}", failure.what);
        assert!(
            failure.help.contains("fetch-depth: 0") && failure.help.contains("git fetch --unshallow"),
            "{}",
            failure.help
        );
        assert_eq!(unknown(past(&project, &[], true)), Unknown::Shallow);
        git(clone.path(), &["fetch", "-q", "--unshallow"]);
        assert_eq!(made.words_of(past(&project, &[], false).unwrap()), TWO);
    }
}

#[test]
fn a_clone_in_part_says_what_it_lacks() {
    let made = two();
    git(made.path(), &["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", made.path().display());
    let clone = |filter: &str| {
        let clone = tempfile::tempdir().unwrap();
        git(clone.path(), &["clone", "-q", "--no-checkout", "--filter", filter, &url, "."]);
        git(clone.path(), &["remote", "remove", "origin"]);
        clone
    };
    let without_texts = clone("blob:none");
    let past = known_past(past(&project(without_texts.path(), "roadmap.md"), &[], false).unwrap());
    assert_eq!(past.revisions.len(), 2);
    for it in &past.revisions {
        let blob = it.roadmap.as_ref().unwrap().blob.unwrap();
        let missing = past.texts.read(blob).unwrap_err();
        assert_eq!(missing.what, format!("the repository lacks the blob {blob}"));
        assert!(missing.help.contains("--filter"), "{}", missing.help);
    }
    let without_folders = clone("tree:0");
    let missing = failure(without_folders.path());
    assert!(missing.what.contains("lacks the tree") && missing.help.contains("--filter"), "{missing}");
}

#[test]
fn whatever_the_repository_is_laid_out_like() {
    let made = two();
    let elsewhere = tempfile::tempdir().unwrap();
    let words = |folder: &Path| made.words_of(past(&project(folder, "roadmap.md"), &[], false).unwrap());

    let main = git(made.path(), &["rev-parse", "main"]);
    git(made.path(), &["checkout", "-q", "--detach", &main]);
    assert_eq!(made.words(), TWO, "a detached head");
    git(made.path(), &["checkout", "-q", "main"]);
    git(made.path(), &["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    git(made.path(), &["symbolic-ref", "HEAD", "refs/heads/alias"]);
    assert_eq!(made.words(), TWO, "a branch that is another name of a branch");
    let tree = elsewhere.path().join("tree");
    git(made.path(), &["worktree", "add", "-q", tree.to_str().unwrap(), "-b", "other"]);
    assert!(tree.join(".git").is_file());
    assert_eq!(words(&tree), TWO, "a worktree");
    git(made.path(), &["gc", "-q"]);
    assert_eq!(made.words(), TWO, "everything packed");

    let outer = Made::new();
    let url = made.path().to_str().unwrap();
    git(outer.path(), &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "sub"]);
    git(outer.path(), &["commit", "-q", "-m", "x"]);
    assert!(outer.path().join("sub/.git").is_file());
    assert_eq!(words(&outer.path().join("sub")), TWO, "a submodule");
    let known = past(&project(outer.path(), "sub/roadmap.md"), &[], false).unwrap();
    assert_eq!(made.words_of(known)[0], "2 +20: *sub/roadmap.md=b", "a submodule's plan, seen from outside");

    let borrowed = elsewhere.path().join("borrowed");
    git(elsewhere.path(), &["clone", "-q", "--shared", url, "borrowed"]);
    assert_eq!(words(&borrowed), TWO, "objects of another repository");

    #[cfg(unix)]
    {
        let link = elsewhere.path().join("link");
        std::os::unix::fs::symlink(made.path(), &link).unwrap();
        assert_eq!(words(&link), TWO, "a link to the folder");
    }
}

#[test]
fn hashes_may_be_long() {
    let mut made = Made::with(&["--object-format=sha256"]);
    made.commit(10, &[("roadmap.md", Put("a"))]).commit(20, &[("roadmap.md", Put("b"))]).make();
    assert_eq!(made.words(), TWO);
    let past = known_past(made.past().unwrap());
    assert_eq!(past.revisions[0].commit.to_string(), git(made.path(), &["rev-parse", "main"]));
    assert_eq!(past.revisions[0].commit.to_string().len(), 64);
}

#[test]
fn with_gits_index_of_commits_and_without() {
    let mut made = Made::new();
    for at in 1..50 {
        let text = format!("version {}", at / 3);
        let parents: &[u32] = if at % 7 == 0 { &[at - 1, at - 5] } else { &[] };
        let date = format!("{} +0000", START + i64::from(if at % 11 == 0 { at / 2 } else { at }));
        made.commit_as("T <t@example.com>", &date, "main", parents, &[("roadmap.md", Put(&text))]);
    }
    made.make();
    let without = made.words();
    assert_eq!(without.len(), 17);
    git(made.path(), &["commit-graph", "write", "--reachable"]);
    assert_eq!(made.words(), without);
    // Commits that came after the index was written.
    made.commit(60, &[("roadmap.md", Put("new"))]).make();
    assert_eq!((made.words()[0].as_str(), &made.words()[1..]), ("50 +60: *roadmap.md=new", without.as_slice()));
    // A damaged one is of no use, whatever is wrong with it.
    let path = made.path().join(".git/objects/info/commit-graph");
    let sound = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write(&path, endless(&sound, &git(made.path(), &["rev-parse", "main~49", "main~1"]))).unwrap();
    assert_eq!(&made.words()[1..], without.as_slice(), "the first commit follows the last");
    for at in (0..sound.len()).step_by(7) {
        let mut damaged = sound.clone();
        damaged.truncate(at);
        fs::write(&path, &damaged).unwrap();
        assert_eq!(&made.words()[1..], without.as_slice(), "cut at {at}");
    }
    // What is read of a wrong one may be wrong, but it comes to an end.
    for at in (8..sound.len()).step_by(7) {
        let mut damaged = sound.clone();
        damaged[at] ^= 0xff;
        fs::write(&path, &damaged).unwrap();
        drop(made.past());
    }
    // It spares reading the commits themselves.
    fs::write(&path, &sound).unwrap();
    let commit = git(made.path(), &["rev-parse", "main~20"]);
    fs::remove_file(made.path().join(".git/objects").join(&commit[..2]).join(&commit[2..])).unwrap();
    assert_eq!(&made.words()[1..], without.as_slice());
}

/// Makes the second of two commits the parent of the first in git's index of commits.
fn endless(index: &[u8], commits: &str) -> Vec<u8> {
    let chunk = |name: &[u8]| {
        let at = (8..).step_by(12).find(|at| &index[*at..at + 4] == name).unwrap();
        usize::try_from(u64::from_be_bytes(index[at + 4..at + 12].try_into().unwrap())).unwrap()
    };
    let (names, data) = (chunk(b"OIDL"), chunk(b"CDAT"));
    let name = |at: usize| {
        index[names + 20 * at..names + 20 * (at + 1)].iter().fold(String::new(), |all, it| all + &format!("{it:02x}"))
    };
    let place = |commit: &str| (0..1_000).find(|at| name(*at) == commit).unwrap();
    let (first, last) = commits.split_once('\n').unwrap();
    let parent = data + 36 * place(first) + 20;
    let mut changed = index.to_vec();
    assert_eq!(&changed[parent..parent + 4], &[0x70, 0, 0, 0], "the first commit has a parent");
    changed[parent..parent + 4].copy_from_slice(&u32::try_from(place(last)).unwrap().to_be_bytes());
    changed
}

#[test]
fn an_empty_commit_need_not_be_stored_whole() {
    let made = two();
    let empty = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    let commit = git(made.path(), &["rev-parse", "main"]);
    let bytes =
        format!("tree {empty}\nparent {commit}\nauthor A <a@a> {START} +0000\ncommitter C <c@c> {START} +0000\n\nx\n");
    write(made.path(), &[("commit", bytes.as_bytes())]);
    let id = git(made.path(), &["hash-object", "-t", "commit", "-w", "--literally", "commit"]);
    git(made.path(), &["update-ref", "refs/heads/main", &id]);
    assert!(!made.path().join(".git/objects/4b").exists());
    assert_eq!(made.words()[0], format!("{id} +20: *roadmap.md=-"));
}

#[test]
fn a_text_may_be_as_large_as_a_file() {
    let mut made = Made::new();
    let large = |megabytes: usize| "- [ ] x\n".repeat(megabytes * 1024 * 128);
    made.commit(10, &[("roadmap.md", Put(&large(40)))]).commit(20, &[("roadmap.md", Put(&large(70)))]).make();
    let past = known_past(made.past().unwrap());
    let read = |at: usize| past.texts.read(past.revisions[at].roadmap.as_ref().unwrap().blob.unwrap());
    assert_eq!(read(1).unwrap().len(), 40 * 1024 * 1024);
    let refused = read(0).unwrap_err();
    assert!(refused.what.contains("more than 64 MiB"), "{refused}");
}

#[test]
fn replacements_and_grafts_are_not_what_was_committed() {
    let mut made = two();
    let r = "roadmap.md";
    made.commit_as("E <e@example.com>", &format!("{START} +0000"), "evil", &[], &[(r, Put("never"))]).make();
    let (first, evil) = (git(made.path(), &["rev-parse", "main~1"]), git(made.path(), &["rev-parse", "evil"]));
    git(made.path(), &["replace", &first, &evil]);
    assert_eq!(git(made.path(), &["show", "main~1:roadmap.md"]), "never");
    assert_eq!(made.words(), TWO);
    let blob = git(made.path(), &["--no-replace-objects", "rev-parse", "main:roadmap.md"]);
    git(made.path(), &["replace", &blob, &git(made.path(), &["rev-parse", "evil:roadmap.md"])]);
    assert_eq!(made.words(), TWO);
    let main = git(made.path(), &["rev-parse", "main"]);
    fs::create_dir_all(made.path().join(".git/info")).unwrap();
    fs::write(made.path().join(".git/info/grafts"), format!("{main} {evil}\n")).unwrap();
    assert_eq!(made.words(), TWO);
}

#[test]
fn no_setting_is_followed_and_nothing_is_written() {
    let made = two();
    git(made.path(), &["checkout", "-q", "main"]);
    let ran = made.path().join("ran");
    let run = format!("touch {}", ran.display());
    let config = made.path().join(".git/config");
    let mut text = fs::read_to_string(&config).unwrap();
    for key in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.gitProxy",
        "diff.external",
        "gpg.program",
    ] {
        let (section, name) = key.split_once('.').unwrap();
        writeln!(text, "[{section}]\n\t{name} = {run}").unwrap();
    }
    writeln!(
        text,
        "[core]\n\tworktree = /\n\thooksPath = /\n\tcommitGraph = false\n\tbare = true\n\trepositoryformatversion = 1"
    )
    .unwrap();
    writeln!(text, "[include]\n\tpath = /dev/zero\n[extensions]\n\tpartialClone = origin").unwrap();
    writeln!(
        text,
        "[remote \"origin\"]\n\turl = ext::sh -c '{run}'\n\tpromisor = true\n[filter \"x\"]\n\tsmudge = {run}"
    )
    .unwrap();
    writeln!(text, "[gitoxide \"objects\"]\n\tallocLimit = 1\n\treplaceRefBase = refs/heads/").unwrap();
    fs::write(&config, text).unwrap();
    fs::write(made.path().join(".gitattributes"), "* filter=x diff=x\n").unwrap();
    let before = tree(made.path());
    assert_eq!(made.words(), TWO);
    assert!(!ran.exists(), "something was executed");
    assert!(tree(made.path()) == before, "something was written");
}

/// The other tests, in a process whose environment leads git elsewhere.
#[test]
fn the_environment_is_not_asked() {
    let elsewhere = two();
    let git_folder = elsewhere.path().join(".git");
    let tests = [
        "git_history::odd::whatever_the_repository_is_laid_out_like",
        "git_history::versions::the_roadmap_by_its_path",
    ];
    let ran = Command::new(std::env::current_exe().unwrap())
        .args(["--exact"])
        .args(tests)
        .env("GIT_DIR", &git_folder)
        .env("GIT_COMMON_DIR", &git_folder)
        .env("GIT_WORK_TREE", elsewhere.path())
        .env("GIT_OBJECT_DIRECTORY", git_folder.join("objects"))
        .env("GIT_NAMESPACE", "x")
        .env("GIT_REPLACE_REF_BASE", "refs/heads/")
        .env("GIT_SHALLOW_FILE", git_folder.join("HEAD"))
        .env("GIT_ALLOC_LIMIT", "1")
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "core.bare")
        .env("GIT_CONFIG_VALUE_0", "true")
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && out.contains("2 passed"), "{out}");
}

#[test]
fn what_is_broken_says_so() {
    let broken = |what: &str, breaks: &dyn Fn(&Path)| {
        let made = two();
        breaks(&made.path().join(".git"));
        let failure = failure(made.path());
        assert!(failure.what.contains(what) && !failure.help.is_empty(), "{what}: {failure:?}");
        for internal in ["::", "gix", "panicked", "Error(", "src/"] {
            assert!(!failure.what.contains(internal), "{}", failure.what);
        }
    };
    broken("leads to no git repository", &|git| {
        fs::remove_dir_all(git).unwrap();
        fs::write(git, "gitdir: ../nowhere\n").unwrap();
    });
    broken("cannot open the repository", &|git| fs::write(git.join("config"), "[core\nbare").unwrap());
    broken("cannot tell the current commit", &|git| fs::write(git.join("HEAD"), "ref: refs/heads/../../x\n").unwrap());
    broken("cannot tell the current commit", &|git| fs::write(git.join("refs/heads/main"), "rubbish\n").unwrap());
    broken("lacks the commit", &|git| {
        fs::write(git.join("refs/heads/main"), "1234567890123456789012345678901234567890\n").unwrap();
    });
    broken("is a blob, not a commit", &|git| {
        let blob = super::made::git(git, &["rev-parse", "main:roadmap.md"]);
        fs::write(git.join("refs/heads/main"), blob + "\n").unwrap();
    });
    broken("stored as a reftable", &|git| fs::create_dir(git.join("reftable")).unwrap());
    broken("cannot read the commit", &|git| {
        let id = super::made::git(git, &["rev-parse", "main"]);
        let object = git.join("objects").join(&id[..2]).join(&id[2..]);
        fs::remove_file(&object).unwrap();
        fs::write(object, b"rubbish").unwrap();
    });
}

/// Commits that git itself would not write.
#[test]
fn headers_may_hold_anything() {
    let texts: [&[u8]; 7] = [
        b"author A\nB <a@example.com> 1700000010 +0000\ncommitter C <c@example.com> 1700000010 +0000\n",
        b"author A <a@example.com> 1700000010 +0000\ncommitter <<>>> 1700000010 +0000\n",
        b"author A <a@example.com> 1700000010 +0000\ncommitter C <c@example.com> yesterday\n",
        b"author A <a@example.com> 1700000010 +0000\ncommitter C <c@example.com>\n",
        b"author A <a@example.com> 1700000010 +0000\n",
        b"",
        b"author \xff\xe2\x80\xae <a@example.com> 1700000010 +0000\ncommitter \xe2\x80\xae <\x01> 99999999999999999999999 +9999\n",
    ];
    for header in texts {
        let made = two();
        let tree = git(made.path(), &["rev-parse", "main~1^{tree}"]);
        let parent = git(made.path(), &["rev-parse", "main"]);
        let bytes = [format!("tree {tree}\nparent {parent}\n").as_bytes(), header, b"\nx\n"].concat();
        write(made.path(), &[("commit", &bytes)]);
        let id = git(made.path(), &["hash-object", "-t", "commit", "-w", "--literally", "commit"]);
        fs::write(made.path().join(".git/refs/heads/main"), format!("{id}\n")).unwrap();
        let past = known_past(made.past().unwrap());
        let shown = String::from_utf8_lossy(header);
        assert_eq!((past.revisions.len(), past.revisions[0].commit.to_string()), (3, id), "{shown}");
        assert!([10, 20].contains(&(past.revisions[0].time - START)), "{shown}");
    }
}

#[test]
fn what_is_compared_is_limited_and_reported() {
    let mut made = Made::new();
    let r = "roadmap.md";
    for at in 0..210 {
        made.commit(at, &[(r, Put("a"))]).commit(at, &[(r, Delete)]);
    }
    let past = known_past(made.make().past().unwrap());
    assert_eq!(past.revisions.len(), 420);
    assert_eq!(past.notes.len(), 1);
    assert!(past.notes[0].message.contains("earlier names"), "{}", past.notes[0].message);

    let mut made = Made::new();
    let names: Vec<String> = (100..350).map(|at| format!("notes/{at}.md")).collect();
    let text = "one\ntwo\nthree\nfour\nfive\n";
    let there: Vec<_> = names.iter().map(|it| (it.as_str(), Put("x"))).chain([("z.md", Put(text))]).collect();
    let gone: Vec<_> = [("notes", Delete), ("z.md", Delete), (r, Put(&text[4..]))].into_iter().collect();
    let past = known_past(made.commit(10, &there).commit(20, &gone).make().past().unwrap());
    assert_eq!((past.revisions.len(), past.notes.len()), (1, 1));
}

/// A few objects that unfold into more files than there are atoms.
#[test]
fn a_folder_may_be_a_bomb() {
    let made = two();
    let mut tree = git(made.path(), &["rev-parse", "main^{tree}"]);
    for _ in 0..8 {
        let lines: String = (100..120).fold(String::new(), |all, at| all + &format!("040000 tree {tree}\t{at}\n"));
        write(made.path(), &[("tree", lines.as_bytes())]);
        let ran = command(made.path(), &["mktree"])
            .stdin(fs::File::open(made.path().join("tree")).unwrap())
            .output()
            .unwrap();
        tree = String::from_utf8(ran.stdout).unwrap().trim().to_owned();
    }
    let blob = git(made.path(), &["rev-parse", "main:roadmap.md"]);
    write(
        made.path(),
        &[("tree", format!("100644 blob {blob}\troadmap.md\n040000 tree {tree}\tstandups\n").as_bytes())],
    );
    let ran =
        command(made.path(), &["mktree"]).stdin(fs::File::open(made.path().join("tree")).unwrap()).output().unwrap();
    let top = String::from_utf8(ran.stdout).unwrap().trim().to_owned();
    let commit = git(made.path(), &["commit-tree", "-m", "x", "-p", "main", &top]);
    git(made.path(), &["update-ref", "refs/heads/main", &commit]);
    let past = known_past(made.past().unwrap());
    assert_eq!((past.revisions.len(), past.notes.len()), (2, 1));
    assert!(past.notes[0].message.contains("standups"), "{}", past.notes[0].message);
}
