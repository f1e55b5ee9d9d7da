//! Sends messages to a mail server (RFC 5321): one transaction for each recipient, and for each what is known of it.

mod given;
mod login;
mod outcome;
mod reply;
mod wire;

pub use self::given::Post;
pub use self::outcome::{Outcome, Scope, Tried};

use self::given::{Safety, Server, server};
use self::reply::Reply;
use self::wire::{Silence, Wire};
use crate::edge::{Refusal, Secret, limited_text};
use crate::mail::Address;
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

/// The longest that a good-bye may take.
const GOODBYE: Duration = Duration::from_secs(5);

/// The way to a mail server.
pub struct Mailer {
    server: Server,
    tls: Arc<ClientConfig>,
    patience: Duration,
    /// A connection that waits for the next transaction.
    open: Option<Wire>,
    /// The reply to EHLO on it.
    hello: Option<Reply>,
}

impl Mailer {
    /// Makes ready; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When the environment names no server that may be sent to, or its certificates cannot be read.
    pub fn new(post: &Post) -> Result<Self, Refusal> {
        let server = server(post)?;
        let mut extra = Vec::new();
        if let Some(path) = &post.ca {
            let wrong = |what: String, help: String| Refusal::new(format!("ROADBOOK_SMTP_CA: {what}"), help);
            let pem = limited_text(path, 1 << 20).map_err(|it| wrong(it.to_string(), it.help))?;
            for it in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                extra.push(it.map_err(|_| {
                    wrong(format!("{}: it holds something else than certificates", path.display()), PEM.to_owned())
                })?);
            }
            if extra.is_empty() {
                return Err(wrong(format!("{}: it holds no certificate", path.display()), PEM.to_owned()));
            }
        }
        // Spelt out, since otherwise what the whole program is linked with would choose it.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let no_tls = |_| {
            Refusal::new(
                "this machine knows no certificates to trust",
                "install the package ca-certificates, or name a file with ROADBOOK_SMTP_CA",
            )
        };
        let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider)).map_err(no_tls)?;
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(no_tls)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(Self { server, tls: Arc::new(tls), patience: post.patience, open: None, hello: None })
    }

    /// Returns the server for people, without user and password.
    #[must_use]
    pub fn shown(&self) -> String {
        self.server.shown()
    }

    /// Tries to send a message to one recipient. What comes of it is never worse than what is said: only a reply of the server says
    /// that it has the message or has not, once it may have it.
    pub fn send(&mut self, from: &Address, to: &Address, message: &[u8]) -> Tried {
        if !super::message::is_sound(message) {
            let why = "the message holds lines that mail cannot have";
            return Tried::stop(None, why, "remove what is kept of this mail, and send it anew");
        }
        loop {
            let is_old = self.open.is_some();
            let mut wire = match self.open.take() {
                Some(it) => it,
                None => match self.connect(from.domain()) {
                    Ok(it) => it,
                    Err(it) => return it,
                },
            };
            match self.transaction(&mut wire, from, to, message) {
                // A server may close a connection that waits. It has seen nothing of this message.
                Err(Silence::Broken | Silence::Late(_)) if is_old => {}
                Ok(it) if is_old && it.outcome == (Outcome::Deferred { code: Some(421) }) => {}
                Err(Silence::Unsafe(why)) => return Tried::stop(None, &why, outcome::TRUST),
                Err(it) => return Tried::unreachable(None, it.words()),
                Ok(it) => {
                    if matches!(it.outcome, Outcome::Accepted { .. }) {
                        self.open = Some(wire);
                    } else {
                        goodbye(&mut wire, self.patience);
                    }
                    return it;
                }
            }
        }
    }

    /// Ends the connection. Nothing that was sent depends on what comes of it.
    pub fn close(&mut self) {
        if let Some(mut it) = self.open.take() {
            goodbye(&mut it, self.patience);
        }
    }

    /// One transaction. The error is that of MAIL alone: what follows says what came of it.
    fn transaction(&self, wire: &mut Wire, from: &Address, to: &Address, message: &[u8]) -> Result<Tried, Silence> {
        let secrets = self.secrets();
        let said = |it: &Reply| it.shown(&secrets);
        let size = self
            .hello
            .as_ref()
            .and_then(|it| it.extension("SIZE"))
            .map_or_else(String::new, |_| format!(" SIZE={}", message.len()));
        let reply = wire.command(&format!("MAIL FROM:<{from}>{size}"))?;
        match reply.code {
            250..=259 => {}
            421 => return Ok(Tried::unreachable(Some(421), said(&reply))),
            400..=499 => return Ok(Tried::deferred(Some(reply.code), said(&reply))),
            530 | 534 | 535 | 538 => return Ok(Tried::stop(Some(reply.code), &said(&reply), outcome::LOGIN)),
            500..=599 => return Ok(Tried::sender_refused(reply.code, said(&reply))),
            _ => return Ok(Tried::unreachable(Some(reply.code), said(&reply))),
        }
        let reply = match wire.command(&format!("RCPT TO:<{to}>")) {
            Ok(it) => it,
            Err(Silence::Unsafe(why)) => return Ok(Tried::stop(None, &why, outcome::TRUST)),
            Err(it) => return Ok(Tried::unreachable(None, it.words())),
        };
        match reply.code {
            250..=259 => {}
            421 => return Ok(Tried::unreachable(Some(421), said(&reply))),
            530 | 534 | 535 | 538 => return Ok(Tried::stop(Some(reply.code), &said(&reply), outcome::LOGIN)),
            500..=599 => return Ok(Tried::refused(reply.code, said(&reply))),
            _ => return Ok(Tried::deferred(Some(reply.code), said(&reply))),
        }
        // From here on only a reply of the server tells that it does not have the message.
        let (reply, is_whole) = match wire.command("DATA") {
            Ok(it) if it.code == 354 => (self.content(wire, message), true),
            other => (other, false),
        };
        Ok(match reply {
            Ok(it) => match it.code {
                250..=259 if is_whole => Tried::accepted(it.code),
                421 => Tried::unreachable(Some(421), said(&it)),
                400..=499 => Tried::deferred(Some(it.code), said(&it)),
                500..=599 => Tried::refused(it.code, said(&it)),
                _ => Tried::unknown(said(&it)),
            },
            Err(it) => Tried::unknown(it.words()),
        })
    }

    /// Sends the message itself, and returns the reply to it.
    fn content(&self, wire: &mut Wire, message: &[u8]) -> Result<Reply, Silence> {
        let mut bytes = Vec::with_capacity(message.len() + 64);
        for line in message.split_inclusive(|it| *it == b'\n') {
            // A point alone on a line would end the message.
            if line.starts_with(b".") {
                bytes.push(b'.');
            }
            bytes.extend_from_slice(line);
        }
        bytes.extend_from_slice(b".\r\n");
        let patience = self.patience * 5;
        match wire.write(&bytes, patience) {
            Ok(()) => wire.reply(patience),
            // A server that breaks off may have said why.
            Err(it) => wire.reply(self.patience.min(GOODBYE)).map_err(|_| it),
        }
    }

    /// Connects, greets, begins TLS and logs in.
    fn connect(&mut self, own_name: &str) -> Result<Wire, Tried> {
        let secrets = self.secrets();
        let addresses: Vec<SocketAddr> = (self.server.host.as_str(), self.server.port)
            .to_socket_addrs()
            .map_err(|_| Tried::unreachable(None, "the host is not known".to_owned()))?
            // A name may lead anywhere, whatever it is.
            .filter(|it| self.server.safety != Safety::Here || it.ip().is_loopback())
            .collect();
        let mut wire = Wire::connect(&addresses, self.patience)
            .map_err(|it| Tried::unreachable(None, outcome::unconnected(&it)))?;
        let unanswered = |it: Silence| match it {
            Silence::Unsafe(why) => Tried::stop(None, &why, outcome::TRUST),
            it => Tried::unreachable(None, it.words()),
        };
        if self.server.safety == Safety::Tls {
            wire.secure(&self.tls, &self.server.host).map_err(unanswered)?;
        }
        let banner = wire.reply(self.patience).map_err(unanswered)?;
        if banner.code != 220 {
            return Err(Tried::unreachable(Some(banner.code), banner.shown(&secrets)));
        }
        let mut hello = greet(&mut wire, own_name, &secrets, unanswered)?;
        if self.server.safety == Safety::StartTls {
            if hello.extension("STARTTLS").is_none() {
                let why = "the server offers no encryption (STARTTLS), and nothing is sent without";
                return Err(Tried::stop(None, why, outcome::TRUST));
            }
            let broken = |it: Silence| Tried::stop(None, &format!("STARTTLS: {}", it.words()), outcome::TRUST);
            let reply = wire.command("STARTTLS").map_err(broken)?;
            if reply.code != 220 {
                return Err(Tried::stop(
                    Some(reply.code),
                    &format!("STARTTLS: {}", reply.shown(&secrets)),
                    outcome::TRUST,
                ));
            }
            wire.secure(&self.tls, &self.server.host).map_err(broken)?;
            // What was offered before may be anybody's word.
            hello = greet(&mut wire, own_name, &secrets, unanswered)?;
        }
        if let Some((user, password)) = &self.server.login {
            login::login(&mut wire, &hello, user, password)?;
        }
        self.hello = Some(hello);
        Ok(wire)
    }

    fn secrets(&self) -> Vec<&Secret> {
        self.server.login.iter().flat_map(|(user, password)| [password, user]).collect()
    }
}

impl Drop for Mailer {
    fn drop(&mut self) {
        self.close();
    }
}

const PEM: &str = "name a file of certificates as PEM: -----BEGIN CERTIFICATE-----";

/// Greets the server; one that does not know EHLO has no extensions.
fn greet(
    wire: &mut Wire,
    own_name: &str,
    secrets: &[&Secret],
    unanswered: impl Fn(Silence) -> Tried + Copy,
) -> Result<Reply, Tried> {
    let reply = wire.command(&format!("EHLO {own_name}")).map_err(unanswered)?;
    if reply.code == 250 {
        return Ok(reply);
    }
    if !(500..=599).contains(&reply.code) {
        return Err(Tried::unreachable(Some(reply.code), reply.shown(secrets)));
    }
    let reply = wire.command(&format!("HELO {own_name}")).map_err(unanswered)?;
    match reply.code {
        250 => Ok(Reply { lines: Vec::new(), ..reply }),
        code => Err(Tried::unreachable(Some(code), reply.shown(secrets))),
    }
}

fn goodbye(wire: &mut Wire, patience: Duration) {
    let patience = patience.min(GOODBYE);
    // All is settled by now.
    let _ = wire.write(b"QUIT\r\n", patience).and_then(|()| wire.reply(patience));
}
