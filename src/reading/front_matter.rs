//! Front matter: what a file is, when it speaks, and the choices that its plan makes, in YAML or in TOML.

use super::yaml;
use crate::calendar::{SettingDay, Week};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::document::parse;
use crate::phrase;
use crate::settings::{Mistakes, Node, Settings, Value, read_toml};
use crate::text::{LineIndex, Place, SourceFile, Span};
use std::ops::Range;
use std::sync::Arc;

/// What front matter says. Keys of other tools are left alone.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// What the file is: `roadmap` or `standup`.
    pub kind: Option<String>,
    /// The day the file speaks for.
    pub date: Option<SettingDay>,
    /// The week a standup is about.
    pub week: Option<Week>,
    /// What is wrong with these keys.
    mistakes: Mistakes,
    /// All keys and values.
    node: Option<Node>,
}

/// The most that is read as front matter, in bytes.
const LIMIT: usize = 64 * 1024;

/// Why front matter could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The reason in one line.
    pub reason: String,
    /// The byte of the front matter that it is about, where it is known.
    pub at: Option<usize>,
}

/// Keys of other tools that are one letter away from ours.
const OF_OTHERS: &[&str] = &["alias", "data", "dates", "heading", "headings", "stages", "state", "stats", "status"];

/// Reads what front matter says of its file, in YAML, or in TOML where lines have the form `key = value`.
///
/// # Errors
///
/// When it is neither. A known key with a wrong value is a mistake, and the others count.
pub fn front_matter(text: &str) -> Result<FrontMatter, Unreadable> {
    if LIMIT < text.len() {
        return Err(Unreadable { reason: format!("it is larger than {} KiB", LIMIT / 1024), at: None });
    }
    let node = tree(text)?;
    if node.table().is_none() {
        let reason = format!("{} is no list of keys with values", node.shown());
        return Err(Unreadable { reason, at: Some(node.span.start) });
    }
    let mut matter = FrontMatter::default();
    for (name, value) in node.table().unwrap_or_default() {
        let wrong = match name.text.as_str() {
            _ if matches!(value.value, Value::Nothing) => None,
            "kind" => {
                // Others sort their pages by kinds that are more than a word.
                matter.kind = kind(value).or(matter.kind.take());
                None
            }
            "date" => take(&mut matter.date, day(value), value, "no day: write it as 2026-03-15"),
            "week" => take(&mut matter.week, week(value), value, "no week: write its number, such as 3"),
            _ => None,
        };
        if let Some(why) = wrong {
            let message = format!("`{}`: {why}", name.text);
            matter.mistakes.add(message, Some(value.span.clone()));
        }
    }
    matter.node = Some(node);
    Ok(matter)
}

fn tree(text: &str) -> Result<Node, Unreadable> {
    let said = text.lines().map(str::trim).find(|it| !it.is_empty() && !it.starts_with('#')).unwrap_or_default();
    let is_table = said.starts_with('[') && said.ends_with(']');
    if is_table || said.split_once('=').is_some_and(|(key, _)| !key.contains(':')) {
        return read_toml(text).map_err(|it| {
            let first = it.first.into_iter().next();
            let (reason, span) = first.map_or_else(Default::default, |it| (it.message, it.span));
            Unreadable { reason, at: span.map(|it| it.start) }
        });
    }
    yaml::node(text).map_err(|(reason, at)| Unreadable { reason, at })
}

/// Takes a value into its place, or says why not.
fn take<T>(place: &mut Option<T>, value: Option<T>, node: &Node, why: &str) -> Option<String> {
    let is_wrong = value.is_none();
    *place = value.or(place.take());
    is_wrong.then(|| format!("{} is {why}", node.shown()))
}

fn kind(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(it) => Some(it.trim().to_owned()),
        _ => None,
    }
}

fn day(node: &Node) -> Option<SettingDay> {
    match &node.value {
        Value::Text(it) | Value::Day(it) => it.parse().ok(),
        _ => None,
    }
}

fn week(node: &Node) -> Option<Week> {
    match &node.value {
        Value::Number(_, it) | Value::Text(it) => it.trim().parse().ok(),
        _ => None,
    }
}

impl FrontMatter {
    /// Returns the place of a key, in a file whose front matter this is.
    #[must_use]
    pub fn place(&self, key: &str, file: &SourceFile, matter: Span) -> Place {
        let entries = self.node.as_ref().and_then(Node::table).unwrap_or_default();
        let entry = entries.iter().find(|(name, _)| name.text == key);
        entry.map_or_else(
            || file.place(matter),
            |(name, node)| file.place(within(matter, &(name.span.start..node.span.end))),
        )
    }

    /// Returns what is wrong with the front matter of a standup.
    #[must_use]
    pub fn complaints_of_standup(&self, file: &SourceFile, matter: Span) -> Vec<Diagnostic> {
        self.complaints(file, matter, &[&self.mistakes], &["kind", "date", "week"])
    }

    /// Returns what the front matter of a roadmap chooses, and what is wrong with all of it.
    #[must_use]
    pub fn choices(&self, file: &SourceFile, matter: Span) -> Diagnosed<Settings> {
        let (value, mistakes) = self.node.as_ref().map(Settings::of_front_matter).unwrap_or_default();
        // The week of a roadmap says nothing, so nobody means it.
        let known: Vec<&str> = Settings::keys_of_front_matter().chain(["kind", "date"]).collect();
        Diagnosed { value, diagnostics: self.complaints(file, matter, &[&self.mistakes, &mistakes], &known) }
    }

    fn complaints(&self, file: &SourceFile, matter: Span, mistakes: &[&Mistakes], known: &[&str]) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for it in mistakes.iter().flat_map(|it| &it.first) {
            let span = it.span.as_ref().map_or(matter, |it| within(matter, it));
            let complaint = Diagnostic::at("front-matter", Severity::Warning, &file.place(span), it.message.clone());
            found.push(Diagnostic { help: it.help.clone(), ..complaint });
        }
        let more: usize = mistakes.iter().map(|it| it.more).sum();
        if let Some(last) = found.last_mut().filter(|_| 0 < more) {
            last.notes.push(format!("and {more} more in this front matter"));
        }
        let is_ours = |name: &str| known.contains(&name) || Settings::keys().any(|it| it == name);
        let entries = self.node.as_ref().and_then(Node::table).unwrap_or_default().iter();
        let strangers = entries.filter(|(it, _)| !is_ours(&it.text) && !OF_OTHERS.contains(&&*it.text.to_lowercase()));
        for (name, _) in strangers.take(MOST_STRANGERS) {
            if let Some(near) = phrase::misspelt(&name.text, known.iter().copied()) {
                let message = format!("`{}` is no key of roadbook: did you mean `{near}`?", name.text);
                let place = file.place(within(matter, &name.span));
                let help = "as it stands it says nothing here";
                found.push(Diagnostic::at("front-matter", Severity::Warning, &place, message).help(help));
            }
        }
        found
    }
}

/// Keys of other tools that are held against ours.
const MOST_STRANGERS: usize = 200;

/// Returns bytes of front matter as bytes of its file.
fn within(matter: Span, span: &Range<usize>) -> Span {
    let start = matter.start as usize;
    let at = |it: usize| (start + it).min(matter.end as usize);
    Span::new(at(span.start), at(span.end))
}

/// Returns the complaint about front matter that could not be read.
#[must_use]
pub fn complaint(file: &SourceFile, matter: Span, why: &Unreadable) -> Diagnostic {
    let line = |at: usize| file.index.line_span(file.index.line(within(matter, &(at..at)).start));
    let span = why.at.map(line).filter(|it| it.start < matter.end);
    let message = format!("the front matter could not be read: {}", phrase::without_types(&why.reason));
    let help = "write `key: value` lines between two lines of `---`, and text with a colon in quotes";
    Diagnostic::at("front-matter", Severity::Warning, &file.place(span.unwrap_or(matter)), message).help(help)
}

/// Returns the settings with what the roadmap's front matter chooses besides: the settings file wins, key by key.
#[must_use]
pub fn effective_settings(roadmap: &SourceFile, settings: &Settings) -> Settings {
    let matter = head(roadmap).and_then(|it| tree(roadmap.slice(it)).ok());
    matter.map_or_else(|| settings.clone(), |it| settings.with_front_matter(&it))
}

/// Says whether a file's front matter calls it a roadmap, by a look at its first lines.
#[must_use]
pub fn is_roadmap(file: &SourceFile) -> bool {
    kind_of(file).is_some_and(|it| it.eq_ignore_ascii_case("roadmap"))
}

/// Returns what a file's front matter calls it.
#[must_use]
pub fn kind_of(file: &SourceFile) -> Option<String> {
    front_matter(file.slice(head(file)?)).ok()?.kind
}

/// Returns where front matter stands, by a look at the first lines.
fn head(file: &SourceFile) -> Option<Span> {
    if !file.text.starts_with("---") && !file.text.starts_with("+++") {
        return None;
    }
    let mut lines = file.text.split_inclusive('\n');
    let fence = lines.next()?;
    let is_end = |it: &&str| it.trim_end() == fence.trim_end();
    let mut end = fence.len();
    for line in lines {
        end += line.len();
        if is_end(&line) || LIMIT + fence.len() < end {
            break;
        }
    }
    let text = Arc::new(file.text.get(..end)?.to_owned());
    let index = Arc::new(LineIndex::new(Arc::clone(&text)));
    let start = SourceFile { path: Arc::clone(&file.path), text, index, repairs: Vec::new(), notes: Vec::new() };
    parse(&start).front_matter.filter(|it| it.range().len() <= LIMIT)
}
