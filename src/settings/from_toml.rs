//! TOML as a tree.

use super::node::{Name, Node, Value};
use super::read::{MOST, Mistake};
use crate::phrase;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads TOML.
///
/// # Errors
///
/// When it is none: what is wrong, in order. What the keys mean is not looked at then, since half of them may be missing.
pub fn node(text: &str) -> Result<Node, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let span = table.span();
        return Ok(Node { value: entries(table.into_inner()), span });
    }
    let mistake = |it: toml::de::Error| Mistake { message: said(it.message()), span: it.span() };
    Err(errors.into_iter().take(MOST).map(mistake).collect())
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
