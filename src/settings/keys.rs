//! The list of keys: what each is called, what it takes, where it goes.

use super::Settings;
use super::choices::{Audience, EmojiBullets, Level, PlainBullets};
use super::id_pattern::IdPattern;
use super::node::{Node, Value};
use super::units::{Amount, Unit};
use crate::calendar::{SettingDay, weekday};
use crate::model::State;
use crate::phrase;
use std::ops::Range;

/// A key.
pub struct Key {
    /// What it is called.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
}

/// What a key takes.
pub enum Shape {
    /// A value; the function puts it where it goes. It gets the key with those above it.
    Value(fn(&mut Settings, &[&str], &Node) -> Result<(), Wrong>),
    /// A table with these keys.
    Table(&'static [Key]),
    /// A table with keys of the reader's own.
    Map(&'static Self),
}

/// What is wrong with an entry.
pub enum Wrong {
    /// Its key.
    Name(String),
    /// Its value.
    Value(String),
    /// A part of its value, at these bytes.
    Part(String, Range<usize>),
}

impl From<String> for Wrong {
    fn from(it: String) -> Self {
        Self::Value(it)
    }
}

type Done = Result<(), Wrong>;

const fn value(name: &'static str, set: fn(&mut Settings, &[&str], &Node) -> Done) -> Key {
    Key { name, shape: Shape::Value(set) }
}

const fn table(name: &'static str, keys: &'static [Key]) -> Key {
    Key { name, shape: Shape::Table(keys) }
}

const fn map(name: &'static str, shape: &'static Shape) -> Key {
    Key { name, shape: Shape::Map(shape) }
}

/// Every key of the settings, in the order in which they are told.
pub const KEYS: &[Key] = &[
    value("title", |it, _, node| put(&mut it.title, text(node, "a title"))),
    value("start", |it, _, node| put(&mut it.start, day(node))),
    value("target", |it, _, node| put(&mut it.target, day(node))),
    value("as_of", |it, _, node| put(&mut it.as_of, day(node))),
    value("timezone", |it, _, node| put(&mut it.timezone, zone(node))),
    value("holidays", |it, _, node| set(&mut it.holidays, list(node, "days such as [2026-12-25]", day))),
    value("working_days", |it, _, node| {
        set(&mut it.working_days, list(node, "days such as [\"Mon\", \"Tue\"]", weekday_name))
    }),
    value("roadmap", |it, _, node| put(&mut it.roadmap, text(node, "a path in quotes"))),
    value("standups", |it, _, node| put(&mut it.standups, text(node, "a path in quotes"))),
    map(
        "aliases",
        &Shape::Value(|it, path, node| {
            it.aliases.insert(last(path), text(node, "the name of a team")?);
            Ok(())
        }),
    ),
    map(
        "states",
        &Shape::Value(|it, path, node| {
            let state = state(node)?;
            it.states.add(&last(path), state).map_err(Wrong::Name)
        }),
    ),
    value("id_pattern", |it, _, node| {
        let pattern = text(node, "a regular expression in single quotes, such as 'ABC-[0-9]+'")?;
        put(&mut it.id_pattern, IdPattern::new(&pattern))
    }),
    table(
        "units",
        &[
            value("hours_per_day", |it, _, node| put(&mut it.units.hours_per_day, amount(node))),
            value("days_per_week", |it, _, node| put(&mut it.units.days_per_week, amount(node))),
            value("days_per_month", |it, _, node| put(&mut it.units.days_per_month, amount(node))),
            value("points", |it, _, node| put(&mut it.units.points, amount(node))),
            map("sizes", &Shape::Value(size)),
        ],
    ),
    table(
        "reading",
        &[
            value("emoji_bullets", |it, _, node| {
                let words = [("claims", EmojiBullets::Claims), ("tasks", EmojiBullets::Tasks)];
                put(&mut it.reading.emoji_bullets, word(node, "way to read them", &words))
            }),
            value("plain_bullets", |it, _, node| {
                let words = [("text", PlainBullets::Text), ("tasks", PlainBullets::Tasks)];
                set(&mut it.reading.plain_bullets, word(node, "way to read them", &words))
            }),
        ],
    ),
    value("source_url", |it, _, node| put(&mut it.source_url, text(node, "an address in quotes"))),
    map(
        "check",
        &Shape::Value(|it, path, node| {
            let words =
                [("off", Level::Off), ("info", Level::Info), ("warning", Level::Warning), ("error", Level::Error)];
            it.check.insert(last(path), word(node, "level of a rule", &words)?);
            Ok(())
        }),
    ),
    table(
        "health",
        &[
            value("schedule", |it, _, node| set(&mut it.health.schedule, pair(node))),
            value("scope", |it, _, node| set(&mut it.health.scope, pair(node))),
            value("risk", |it, _, node| set(&mut it.health.risk, pair(node))),
            value("flow", |it, _, node| set(&mut it.health.flow, pair(node))),
            value("reported_amber", |it, _, node| set(&mut it.health.reported_amber, points(node))),
        ],
    ),
    table(
        "email",
        &[
            value("from", |it, _, node| put(&mut it.email.from, address(node))),
            value("reply_to", |it, _, node| put(&mut it.email.reply_to, address(node))),
            value("list_id", |it, _, node| put(&mut it.email.list_id, text(node, "a name in quotes"))),
            value("subject", |it, _, node| put(&mut it.email.subject, text(node, "a subject in quotes"))),
            map(
                "audiences",
                &Shape::Table(&[
                    value("to", |it, path, node| set(&mut audience(it, path).to, list(node, ADDRESSES, address))),
                    value("cc", |it, path, node| set(&mut audience(it, path).cc, list(node, ADDRESSES, address))),
                    value("subject", |it, path, node| {
                        put(&mut audience(it, path).subject, text(node, "a subject in quotes"))
                    }),
                    value("parts", |it, path, node| {
                        let part = |it: &Node| text(it, "the name of a part in quotes");
                        set(&mut audience(it, path).parts, list(node, "names of parts in quotes", part))
                    }),
                ]),
            ),
        ],
    ),
    table(
        "look",
        &[
            value("accent", |it, _, node| put(&mut it.look.accent, colour(node))),
            value("accent_dark", |it, _, node| put(&mut it.look.accent_dark, colour(node))),
            value("logo", |it, _, node| put(&mut it.look.logo, text(node, "a path in quotes"))),
        ],
    ),
];

/// Keys that front matter may not have: the text of a plan may come from anyone, so it decides neither who gets mail, nor where
/// links and paths lead, nor which checks are silent.
pub const FILE_ONLY: &[&str] = &["roadmap", "standups", "source_url", "check", "email", "look"];

/// How a list of addresses is written.
const ADDRESSES: &str = "addresses such as [\"team@example.org\"]";

fn put<T>(place: &mut Option<T>, value: Result<T, String>) -> Done {
    *place = Some(value?);
    Ok(())
}

fn set<T>(place: &mut T, value: Result<T, impl Into<Wrong>>) -> Done {
    *place = value.map_err(Into::into)?;
    Ok(())
}

fn last(path: &[&str]) -> String {
    path.last().map_or_else(String::new, |it| (*it).to_owned())
}

fn audience<'a>(it: &'a mut Settings, path: &[&str]) -> &'a mut Audience {
    let name = path.iter().rev().nth(1).map_or_else(String::new, |it| (*it).to_owned());
    it.email.audiences.entry(name).or_default()
}

/// Reads text; a number is taken as it is written.
fn text(node: &Node, what: &str) -> Result<String, String> {
    match &node.value {
        Value::Text(it) if it.trim().is_empty() => Err(format!("it is empty: write {what}, or leave the key out")),
        Value::Text(it) | Value::Number(_, it) | Value::Day(it) => Ok(it.trim().to_owned()),
        _ => Err(format!("{} is no text: write {what}", node.shown())),
    }
}

fn day(node: &Node) -> Result<SettingDay, String> {
    let wrong = || format!("{} is no day: write it as 2026-03-15", node.shown());
    let (Value::Text(text) | Value::Day(text)) = &node.value else { return Err(wrong()) };
    text.parse().map_err(|()| wrong())
}

fn zone(node: &Node) -> Result<String, String> {
    let what = "an IANA name such as \"Europe/Berlin\"";
    let name = text(node, what)?;
    let is_known = name.parse::<chrono_tz::Tz>().is_ok();
    if is_known { Ok(name) } else { Err(format!("{} is no time zone: write {what}", node.shown())) }
}

fn weekday_name(node: &Node) -> Result<String, String> {
    let what = "English names such as \"Monday\"";
    let name = text(node, what)?;
    let is_known = weekday(&name).is_some();
    if is_known { Ok(name) } else { Err(format!("{} is no day of the week: write {what}", node.shown())) }
}

/// Reads a list of a thousand values at most.
fn list<T>(node: &Node, what: &str, read: impl Fn(&Node) -> Result<T, String>) -> Result<Vec<T>, Wrong> {
    const MOST: usize = 1000;
    let values = node.list().ok_or_else(|| format!("{} is no list: write {what}", node.shown()))?;
    if MOST < values.len() {
        return Err(format!("a list of more than {MOST} values: write fewer").into());
    }
    values.iter().map(|it| read(it).map_err(|why| Wrong::Part(why, it.span.clone()))).collect()
}

/// Reads one of a few words.
fn word<T: Copy>(node: &Node, what: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = match &node.value {
        Value::Text(text) => words.iter().find(|(it, _)| it == text),
        _ => None,
    };
    found.map(|(_, it)| *it).ok_or_else(|| {
        let quoted: Vec<String> = words.iter().map(|(it, _)| format!("\"{it}\"")).collect();
        let choice = phrase::list(&quoted).replace(" and ", " or ");
        format!("{} is no {what}: write {choice}", node.shown())
    })
}

fn state(node: &Node) -> Result<State, String> {
    let states = [State::Todo, State::InProgress, State::Blocked, State::Done, State::Dropped];
    word(node, "state", &states.map(|it| (it.name(), it)))
}

/// The largest number of hours, days or points that makes sense.
const LARGEST: f64 = 1000.0;

fn in_range(it: f64) -> bool {
    0.0 < it && it <= LARGEST
}

fn amount(node: &Node) -> Result<f64, String> {
    let what = format!("write a number above 0 and at most {LARGEST}");
    match node.value {
        Value::Number(it, _) if in_range(it) => Ok(it),
        Value::Number(..) => Err(format!("{} is out of range: {what}", node.shown())),
        _ => Err(format!("{} is no number: {what}", node.shown())),
    }
}

fn size(it: &mut Settings, path: &[&str], node: &Node) -> Done {
    const LONGEST: usize = 12;
    const MOST: usize = 100;
    let name = last(path);
    if name.trim() != name || !(1..=LONGEST).contains(&name.chars().count()) || name.contains(char::is_control) {
        return Err(Wrong::Name(format!("a size has a name of 1 to {LONGEST} characters")));
    }
    if MOST <= it.units.sizes.len() && !it.units.sizes.contains_key(&name) {
        return Err(Wrong::Name(format!("more than {MOST} sizes: remove some")));
    }
    let amount = match &node.value {
        Value::Number(number, _) => Some(Amount { number: *number, unit: Unit::Days }),
        Value::Text(text) => Amount::read(text),
        _ => None,
    };
    let what = format!("write one such as \"0.5d\", \"4h\", \"1w\", or a number of days above 0 and at most {LARGEST}");
    let amount = amount.ok_or_else(|| format!("{} is no duration: {what}", node.shown()))?;
    if !in_range(amount.number) {
        return Err(format!("{} is out of range: {what}", node.shown()).into());
    }
    it.units.sizes.insert(name, amount);
    Ok(())
}

/// Reads the two thresholds of a part of the delivery index.
fn pair(node: &Node) -> Result<(f64, f64), String> {
    let numbers = node.list().unwrap_or_default().iter().map(|it| match it.value {
        Value::Number(it, _) if it.is_finite() => Some(it),
        _ => None,
    });
    match numbers.collect::<Option<Vec<f64>>>().as_deref() {
        Some([green, amber]) => Ok((*green, *amber)),
        _ => Err("two numbers are expected here, for green and for amber: write them as [0.95, 0.85]".to_owned()),
    }
}

fn points(node: &Node) -> Result<f64, String> {
    match node.value {
        Value::Number(it, _) if (0.0..=100.0).contains(&it) => Ok(it),
        _ => Err(format!("{} is no number of points: write one from 0 to 100", node.shown())),
    }
}

/// Reads an address of mail; all that is held against it here is its one `@`.
fn address(node: &Node) -> Result<String, String> {
    let what = "one such as \"team@example.org\"";
    let text = text(node, what)?;
    let is_address = text.matches('@').count() == 1
        && text.split('@').all(|it| !it.is_empty())
        && !text.contains(|it: char| it.is_control());
    if is_address { Ok(text) } else { Err(format!("{} is no address: write {what}", node.shown())) }
}

fn colour(node: &Node) -> Result<String, String> {
    let what = "one such as \"#06c\" or \"#0066cc\"";
    let text = text(node, what)?;
    let digits = text.strip_prefix('#').unwrap_or_default();
    let is_colour = matches!(digits.len(), 3 | 6) && digits.bytes().all(|it| it.is_ascii_hexdigit());
    if is_colour { Ok(text) } else { Err(format!("{} is no colour: write {what}", node.shown())) }
}
