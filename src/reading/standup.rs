//! Standups: one week each, in a file of its own or several in one.

use super::front_matter::{complaint, front_matter};
use super::headings::standup_week;
use super::letters::{starts_ignoring_case, word_starts};
use super::marks::Mark;
use super::standup_entry::{entry, metric, state};
use super::walk::MAX_DEPTH;
use super::{dates, front_matter::FrontMatter};
use crate::calendar::{Day, Week};
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::document::{Block, Document, Item, Kind};
use crate::model::{Entry, FileFacts, Standup, State};
use crate::text::{Place, SourceFile, Span};
use std::sync::Arc;

/// The parts of a standup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Done,
    InProgress,
    Blocked,
    Metrics,
    Next,
    Risks,
    Decisions,
    Other,
}

/// The standups of a file, and counts of the file itself.
#[derive(Debug, Clone, Default)]
pub struct StandupFile {
    /// The standups, in the order of the file.
    pub standups: Vec<Standup>,
    /// Its checkboxes.
    pub facts: FileFacts,
}

/// Reads the standups of a file. Never fails: a file whose week is not known yields none, and a complaint.
#[must_use]
pub fn standups(file: &SourceFile, document: &Document) -> Diagnosed<StandupFile> {
    let mut diagnostics = Vec::new();
    let matter = document.front_matter.map(|it| (it, front_matter(file.slice(it))));
    let matter = match matter {
        Some((span, Ok(matter))) => {
            diagnostics.extend(matter.complaints_of_standup(file, span));
            matter
        }
        Some((span, Err(why))) => {
            diagnostics.push(complaint(file, span, &why));
            FrontMatter::default()
        }
        None => FrontMatter::default(),
    };
    let understood = vec![false; document.boxes.len()];
    let mut reader = Reader { document, file, found: Vec::new(), part: Part::Other, understood };
    // A file may name its week in its front matter or in its name, and do without the heading.
    let named = matter.week.or_else(|| week_in_name(&file.path)).filter(|it| (1..=520).contains(it));
    let has_heading = document.blocks.iter().any(|it| reader.week_of(it).is_some());
    if let (false, Some(week)) = (has_heading, named) {
        let place = file.place(Span::new(0, file.text.find('\n').unwrap_or(file.text.len())));
        reader.found.push(blank(week, place, &file.path));
    }
    let end = file.readable().end;
    for block in document.blocks.iter().take_while(|it| it.span.start < end) {
        reader.block(block);
    }
    let facts = FileFacts::new(
        file,
        &document.boxes.iter().map(|it| (it.span, it.checked)).collect::<Vec<_>>(),
        &reader.understood,
    );
    let mut found = reader.found;
    if let [one] = found.as_mut_slice() {
        one.date = matter.date.map(|it| it.0).or_else(|| date_in_name(&file.path)).or(one.date);
    }
    if found.is_empty() && matter.kind.as_deref() != Some("roadmap") {
        diagnostics.push(no_week(file, document));
    }
    Diagnosed { value: StandupFile { standups: found, facts }, diagnostics }
}

fn no_week(file: &SourceFile, document: &Document) -> Diagnostic {
    let help = "begin it with a heading such as `## Week 3 Standup`, or write `week: 3` in its front matter";
    if file.text.trim().is_empty() {
        let message = "the standup is empty, so it is left out";
        return Diagnostic::file("standup-without-week", Severity::Error, &file.path, message).help(help);
    }
    let first = document.blocks.first().map_or(Span::new(0, 0), |it| it.span);
    let line = file.slice(first).lines().next().unwrap_or_default().len();
    let place = file.place(Span::new(first.start as usize, first.start as usize + line));
    let message = "no week is named, so this standup is left out";
    Diagnostic::at("standup-without-week", Severity::Error, &place, message).help(help)
}

fn blank(week: Week, place: Place, path: &Arc<str>) -> Standup {
    Standup {
        week,
        date: None,
        done: Vec::new(),
        in_progress: Vec::new(),
        blocked: Vec::new(),
        next: Vec::new(),
        risks: Vec::new(),
        decisions: Vec::new(),
        metrics: Vec::new(),
        path: Arc::clone(path),
        place,
    }
}

struct Reader<'a> {
    document: &'a Document,
    file: &'a SourceFile,
    found: Vec<Standup>,
    part: Part,
    /// Which checkboxes were understood.
    understood: Vec<bool>,
}

impl Reader<'_> {
    fn week_of(&self, block: &Block) -> Option<Week> {
        match block.kind {
            Kind::Heading(_) => standup_week(&self.document.all_words(block, self.file)).filter(|it| *it <= 520),
            _ => None,
        }
    }

    fn block(&mut self, block: &Block) {
        match block.kind {
            Kind::Heading(_) => {
                let words = self.document.all_words(block, self.file);
                if let Some(week) = standup_week(&words).filter(|it| *it <= 520) {
                    let place = self.file.place(self.document.first_line(block).map_or(block.span, |it| it.span));
                    let mut standup = blank(week, place, &self.file.path);
                    standup.date = dates::date(&words);
                    self.found.push(standup);
                    self.part = Part::Other;
                } else {
                    self.part = part(&words);
                }
            }
            Kind::Item(item) if item.depth <= MAX_DEPTH => self.item(block, item),
            _ => {}
        }
    }

    fn item(&mut self, block: &Block, item: Item) {
        let Some(line) = self.document.first_line(block) else { return };
        let Some(standup) = self.found.last_mut() else { return };
        if self.part == Part::Metrics {
            let place = self.file.place(line.span);
            standup.metrics.extend(metric(&self.document.words(line, self.file), place));
            return;
        }
        let boxed = item.gfm_box.and_then(|it| self.document.boxes.get(it as usize));
        let start = boxed.map_or(line.span.start, |it| it.span.start);
        let (entry, mark) = entry(self.document, line, start, self.file);
        let asks_decision = self.part == Part::Decisions || is_decision(&entry);
        let list = match (state(mark), self.part) {
            _ if asks_decision && self.part != Part::Done => {
                if self.part == Part::Next {
                    standup.next.push(entry.clone());
                }
                &mut standup.decisions
            }
            // A mark says more than the heading above it, but an empty box says nothing.
            (Some(State::Done), _) => &mut standup.done,
            (Some(State::InProgress), _) => &mut standup.in_progress,
            (Some(State::Blocked), _) | (None | Some(State::Todo | State::Dropped), Part::Blocked) => {
                &mut standup.blocked
            }
            (_, Part::Done) if mark != Some(Mark::Open) => &mut standup.done,
            (_, Part::InProgress | Part::Done) => &mut standup.in_progress,
            (_, Part::Next) => &mut standup.next,
            (_, Part::Risks) => &mut standup.risks,
            _ => return,
        };
        list.push(entry);
        if let Some(it) = item.gfm_box.and_then(|it| self.understood.get_mut(it as usize)) {
            *it = true;
        }
    }
}

/// Says whether a line asks for a decision by its first word.
fn is_decision(entry: &Entry) -> bool {
    // Most lines can be told by their first letter; signs that are not shown may stand before it.
    let first = entry.text.runs.first().and_then(|it| it.text.bytes().next());
    if !first.is_some_and(|it| matches!(it, b'd' | b'D') || !it.is_ascii()) {
        return false;
    }
    let words = entry.text.plain();
    ["decide ", "decision needed", "decision:"].iter().any(|it| starts_ignoring_case(&words, it))
}

/// The parts of a standup by the beginnings of words in their headings; the first of them that fits counts.
const PARTS: [(&str, Part); 26] = [
    ("not started", Part::Next),
    ("not done", Part::InProgress),
    ("not complete", Part::InProgress),
    ("not finished", Part::InProgress),
    ("incomplete", Part::InProgress),
    ("unfinished", Part::InProgress),
    ("block", Part::Blocked),
    ("at risk", Part::Blocked),
    ("next", Part::Next),
    ("focus", Part::Next),
    ("planned", Part::Next),
    ("upcoming", Part::Next),
    ("complete", Part::Done),
    ("done", Part::Done),
    ("achieved", Part::Done),
    ("finished", Part::Done),
    ("accomplish", Part::Done),
    ("progress", Part::InProgress),
    ("ongoing", Part::InProgress),
    ("doing", Part::InProgress),
    ("metric", Part::Metrics),
    ("health", Part::Metrics),
    ("kpi", Part::Metrics),
    ("decision", Part::Decisions),
    ("risk", Part::Risks),
    ("concern", Part::Risks),
];

fn part(words: &str) -> Part {
    let of_word = |at: usize| {
        let rest = words.get(at..)?;
        let first = rest.as_bytes().first()?.to_ascii_lowercase();
        PARTS.iter().position(|(word, _)| word.as_bytes().first() == Some(&first) && starts_ignoring_case(rest, word))
    };
    let first = word_starts(words).filter_map(of_word).min();
    first.and_then(|it| PARTS.get(it)).map_or(Part::Other, |(_, part)| *part)
}

/// Reads the week in a file's name, such as `week-03.md`.
fn week_in_name(path: &str) -> Option<Week> {
    let name = path.rsplit('/').next()?.to_lowercase();
    let rest = name.split_once("week")?.1.trim_start_matches(['-', '_', ' ', '.']);
    let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// Reads the date in a file's name.
fn date_in_name(path: &str) -> Option<Day> {
    dates::iso(path.rsplit('/').next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_parts_by_the_beginnings_of_their_words() {
        for (heading, expected) in [
            ("✅ Completed This Week", Part::Done),
            ("Incomplete", Part::InProgress),
            ("Not done yet", Part::InProgress),
            ("Blocked/At Risk", Part::Blocked),
            ("Unblocked", Part::Other),
            ("Next Week Focus", Part::Next),
            ("Risks/Concerns", Part::Risks),
            ("Health metrics", Part::Metrics),
            ("Fragen", Part::Other),
        ] {
            assert_eq!(part(heading), expected, "{heading}");
        }
    }
}
