//! One request and its answer, and the pause before the next try. The only `use ureq` beside [`super::trouble`].

use super::given::{Web, address, token};
use super::trouble::{Again, Refusal, Trouble};
use crate::edge::Secret;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::typestate::WithBody;
use ureq::{Agent, Body, Error, RequestBuilder};

/// The way to an API, with a token.
pub(super) struct Http<'a> {
    agent: Agent,
    base: String,
    token: Secret,
    wait: fn(Duration),
    patience: Duration,
    /// How long was waited, in all.
    waited: Duration,
    /// Where it is said that something is tried again.
    log: &'a mut dyn Write,
}

/// What came back.
pub(super) struct Answer {
    /// What was asked for: the method and the whole address.
    pub asked: String,
    /// The answer's bytes.
    pub body: Vec<u8>,
    /// What the header `Link` says about a next page; `None` when there is no such header.
    pub has_next: Option<bool>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ask<'a> {
    /// Read.
    Get,
    /// Make, of this JSON.
    Post(&'a str),
    /// Change, to this JSON.
    Patch(&'a str),
}

impl Ask<'_> {
    fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post(_) => "POST",
            Self::Patch(_) => "PATCH",
        }
    }
}

/// How often something is tried.
const TRIES: u32 = 5;
/// The longest single pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The longest that all pauses of a run may take together.
const MOST_WAITING: Duration = Duration::from_secs(300);
/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(10);
/// The most bytes that are read of an answer that is none of success.
const ERROR_BYTES: u64 = 64 * 1024;

impl<'a> Http<'a> {
    /// Makes ready; nothing is sent yet.
    pub fn new(web: &Web, log: &'a mut dyn Write) -> Result<Self, Refusal> {
        let token = token(web)?;
        let address = address(web)?;
        // Spelt out, since otherwise what the whole program is linked with would choose it.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(provider)
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let mut config = Agent::config_builder()
            .tls_config(tls)
            .https_only(!address.is_here)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT.min(web.patience)))
            .timeout_global(Some(web.patience))
            .user_agent(concat!("roadbook/", env!("CARGO_PKG_VERSION")))
            .accept("application/vnd.github+json");
        if address.is_here {
            // Elsewhere the proxy of the environment may be used: it sees no more than the host's name.
            config = config.proxy(None);
        }
        let agent = config.build().new_agent();
        let (base, wait, patience) = (address.base, web.wait, web.patience);
        Ok(Self { agent, base, token, wait, patience, waited: Duration::ZERO, log })
    }

    /// Asks, once. At most so many bytes of the answer are read.
    pub fn once(&self, ask: Ask, path: &str, most: u64) -> Result<Answer, Trouble> {
        let url = format!("{}{path}", self.base);
        let asked = format!("{} {url}", ask.name());
        let unanswered = |it: &Error| Trouble::unanswered(&asked, it, self.patience);
        let sent = match ask {
            Ask::Get => self.with_headers(self.agent.get(&url)).call(),
            Ask::Post(it) => self.send(self.agent.post(&url), it),
            Ask::Patch(it) => self.send(self.agent.patch(&url), it),
        };
        let mut response = sent.map_err(|it| unanswered(&it))?;
        let status = response.status();
        if !status.is_success() {
            // Where the reason cannot be read, the status alone has to do.
            let body = response.body_mut().with_config().limit(ERROR_BYTES).read_to_vec().unwrap_or_default();
            return Err(Trouble::answered(&asked, (status, response.headers()), &body, &self.token));
        }
        let has_next = has_next(response.headers());
        let body = response.body_mut().with_config().limit(most).read_to_vec().map_err(|it| unanswered(&it))?;
        Ok(Answer { asked, body, has_next })
    }

    /// Reads, with pauses and further tries where that may help.
    pub fn get(&mut self, path: &str, most: u64) -> Result<Answer, Trouble> {
        let mut tries = 1;
        loop {
            match self.once(Ask::Get, path, most) {
                Ok(it) => return Ok(it),
                Err(it) if it.again == Again::Never => return Err(it),
                Err(Trouble { refusal, status, again }) => {
                    self.pause(tries, refusal, again).map_err(|refusal| Trouble { refusal, status, again })?;
                }
            }
            tries += 1;
        }
    }

    /// Waits before another try of what has failed so many times, or says why there is none.
    pub fn pause(&mut self, tries: u32, refusal: Refusal, again: Again) -> Result<(), Refusal> {
        let Refusal { what, help } = refusal;
        let backoff = Duration::from_secs(1 << tries.saturating_sub(1).min(10));
        let pause = match again {
            Again::Never => return Err(Refusal { what, help }),
            Again::Soon => backoff,
            Again::After(it) => it.max(backoff),
        };
        if TRIES <= tries {
            return Err(Refusal { what: format!("{what}, the same {TRIES} times"), help });
        }
        if LONGEST_PAUSE < pause {
            return Err(Refusal { what: format!("{what}, and asks for a pause of {} s", pause.as_secs()), help });
        }
        if MOST_WAITING < self.waited + pause {
            let waited = self.waited.as_secs();
            return Err(Refusal { what: format!("{what}, after {waited} s of waiting in all"), help });
        }
        self.note(&format!("{what}; trying again in {} s", pause.as_secs()));
        self.waited += pause;
        (self.wait)(pause);
        Ok(())
    }

    /// Says something about the way, beside the result.
    pub fn note(&mut self, words: &str) {
        // A note that cannot be written is no reason to stop.
        let _ = writeln!(self.log, "note: {words}");
    }

    fn with_headers<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        request
            .header("authorization", format!("Bearer {}", self.token.reveal()))
            .header("x-github-api-version", "2022-11-28")
    }

    fn send(&self, request: RequestBuilder<WithBody>, json: &str) -> Result<Response<Body>, Error> {
        self.with_headers(request).content_type("application/json").send(json)
    }
}

/// Says whether there is another page. Where it is, the answer says too, but an answer does not choose where a token goes.
fn has_next(headers: &HeaderMap) -> Option<bool> {
    let link = headers.get("link")?.to_str().ok()?;
    Some(link.contains("rel=\"next\""))
}
