//! The record in a folder and in git: nobody overwrites anybody, and what was written is there.

use super::{address, audience, email, later, mail, no_wait, now};
use crate::support::{tree, write};
use roadbook::commands::email::{Carrier, Clock, Delivered, deliver};
use roadbook::edge::{
    Entry, EntryState, FolderLedger, GitLedger, Ledger, Outcome, Scope, Sender, Tried, kept_files, message, message_id,
    sent_mails,
};
use roadbook::mail::{Address, MailKey};
use roadbook::settings::LedgerPlace;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let ran = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main", "-C"])
        .arg(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().trim_end().to_owned()
}

fn repository(folder: &Path) {
    write(folder, &[("roadmap.md", b"# Ferry\n")]);
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "-m", "Plan"]);
}

/// A repository with a remote, and a second clone of it.
fn clones(folder: &Path) -> [std::path::PathBuf; 3] {
    let [remote, one, two] = ["remote.git", "one", "two"].map(|it| folder.join(it));
    std::fs::create_dir(&one).unwrap();
    repository(&one);
    git(folder, &["clone", "--quiet", "--bare", "one", "remote.git"]);
    git(&one, &["remote", "add", "origin", remote.to_str().unwrap()]);
    git(folder, &["clone", "--quiet", "remote.git", "two"]);
    [remote, one, two]
}

fn entry(state: EntryState) -> Entry {
    Entry::new(&mail().key, "0123456789ab", "<x@y>", state, None, now())
}

fn files() -> Vec<(String, Vec<u8>)> {
    kept_files(&mail(), b"Message-ID: <x@y>\r\n\r\n\r\n")
}

/// What every record does, whatever it is kept in.
fn holds(open: &dyn Fn() -> Box<dyn Ledger>) {
    let key = mail().key;
    let (mut one, mut two) = (open(), open());
    assert_eq!(one.read(&key).unwrap(), roadbook::edge::Record::default());
    two.read(&key).unwrap();
    assert!(one.append(&key, &[entry(EntryState::Intent)], &files()).unwrap());
    // Its own word is no surprise, another's is.
    assert!(one.append(&key, &[entry(EntryState::Deferred)], &[]).unwrap());
    assert!(!two.append(&key, &[entry(EntryState::Intent)], &[]).unwrap());
    let record = two.read(&key).unwrap();
    assert_eq!(record.entries, [entry(EntryState::Intent), entry(EntryState::Deferred)]);
    assert_eq!(record.kept, Some(files()[0].1.clone()));
    assert!(two.append(&key, &[entry(EntryState::Intent)], &[]).unwrap());
    let other = MailKey { audience: "crew".to_owned(), ..key.clone() };
    assert_eq!(two.read(&other).unwrap().entries, []);
    assert!(two.append(&other, &[entry(EntryState::Accepted)], &[]).unwrap());
    assert_eq!(open().read(&key).unwrap().entries.len(), 3);
    assert_eq!(open().read(&other).unwrap().entries.len(), 1);
}

#[test]
fn a_folder_holds_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("sent");
    holds(&|| Box::new(FolderLedger::new(&at)));
    let names: Vec<String> = tree(&at).into_iter().map(|it| it.0).collect();
    let board = ["burnup.png", "ledger.jsonl", "mail.eml", "mail.html", "mail.json", "mail.txt"]
        .map(|it| format!("2026-W06/ferry/board/{it}"));
    assert_eq!(
        names,
        [vec![".lock".to_owned()], board.to_vec(), vec!["2026-W06/ferry/crew/ledger.jsonl".to_owned()]].concat()
    );
    assert!(tree(&at).iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("ada@")));
}

#[test]
fn git_holds_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    let before = git(folder.path(), &["for-each-ref", "refs/heads"]);
    holds(&|| Box::new(GitLedger::open(folder.path(), None).unwrap()));
    git(folder.path(), &["fsck", "--strict"]);
    assert_eq!(git(folder.path(), &["for-each-ref", "refs/heads"]), before);
    assert_eq!(git(folder.path(), &["status", "--porcelain"]), "");
    assert_eq!(git(folder.path(), &["rev-list", "--count", "refs/roadbook/sent"]), "4");
    assert_eq!(
        git(folder.path(), &["log", "-1", "--format=%an %at %s", "refs/roadbook/sent"]),
        "roadbook 1770379200 sent: 2026-W06 ferry crew"
    );
}

#[test]
fn clones_meet_in_their_remote() {
    let folder = tempfile::tempdir().unwrap();
    let [remote, one, two] = clones(folder.path());
    let turn = std::cell::Cell::new(false);
    holds(&|| {
        turn.set(!turn.get());
        Box::new(GitLedger::open(if turn.get() { &one } else { &two }, None).unwrap())
    });
    assert_eq!(git(&remote, &["rev-list", "--count", "refs/roadbook/sent"]), "4");
    git(&remote, &["fsck", "--strict"]);
}

#[test]
fn what_cannot_be_pushed_is_not_claimed_and_a_result_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let [remote, one, _] = clones(folder.path());
    let key = mail().key;
    let mut ledger = GitLedger::open(&one, None).unwrap();
    ledger.read(&key).unwrap();
    assert!(ledger.append(&key, &[entry(EntryState::Intent)], &files()).unwrap());
    // Nobody may write, and nothing hangs on what a hook says.
    let hook = remote.join("hooks/pre-receive");
    write(&remote, &[("hooks/pre-receive", b"#!/bin/sh\necho no >&2\nexit 1\n")]);
    Command::new("chmod").arg("+x").arg(&hook).status().unwrap();
    let failed = ledger.append(&key, &[entry(EntryState::Accepted)], &[]).unwrap_err();
    assert!(failed.what.starts_with("git cannot push refs/roadbook/sent (origin): "), "{}", failed.what);
    assert!(failed.help.contains("nothing is sent unless it can be written down"));
    let mut again = GitLedger::open(&one, None).unwrap();
    assert_eq!(again.read(&key).unwrap().entries.len(), 2);
    assert!(again.append(&key, &[entry(EntryState::Intent)], &[]).is_err());
    assert_eq!(GitLedger::open(&one, None).unwrap().read(&key).unwrap().entries.len(), 2);
    std::fs::remove_file(&hook).unwrap();
    let mut last = GitLedger::open(&one, None).unwrap();
    last.read(&key).unwrap();
    assert!(last.append(&key, &[entry(EntryState::Intent)], &[]).unwrap());
    assert_eq!(git(&remote, &["rev-list", "--count", "refs/roadbook/sent"]), "3");
}

#[test]
fn a_remote_that_is_gone_or_unknown_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    let [remote, one, _] = clones(folder.path());
    let unknown = GitLedger::open(&one, Some("upstream")).err().unwrap();
    assert_eq!(unknown.what, "its repository has no remote `upstream`");
    std::fs::rename(&remote, folder.path().join("away")).unwrap();
    let gone = GitLedger::open(&one, None).unwrap().read(&mail().key).unwrap_err();
    assert!(gone.what.starts_with("git cannot fetch refs/roadbook/sent (origin): "), "{}", gone.what);
    let none = GitLedger::open(tempfile::tempdir().unwrap().path(), None).err().unwrap();
    assert_eq!(none.what, "it lies in no git repository, where it could be written down what was sent");
}

#[test]
fn a_line_that_is_no_entry_stops_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("2026-W06/ferry/board/ledger.jsonl", b"{\"week\":\n")]);
    let failed = FolderLedger::new(folder.path()).read(&mail().key).unwrap_err();
    assert_eq!(failed.what, "line 1 is no entry of what was sent");
}

/// A server in memory that many runs share.
struct Shared<'a>(&'a Mutex<BTreeMap<String, usize>>);

impl Carrier for Shared<'_> {
    fn send(&mut self, _: &Address, to: &Address, _: &[u8]) -> Tried {
        std::thread::sleep(std::time::Duration::from_millis(2));
        *self.0.lock().unwrap().entry(to.to_string()).or_default() += 1;
        Tried { outcome: Outcome::Accepted { code: 250 }, scope: Scope::Recipient, why: String::new() }
    }

    fn close(&mut self) {}
}

fn run(ledger: &mut dyn Ledger, carrier: &mut dyn Carrier, to: &[&str]) -> Delivered {
    let (mail, email) = (mail(), email());
    let sender = Sender { from: email.from.as_ref().unwrap(), email: &email, title: "Ferry" };
    let mut done = Delivered::default();
    let clock = Clock { now, wait: no_wait };
    deliver((&mail, &audience(to)), sender, (ledger, carrier), clock, true, &mut done).unwrap();
    done
}

fn race(open: &(dyn Fn(usize) -> Box<dyn Ledger> + Sync), runs: usize) {
    let to = ["a@x.y", "b@x.y", "c@x.y", "d@x.y", "e@x.y"];
    let copies = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for at in 0..runs {
            let copies = &copies;
            scope.spawn(move || run(&mut *open(at), &mut Shared(copies), &to));
        }
    });
    let copies = copies.into_inner().unwrap();
    assert_eq!(copies.values().collect::<Vec<_>>(), [&1; 5], "{copies:?}");
    let done = run(&mut *open(0), &mut Shared(&Mutex::default()), &to);
    assert_eq!((done.before.len(), done.is_complete()), (5, true));
}

#[test]
fn runs_at_once_send_once() {
    let folder = tempfile::tempdir().unwrap();
    race(&|_| Box::new(FolderLedger::new(&folder.path().join("sent"))), 4);
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    race(&|_| Box::new(GitLedger::open(folder.path(), None).unwrap()), 4);
    let folder = tempfile::tempdir().unwrap();
    let [_, one, two] = clones(folder.path());
    race(&|at| Box::new(GitLedger::open(if at % 2 == 0 { &one } else { &two }, None).unwrap()), 3);
}

#[test]
fn the_site_sees_what_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    repository(folder.path());
    assert_eq!(sent_mails(folder.path(), &LedgerPlace::Git), []);
    let bytes =
        message(&mail(), Sender { from: email().from.as_ref().unwrap(), email: &email(), title: "Ferry" }).unwrap();
    let states = [
        EntryState::Accepted,
        EntryState::Refused,
        EntryState::Deferred,
        EntryState::Unknown,
        EntryState::Intent,
        EntryState::Accepted,
    ];
    let id = |at: usize| message_id(&mail().key, &address("ferry@example.org"), Some(&address(&format!("a{at}@x.y"))));
    let mut entries: Vec<Entry> = states
        .iter()
        .enumerate()
        .map(|(at, it)| Entry::new(&mail().key, &format!("{at:012}"), &id(at), *it, None, now()))
        .collect();
    entries.push(Entry::new(&mail().key, &format!("{:012}", 0), &id(0), EntryState::Intent, None, later()));
    let mut records: [(Box<dyn Ledger>, LedgerPlace); 2] = [
        (Box::new(GitLedger::open(folder.path(), None).unwrap()), LedgerPlace::Git),
        (Box::new(FolderLedger::new(&folder.path().join("sent"))), LedgerPlace::Folder("sent".to_owned())),
    ];
    for (ledger, place) in &mut records {
        ledger.read(&mail().key).unwrap();
        ledger.append(&mail().key, &entries, &kept_files(&mail(), &bytes)).unwrap();
        let [sent] = sent_mails(folder.path(), place).try_into().unwrap();
        assert_eq!((sent.key, sent.subject, sent.date), (mail().key, mail().subject, mail().date));
        assert_eq!((sent.html, sent.text, sent.pictures), (mail().html, mail().text, mail().pictures));
        assert_eq!([sent.accepted, sent.refused, sent.deferred, sent.unknown], [2, 1, 1, 2]);
    }
    // What is not ours is passed over.
    write(
        &folder.path().join("sent"),
        &[
            ("2026-W99/ferry/board/mail.json", b"{}"),
            ("junk", b"x"),
            ("2026-W07/ferry/board/mail.json", b"{\"subject\": 1}"),
            ("2026-W08/ferry/board/mail.json", &vec![b' '; 2 << 20]),
            ("2026-W06/ferry/board/burnup.png", b"<svg>"),
        ],
    );
    let [sent] = sent_mails(folder.path(), &records[1].1).try_into().unwrap();
    assert_eq!(sent.pictures, []);
}
