//! The list of keys: what each is called, what it takes, where it goes.

use super::Settings;
use super::choices::{Audience, EmojiBullets, Level, PlainBullets};
use super::colour::Scheme;
use super::id_pattern::IdPattern;
use super::node::Node;
use super::values::{
    Wrong, addresses, amount, colour, data_path, day, duration, edit_url, inner_path, ledger, list, mailbox, pair,
    part, points, site_url, state, text, unsubscribe, weekday_name, word, zone,
};

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
            // Each owner of a plan is held against them.
            const MOST: usize = 1000;
            if MOST <= it.aliases.len() {
                return Err(Wrong::Name(format!("more than {MOST} aliases: remove some")));
            }
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
    table(
        "measured",
        &[
            value("files", |it, _, node| set(&mut it.measured.files, list(node, "paths in quotes", data_path))),
            map("metrics", &Shape::Value(measured)),
        ],
    ),
    value("source_url", |it, _, node| put(&mut it.source_url, text(node, "an address in quotes"))),
    value("edit_url", |it, _, node| put(&mut it.edit_url, edit_url(node))),
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
            value("from", |it, _, node| put(&mut it.email.from, mailbox(node))),
            value("reply_to", |it, _, node| put(&mut it.email.reply_to, mailbox(node))),
            value("list_id", |it, _, node| put(&mut it.email.list_id, text(node, "a name in quotes"))),
            value("subject", |it, _, node| put(&mut it.email.subject, text(node, "a subject in quotes"))),
            value("site_url", |it, _, node| put(&mut it.email.site_url, site_url(node))),
            value("unsubscribe", |it, _, node| put(&mut it.email.unsubscribe, unsubscribe(node))),
            value("ledger", |it, _, node| set(&mut it.email.ledger, ledger(node))),
            map(
                "audiences",
                &Shape::Table(&[
                    value("to", |it, path, node| set(&mut audience(it, path)?.to, addresses(node))),
                    value("subject", |it, path, node| {
                        put(&mut audience(it, path)?.subject, text(node, "a subject in quotes"))
                    }),
                    value("parts", |it, path, node| {
                        set(&mut audience(it, path)?.parts, list(node, "names of parts in quotes", part))
                    }),
                ]),
            ),
        ],
    ),
    table(
        "look",
        &[
            value("accent", |it, _, node| put(&mut it.look.accent, colour(node, Scheme::Light))),
            value("accent_dark", |it, _, node| put(&mut it.look.accent_dark, colour(node, Scheme::Dark))),
            value("logo", |it, _, node| put(&mut it.look.logo, inner_path(node, "\"logo.svg\""))),
            value("templates", |it, _, node| put(&mut it.look.templates, inner_path(node, "\"look\""))),
        ],
    ),
];

/// Keys that front matter may not have: the text of a plan may come from anyone, so it decides neither who gets mail, nor where
/// links and paths lead, nor which checks are silent.
pub const FILE_ONLY: &[&str] = &["roadmap", "standups", "measured", "source_url", "edit_url", "check", "email", "look"];

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

/// Returns the audience of a key. Its name becomes part of a path and of an address, and some disks know no case.
fn audience<'a>(it: &'a mut Settings, path: &[&str]) -> Result<&'a mut Audience, Wrong> {
    const LONGEST: usize = 40;
    let name = path.iter().rev().nth(1).copied().unwrap_or_default();
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    if !(1..=LONGEST).contains(&name.len()) || !name.bytes().all(is_letter) {
        return Err(Wrong::Name(format!("an audience has a name of 1 to {LONGEST} letters, digits, `-` and `_`")));
    }
    let same = it.email.audiences.keys().find(|it| it.eq_ignore_ascii_case(name) && *it != name);
    if let Some(same) = same {
        return Err(Wrong::Name(format!(
            "there is an audience `{same}`: write another name, or the same in the same case"
        )));
    }
    Ok(it.email.audiences.entry(name.to_owned()).or_default())
}

fn measured(it: &mut Settings, path: &[&str], node: &Node) -> Done {
    const MOST: usize = 200;
    let file = data_path(node)?;
    if MOST <= it.measured.metrics.len() {
        return Err(Wrong::Name(format!("more than {MOST} files of measured values: write several metrics into one")));
    }
    it.measured.metrics.insert(last(path), file);
    Ok(())
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
    it.units.sizes.insert(name, duration(node)?);
    Ok(())
}
