//! Names of files, as editors write them. The protocol's own type says what a name may look like; the package `url` knows what it means on
//! this system: drives, percent signs, names that are no UTF-8.

use lsp_types::Uri;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use url::Url;

/// Returns the path of a file; nothing for what lies elsewhere or is not saved yet.
pub fn to_path(uri: &Uri) -> Option<PathBuf> {
    let url = Url::parse(uri.as_str()).ok().filter(|it| it.scheme() == "file")?;
    url.to_file_path().ok()
}

/// Returns the name of a file; nothing for a path that is not absolute.
pub fn of_path(path: &Path) -> Option<Uri> {
    let url = Url::from_file_path(path).ok()?;
    let mut name = String::new();
    for letter in url.as_str().chars() {
        // Browsers leave these as they are; the protocol does not.
        match letter {
            '[' => name.push_str("%5B"),
            ']' => name.push_str("%5D"),
            '|' => name.push_str("%7C"),
            '^' => name.push_str("%5E"),
            '\\' => name.push_str("%5C"),
            it => name.push(it),
        }
    }
    Uri::from_str(&name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn names_go_both_ways() {
        for path in ["/a/b c/ö[1]|^%20#?.md", "/tmp/\u{1F680}/road map.md"] {
            let uri = of_path(Path::new(path)).unwrap();
            assert_eq!(to_path(&uri).unwrap(), Path::new(path), "{}", uri.as_str());
        }
        assert_eq!(of_path(Path::new("relative.md")), None);
        let elsewhere = |it: &str| to_path(&Uri::from_str(it).unwrap());
        assert_eq!(
            [elsewhere("untitled:Untitled-1"), elsewhere("git:/a.md"), elsewhere("file://host/a.md")],
            [None, None, None]
        );
    }
}
