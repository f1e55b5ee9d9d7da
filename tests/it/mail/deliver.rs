//! Whatever happens between the record and the wire: nobody gets a mail twice, and the record says what is true or that it does not know.

use super::{address, audience, email, later, mail, no_wait, now};
use roadbook::commands::email::{Carrier, Clock, Delivered, deliver};
use roadbook::edge::{Entry, EntryState, Failure, Ledger, Outcome, Record, Scope, Sender, Tried};
use roadbook::mail::{Address, MailKey};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

/// A record in memory that fails at a step.
#[derive(Default)]
struct Memory {
    record: Record,
    /// How many entries there were when it was read.
    seen: usize,
    steps: usize,
    /// The step at which it fails, and whether it has been written then.
    fails: Option<(usize, bool)>,
    /// Entries that somebody else writes before the step of this number.
    meanwhile: Option<(usize, Vec<Entry>)>,
}

impl Ledger for Memory {
    fn read(&mut self, _: &MailKey) -> Result<Record, Failure> {
        self.seen = self.record.entries.len();
        Ok(self.record.clone())
    }

    fn append(&mut self, _: &MailKey, entries: &[Entry], files: &[(String, Vec<u8>)]) -> Result<bool, Failure> {
        self.steps += 1;
        if let Some((_, theirs)) = self.meanwhile.take_if(|it| it.0 == self.steps) {
            self.record.entries.extend(theirs);
        }
        if self.seen != self.record.entries.len() {
            return Ok(false);
        }
        let failed = || Failure::new(Path::new("record"), "the disk is full", "make room");
        match self.fails {
            Some((step, false)) if step == self.steps => return Err(failed()),
            _ => {}
        }
        self.record.entries.extend_from_slice(entries);
        self.seen = self.record.entries.len();
        for (name, bytes) in files {
            if name == "mail.eml" {
                self.record.kept = Some(bytes.clone());
            }
        }
        match self.fails {
            Some((step, true)) if step == self.steps => Err(failed()),
            _ => Ok(true),
        }
    }
}

/// A server in memory: how many copies it has of each message, and what it does next.
#[derive(Default)]
struct Post {
    copies: BTreeMap<String, Vec<Vec<u8>>>,
    next: VecDeque<Tried>,
    tries: usize,
}

impl Carrier for Post {
    fn send(&mut self, _: &Address, _: &Address, message: &[u8]) -> Tried {
        self.tries += 1;
        let next = self.next.pop_front().unwrap_or_else(accepted);
        if matches!(next.outcome, Outcome::Accepted { .. }) || next.why == "lost" {
            let text = String::from_utf8(message.to_vec()).unwrap();
            let id = text.lines().find_map(|it| it.strip_prefix("Message-ID: ")).unwrap().to_owned();
            self.copies.entry(id).or_default().push(message.to_vec());
        }
        next
    }

    fn close(&mut self) {}
}

fn tried(outcome: Outcome, scope: Scope, why: &str) -> Tried {
    Tried { outcome, scope, why: why.to_owned() }
}

fn accepted() -> Tried {
    tried(Outcome::Accepted { code: 250 }, Scope::Recipient, "")
}

fn lost() -> Tried {
    tried(Outcome::Unknown, Scope::Recipient, "lost")
}

fn deferred() -> Tried {
    tried(Outcome::Deferred { code: Some(450) }, Scope::Recipient, "450 \"later, ADA@example.org\"")
}

fn gone() -> Tried {
    tried(Outcome::Deferred { code: None }, Scope::Server, "the connection was refused")
}

const TO: [&str; 3] = ["ada@example.org", "bob@example.org", "cy@example.net"];

fn run(
    ledger: &mut Memory,
    post: &mut Post,
    at: fn() -> chrono::DateTime<chrono::Utc>,
    resends: bool,
) -> (Delivered, Result<(), String>) {
    let (mail, email, audience) = (mail(), email(), audience(&TO));
    let sender = Sender { from: email.from.as_ref().unwrap(), email: &email, title: "Ferry" };
    let mut done = Delivered::default();
    let clock = Clock { now: at, wait: no_wait };
    let result = deliver((&mail, &audience), sender, (ledger, post), clock, resends, &mut done);
    (done, result.map_err(|it| it.to_string()))
}

/// The entries, a word each.
fn told(ledger: &Memory) -> String {
    let hashes: Vec<String> = TO.iter().map(|it| roadbook::edge::hash12("board", Some(&address(it)))).collect();
    let who = |it: &Entry| &TO[hashes.iter().position(|hash| *hash == it.recipient).unwrap()][..1];
    let words: Vec<String> = ledger.record.entries.iter().map(|it| format!("{}:{:?}", who(it), it.state)).collect();
    words.join(" ").to_lowercase()
}

#[test]
fn a_claim_comes_before_and_a_result_with_the_next() {
    let (mut ledger, mut post) = (Memory::default(), Post::default());
    let (done, result) = run(&mut ledger, &mut post, now, false);
    assert_eq!(result, Ok(()));
    assert_eq!(done.accepted, ["a***@example.org", "b***@example.org", "c***@example.net"]);
    assert!(done.is_complete() && !done.has_unwritten);
    assert_eq!(told(&ledger), "a:intent a:accepted b:intent b:accepted c:intent c:accepted");
    assert_eq!(ledger.steps, 4);
    let (done, _) = run(&mut ledger, &mut post, now, true);
    assert_eq!((done.before.len(), post.tries, ledger.steps), (3, 3, 4));
}

#[test]
fn later_is_asked_again_together() {
    let (mut ledger, mut post) = (Memory::default(), Post::default());
    post.next = [deferred(), accepted(), deferred(), deferred()].into();
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert_eq!(
        told(&ledger),
        "a:intent a:deferred b:intent b:accepted c:intent c:deferred a:intent a:deferred c:intent c:accepted a:intent a:accepted"
    );
    assert!(done.is_complete());
}

#[test]
fn four_times_later_is_deferred_until_the_next_run() {
    let (mut ledger, mut post) = (Memory::default(), Post::default());
    post.next = std::iter::repeat_n(deferred(), 12).collect();
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert_eq!(post.tries, 12);
    assert_eq!(done.deferred[0], "a***@example.org (450 \"later, a***@example.org\")");
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert!(done.is_complete() && post.copies.values().all(|it| it.len() == 1));
}

#[test]
fn where_nobody_answers_the_rest_is_not_tried() {
    let (mut ledger, mut post) = (Memory::default(), Post::default());
    post.next = std::iter::repeat_n(gone(), 4).collect();
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert_eq!((post.tries, done.deferred.len(), done.untried.len()), (4, 1, 2));
    let stop = tried(Outcome::Deferred { code: Some(535) }, Scope::Everything { help: "check it".to_owned() }, "535");
    let (mut ledger, mut post) = (Memory::default(), Post { next: [accepted(), stop].into(), ..Post::default() });
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert_eq!((post.tries, done.stop), (2, Some(("535".to_owned(), "check it".to_owned()))));
    assert_eq!(told(&ledger), "a:intent a:accepted b:intent b:deferred");
}

#[test]
fn what_nobody_knows_is_sent_again_only_when_asked_for_and_as_it_was() {
    let (mut ledger, mut post) = (Memory::default(), Post { next: [lost()].into(), ..Post::default() });
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert_eq!((done.unknown.len(), done.accepted.len()), (1, 2));
    let (done, _) = run(&mut ledger, &mut post, later, false);
    assert_eq!((done.unknown.len(), post.tries), (1, 3));
    let (done, _) = run(&mut ledger, &mut post, later, true);
    assert!(done.is_complete());
    let twice: Vec<_> = post.copies.values().filter(|it| it.len() == 2).collect();
    assert_eq!((twice.len(), &twice[0][0]), (1, &twice[0][1]));
}

#[test]
fn a_claim_of_another_run_is_left_alone_for_an_hour() {
    let (mut ledger, mut post) = (Memory { fails: Some((1, true)), ..Memory::default() }, Post::default());
    assert!(run(&mut ledger, &mut post, now, false).1.is_err());
    ledger.fails = None;
    let (done, _) = run(&mut ledger, &mut post, now, true);
    assert_eq!((done.claimed.len(), done.accepted.len()), (1, 2));
    let (done, _) = run(&mut ledger, &mut post, later, false);
    assert_eq!((done.unknown.len(), done.before.len()), (1, 2));
    let (done, _) = run(&mut ledger, &mut post, later, true);
    assert!(done.is_complete() && post.copies.values().all(|it| it.len() == 1));
}

#[test]
fn who_was_first_elsewhere_is_not_sent_it_here() {
    let hash = roadbook::edge::hash12("board", Some(&address(TO[1])));
    let theirs = vec![Entry::new(&mail().key, &hash, "<x@y>", EntryState::Accepted, Some(250), now())];
    let (mut ledger, mut post) = (Memory { meanwhile: Some((2, theirs)), ..Memory::default() }, Post::default());
    let (done, _) = run(&mut ledger, &mut post, now, false);
    assert_eq!((done.before.as_slice(), done.accepted.len()), (&["b***@example.org".to_owned()][..], 2));
    assert_eq!(told(&ledger), "a:intent b:accepted a:accepted c:intent c:accepted");
}

#[test]
fn a_mail_that_nobody_has_may_change_and_another_may_not() {
    let (mut ledger, mut post) = (
        Memory::default(),
        Post { next: [tried(Outcome::Refused { code: 550 }, Scope::Recipient, "550")].into(), ..Post::default() },
    );
    let first = roadbook::edge::message(
        &mail(),
        Sender { from: email().from.as_ref().unwrap(), email: &email(), title: "Older" },
    )
    .unwrap();
    ledger.record.kept = Some(first.clone());
    let _ = run(&mut ledger, &mut post, now, false);
    assert_ne!(ledger.record.kept, Some(first.clone()));
    // Now it is out.
    ledger.record.kept = Some(first);
    let _ = run(&mut ledger, &mut post, now, false);
    assert!(post.copies.values().any(|it| String::from_utf8_lossy(&it[0]).contains("Older board")));
}

/// The run is killed at each step, before or after it was written; then it is run again, and again with everything allowed.
#[test]
fn wherever_a_run_is_killed_nobody_gets_two() {
    for wire in
        [vec![], vec![lost()], vec![deferred(), lost()], vec![gone()], vec![accepted(), deferred(), accepted(), lost()]]
    {
        for step in 1..=9 {
            for is_written in [false, true] {
                let mut ledger = Memory { fails: Some((step, is_written)), ..Memory::default() };
                let mut post = Post { next: wire.clone().into(), ..Post::default() };
                let (first, result) = run(&mut ledger, &mut post, now, false);
                ledger.fails = None;
                let (second, _) = run(&mut ledger, &mut post, later, false);
                for (id, copies) in &post.copies {
                    assert_eq!(copies.len(), 1, "{id} {step} {is_written} {result:?}");
                }
                // What the record calls accepted is there, and what it calls open is not.
                for it in TO {
                    let hash = roadbook::edge::hash12("board", Some(&address(it)));
                    let has = post.copies.keys().any(|id| id.contains(&hash));
                    match roadbook::edge::standing(&ledger.record.entries, &hash, later()) {
                        roadbook::edge::Standing::Accepted => assert!(has),
                        roadbook::edge::Standing::Open => assert!(!has),
                        _ => {}
                    }
                }
                assert_eq!(
                    second.before.len() + second.accepted.len() + second.unknown.len(),
                    3,
                    "{first:?} {second:?}"
                );
                post.next.clear();
                let (third, _) = run(&mut ledger, &mut post, || later() + chrono::TimeDelta::hours(2), true);
                assert!(third.is_complete(), "{third:?}");
                assert!(post.copies.values().all(|it| it.len() <= 2 && it[0] == it[it.len() - 1]));
            }
        }
    }
}
