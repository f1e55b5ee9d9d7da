//! JSON: a list of objects with date, metric, value and unit; or values by day, or by metric and day.

use super::{Full, Reader, Written};
use crate::calendar::SettingDay;
use crate::text::{Span, place_in};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Reads a file.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Result<(), Full> {
    let file = reader.file;
    let text = file.slice(file.readable());
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let line = u32::try_from(error.line()).unwrap_or(1).max(1);
        let at = file.place(file.index.line_span(line));
        reader.wrong(&at, format!("the file is no JSON from here on: {}", reason(&error)), "mend what writes the file");
        return Ok(());
    }
    if let Some(items) = list(text) {
        return items.into_iter().try_for_each(|it| object(reader, it, None));
    }
    let Some(entries) = map(text) else {
        let at = reader.start();
        reader.wrong(&at, "the file is neither a list nor an object".to_owned(), HELP);
        return Ok(());
    };
    for (key, it) in entries {
        if is_day(&key) {
            plain(reader, None, &key, it)?;
        } else if let Some(days) = map(it.get()) {
            for (day, it) in days {
                plain(reader, Some(&key), &day, it)?;
            }
        } else if let Some(items) = list(it.get()) {
            items.into_iter().try_for_each(|it| object(reader, it, Some(&key)))?;
        } else {
            let at = reader.file.place(span(reader, it));
            reader.wrong(&at, format!("\"{}\" is neither a day nor holds values", short(&key)), HELP);
        }
    }
    Ok(())
}

const HELP: &str = "write a list such as [{\"date\": \"2026-03-15\", \"metric\": \"Uptime\", \"value\": 99.9}]";

/// What the parser says, without where: that is said beside it.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

fn list(text: &str) -> Option<Vec<&RawValue>> {
    text.trim_start().starts_with('[').then(|| serde_json::from_str(text).ok()).flatten()
}

fn map(text: &str) -> Option<BTreeMap<String, &RawValue>> {
    text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok()).flatten()
}

fn is_day(key: &str) -> bool {
    key.parse::<SettingDay>().is_ok()
}

fn short(text: &str) -> String {
    crate::prose::one_line(&text.chars().take(40).collect::<String>())
}

fn span(reader: &Reader<'_, '_>, it: &RawValue) -> Span {
    place_in(&reader.file.text, it.get()).unwrap_or_default()
}

/// A value of a day: a number, words with a number, or an object with a value and a unit.
fn plain(reader: &mut Reader<'_, '_>, metric: Option<&str>, day: &str, it: &RawValue) -> Result<(), Full> {
    let at = span(reader, it);
    let parsed: Value = serde_json::from_str(it.get()).unwrap_or_default();
    let (value, unit) = match &parsed {
        Value::Object(map) => (field(map, &["value"]).unwrap_or_default(), field(map, &["unit"])),
        other => (words(other), None),
    };
    reader.take(&Written { metric, date: day, value: &value, unit: unit.as_deref(), has_decimal_comma: false }, at)
}

/// An object with a date and a value; of a metric that it names itself, or that stands above it.
fn object(reader: &mut Reader<'_, '_>, it: &RawValue, metric: Option<&str>) -> Result<(), Full> {
    let at = span(reader, it);
    let Ok(Value::Object(map)) = serde_json::from_str::<Value>(it.get()) else {
        let place = reader.file.place(at);
        reader.wrong(&place, "an object was expected".to_owned(), HELP);
        return Ok(());
    };
    let own = field(&map, &["metric", "name"]);
    let date = field(&map, &["date", "day", "timestamp", "time"]).unwrap_or_default();
    let value = field(&map, &["value"]).unwrap_or_default();
    let unit = field(&map, &["unit"]);
    let metric = own.as_deref().or(metric);
    reader.take(&Written { metric, date: &date, value: &value, unit: unit.as_deref(), has_decimal_comma: false }, at)
}

fn field(map: &Map<String, Value>, names: &[&str]) -> Option<String> {
    map.iter().find(|(key, _)| names.iter().any(|it| key.eq_ignore_ascii_case(it))).map(|(_, it)| words(it))
}

fn words(it: &Value) -> String {
    match it {
        Value::String(it) => it.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
