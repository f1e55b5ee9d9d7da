//! Where a repository's files are shown to people.

use super::Store;
use std::path::{Path, PathBuf};

/// What a folder's repository says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The repository's folder, without links.
    pub top: PathBuf,
    /// The current branch.
    pub branch: Option<String>,
    /// Where the files of that branch are shown; nothing where the remote `origin` is at no host that is known.
    pub files_url: Option<String>,
    /// Whether that host is GitHub.
    pub is_github: bool,
}

/// Returns what a folder's repository says of itself; nothing where there is none.
#[must_use]
pub fn origin(folder: &Path) -> Option<Origin> {
    let store = Store::open(&super::real(folder).ok()?).ok()??;
    let repository = store.repository();
    let branch = repository.head_name().ok().flatten().map(|it| it.shorten().to_string()).filter(|it| is_plain(it));
    let remote = repository.config_snapshot().string("remote.origin.url").map(|it| it.to_string());
    let shown = remote.as_deref().and_then(host_and_path);
    let files_url = shown.as_ref().zip(branch.as_ref()).map(|((host, path), branch)| {
        let blob = if *host == "github.com" { "blob" } else { "-/blob" };
        format!("https://{host}/{path}/{blob}/{branch}/")
    });
    let is_github = shown.is_some_and(|(host, _)| host == "github.com");
    Some(Origin { top: store.top.clone(), branch, files_url, is_github })
}

/// Parts an address of a remote; whatever stands before the host, such as a token, is left out.
fn host_and_path(url: &str) -> Option<(&'static str, String)> {
    let rest = match url.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => {
            let (host, path) = rest.split_once('/')?;
            (host.rsplit('@').next()?, path)
        }
        Some(_) => return None,
        None => {
            let (host, path) = url.split_once(':')?;
            (host.rsplit('@').next()?, path)
        }
    };
    let (host, path) = rest;
    let host = host.split(':').next()?;
    let host = ["github.com", "gitlab.com"].into_iter().find(|it| it.eq_ignore_ascii_case(host))?;
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (is_plain(path) && path.contains('/')).then(|| (host, path.to_owned()))
}

/// Says whether a name can stand in an address as it is.
fn is_plain(it: &str) -> bool {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
    !it.is_empty() && it.chars().all(is_plain) && !it.split('/').any(|it| it.is_empty() || it == "." || it == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_known_host_is_read_without_its_secrets() {
        for (url, shown) in [
            ("https://github.com/octo/plan.git", "github.com octo/plan"),
            ("https://github.com/octo/plan", "github.com octo/plan"),
            ("https://ada:s3cret@github.com/octo/plan.git", "github.com octo/plan"),
            ("https://x-access-token:a@b@github.com/octo/plan/", "github.com octo/plan"),
            ("git@github.com:octo/plan.git", "github.com octo/plan"),
            ("ssh://git@gitlab.com:22/group/sub/plan.git", "gitlab.com group/sub/plan"),
            ("https://example.org/octo/plan.git", ""),
            ("https://github.com.example.org/octo/plan", ""),
            ("https://github.com/octo", ""),
            ("https://github.com/octo/../plan", ""),
            ("https://github.com/octo/pl\"an", ""),
            ("file:///github.com/octo/plan", ""),
            ("/srv/git/plan.git", ""),
            ("", ""),
        ] {
            let found = host_and_path(url).map(|(host, path)| format!("{host} {path}")).unwrap_or_default();
            assert_eq!(found, shown, "{url}");
        }
    }
}
