//! Where a line can be edited at the source host.

use super::wording::url_path;
use crate::settings::Settings;

/// Returns the address at which a line of a file is edited: that of the settings, else what follows from the address of the files.
/// Nothing where neither tells it: a link that leads nowhere is worse than none.
///
/// `path` is relative to the project, `line` counts from 1.
#[must_use]
pub fn edit_address(settings: &Settings, path: &str, line: u32) -> Option<String> {
    let path = url_path(path);
    match &settings.edit_url {
        Some(own) if own.contains("{path}") => Some(own.replace("{line}", &line.to_string()).replace("{path}", &path)),
        Some(own) => Some(format!("{}/{path}", own.trim_end_matches('/'))),
        None => {
            let base = of_files(settings.source_url.as_deref()?)?;
            Some(format!("{}/{path}#L{line}", base.trim_end_matches('/')))
        }
    }
}

/// Returns where files are edited whose lines are shown at an address; nothing where the host is not known by the form of it, or where
/// it shows one commit, which nobody can edit.
fn of_files(address: &str) -> Option<String> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    // The owner's and the repository's names stand between the host and what the host does; groups of GitLab may be deeper.
    let is_repository = |it: &str| it.split('/').count() == 3 && it.split('/').all(|it| !it.is_empty());
    // GitLab, GitHub, and Gitea with Forgejo, of which Codeberg is one.
    let forms = [("/-/blob/", "/-/edit/", false), ("/src/branch/", "/_edit/", true), ("/blob/", "/edit/", true)];
    let (shown, edited, is_strict) = forms.into_iter().find(|(shown, ..)| rest.contains(shown))?;
    let (repository, branch) = rest.split_once(shown)?;
    let commit = branch.split('/').next().unwrap_or_default();
    let is_commit = matches!(commit.len(), 40 | 64) && commit.bytes().all(|it| it.is_ascii_hexdigit());
    if commit.is_empty() || is_commit || is_strict && !is_repository(repository) {
        return None;
    }
    let scheme = address.get(..address.len() - rest.len())?;
    Some(format!("{scheme}{repository}{edited}{branch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(key: &str, address: &str, path: &str) -> Option<String> {
        let settings = Settings::parse(&format!("{key} = \"{address}\"")).unwrap();
        edit_address(&settings, path, 12)
    }

    #[test]
    fn the_hosts_that_are_known_by_their_addresses() {
        let of = |address: &str| edited("source_url", address, "docs/plan a.md").unwrap_or_default();
        assert_eq!(of("https://github.com/o/r/blob/main/"), "https://github.com/o/r/edit/main/docs/plan%20a.md#L12");
        assert_eq!(
            of("https://git.example.org/o/r/blob/main"),
            "https://git.example.org/o/r/edit/main/docs/plan%20a.md#L12"
        );
        assert_eq!(
            of("https://gitlab.com/g/sub/deep/r/-/blob/main/area"),
            "https://gitlab.com/g/sub/deep/r/-/edit/main/area/docs/plan%20a.md#L12"
        );
        assert_eq!(
            of("https://codeberg.org/o/r/src/branch/main/"),
            "https://codeberg.org/o/r/_edit/main/docs/plan%20a.md#L12"
        );
    }

    #[test]
    fn what_cannot_be_edited_has_no_address() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        for address in [
            "https://example.org/files/",
            "https://example.org/blob/main/",
            "https://github.com/o/r/blob/",
            "https://bitbucket.org/o/r/src/main/",
            "https://codeberg.org/o/r/src/tag/v1/",
            "javascript:alert(1)//o/r/blob/main/",
            &format!("https://github.com/o/r/blob/{commit}/"),
        ] {
            assert_eq!(edited("source_url", address, "plan.md"), None, "{address}");
        }
        assert_eq!(edit_address(&Settings::default(), "plan.md", 1), None);
    }

    #[test]
    fn the_settings_say_it_for_other_hosts() {
        let of = |address: &str, path: &str| edited("edit_url", address, path).unwrap_or_default();
        assert_eq!(of("https://example.org/edit/", "plan.md"), "https://example.org/edit/plan.md");
        assert_eq!(of("https://example.org/e?f={path}&l={line}", "plan.md"), "https://example.org/e?f=plan.md&l=12");
        let hostile = "a\"><script>{line}&#?/../b\u{202E}.md";
        assert_eq!(
            of("https://example.org/e?f={path}&l={line}", hostile),
            "https://example.org/e?f=a%22%3E%3Cscript%3E%7Bline%7D%26%23%3F/../b%E2%80%AE.md&l=12"
        );
    }
}
