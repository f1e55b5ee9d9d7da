//! A connection, and how long it may take.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// A connection that is given a time: whoever sends a byte now and then gets no more of it.
pub struct Timed<'a> {
    stream: &'a TcpStream,
    until: Instant,
}

impl<'a> Timed<'a> {
    /// Gives a connection this time from now.
    pub fn new(stream: &'a TcpStream, time: Duration) -> Self {
        Self { stream, until: Instant::now() + time }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        // A time of nothing would mean to wait for ever.
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Timed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(buffer)
    }
}

impl Write for Timed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// Ends a connection that was answered. What the other side is still sending, such as the text of a form, is taken for a moment: to
/// close at once would tear down the answer with the rest.
pub fn end(stream: &TcpStream) -> io::Result<()> {
    const MOST: u64 = 256 * 1024;
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut Timed::new(stream, Duration::from_secs(1)).take(MOST), &mut io::sink()).map(|_| ())
}
