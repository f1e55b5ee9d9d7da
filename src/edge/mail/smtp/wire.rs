//! Bytes to a server and replies from it, each by a deadline, in the clear or through TLS.
//!
//! The client that comes with `lettre` is not used: it keeps what a server sent ahead of TLS and believes it afterwards, reads a line
//! without an end for ever, and panics at a line of blanks in the reply to EHLO. Nor does it tell in which step something failed.

use super::reply::{self, MOST, Read, Reply};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use std::io::{self, Read as _, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Why a reply did not come.
#[derive(Debug)]
pub(super) enum Silence {
    /// The connection broke.
    Broken,
    /// It took too long.
    Late(Duration),
    /// What came is no reply, or came before it was asked for.
    Garbage,
    /// There is no safe connection: why.
    Unsafe(String),
}

impl Silence {
    /// Says what happened.
    pub fn words(&self) -> String {
        match self {
            Self::Broken => "the connection broke".to_owned(),
            Self::Late(it) => format!("no reply within {} s", it.as_secs_f32()),
            Self::Garbage => "what came is no reply of a mail server".to_owned(),
            Self::Unsafe(why) => why.clone(),
        }
    }
}

/// A stream whose every operation ends by a deadline.
struct Timed {
    stream: TcpStream,
    deadline: Instant,
}

impl Timed {
    fn left(&self) -> io::Result<Option<Duration>> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(Some(left)) }
    }
}

impl io::Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

enum Stream {
    Plain(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
    /// While one becomes the other, and after that failed.
    Gone,
}

impl Stream {
    fn timed(&mut self) -> Option<&mut Timed> {
        match self {
            Self::Plain(it) => Some(it),
            Self::Tls(it) => Some(&mut it.sock),
            Self::Gone => None,
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(it) => it.read(buffer),
            Self::Tls(it) => it.read(buffer),
            Self::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(it) => it.write_all(bytes),
            Self::Tls(it) => it.write_all(bytes).and_then(|()| it.flush()),
            Self::Gone => Err(io::ErrorKind::NotConnected.into()),
        }
    }
}

/// A connection to a server.
pub(super) struct Wire {
    stream: Stream,
    /// What came and was not read as a reply yet.
    ahead: Vec<u8>,
    patience: Duration,
}

impl Wire {
    /// Connects to one of some addresses.
    pub fn connect(addresses: &[SocketAddr], patience: Duration) -> Result<Self, io::Error> {
        let mut last = io::ErrorKind::AddrNotAvailable.into();
        for address in addresses {
            match TcpStream::connect_timeout(address, patience) {
                Ok(stream) => {
                    // Commands are short, and each waits for its reply.
                    let _ = stream.set_nodelay(true);
                    let deadline = Instant::now() + patience;
                    return Ok(Self { stream: Stream::Plain(Timed { stream, deadline }), ahead: Vec::new(), patience });
                }
                Err(it) => last = it,
            }
        }
        Err(last)
    }

    /// Begins TLS, and ends where it cannot be had. What the server said ahead of it may be anybody's.
    pub fn secure(&mut self, config: &Arc<ClientConfig>, host: &str) -> Result<(), Silence> {
        if !self.ahead.is_empty() {
            return Err(Silence::Unsafe("something was sent ahead of TLS, as somebody in between would".to_owned()));
        }
        let Stream::Plain(mut timed) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            return Err(Silence::Broken);
        };
        let wrong = |it: &str| Silence::Unsafe(it.to_owned());
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| wrong("the host has no name that a certificate can have"))?;
        let mut connection = ClientConnection::new(Arc::clone(config), name).map_err(|it| untrusted(&it))?;
        timed.deadline = Instant::now() + self.patience;
        while connection.is_handshaking() {
            match connection.complete_io(&mut timed) {
                Ok((0, 0)) => return Err(wrong("no safe connection: the server broke off")),
                Ok(_) => {}
                Err(error) => {
                    let reason = error.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>());
                    return Err(reason.map_or_else(|| wrong("no safe connection: the server broke off"), untrusted));
                }
            }
        }
        self.stream = Stream::Tls(Box::new(StreamOwned::new(connection, timed)));
        Ok(())
    }

    /// Sends a line, and returns the reply to it.
    pub fn command(&mut self, line: &str) -> Result<Reply, Silence> {
        // A reply to nothing would be taken for the reply to this, and so on to the end.
        if !self.ahead.is_empty() {
            return Err(Silence::Garbage);
        }
        self.write(format!("{line}\r\n").as_bytes(), self.patience)?;
        self.reply(self.patience)
    }

    /// Sends bytes.
    pub fn write(&mut self, bytes: &[u8], patience: Duration) -> Result<(), Silence> {
        self.until(patience);
        self.stream.write_all(bytes).map_err(|it| silence(&it, patience))
    }

    /// Reads a reply.
    pub fn reply(&mut self, patience: Duration) -> Result<Reply, Silence> {
        self.until(patience);
        let mut buffer = [0; 4096];
        loop {
            match reply::read(&self.ahead) {
                Read::Whole(reply, length) => {
                    self.ahead.drain(..length);
                    return Ok(reply);
                }
                Read::Garbage => return Err(Silence::Garbage),
                Read::Part if MOST < self.ahead.len() => return Err(Silence::Garbage),
                Read::Part => {}
            }
            match self.stream.read(&mut buffer) {
                Ok(0) => return Err(Silence::Broken),
                Ok(count) => self.ahead.extend_from_slice(buffer.get(..count).unwrap_or_default()),
                Err(it) if it.kind() == io::ErrorKind::Interrupted => {}
                Err(it) => return Err(silence(&it, patience)),
            }
        }
    }

    fn until(&mut self, patience: Duration) {
        if let Some(it) = self.stream.timed() {
            it.deadline = Instant::now() + patience;
        }
    }
}

fn silence(error: &io::Error, patience: Duration) -> Silence {
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Silence::Late(patience),
        io::ErrorKind::InvalidData => Silence::Unsafe("what came through TLS is damaged".to_owned()),
        _ => Silence::Broken,
    }
}

/// Says why there is no safe connection.
fn untrusted(error: &rustls::Error) -> Silence {
    use rustls::CertificateError as Wrong;
    let why = match error {
        rustls::Error::InvalidCertificate(it) => match it {
            Wrong::Expired | Wrong::ExpiredContext { .. } => "the server's certificate has expired",
            Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => {
                "the server's certificate is for another host"
            }
            Wrong::UnknownIssuer => "nobody that this machine trusts vouches for the server's certificate",
            _ => "the server's certificate is not to be trusted",
        },
        rustls::Error::General(_) => "this machine knows no certificates to trust",
        _ => "no safe connection: the server does not speak TLS as it should",
    };
    Silence::Unsafe(why.to_owned())
}
