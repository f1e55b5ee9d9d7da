//! What an ID of a task looks like.

use regex::{Regex, RegexBuilder};

/// A regular expression that a whole word has to fit.
#[derive(Debug, Clone)]
pub struct IdPattern(Regex);

impl PartialEq for IdPattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl IdPattern {
    /// The most bytes of a word that may be an ID.
    pub const LONGEST: usize = 64;
    /// The most bytes of the expression.
    const LONGEST_PATTERN: usize = 200;
    /// The most bytes of the compiled expression: it may come from a plan, and each word of a plan may be held against it. Names in
    /// any script, such as `\w+-\d+`, fit.
    const LARGEST: usize = 256 * 1024;

    /// Compiles an expression.
    ///
    /// # Errors
    ///
    /// When it is none, fits what is empty, or is too large.
    pub fn new(pattern: &str) -> Result<Self, String> {
        if Self::LONGEST_PATTERN < pattern.len() {
            return Err(format!("the expression has more than {} bytes: write a shorter one", Self::LONGEST_PATTERN));
        }
        let compiled = |pattern: &str| RegexBuilder::new(pattern).size_limit(Self::LARGEST).build();
        // Alone first: brackets around it could mend what is wrong with it.
        let whole =
            compiled(pattern).and_then(|_| compiled(&format!(r"\A(?:{pattern})\z"))).map_err(|it| reason(&it))?;
        if whole.is_match("") {
            return Err("the expression fits what is empty: ask for one character at least".to_owned());
        }
        Ok(Self(whole))
    }

    /// Says whether a word is an ID.
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        word.len() <= Self::LONGEST && self.0.is_match(word)
    }

    /// Returns the compiled expression, which fits whole words alone.
    #[must_use]
    pub fn regex(&self) -> &Regex {
        &self.0
    }
}

fn reason(it: &regex::Error) -> String {
    match it {
        regex::Error::CompiledTooBig(_) => {
            "the expression is too large: repeat less, or write [0-9] instead of \\d and [a-z] instead of \\w"
                .to_owned()
        }
        // The reader draws the expression first and says what is wrong last.
        other => {
            let said = other.to_string();
            let last = said.lines().last().unwrap_or_default();
            let why = last.strip_prefix("error: ").unwrap_or("it cannot be read");
            format!("this is no regular expression: {why}; write one such as 'ABC-[0-9]+'")
        }
    }
}
