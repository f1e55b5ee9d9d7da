//! Headings of a file of standups: those that open a standup, those of its parts, those of people.

use super::letters::is_one_of;
use super::standup::{LABEL_LEVEL, Reader};
use super::standup_file::{Found, blank};
use super::standup_heading::{Opening, day_alone, names_kind, opening, week_in};
use super::standup_line::lead;
use super::standup_part::{Part, is_aside, part};
use super::standup_people::person;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, Kind};
use crate::text::{Place, Span};

/// A file holds at most so many standups.
const MOST_STANDUPS: usize = 1_000;

/// Blocks behind a heading in which it is looked whether the heading is a person's.
const LOOK_AHEAD: usize = 4;

impl Reader<'_> {
    /// Reads a heading: it opens a standup, or names a part of one, or a person.
    pub fn heading(&mut self, at: usize, block: &Block, level: u8) {
        self.labels.clear();
        self.asking = None;
        let words = self.document.all_words(block, self.file);
        if let Some(opening) = self.opening(at, &words, level) {
            let span = self.document.first_line(block).map_or(block.span, |it| it.span);
            let day = opening.span.and_then(|(start, end)| words.get(start..end)).unwrap_or_default();
            self.open(&opening, level, span, day);
            return;
        }
        let part = part(&words);
        if part == Part::Other
            && let Some(name) = person(&words).filter(|it| it.starts_with('@') || self.is_person(at, level))
        {
            self.by = Some((level, name.into()));
        } else if self.by.as_ref().is_some_and(|(of, _)| level < *of || (level == *of && part == Part::Other)) {
            self.by = None;
        }
        // What stands beside the standup of a day belongs to the file's own standup again.
        let beside = self.current.and_then(|it| self.found.get(it)).is_some_and(|it| level <= it.level);
        if part == Part::Other && beside && 1 < self.opened && self.says.has_own() {
            self.current = self.base;
        }
        let part = (part != Part::Other).then_some(part).or_else(|| self.aside(&words));
        self.set_part(level, part);
        if part.is_none() {
            self.decision_heading(at, block);
        }
    }

    /// Below a part, a heading about the next week and one about something else do not belong to the part.
    fn aside(&self, words: &str) -> Option<Part> {
        let told = self.current.and_then(|it| self.found.get(it)).and_then(|it| it.standup.week);
        match week_in(words).filter(|_| self.part != Part::Other) {
            Some(week) if told.is_some_and(|told| told < week) => Some(Part::Next),
            Some(week) if told == Some(week) => None,
            Some(_) => Some(Part::Other),
            None => is_aside(words).then_some(Part::Other),
        }
    }

    /// A heading names a part for all below it, until one of its level or above.
    pub fn set_part(&mut self, level: u8, part: Option<Part>) {
        for it in self.parts.iter_mut().skip(usize::from(level)) {
            *it = None;
        }
        if let Some(it) = self.parts.get_mut(usize::from(level)) {
            *it = part;
        }
        self.part = self.parts.iter().rev().flatten().next().copied().unwrap_or(Part::Other);
    }

    /// Reads a heading that opens a standup, by its own words or by a day on a line below it.
    fn opening(&self, at: usize, words: &str, level: u8) -> Option<Opening> {
        let by_words = opening(words);
        let opening = match by_words {
            Some(it) if it.is_sure => return Some(it),
            Some(it) if it.day.is_some() => it,
            other => match self.day_below(at) {
                Some(day) if other.is_some() || part(words) == Part::Other => {
                    Opening { week: other.and_then(|it| it.week), is_sure: names_kind(words), ..day }
                }
                _ => other?,
            },
        };
        let Some(current) = self.current.and_then(|it| self.found.get(it)) else { return Some(opening) };
        // A section of a standup may name a week or a day as well.
        let is_below = current.level < level && 0 < current.level;
        let knows_more = if opening.day.is_some() { current.day.is_some() } else { true };
        let is_same = opening.day.is_none() && opening.week == current.standup.week;
        (opening.is_sure || !(is_same || (is_below && knows_more))).then_some(opening)
    }

    fn day_below(&self, at: usize) -> Option<Opening> {
        let below =
            self.document.blocks.get(at + 1).filter(|it| it.kind == Kind::Paragraph && it.span.range().len() < 80)?;
        let [line] = self.document.lines(below) else { return None };
        let mut opening = day_alone(&self.document.words(*line, self.file))?;
        opening.span = None;
        Some(opening)
    }

    fn open(&mut self, opening: &Opening, level: u8, span: Span, day_words: &str) {
        self.parts = [None; LABEL_LEVEL as usize + 1];
        self.part = Part::Other;
        self.by = None;
        self.says.order.add(opening.order);
        self.opened += 1;
        let place = self.file.place(span);
        let day = self.says.file.of(opening);
        let is_own = self.says.is_same(opening.week, day);
        if let Some(own) = self.base.filter(|_| is_own).and_then(|it| self.found.get_mut(it)) {
            own.standup.place = place;
            own.level = level;
            self.current = self.base;
            return;
        }
        if MOST_STANDUPS <= self.found.len() {
            self.too_many(&place);
            return;
        }
        let outer = self.current.and_then(|it| self.found.get_mut(it)).filter(|it| 0 < it.level && it.level < level);
        let outer = outer.map(|it| {
            it.is_parent = day.is_some();
            it.standup.week
        });
        // Days of a file that names its week are days of that week.
        let week = opening.week.or(outer.flatten()).or(self.says.week.filter(|_| day.is_some()));
        let day_place = day.map(|_| self.day_place(span, day_words));
        self.found.push(Found {
            standup: blank(week, place, &self.file.path),
            day,
            day_place,
            level,
            boxes: Vec::new(),
            is_parent: false,
            unread: 0,
            first_unread: None,
        });
        self.current = Some(self.found.len() - 1);
        if is_own {
            self.base = self.current;
        }
    }

    fn day_place(&self, line: Span, words: &str) -> Place {
        let start = self.file.slice(line).find(words).filter(|_| !words.is_empty());
        let span = start.map_or(line, |it| {
            let start = line.start as usize + it;
            Span::new(start, start + words.len())
        });
        self.file.place(span)
    }

    fn too_many(&mut self, place: &Place) {
        self.current = None;
        if !self.is_full {
            let message = format!("more than {MOST_STANDUPS} standups in one file: from here on they are left out");
            let help = "begin a new file for each year";
            self.diagnostics.push(Diagnostic::at("too-many-parts", Severity::Warning, place, message).help(help));
        }
        self.is_full = true;
    }

    /// Says whether a heading that may be a name has the parts of a standup below it.
    #[must_use]
    pub fn is_person(&self, at: usize, level: u8) -> bool {
        let behind = self.document.blocks.get(at + 1..).unwrap_or_default();
        for (n, block) in behind.iter().take(LOOK_AHEAD).enumerate() {
            let names_part = || part(&self.document.all_words(block, self.file)) != Part::Other;
            match block.kind {
                Kind::Heading(it) if (level < it || (level == it && n == 0)) && names_part() => return true,
                Kind::Heading(it) if level < it || (level == it && n == 0) => {}
                Kind::Heading(_) => return false,
                Kind::Item(_) => return self.tells_of_people(block),
                Kind::Paragraph if self.tells_of_people(block) => return true,
                _ => {}
            }
        }
        false
    }

    /// Says whether a block begins with a label; "achieved" is what projects say of themselves.
    #[must_use]
    pub fn tells_of_people(&self, block: &Block) -> bool {
        let lead = self.document.first_line(block).and_then(|it| lead(self.document, it, self.file));
        lead.is_some_and(|it| it.part().is_some() && !is_one_of(it.words.trim(), &["achieved"]))
    }
}
