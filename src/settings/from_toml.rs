//! TOML as a tree.

use super::node::{Name, Node, Value};
use super::read::Mistakes;
use crate::phrase;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads TOML.
///
/// # Errors
///
/// When it is none: what is wrong, in order. What the keys mean is not looked at then, since half of them may be missing.
pub fn node(text: &str) -> Result<Node, Mistakes> {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = table.span();
        return Ok(Node { value: entries(table.into_inner()), span });
    }
    let line = |it: &toml::de::Error| {
        let before = it.span().and_then(|it| text.get(..it.start)).unwrap_or_default();
        memchr::memrchr(b'\n', before.as_bytes())
    };
    errors.sort_by_key(|it| it.span().map(|it| it.start));
    // What follows on the same line mostly follows from it.
    errors.dedup_by_key(|it| line(it));
    let mut mistakes = Mistakes::default();
    for it in &errors {
        mistakes.add(said(it.message()), it.span());
    }
    let help = "TOML writes `key = value`, and puts text in quotes";
    if let Some(first) = mistakes.first.first_mut() {
        first.help = Some(help.to_owned());
    }
    Err(mistakes)
}

/// The reader says what is wrong, and on a further line what it would take.
fn said(message: &str) -> String {
    phrase::without_types(message).lines().collect::<Vec<_>>().join(": ")
}

fn entries(table: DeTable<'_>) -> Value {
    let mut entries: Vec<(Name, Node)> = table
        .into_iter()
        .map(|(key, value)| {
            let span = key.span();
            (Name { text: key.into_inner().into_owned(), span }, node_of(value))
        })
        .collect();
    entries.sort_by_key(|(name, _)| name.span.start);
    Value::Table(entries)
}

/// The reader of TOML limits how deep values are nested.
fn node_of(it: Spanned<DeValue<'_>>) -> Node {
    let span = it.span();
    let number = |text: String| Value::Number(text.replace('_', "").parse().unwrap_or(f64::NAN), text);
    let value = match it.into_inner() {
        DeValue::String(it) => Value::Text(it.into_owned()),
        DeValue::Integer(it) => number(it.to_string()),
        DeValue::Float(it) => number(it.to_string()),
        DeValue::Boolean(it) => Value::Flag(it),
        DeValue::Datetime(it) => Value::Day(it.to_string()),
        DeValue::Array(it) => Value::List(it.into_iter().map(node_of).collect()),
        DeValue::Table(it) => entries(it),
    };
    Node { value, span }
}
