//! What must not be seen.

use std::fmt;

/// A text that nothing shows.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a text; line breaks and spaces around it do not count.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Returns the text, for the places that send it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Returns another text without the secret in it.
    #[must_use]
    pub fn hidden_in(&self, text: &str) -> String {
        if self.0.is_empty() { text.to_owned() } else { text.replace(&self.0, "***") }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
