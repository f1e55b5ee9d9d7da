//! What a server shows.

use crate::bundle::{Bundle, OutPath};
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

/// Files to show.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// The files.
    pub bundle: Bundle,
    /// Those that are shown as mail programs show mails: styles of their own, no script, apart from all others.
    pub mails: BTreeSet<OutPath>,
    /// What these files are called where they change while they are shown; pages are told it beside their bytes.
    pub version: Option<String>,
}

/// Holds the files of a server: others can take their place while it runs.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<RwLock<Arc<Files>>>);

impl Shelf {
    /// Makes one that holds these files.
    #[must_use]
    pub fn new(files: Files) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(files))))
    }

    /// Puts other files in place of all: a request sees the old ones or the new ones, never some of both.
    pub fn replace(&self, files: Files) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(files);
    }

    /// Returns the files as they are now.
    #[must_use]
    pub fn files(&self) -> Arc<Files> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Files {
    /// Returns the file at the path of an address, such as `/` or `/tasks/p1-01.html`: its path and its bytes.
    pub(super) fn find(&self, path: &str) -> Option<(&OutPath, &[u8])> {
        let path = path.strip_prefix('/')?;
        let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
        let path = format!("{path}{index}");
        let wanted = OutPath::new(&path.split('/').collect::<Vec<_>>());
        // Making a path of it mends what no path has, and what has to be mended names nothing.
        let (found, bytes) = self.bundle.files.get_key_value(&wanted)?;
        (found.as_str() == path).then_some((found, bytes.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_there_is_found() {
        let mut files = Files::default();
        files.bundle.add(OutPath::new(&["index.html"]), "a");
        files.bundle.add(OutPath::new(&["a", "index.html"]), "b");
        files.bundle.add(OutPath::new(&["a", "b.png"]), "c");
        files.bundle.add(OutPath::new(&["-"]), "d");
        let found = |it: &str| files.find(it).map(|(_, bytes)| bytes);
        for (path, bytes) in [("/", "a"), ("/index.html", "a"), ("/a/", "b"), ("/a/b.png", "c"), ("/-", "d")] {
            assert_eq!(found(path), Some(bytes.as_bytes()), "{path}");
        }
        for path in [
            "",
            "index.html",
            "/a",
            "//",
            "//index.html",
            "/a/../index.html",
            "/./index.html",
            "/../",
            "/a//b.png",
            "/a%2Fb.png",
            "/.index.html",
            "/?",
            "/ä",
            "/a\\b.png",
            "/*",
        ] {
            assert_eq!(found(path), None, "{path}");
        }
    }

    #[test]
    fn other_files_take_the_place_of_all() {
        let with = |name: &str| {
            let mut files = Files::default();
            files.bundle.add(OutPath::new(&[name]), name);
            files
        };
        let shelf = Shelf::new(with("old"));
        let (other, before) = (shelf.clone(), shelf.files());
        other.replace(with("new"));
        assert!(shelf.files().find("/new").is_some() && shelf.files().find("/old").is_none());
        assert!(before.find("/old").is_some(), "what is being answered is answered");
    }
}
