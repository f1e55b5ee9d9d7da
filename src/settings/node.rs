//! What is written in TOML or YAML, as one tree with the place of each key and value.

use std::ops::Range;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Its bytes in the text, as far as they are known.
    pub span: Range<usize>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number, and how it is written.
    Number(f64, String),
    /// Yes or no.
    Flag(bool),
    /// A day or a time, as it is written.
    Day(String),
    /// Nothing, which YAML can write.
    Nothing,
    /// A list.
    List(Vec<Node>),
    /// Keys and their values.
    Table(Vec<(Name, Node)>),
}

/// A key and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it is called.
    pub text: String,
    /// Its bytes in the text, as far as they are known.
    pub span: Range<usize>,
}

impl Node {
    /// Returns the values of a list.
    #[must_use]
    pub fn list(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(it) => Some(it),
            _ => None,
        }
    }

    /// Returns the keys and values of a table.
    #[must_use]
    pub fn table(&self) -> Option<&[(Name, Self)]> {
        match &self.value {
            Value::Table(it) => Some(it),
            _ => None,
        }
    }

    /// Returns the value as a complaint shows it: what is written, in quotes where it is text, or its kind.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Text(it) => format!("\"{}\"", short(it)),
            Value::Number(_, it) | Value::Day(it) => short(it),
            Value::Flag(it) => it.to_string(),
            Value::Nothing => "nothing".to_owned(),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

/// Returns a text of at most forty characters.
#[must_use]
pub fn short(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
