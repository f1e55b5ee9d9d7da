//! One file of the input with its lines, so that every figure can lead to the line it was read from.

use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::parts::Link;
use super::{Desk, wording};
use crate::calendar::Week;
use crate::phrase::{capitalise, count, count_in_words, list};
use crate::prose::is_hidden;
use crate::sources::Sources;
use crate::text::{DecodeNote, SourceFile};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One file of the input.
#[derive(Debug, Serialize)]
pub struct SourcePage {
    /// What stands around it.
    pub frame: Frame,
    /// The path.
    pub heading: String,
    /// What it is, and what had to be done to read it.
    pub note: String,
    /// The file at the source host, where the settings name one.
    pub host: Option<Link>,
    /// Its lines.
    pub lines: Vec<SourceLine>,
}

/// A line of a file.
#[derive(Debug, Serialize)]
pub struct SourceLine {
    /// Its number, counted from 1.
    pub number: u32,
    /// The text, with characters that would not be seen named in brackets.
    pub text: String,
    /// What the report says about it; mostly nothing.
    pub notes: Vec<String>,
}

impl Page for SourcePage {
    const TEMPLATE: &'static str = "site/source.html";
}

/// Makes the page of a file, by its place in [`Sources::files`].
#[must_use]
pub fn source(desk: &Desk<'_>, at: usize, base_url: Option<&str>) -> SourcePage {
    let file = desk.facts.sources.files().nth(at).unwrap_or(&desk.facts.sources.roadmap);
    let heading = crate::prose::visible(&file.path).into_owned();
    let words = Heading {
        title: heading.clone(),
        description: format!("{heading}, as it was read, line by line"),
        section: Section::Sources,
        is_first: false,
        path: desk.facts.source_pages.get(&*file.path).cloned().unwrap_or_default(),
    };
    let host = desk.facts.sources.settings.source_url.as_ref().map(|base| Link {
        text: "At the source host".to_owned(),
        href: format!("{}/{}", base.trim_end_matches('/'), wording::url_path(&file.path)),
    });
    let notes = notes(desk, at, file);
    SourcePage {
        frame: frame(desk, &words, base_url),
        heading,
        note: note(desk, at, file),
        host,
        lines: lines(file, notes),
    }
}

/// Returns the address of the page of each file, by its path.
///
/// Two paths may come to the same address once odd characters are replaced, or where capitals do not count. Then the later
/// file's has a number behind it.
#[must_use]
pub fn pages(sources: &Sources) -> HashMap<String, String> {
    let mut same: HashMap<String, usize> = HashMap::new();
    let mut page = |path: &str| {
        let name: String = safe(path).collect();
        let n = same.entry(name.to_ascii_lowercase()).and_modify(|it| *it += 1).or_insert(1);
        if *n == 1 { format!("source/{name}.html") } else { format!("source/{name}-{n}.html") }
    };
    sources.files().map(|it| (it.path.to_string(), page(&it.path))).collect()
}

/// Returns a path as a file name: letters, digits, `-`, `_` and `.`, with `--` for `/`.
fn safe(path: &str) -> impl Iterator<Item = char> {
    let keep = |it: char| if it.is_ascii_alphanumeric() || "-_.".contains(it) { it } else { '-' };
    let twice = move |it: char| std::iter::once(keep(it)).chain((it == '/').then_some('-'));
    path.trim_start_matches('.').chars().flat_map(twice)
}

/// "Roadmap, 545 lines; 12 damaged symbols were repaired".
fn note(desk: &Desk<'_>, at: usize, file: &SourceFile) -> String {
    let lines = usize::try_from(file.index.lines()).unwrap_or(usize::MAX);
    let mut notes = vec![format!("{}, {}.", kind(desk, at, file), count(lines, "line"))];
    let repaired = file.repaired_characters();
    if 0 < repaired {
        let were = if repaired == 1 { "was" } else { "were" };
        let symbols = count(repaired, "damaged symbol");
        notes.push(format!("{symbols} {were} repaired; the lines below show the repaired text."));
    }
    notes.extend(file.notes.iter().map(decode_words));
    notes.join(" ")
}

/// Collects what the report says about lines of a file.
fn notes(desk: &Desk<'_>, at: usize, file: &SourceFile) -> BTreeMap<u32, Vec<String>> {
    let mut notes: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut add = |line: u32, words: String| notes.entry(line).or_default().push(words);
    for it in desk.facts.file_facts.get(at).map_or(&[][..], |it| it.not_understood.as_slice()) {
        add(it.line(), "Not understood: neither an item, a subtask nor a sign-off".to_owned());
    }
    for it in desk.facts.diagnostics.iter().filter(|it| *it.path == *file.path) {
        if let Some(line) = it.line() {
            let words = format!("{}: {} ({})", it.severity.name(), it.message, it.rule);
            add(line, crate::phrase::capitalise(&crate::prose::visible(&words)));
        }
    }
    notes
}

fn lines(file: &SourceFile, mut notes: BTreeMap<u32, Vec<String>>) -> Vec<SourceLine> {
    let line = |number: u32| {
        let text = shown(file.line(number));
        SourceLine { number, text, notes: notes.remove(&number).unwrap_or_default() }
    };
    (1..=file.index.lines()).map(line).collect()
}

/// Returns a line as it is written, with characters that reorder or hide their neighbours named instead, such as "[U+202E]".
#[must_use]
pub fn shown(text: &str) -> String {
    let is_odd = |it: char| is_hidden(it) || (it.is_control() && it != '\t');
    if !text.contains(is_odd) {
        return text.to_owned();
    }
    let name = |it: char| if is_odd(it) { format!("[U+{:04X}]", u32::from(it)) } else { it.to_string() };
    text.chars().map(name).collect()
}

/// Returns what a file is, in a few words.
pub(super) fn kind(desk: &Desk<'_>, at: usize, file: &SourceFile) -> String {
    if at == 0 {
        return "Roadmap".to_owned();
    }
    if desk.facts.sources.standups.len() < at {
        return "Measured values".to_owned();
    }
    let told: Vec<_> = desk.facts.history.standups.iter().filter(|it| it.standup.path == file.path).collect();
    let weeks: BTreeSet<Week> = told.iter().filter_map(|it| it.week).collect();
    let numbers: Vec<String> = weeks.iter().map(ToString::to_string).collect();
    match (told.as_slice(), numbers.as_slice()) {
        ([], _) => "Standup, not seen".to_owned(),
        ([one], _) => format!("Standup of {}", one.when()),
        (all, []) => capitalise(&count_in_words(all.len(), "standup")),
        (all, [one]) => format!("{} of week {one}", capitalise(&count_in_words(all.len(), "standup"))),
        (_, many) => format!("Standups of weeks {}", list(many)),
    }
}

pub(super) fn decode_words(note: &DecodeNote) -> String {
    match note {
        DecodeNote::NotUtf8 { line, replaced } => {
            format!("{} not UTF-8 and replaced, the first on line {line}.", count(*replaced, "byte sequence"))
        }
        DecodeNote::Utf16 => "Converted from UTF-16.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(paths: &[&str]) -> Sources {
        let file = |path: &str| SourceFile::new(path, Vec::new());
        let roadmap = file(paths.first().copied().unwrap_or_default());
        let standups = paths.iter().skip(1).map(|it| file(it)).collect();
        Sources {
            roadmap,
            standups,
            measured: Vec::new(),
            settings: crate::settings::Settings::default(),
            notes: Vec::new(),
            past: crate::sources::Known::default(),
            stands: false,
            look: std::sync::Arc::default(),
        }
    }

    #[test]
    fn pages_have_names_of_their_own() {
        let sources = sources(&["roadmap.md", "standups/week 1.md", "standups/week-1.md", "standups/Week-1.md"]);
        let pages = ["roadmap.md", "standups/week 1.md", "standups/week-1.md", "standups/Week-1.md", "no.md"];
        let known = super::pages(&sources);
        let pages: Vec<Option<String>> = pages.iter().map(|it| known.get(*it).cloned()).collect();
        let some = |it: &str| Some(it.to_owned());
        assert_eq!(
            pages,
            [
                some("source/roadmap.md.html"),
                some("source/standups--week-1.md.html"),
                some("source/standups--week-1.md-2.html"),
                some("source/standups--Week-1.md-3.html"),
                None,
            ]
        );
    }

    #[test]
    fn hidden_characters_are_named() {
        assert_eq!(shown("a\u{202E}b\tc"), "a[U+202E]b\tc");
    }
}
