//! What an open page is told while it is open, as server-sent events: which files changed, and what is wrong with the plan.
//!
//! A page is told of changes by the version that it was answered from, so that none is missed between an answer and the stream, nor
//! while there is no stream: browsers come again with the version that they know. Nothing is queued for a page: one that reads slowly is
//! told once what is new by then, and is dropped when it takes nothing for [`LONGEST`].

use super::connection::Timed;
use super::shelf::{Files, Shelf};
use super::{LONGEST, answer};
use crate::bundle::{Bundle, OutPath};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// Where the files of the live view lie; no file of a site has such a path.
const FOLDER: &str = "/.roadbook/";
/// The name of the stream there.
const EVENTS: &str = "events";
/// The most streams at once: what is left of the connections shows pages.
const MOST_STREAMS: usize = 16;
/// How often it is looked whether a page is still there.
const LOOK: Duration = Duration::from_millis(250);
/// How often something is sent, whether there is news or not.
const ALIVE: Duration = Duration::from_secs(15);

/// Shows files that change, and tells open pages of it.
#[derive(Debug, Clone)]
pub struct Live(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    shelf: Shelf,
    /// The files of the live view itself, by name.
    own: BTreeMap<&'static str, Vec<u8>>,
    /// What no other run of the program is called.
    session: String,
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// How often other files were put in place.
    number: u64,
    /// By which of these times a path last changed.
    changed: BTreeMap<OutPath, u64>,
    /// What pages are told besides, in one line.
    words: Arc<str>,
    /// How often `words` were others.
    tick: u64,
    streams: usize,
    is_over: bool,
}

/// What is at a path of the live view.
pub(super) enum Found<'a> {
    /// A file.
    File(&'a str, &'a [u8]),
    /// The stream.
    Stream,
}

/// The place of a stream; free again when this is dropped.
struct Seat<'a>(&'a Inner);

enum News {
    Some(String),
    None,
    End,
}

/// How much a page knows.
struct Known {
    number: u64,
    tick: Option<u64>,
    is_lost: bool,
}

impl Live {
    /// Makes one that fills a shelf; `own` are the files that it adds to pages, by name.
    #[must_use]
    pub fn new(shelf: Shelf, own: BTreeMap<&'static str, Vec<u8>>) -> Self {
        let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let session = format!("{:x}.{:x}", std::process::id(), time.as_millis());
        Self(Arc::new(Inner { shelf, own, session, state: Mutex::default(), bell: Condvar::new() }))
    }

    /// Puts files in place of all, and tells pages which of them changed, with words in one line. Returns how many pages are others
    /// now, new or gone.
    #[must_use]
    pub fn show(&self, bundle: Bundle, words: &str) -> usize {
        let mut state = self.0.state();
        let old = self.0.shelf.files();
        let changed = differing(&old.bundle, &bundle);
        if !changed.is_empty() {
            state.number += 1;
            let version = self.0.version(state.number);
            self.0.shelf.replace(Files { bundle, mails: BTreeSet::new(), version: Some(version) });
        }
        let is_page = |it: &&OutPath| it.as_str().rsplit_once('.').is_some_and(|(_, it)| it == "html");
        let pages = changed.iter().filter(is_page).count();
        let number = state.number;
        state.changed.extend(changed.into_iter().map(|it| (it, number)));
        self.0.tell(state, words);
        pages
    }

    /// Tells pages other words, in one line.
    pub fn say(&self, words: &str) {
        self.0.tell(self.0.state(), words);
    }

    /// Ends all streams.
    pub(super) fn end(&self) {
        self.0.state().is_over = true;
        self.0.bell.notify_all();
    }

    /// Returns what lies at a path.
    pub(super) fn find(&self, path: &str) -> Option<Found<'_>> {
        let name = path.strip_prefix(FOLDER)?;
        if name == EVENTS {
            return Some(Found::Stream);
        }
        self.0.own.get_key_value(name).map(|(name, bytes)| Found::File(name, bytes))
    }

    /// Tells a page what changes, from the version that it has seen, until it is gone or all ends.
    pub(super) fn stream(&self, stream: &TcpStream, seen: Option<&str>) -> io::Result<()> {
        let inner = &*self.0;
        let Some(_seat) = inner.seat() else {
            return answer::Answer::refusal(503, "Too many pages are open at once.").write(&mut timed(stream), false);
        };
        timed(stream).write_all(answer::STREAM.as_bytes())?;
        let mut known = inner.known(seen);
        let mut last = Instant::now();
        loop {
            let text = match inner.news(&mut known) {
                News::End => return Ok(()),
                News::Some(it) => it,
                News::None if is_gone(stream)? => return Ok(()),
                News::None if last.elapsed() < ALIVE => continue,
                News::None => ":\n\n".to_owned(),
            };
            timed(stream).write_all(text.as_bytes())?;
            last = Instant::now();
        }
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn version(&self, number: u64) -> String {
        format!("{}-{number}", self.session)
    }

    fn tell(&self, mut state: MutexGuard<'_, State>, words: &str) {
        if *state.words != *words {
            // A line end would end the event.
            state.words = words.replace(['\r', '\n'], " ").into();
            state.tick += 1;
        }
        drop(state);
        self.bell.notify_all();
    }

    fn seat(&self) -> Option<Seat<'_>> {
        let mut state = self.state();
        if MOST_STREAMS <= state.streams {
            return None;
        }
        state.streams += 1;
        Some(Seat(self))
    }

    /// Returns what a page knows that was answered from a version; one without a version is taken to be new.
    fn known(&self, seen: Option<&str>) -> Known {
        let now = self.state().number;
        let of_this_run = |it: &str| it.strip_prefix(&self.session)?.strip_prefix('-')?.parse().ok();
        match seen.map(of_this_run) {
            None => Known { number: now, tick: None, is_lost: false },
            Some(Some(number)) if number <= now => Known { number, tick: None, is_lost: false },
            Some(_) => Known { number: now, tick: None, is_lost: true },
        }
    }

    /// Returns what a page does not know yet, as events; waits for it, but not for long.
    fn news(&self, known: &mut Known) -> News {
        let is_new = |state: &State| state.number != known.number || Some(state.tick) != known.tick || known.is_lost;
        let mut state = self.state();
        if !state.is_over && !is_new(&state) {
            state = self.bell.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        if state.is_over {
            return News::End;
        }
        if !is_new(&state) {
            return News::None;
        }
        let mut text = String::new();
        // The words come first: a page that begins anew needs no more.
        if Some(state.tick) != known.tick {
            let _ = write!(text, "event: state\ndata: {}\n\n", state.words);
        }
        if known.is_lost {
            text.push_str("event: lost\ndata:\n\n");
        }
        let files = self.shelf.files();
        let since = state.changed.iter().filter(|(_, number)| known.number < **number).map(|(path, _)| path);
        let (there, gone): (Vec<_>, Vec<_>) = since.partition(|it| files.bundle.files.contains_key(it));
        for (event, paths) in [("gone", gone), ("changed", there)].into_iter().filter(|(_, paths)| !paths.is_empty()) {
            let _ = writeln!(text, "id: {}\nevent: {event}", self.version(state.number));
            for path in paths {
                let _ = writeln!(text, "data: {path}");
            }
            text.push('\n');
        }
        *known = Known { number: state.number, tick: Some(state.tick), is_lost: false };
        News::Some(text)
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.state().streams -= 1;
    }
}

fn timed(stream: &TcpStream) -> Timed<'_> {
    Timed::new(stream, LONGEST)
}

/// Says whether nobody listens any more: whoever does has nothing to say.
fn is_gone(stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false)?;
    Ok(!peeked.is_err_and(|it| it.kind() == ErrorKind::WouldBlock))
}

/// Returns the paths of files whose bytes differ, and of those that only one side has.
fn differing(old: &Bundle, new: &Bundle) -> BTreeSet<OutPath> {
    let other = |(path, bytes): &(&OutPath, &Vec<u8>)| old.files.get(*path) != Some(*bytes);
    let there = new.files.iter().filter(other).map(|(path, _)| path);
    let gone = old.files.keys().filter(|it| !new.files.contains_key(it));
    there.chain(gone).cloned().collect()
}
