//! What the user and the environment say about GitHub: token, address, repository. Checked here, once.

use super::trouble::Refusal;
use crate::edge::Secret;
use std::time::Duration;
use url::{Host, Url};

/// What the environment says about GitHub, how to wait, and how long.
#[derive(Debug, Clone)]
pub struct Web {
    /// The value of `GITHUB_TOKEN`.
    pub token: Option<Secret>,
    /// The value of `GITHUB_API_URL`.
    pub api: Option<String>,
    /// Lets time pass.
    pub wait: fn(Duration),
    /// How long a request may take, with its answer.
    pub patience: Duration,
}

impl Default for Web {
    /// Nothing is set; waiting is sleeping, and a request may take 30 seconds.
    fn default() -> Self {
        Self { token: None, api: None, wait: std::thread::sleep, patience: Duration::from_secs(30) }
    }
}

/// Returns the token.
pub(super) fn token(web: &Web) -> Result<Secret, Refusal> {
    let help = "in a workflow, give the step `env: GITHUB_TOKEN: ${{ github.token }}`";
    match &web.token {
        Some(it) if it.reveal().bytes().any(|it| !it.is_ascii_graphic()) => Err(Refusal::new(
            "GITHUB_TOKEN holds characters that no token has",
            "set it to the token alone, without line breaks or spaces in it",
        )),
        Some(it) if !it.reveal().is_empty() => Ok(it.clone()),
        _ => Err(Refusal::new("GITHUB_TOKEN is not set", help)),
    }
}

/// Where GitHub's API is, unless the environment says otherwise.
const API: &str = "https://api.github.com";

/// The address of an API.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The address, without a slash at its end.
    pub base: String,
    /// Whether it is on this machine.
    pub is_here: bool,
}

/// Returns the API's address: `https`, or `http` on this machine.
pub(super) fn address(web: &Web) -> Result<Address, Refusal> {
    let given = web.api.as_deref().map(str::trim).filter(|it| !it.is_empty()).unwrap_or(API);
    // What is wrong is not quoted: there may be a password in it.
    let wrong = || {
        Refusal::new(
            "GITHUB_API_URL is no address that a token may be sent to",
            "write https:// and the host, such as https://api.github.com, without user name, query or #; http:// is for \
             this machine alone",
        )
    };
    let url = Url::parse(given).map_err(|_| wrong())?;
    let is_here = match url.host() {
        Some(Host::Ipv4(it)) => it.is_loopback(),
        Some(Host::Ipv6(it)) => it.is_loopback(),
        Some(Host::Domain(it)) => it == "localhost",
        None => return Err(wrong()),
    };
    let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    if !is_bare || !is_safe || url.fragment().is_some() {
        return Err(wrong());
    }
    Ok(Address { base: url.as_str().trim_end_matches('/').to_owned(), is_here })
}

/// Checks the name of a repository: `OWNER/NAME`, each of letters, digits, `-`, `_` and `.`. It becomes part of an address.
pub(super) fn repository(given: &str) -> Result<String, Refusal> {
    let is_part = |it: &str| {
        let letter = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
        (1..=100).contains(&it.len()) && it.bytes().all(letter) && it.bytes().any(|it| it != b'.')
    };
    match given.split_once('/') {
        Some((owner, name)) if is_part(owner) && is_part(name) => Ok(given.to_owned()),
        _ => Err(Refusal::new(
            "--repo is no repository's name",
            "write OWNER/NAME, such as --repo octo/plan; in a workflow, --repo \"$GITHUB_REPOSITORY\"",
        )),
    }
}

/// Checks a login: letters, digits, `-` and `_`, and `[bot]` behind them for an app.
pub(super) fn is_login(given: &str) -> bool {
    let name = given.strip_suffix("[bot]").unwrap_or(given);
    (1..=100).contains(&name.len()) && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(api: &str) -> Option<String> {
        address(&Web { api: Some(api.to_owned()), ..Web::default() }).ok().map(|it| it.base)
    }

    #[test]
    fn a_token_goes_out_encrypted_or_stays_on_this_machine() {
        assert_eq!(address(&Web::default()), Ok(Address { base: API.to_owned(), is_here: false }));
        assert_eq!(base(" ").as_deref(), Some(API));
        assert_eq!(base("https://ghe.example/api/v3/").as_deref(), Some("https://ghe.example/api/v3"));
        for it in ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost:8080", "http://127.1:8080"] {
            assert!(base(it).is_some(), "{it}");
        }
        let refused = [
            "http://api.github.com",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://127.0.0.1:1@evil.example",
            "https://a:b@api.github.com",
            "https://api.github.com?x",
            "https://api.github.com#x",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
            "api.github.com",
        ];
        for it in refused {
            assert_eq!(base(it), None, "{it}");
        }
    }

    #[test]
    fn a_repository_cannot_lead_elsewhere() {
        assert!(repository("octo-org/plan.md_2").is_ok());
        for it in ["plan", "a/b/c", "/b", "a/", "../b", "a/..", "a/b?c", "a/b#c", "a /b", "a/b%2f", "ä/b", "a/b\n"] {
            assert!(repository(it).is_err(), "{it}");
        }
        assert!(repository(&format!("a/{}", "b".repeat(101))).is_err());
    }

    #[test]
    fn a_secret_is_never_shown() {
        let web = Web { token: Some(Secret::new(" s3cret\n")), ..Web::default() };
        assert!(!format!("{web:?}").contains("s3cret"));
        assert_eq!(token(&web).unwrap().hidden_in("a s3cret b"), "a *** b");
        assert_eq!(Secret::new("").hidden_in("ab"), "ab");
    }
}
