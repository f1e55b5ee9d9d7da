//! The comments of a pull request, through GitHub's REST API. Everything that comes back is what somebody else wrote.

mod given;
mod http;
mod trouble;

pub use self::given::Web;
pub use self::trouble::{Again, Refusal, Trouble};

use self::given::{is_login, repository};
use self::http::{Answer, Ask, Http};
use crate::marker::{Marker, is_commit};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::io::Write;

/// One pull request, as a token sees it.
pub struct GitHub<'a> {
    http: Http<'a>,
    repository: String,
    pull: u64,
}

/// How a pull request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pull {
    /// Whether it is neither closed nor merged.
    pub is_open: bool,
    /// The commit that it asks to pull, in full.
    pub head: String,
}

/// A comment with a marker, by the author that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnComment {
    /// Its number.
    pub id: u64,
    /// What its first line says.
    pub marker: Marker,
    /// All of it, with `\n` between lines.
    pub body: String,
}

/// A comment that was just made.
#[derive(Debug)]
pub struct Posted {
    /// Its number.
    pub id: u64,
    /// Who made it, where the answer names somebody by a proper login.
    pub author: Option<String>,
}

/// The most bytes of a list of comments: 100 of 65,536 characters, each of six bytes at worst, and what stands around them. So
/// nobody can keep a comment from being updated by writing long ones.
const LIST_BYTES: u64 = 48 * 1024 * 1024;
/// The most bytes of any other answer.
const BYTES: u64 = 4 * 1024 * 1024;
/// Comments on a page of the list, the most that GitHub gives.
const PER_PAGE: usize = 100;
/// Pages of comments that are looked through; GitHub closes a conversation at 2,500 comments.
const MAX_PAGES: usize = 30;

/// The login of what acts with the token of a workflow, which may not ask for its own name.
const WORKFLOW_LOGIN: &str = "github-actions[bot]";

impl<'a> GitHub<'a> {
    /// Makes ready to speak about a pull request; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When there is no token, or the address or the repository is none.
    pub fn new(web: &Web, repo: &str, pull: u64, log: &'a mut dyn Write) -> Result<Self, Refusal> {
        let repository = repository(repo)?;
        Ok(Self { http: Http::new(web, log)?, repository, pull })
    }

    /// Returns how the pull request stands.
    ///
    /// # Errors
    ///
    /// When GitHub cannot be asked, or does not say.
    pub fn pull(&mut self) -> Result<Pull, Refusal> {
        let path = format!("/repos/{}/pulls/{}", self.repository, self.pull);
        let answer = self.http.get(&path, BYTES).map_err(|it| it.refusal)?;
        let it: PullSent = read(&answer)?;
        if !is_commit(&it.head.sha) {
            return Err(unexpected(&answer));
        }
        Ok(Pull { is_open: it.state == "open", head: it.head.sha })
    }

    /// Returns who comments with this token: the one who is named, or what GitHub says, or, when that is not for the token to know,
    /// what acts for a workflow.
    ///
    /// # Errors
    ///
    /// When the name is none, or GitHub cannot be asked.
    pub fn login(&mut self, named: Option<&str>) -> Result<String, Refusal> {
        if let Some(it) = named {
            let help = "write the login alone, such as --author octocat, or --author 'my-app[bot]' for an app";
            return if is_login(it) { Ok(it.to_owned()) } else { Err(Refusal::new("--author is no login", help)) };
        }
        match self.http.get("/user", BYTES) {
            Ok(answer) => {
                let it: UserSent = read(&answer)?;
                if is_login(&it.login) { Ok(it.login) } else { Err(unexpected(&answer)) }
            }
            Err(Trouble { status: Some(403 | 404), again: Again::Never, .. }) => Ok(WORKFLOW_LOGIN.to_owned()),
            Err(it) => Err(it.refusal),
        }
    }

    /// Returns the comments that begin with a marker and are by this author, the oldest first.
    ///
    /// # Errors
    ///
    /// When GitHub cannot be asked, or there are more comments than are looked through and none of those is one.
    pub fn own_comments(&mut self, login: &str) -> Result<Vec<OwnComment>, Refusal> {
        let mut own = Vec::new();
        for page in 1..=MAX_PAGES {
            let path =
                format!("/repos/{}/issues/{}/comments?per_page={PER_PAGE}&page={page}", self.repository, self.pull);
            let answer = self.http.get(&path, LIST_BYTES).map_err(|it| it.refusal)?;
            let sent: Vec<CommentSent> = read(&answer)?;
            let count = sent.len();
            own.extend(sent.into_iter().filter_map(|it| it.own(login)));
            if count == 0 || !answer.has_next.unwrap_or(PER_PAGE <= count) {
                own.sort_by_key(|it| it.id);
                return Ok(own);
            }
        }
        if own.is_empty() {
            let what = format!(
                "pull request {} has more than {} comments, and none of those is roadbook's",
                self.pull,
                MAX_PAGES * PER_PAGE
            );
            return Err(Refusal::new(what, "delete comments, or open another pull request"));
        }
        own.sort_by_key(|it| it.id);
        Ok(own)
    }

    /// Makes a comment. It is tried once: a second try could make a second one.
    ///
    /// # Errors
    ///
    /// When no answer says that it was made; it may have been made all the same.
    pub fn post(&mut self, body: &str) -> Result<Posted, Trouble> {
        let path = format!("/repos/{}/issues/{}/comments", self.repository, self.pull);
        let answer = self.http.once(Ask::Post(&json(body)), &path, BYTES)?;
        // The status says that it was made, and a look at the list will say which it is.
        let it: PostedSent = read(&answer).map_err(Trouble::passing)?;
        let author = it.user.map(|it| it.login).filter(|it| is_login(it));
        Ok(Posted { id: it.id, author })
    }

    /// Changes a comment. It is tried once: before a second try somebody newer may have written it.
    ///
    /// # Errors
    ///
    /// When no answer says that it was changed.
    pub fn update(&mut self, id: u64, body: &str) -> Result<(), Trouble> {
        let path = format!("/repos/{}/issues/comments/{id}", self.repository);
        self.http.once(Ask::Patch(&json(body)), &path, BYTES).map(|_| ())
    }

    /// Waits before another try of what has failed so many times.
    ///
    /// # Errors
    ///
    /// When another try would not help, or would come too late.
    pub fn pause(&mut self, tries: u32, trouble: Trouble) -> Result<(), Refusal> {
        self.http.pause(tries, trouble.refusal, trouble.again)
    }

    /// Says something on the way, beside the result.
    pub fn note(&mut self, words: &str) {
        self.http.note(words);
    }
}

#[derive(Deserialize)]
struct UserSent {
    login: String,
}

#[derive(Deserialize)]
struct PullSent {
    state: String,
    head: HeadSent,
}

#[derive(Deserialize)]
struct HeadSent {
    sha: String,
}

#[derive(Deserialize)]
struct CommentSent {
    id: u64,
    user: Option<UserSent>,
    body: Option<String>,
}

#[derive(Deserialize)]
struct PostedSent {
    id: u64,
    user: Option<UserSent>,
}

impl CommentSent {
    /// Returns the comment if it is by this author and begins with a marker.
    fn own(self, login: &str) -> Option<OwnComment> {
        // Logins are the same in any case of letters.
        self.user.filter(|it| it.login.eq_ignore_ascii_case(login))?;
        let body = self.body?.replace("\r\n", "\n");
        let marker = Marker::parse(body.lines().next()?)?;
        Some(OwnComment { id: self.id, marker, body })
    }
}

fn json(body: &str) -> String {
    serde_json::json!({ "body": body }).to_string()
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Refusal> {
    serde_json::from_slice(&answer.body).map_err(|_| unexpected(answer))
}

fn unexpected(answer: &Answer) -> Refusal {
    Refusal::new(format!("{}: the answer is not what GitHub's API sends", answer.asked), "check GITHUB_API_URL")
}
