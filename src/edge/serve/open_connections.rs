//! The connections that are open, so that they can be counted, and ended with the server.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The connections that are open.
#[derive(Debug, Default)]
pub struct OpenConnections(Mutex<Inner>);

#[derive(Debug, Default)]
struct Inner {
    next: u64,
    streams: BTreeMap<u64, TcpStream>,
    are_closed: bool,
}

/// The place of a connection; free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    number: u64,
    open: Arc<OpenConnections>,
}

impl OpenConnections {
    /// Counts a connection, as long as there are fewer than this many.
    pub fn enter(self: &Arc<Self>, stream: &TcpStream, most: usize) -> Option<Place> {
        let mut inner = self.inner();
        if inner.are_closed || most <= inner.streams.len() {
            return None;
        }
        let number = inner.next;
        inner.next += 1;
        inner.streams.insert(number, stream.try_clone().ok()?);
        Some(Place { number, open: Arc::clone(self) })
    }

    /// Takes no more, and lets those that still wait for a request end at once.
    pub fn close(&self) {
        let mut inner = self.inner();
        inner.are_closed = true;
        for stream in inner.streams.values() {
            // One that has gone needs no end.
            let _ = stream.shutdown(Shutdown::Read);
        }
    }

    /// Says whether no more are taken.
    pub fn are_closed(&self) -> bool {
        self.inner().are_closed
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.inner().streams.remove(&self.number);
    }
}
