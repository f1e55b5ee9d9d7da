//! What came of one try to send, and whom it concerns.

use std::io;

/// What is known of a recipient's copy after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server has it, and answers for it.
    Accepted {
        /// The code of its reply.
        code: u16,
    },
    /// The server does not take it for this recipient.
    Refused {
        /// The code of its reply.
        code: u16,
    },
    /// The server does not have it, and may take it later.
    Deferred {
        /// The code of its reply, where it made one.
        code: Option<u16>,
    },
    /// Nobody knows: the server may have it.
    Unknown,
}

/// Whom a failure concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// This recipient alone.
    Recipient,
    /// Everybody, for now: the server cannot be reached, or will not speak.
    Server,
    /// Everybody, until somebody does something: another try could lock a login, or leak what it sends.
    Everything {
        /// What to do.
        help: String,
    },
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// What is known of the recipient's copy.
    pub outcome: Outcome,
    /// Whom it concerns.
    pub scope: Scope,
    /// Why, in words that can be shown; empty where it went well.
    pub why: String,
}

impl Tried {
    pub(super) fn accepted(code: u16) -> Self {
        Self { outcome: Outcome::Accepted { code }, scope: Scope::Recipient, why: String::new() }
    }

    pub(super) fn refused(code: u16, why: String) -> Self {
        Self { outcome: Outcome::Refused { code }, scope: Scope::Recipient, why }
    }

    pub(super) fn deferred(code: Option<u16>, why: String) -> Self {
        Self { outcome: Outcome::Deferred { code }, scope: Scope::Recipient, why }
    }

    pub(super) fn unknown(why: String) -> Self {
        Self { outcome: Outcome::Unknown, scope: Scope::Recipient, why }
    }

    pub(super) fn unreachable(code: Option<u16>, why: String) -> Self {
        Self { outcome: Outcome::Deferred { code }, scope: Scope::Server, why }
    }

    pub(super) fn stop(code: Option<u16>, why: &str, help: &str) -> Self {
        let scope = Scope::Everything { help: help.to_owned() };
        Self { outcome: Outcome::Deferred { code }, scope, why: why.to_owned() }
    }

    /// The server does not take mail from this sender, or not this message: whoever gets it.
    pub(super) fn sender_refused(code: u16, why: String) -> Self {
        let help =
            "the server refuses the sender or the size of the mail, whoever gets it: check `email.from`".to_owned();
        Self { outcome: Outcome::Refused { code }, scope: Scope::Everything { help }, why }
    }
}

/// What to do where a connection is not safe.
pub(super) const TRUST: &str = "nothing was sent: check the host in ROADBOOK_SMTP_URL, its certificate, the certificates and the clock of this \
                                machine; a company's own certificates are named with ROADBOOK_SMTP_CA";
/// What to do where a login fails.
pub(super) const LOGIN: &str = "nothing more was tried, since servers lock a login that fails often: check user and password in \
                                ROADBOOK_SMTP_URL";

/// Says why there is no connection.
pub(super) fn unconnected(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::ConnectionRefused => "the connection was refused",
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "no connection in time",
        io::ErrorKind::AddrNotAvailable => "the host has no address that may be used",
        _ => "the host cannot be reached",
    };
    words.to_owned()
}
