//! A server for the browser of this machine, and for nobody else: it shows files that lie in memory, and asks for no more than it
//! needs to. Of HTTP it speaks `GET` and `HEAD`, one request for each connection.
//!
//! Any page in the same browser can send requests here, and any program of this machine. So a request has to name this machine as its
//! host, or a page elsewhere could read answers under a name of its own that leads here (DNS rebinding); what a request names is looked
//! up among the files and never on a disk; and how much is read, for how long and from how many at once, has limits.

mod answer;
mod browse;
mod connection;
mod head;
mod kind;
mod live;
mod open_connections;
mod shelf;

pub use self::browse::{browse, on_interrupt};
pub use self::live::Live;
pub use self::shelf::{Files, Shelf};

use self::answer::Answer;
use self::connection::Timed;
use self::live::Found;
use self::open_connections::OpenConnections;
use crate::edge::Failure;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long a request may take to come, and an answer to be taken.
const LONGEST: Duration = Duration::from_secs(10);
/// The most connections at once. A browser opens six, some of them before it needs them.
const MOST_CONNECTIONS: usize = 32;

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shelf: Shelf,
    live: Option<Live>,
    open: Arc<OpenConnections>,
}

/// Ends a server, from whatever thread.
#[derive(Debug, Clone)]
pub struct Stop {
    address: SocketAddr,
    live: Option<Live>,
    open: Arc<OpenConnections>,
}

impl Server {
    /// Listens at a port of this machine, reachable from this machine alone; port 0 stands for one that is free.
    ///
    /// # Errors
    ///
    /// When the port cannot be had: which, why, and what to do.
    pub fn bind(port: u16, shelf: Shelf) -> Result<Self, Failure> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let bound = TcpListener::bind(wanted).and_then(|it| Ok((it.local_addr()?, it)));
        let (address, listener) = bound.map_err(|it| refused(wanted, &it))?;
        Ok(Self { listener, address, shelf, live: None, open: Arc::default() })
    }

    /// Tells open pages what changes.
    #[must_use]
    pub fn with_live(self, live: Live) -> Self {
        Self { live: Some(live), ..self }
    }

    /// Returns the address that a browser takes, such as `http://127.0.0.1:4000/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Returns what ends it.
    #[must_use]
    pub fn stop(&self) -> Stop {
        Stop { address: self.address, live: self.live.clone(), open: Arc::clone(&self.open) }
    }

    /// Answers until it is told to end. What is being answered then is still answered.
    pub fn run(self) {
        thread::scope(|scope| {
            for stream in self.listener.incoming() {
                if self.open.are_closed() {
                    break;
                }
                let Ok(stream) = stream else {
                    // As when there are too many open files: some will be closed soon.
                    thread::sleep(Duration::from_millis(50));
                    continue;
                };
                let Some(place) = self.open.enter(&stream, MOST_CONNECTIONS) else {
                    // Dropped without a word: to write might mean to wait.
                    continue;
                };
                let (shelf, live) = (&self.shelf, self.live.as_ref());
                // Where there is no thread to be had, the connection is dropped with what was to answer it.
                let _ = thread::Builder::new().spawn_scoped(scope, move || {
                    // Whoever asked and went away has no use for what went wrong.
                    let _ = serve(&stream, shelf, live);
                    drop(place);
                });
            }
        });
    }
}

impl Stop {
    /// Ends the server: no connection is taken any more, and those that still only ask get no answer.
    pub fn stop(&self) {
        self.open.close();
        self.live.iter().for_each(Live::end);
        // A listener waits until somebody comes.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
    }
}

fn serve(stream: &TcpStream, shelf: &Shelf, live: Option<&Live>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let read = head::read(&mut Timed::new(stream, LONGEST));
    if let (Ok(head), Some(live)) = (&read, live)
        && let Some(found) = live.find(&head.path)
    {
        return live_view(stream, head, live, &found);
    }
    let (answer, is_head) = match read {
        Ok(it) => (Answer::to(&it, &shelf.files()), it.without_body),
        Err(head::Refused::Gone) => return Ok(()),
        Err(head::Refused::With(status, words)) => (Answer::refusal(status, words), false),
    };
    answer.write(&mut Timed::new(stream, LONGEST), is_head)?;
    connection::end(stream)
}

/// Answers with what is no part of the site.
fn live_view(stream: &TcpStream, head: &head::Head, live: &Live, found: &Found<'_>) -> io::Result<()> {
    let answer = match found {
        // A page elsewhere could not read it, but hold as many streams as there may be.
        _ if head.is_foreign => Answer::refusal(403, "This is for pages of this server alone."),
        Found::Stream if !head.without_body => {
            live.stream(stream, head.seen.as_deref())?;
            return connection::end(stream);
        }
        Found::Stream => Answer::refusal(405, "A stream has no end that could be told before."),
        Found::File(name, bytes) => Answer::bytes(name, bytes),
    };
    answer.write(&mut Timed::new(stream, LONGEST), head.without_body)?;
    connection::end(stream)
}

fn refused(address: SocketAddr, error: &io::Error) -> Failure {
    let (what, help) = match error.kind() {
        io::ErrorKind::AddrInUse => (
            format!("port {} is taken: another program listens there", address.port()),
            "choose another with --port, or end that program; --port 0 takes one that is free",
        ),
        io::ErrorKind::PermissionDenied => (
            format!("port {} is not for everybody to listen at", address.port()),
            "choose one from 1024 with --port; --port 0 takes one that is free",
        ),
        _ => (format!("cannot listen: {error}"), "choose another port with --port; --port 0 takes one that is free"),
    };
    Failure::new(Path::new(&address.to_string()), what, help)
}
