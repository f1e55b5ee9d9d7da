//! What a value has to be: each function reads one kind, or says what is allowed.

use super::choices::LedgerPlace;
use super::colour::{LEAST, Rgb, Scheme};
use super::node::{Node, Value, short};
use super::units::{Amount, Unit};
use crate::calendar::{SettingDay, weekday};
use crate::mail::{self, Address, MailPart, Mailbox};
use crate::model::State;
use crate::phrase;
use std::ops::Range;

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

/// Reads text; a number is taken as it is written.
pub fn text(node: &Node, what: &str) -> Result<String, String> {
    match &node.value {
        Value::Text(it) if it.trim().is_empty() => Err(format!("it is empty: write {what}, or leave the key out")),
        Value::Text(it) | Value::Number(_, it) | Value::Day(it) => Ok(it.trim().to_owned()),
        _ => Err(format!("{} is no text: write {what}", node.shown())),
    }
}

/// Reads a day.
pub fn day(node: &Node) -> Result<SettingDay, String> {
    let wrong = || format!("{} is no day: write it as 2026-03-15", node.shown());
    let (Value::Text(text) | Value::Day(text)) = &node.value else { return Err(wrong()) };
    text.parse().map_err(|()| wrong())
}

/// Reads the name of a time zone.
pub fn zone(node: &Node) -> Result<String, String> {
    let what = "an IANA name such as \"Europe/Berlin\"";
    let name = text(node, what)?;
    let is_known = name.parse::<chrono_tz::Tz>().is_ok();
    if is_known { Ok(name) } else { Err(format!("{} is no time zone: write {what}", node.shown())) }
}

/// Reads the name of a day of the week.
pub fn weekday_name(node: &Node) -> Result<String, String> {
    let what = "English names such as \"Monday\"";
    let name = text(node, what)?;
    let is_known = weekday(&name).is_some();
    if is_known { Ok(name) } else { Err(format!("{} is no day of the week: write {what}", node.shown())) }
}

/// Reads a list of a thousand values at most.
pub fn list<T>(node: &Node, what: &str, read: impl Fn(&Node) -> Result<T, String>) -> Result<Vec<T>, Wrong> {
    const MOST: usize = 1000;
    let values = node.list().ok_or_else(|| format!("{} is no list: write {what}", node.shown()))?;
    if MOST < values.len() {
        return Err(format!("a list of more than {MOST} values: write fewer").into());
    }
    values.iter().map(|it| read(it).map_err(|why| Wrong::Part(why, it.span.clone()))).collect()
}

/// Reads one of a few words.
pub fn word<T: Copy>(node: &Node, what: &str, words: &[(&str, T)]) -> Result<T, String> {
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

/// Reads the name of a state.
pub fn state(node: &Node) -> Result<State, String> {
    let states = [State::Todo, State::InProgress, State::Blocked, State::Done, State::Dropped];
    word(node, "state", &states.map(|it| (it.name(), it)))
}

/// The largest number of hours, days or points that makes sense.
const LARGEST: f64 = 1000.0;

/// Says whether a number of hours, days or points makes sense.
pub fn in_range(it: f64) -> bool {
    0.0 < it && it <= LARGEST
}

/// Reads how many hours, days or points something has.
pub fn amount(node: &Node) -> Result<f64, String> {
    let what = format!("write a number above 0 and at most {LARGEST}");
    match node.value {
        Value::Number(it, _) if in_range(it) => Ok(it),
        Value::Number(..) => Err(format!("{} is out of range: {what}", node.shown())),
        _ => Err(format!("{} is no number: {what}", node.shown())),
    }
}

/// Reads the two thresholds of a part of the delivery index.
pub fn pair(node: &Node) -> Result<(f64, f64), String> {
    let numbers = node.list().unwrap_or_default().iter().map(|it| match it.value {
        Value::Number(it, _) if it.is_finite() => Some(it),
        _ => None,
    });
    match numbers.collect::<Option<Vec<f64>>>().as_deref() {
        Some([green, amber]) => Ok((*green, *amber)),
        _ => Err("two numbers are expected here, for green and for amber: write them as [0.95, 0.85]".to_owned()),
    }
}

/// Reads a number of points of health.
pub fn points(node: &Node) -> Result<f64, String> {
    match node.value {
        Value::Number(it, _) if (0.0..=100.0).contains(&it) => Ok(it),
        _ => Err(format!("{} is no number of points: write one from 0 to 100", node.shown())),
    }
}

/// Reads an address of mail.
pub fn address(node: &Node) -> Result<Address, String> {
    let what = "one such as \"team@example.org\"";
    let text = text(node, what)?;
    Address::parse(&text).map_err(|why| format!("{} is no address: {why}; write {what}", node.shown()))
}

/// Reads an address with a name or without.
pub fn mailbox(node: &Node) -> Result<Mailbox, String> {
    let what = "one such as \"team@example.org\" or \"Team <team@example.org>\"";
    let text = text(node, what)?;
    Mailbox::parse(&text).map_err(|why| format!("{} is no address: {why}; write {what}", node.shown()))
}

/// Reads the addresses of an audience; one that is written twice counts once.
pub fn addresses(node: &Node) -> Result<Vec<Address>, Wrong> {
    const MOST: usize = 200;
    let mut kept = Vec::new();
    for it in list(node, "addresses such as [\"team@example.org\"]", address)? {
        if !kept.contains(&it) {
            kept.push(it);
        }
    }
    if MOST < kept.len() {
        let what = format!("{} addresses, and an audience has {MOST} at most", kept.len());
        return Err(format!("{what}: write the address of a mailing list, or make two audiences").into());
    }
    Ok(kept)
}

/// Reads the address of the site.
pub fn site_url(node: &Node) -> Result<String, String> {
    let what = "one such as \"https://example.org/plan/\"";
    let text = text(node, what)?;
    mail::site_url(&text).map_err(|why| format!("{} is no address of a site: {why}; write {what}", node.shown()))
}

/// Reads where files are edited at the source host.
pub fn edit_url(node: &Node) -> Result<String, String> {
    let what = "one such as \"https://example.org/edit/{path}\"";
    let text = text(node, what)?;
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    let is_whole = !text.contains(|it: char| it.is_whitespace() || it.is_control());
    if is_web && is_whole { Ok(text) } else { Err(format!("{} is no address: write {what}", node.shown())) }
}

/// Reads where somebody leaves a list.
pub fn unsubscribe(node: &Node) -> Result<String, String> {
    let what = "one such as \"mailto:team@example.org\" or \"https://example.org/leave\"";
    let text = text(node, what)?;
    let wrong = |why| format!("{} is no address to unsubscribe at: {why}; write {what}", node.shown());
    mail::unsubscribe(&text).map_err(wrong)
}

/// Reads where it is written down what was sent.
pub fn ledger(node: &Node) -> Result<LedgerPlace, String> {
    let text = text(node, "\"git\", or the path of a folder")?;
    if text.contains(char::is_control) {
        return Err(format!("{} is no path: write \"git\", or the path of a folder", node.shown()));
    }
    Ok(if text == "git" { LedgerPlace::Git } else { LedgerPlace::Folder(text) })
}

/// Reads the name of a part of a mail.
pub fn part(node: &Node) -> Result<MailPart, String> {
    let names = MailPart::ALL.map(MailPart::name);
    let text = text(node, "the name of a part in quotes")?;
    MailPart::named(&text).ok_or_else(|| match phrase::did_you_mean(&short(&text), names) {
        Some(near) => format!("{} is no part of a mail: did you mean \"{near}\"?", node.shown()),
        None => format!("{} is no part of a mail: the parts are {}", node.shown(), phrase::list(&names)),
    })
}

/// Reads the path of a file of measured values: below the folder of the settings, and of a kind that is read.
pub fn data_path(node: &Node) -> Result<String, String> {
    let what = "a path such as \"metrics/coverage.csv\"";
    let path = text(node, what)?;
    let wrong = |why: &str| Err(format!("{} {why}: write {what}", node.shown()));
    if path.contains(['\\', ':']) || path.contains(char::is_control) || path.starts_with('/') {
        return wrong("is no path below this folder with `/` between its parts");
    }
    if path.split('/').any(|it| matches!(it, "" | "." | "..")) {
        return wrong("leads elsewhere");
    }
    let ending = path.rsplit_once('.').map(|it| it.1.to_ascii_lowercase()).unwrap_or_default();
    if ending != "csv" && ending != "json" {
        return wrong("is neither a .csv nor a .json file");
    }
    Ok(path)
}

/// Reads a colour as pages write it: one of words, that stands out from all grounds of a scheme.
pub fn colour(node: &Node, scheme: Scheme) -> Result<Rgb, String> {
    let what = "one such as \"#06c\" or \"#0066cc\"";
    let text = text(node, what)?;
    let colour = Rgb::parse(&text).ok_or_else(|| format!("{} is no colour: write {what}", node.shown()))?;
    let contrast = colour.least_contrast(scheme);
    if contrast < LEAST {
        // Rounded down, so that what is not enough never reads as if it were.
        let contrast = (contrast * 100.0).floor() / 100.0;
        return Err(format!(
            "{} has a contrast of {contrast:.2} to 1 on {} pages, and words need {LEAST} to 1: write a {} one; the nearest of \
             its hue is \"{}\"",
            node.shown(),
            scheme.name(),
            if scheme == Scheme::Light { "darker" } else { "lighter" },
            colour.standing_out(scheme)
        ));
    }
    Ok(colour)
}

/// Reads a path that stays within the folder of the settings.
pub fn inner_path(node: &Node, example: &str) -> Result<String, String> {
    let text = text(node, "a path in quotes")?;
    let is_inner =
        |it: &str| !matches!(it, "" | "." | "..") && !it.contains(['\\', ':']) && !it.contains(char::is_control);
    if !text.trim_end_matches('/').split('/').all(is_inner) {
        return Err(format!("{} does not lie below this file's folder: write a path such as {example}", node.shown()));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

/// Reads a number with a unit of time, or a number of days.
pub fn duration(node: &Node) -> Result<Amount, String> {
    let amount = match &node.value {
        Value::Number(number, _) => Some(Amount { number: *number, unit: Unit::Days }),
        Value::Text(text) => Amount::read(text),
        _ => None,
    };
    let what = format!("write one such as \"0.5d\", \"4h\", \"1w\", or a number of days above 0 and at most {LARGEST}");
    let amount = amount.ok_or_else(|| format!("{} is no duration: {what}", node.shown()))?;
    if !in_range(amount.number) {
        return Err(format!("{} is out of range: {what}", node.shown()));
    }
    Ok(amount)
}
