//! What can go wrong between here and GitHub, in words, and whether it may pass.

use crate::edge::Secret;
use crate::prose::log_line;
use chrono::DateTime;
use serde::Deserialize;
use std::time::Duration;
use ureq::http::{HeaderMap, StatusCode};
use ureq::{Error, Timeout};

/// Why GitHub was not asked, or did not do it, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, and where.
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Refusal {
    /// Makes a refusal.
    pub fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

/// A request that failed once.
#[derive(Debug)]
pub struct Trouble {
    /// Why.
    pub refusal: Refusal,
    /// The status of the answer, when there was one.
    pub status: Option<u16>,
    /// Whether to try again.
    pub again: Again,
}

/// Whether a request that failed may go well a little later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It will fail again.
    Never,
    /// It may, after a pause that grows from try to try.
    Soon,
    /// It may, and not before this much time.
    After(Duration),
}

/// The pause where GitHub says that there were too many requests, and not for how long: what its documentation asks for.
const UNTOLD: Duration = Duration::from_secs(60);

impl Trouble {
    /// Makes a failure that stays.
    pub(super) fn lasting(what: impl Into<String>, help: &str) -> Self {
        Self { refusal: Refusal::new(what, help), status: None, again: Again::Never }
    }

    /// Makes a failure that another look may resolve.
    pub(super) fn passing(refusal: Refusal) -> Self {
        Self { refusal, status: None, again: Again::Soon }
    }

    /// Says why no answer came, or none that could be read.
    pub(super) fn unanswered(asked: &str, error: &Error, patience: Duration) -> Self {
        use std::io::ErrorKind as Kind;
        let again = "try again later; https://www.githubstatus.com says how GitHub is";
        let network = "check the network, and GITHUB_API_URL where it is set";
        let (why, help, again) = match error {
            Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                ("no connection in time".to_owned(), network, Again::Soon)
            }
            Error::Timeout(_) => (format!("no whole answer within {} s", patience.as_secs_f32()), again, Again::Soon),
            Error::HostNotFound => ("the host is not known".to_owned(), network, Again::Soon),
            Error::Io(it) => {
                let why = match it.kind() {
                    Kind::ConnectionRefused => "the connection was refused",
                    // What TLS refuses arrives as bad data; it will not be better in a second.
                    Kind::InvalidData => return Self::lasting(format!("{asked}: {}", untrusted(error)), TRUST),
                    Kind::UnexpectedEof | Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => {
                        "the connection broke"
                    }
                    // A name that nobody knows is one of these.
                    _ => "the host cannot be reached",
                };
                (why.to_owned(), network, Again::Soon)
            }
            Error::ConnectionFailed => ("no connection".to_owned(), network, Again::Soon),
            Error::Protocol(_) | Error::BodyStalled => ("the answer is no HTTP".to_owned(), again, Again::Soon),
            Error::BodyExceedsLimit(most) => {
                (format!("the answer has more than {most} bytes"), "check GITHUB_API_URL", Again::Never)
            }
            Error::LargeResponseHeader(..) => {
                ("the answer has too many headers".to_owned(), "check GITHUB_API_URL", Again::Never)
            }
            Error::Tls(_) | Error::Rustls(_) => {
                return Self::lasting(format!("{asked}: {}", untrusted(error)), TRUST);
            }
            Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
                ("the proxy lets nothing through".to_owned(), "check HTTPS_PROXY", Again::Soon)
            }
            _ => ("the request could not be made".to_owned(), network, Again::Never),
        };
        Self { refusal: Refusal::new(format!("{asked}: {why}"), help), status: None, again }
    }

    /// Says what an answer means that is none of success. Its body is what somebody else wrote.
    pub(super) fn answered(
        asked: &str,
        (status, headers): (StatusCode, &HeaderMap),
        body: &[u8],
        token: &Secret,
    ) -> Self {
        // Made harmless first: what hides in a token would hide the token from us too.
        let said = said(body).map(|it| short(&token.hidden_in(&log_line(&it)))).filter(|it| !it.is_empty());
        let words = said.as_deref().or(status.canonical_reason()).unwrap_or("no reason");
        let code = status.as_u16();
        let again = match code {
            429 => Again::After(told_pause(headers).unwrap_or(UNTOLD)),
            403 if is_rate_limit(headers, words) => Again::After(told_pause(headers).unwrap_or(UNTOLD)),
            500..=504 => retry_after(headers).map_or(Again::Soon, Again::After),
            _ => Again::Never,
        };
        let refusal = Refusal::new(format!("{asked}: answer {code}, \"{words}\""), help(code, again));
        Self { refusal, status: Some(code), again }
    }
}

const TRUST: &str = "check the certificates of this machine (package ca-certificates), its clock, and GITHUB_API_URL";

/// Says why there is no safe connection.
fn untrusted(error: &Error) -> &'static str {
    let reason = match error {
        Error::Rustls(it) => Some(it),
        Error::Io(it) => it.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>()),
        _ => None,
    };
    match reason {
        Some(rustls::Error::InvalidCertificate(_)) => "the host's certificate is not to be trusted",
        Some(rustls::Error::General(_)) => "this machine knows no certificates to trust",
        _ => "no safe connection: the host does not speak TLS as it should",
    }
}

/// Says what to do about an answer.
fn help(code: u16, again: Again) -> &'static str {
    match code {
        300..=399 => {
            "redirects are not followed, since they could carry the token elsewhere: give the repository's present name \
             with --repo, or check GITHUB_API_URL"
        }
        401 => {
            "GITHUB_TOKEN is wrong or has expired: in a workflow, give the step `env: GITHUB_TOKEN: ${{ github.token }}`"
        }
        403 if again == Again::Never => {
            "the token lacks a permission: write `permissions: pull-requests: write` into the job; where the conversation is \
             locked, unlock it"
        }
        404 | 410 => "check --repo and --pull; a token that may not see the repository gets the same answer",
        422 => "GitHub does not take this comment: check the file given with --body-file",
        403 | 429 => "too many requests were made with this token: run it again later",
        500.. => "try again later; https://www.githubstatus.com says how GitHub is",
        _ => "check GITHUB_API_URL, --repo and --pull",
    }
}

fn is_rate_limit(headers: &HeaderMap, words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    let spoken = words.contains("rate limit") || words.contains("abuse detection");
    spoken || retry_after(headers).is_some() || number(headers, "x-ratelimit-remaining") == Some(0)
}

/// Returns the pause that an answer asks for. The limit's end counts only when nothing is left of it, since every answer names it.
fn told_pause(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers).or_else(|| {
        number(headers, "x-ratelimit-remaining").filter(|it| *it == 0)?;
        let now = DateTime::parse_from_rfc2822(text(headers, "date")?).ok()?.timestamp();
        let reset = number(headers, "x-ratelimit-reset")?;
        // Both are whole seconds: one more, so that it is over.
        Some(Duration::from_secs(reset.saturating_sub(u64::try_from(now).ok()?).saturating_add(1)))
    })
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    number(headers, "retry-after").map(Duration::from_secs)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.trim().parse().ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// What the API says about an error.
#[derive(Deserialize)]
struct Said {
    message: String,
    #[serde(default)]
    errors: serde_json::Value,
}

/// Returns what an answer says, with its first detail.
fn said(body: &[u8]) -> Option<String> {
    let Said { message, errors } = serde_json::from_slice(body).ok()?;
    let first = errors.get(0).and_then(|it| it.get("message").unwrap_or(it).as_str());
    Some(first.map_or_else(|| message.clone(), |it| format!("{message}: {it}")))
}

/// Returns the beginning of a line that may be too long to be read.
fn short(line: &str) -> String {
    const MOST: usize = 200;
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}
