//! What a file of standups says of itself: in its front matter, its name, its folders. And what follows for all of its standups.

use super::day_forms::DayOrder;
use super::front_matter::{FrontMatter, complaint, front_matter, kind_of};
use super::letters::find_ignoring_case;
use super::standup_dates::{Dated, dated, in_path};
use super::standup_days::{FileDay, settle, written};
use super::standup_heading::{MOST_WEEKS, opening, week_in};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Kind, parse};
use crate::model::{Standup, WrittenDay};
use crate::phrase;
use crate::text::{Place, SourceFile, Span};
use std::sync::Arc;

/// A standup that is being read.
#[derive(Debug)]
pub struct Found {
    /// What was read.
    pub standup: Standup,
    /// The day as it is written.
    pub day: Option<WrittenDay>,
    /// Where it is written.
    pub day_place: Option<Place>,
    /// The level of its heading; 0 for the file's own.
    pub level: u8,
    /// The checkboxes of its entries.
    pub boxes: Vec<u32>,
    /// Whether headings below its own open standups of single days.
    pub is_parent: bool,
    /// How many of its list items belong to no part.
    pub unread: usize,
    /// The first of them.
    pub first_unread: Option<Place>,
}

/// What a file says of itself.
#[derive(Debug, Default)]
pub struct FileSays {
    /// Its front matter.
    pub matter: FrontMatter,
    /// Its title.
    pub title: Option<String>,
    /// Its week.
    pub week: Option<Week>,
    /// Its day, and its year.
    pub file: FileDay,
    /// What its dates with slashes tell of the order of day and month.
    pub order: DayOrder,
}

impl FileSays {
    /// Says whether the file as a whole is a standup, since it names a week or a day.
    #[must_use]
    pub const fn has_own(&self) -> bool {
        self.week.is_some() || self.file.day.is_some()
    }

    /// Takes a date for the file's own day; says whether it is one.
    fn take_day(&mut self, read: &Dated) -> bool {
        self.file.day = read.day.filter(|it| it.is_possible() && !read.may_be_share);
        self.order.add(read.order);
        self.file.day.is_some()
    }

    /// Says whether a heading with a week and a day means the file's own standup.
    #[must_use]
    pub fn is_same(&self, week: Option<Week>, day: Option<WrittenDay>) -> bool {
        match (self.file.day, day) {
            (Some(own), Some(it)) => {
                (own.month, own.day) == (it.month, it.day) && (it.year.is_none() || own.year == it.year)
            }
            _ => week.is_some() && week == self.week,
        }
    }
}

/// Reads what a file says of itself.
#[must_use]
pub fn file_says(file: &SourceFile, document: &Document, diagnostics: &mut Vec<Diagnostic>) -> FileSays {
    let mut says = FileSays::default();
    if let Some(span) = document.front_matter {
        let text = file.slice(span);
        match front_matter(text) {
            Ok(mut it) => {
                let written = it.text("date").filter(|_| it.date.is_none()).map(dated);
                if written.is_some_and(|it| says.take_day(&it)) {
                    it.forgive_date();
                }
                says.title = it.text("title").map(str::to_owned);
                diagnostics.extend(it.complaints_of_standup(file, span));
                says.matter = it;
            }
            Err(why) => {
                by_lines(text, &mut says);
                diagnostics.push(complaint(file, span, &why));
            }
        }
    }
    let matter = &says.matter;
    says.file.day = matter.date.map(|it| written(it.0)).or(says.file.day);
    let known = |it: &Week| (1..=MOST_WEEKS).contains(it);
    let named = week_in_name(&file.path);
    says.week = matter.week.or(says.week).or(named).filter(known);
    // Most files are called `week-03.md`, and say no more.
    let has_date = named.is_none() || 2 < file.path.bytes().filter(u8::is_ascii_digit).count();
    if has_date {
        let (by_path, year) = in_path(&file.path);
        says.file.year = year;
        if says.file.day.is_none() && !by_path.may_be_share {
            says.file.day = by_path.day.filter(WrittenDay::is_possible);
            says.order.add(by_path.order);
        }
    }
    if let Some(title) = &says.title {
        let read = dated(title);
        if says.file.day.is_none() && !read.may_be_share {
            says.file.day = read.last.or(read.day).filter(WrittenDay::is_possible);
            says.order.add(read.order);
        }
        says.week = says.week.or_else(|| week_in(title));
    }
    says
}

/// Reads front matter that is neither YAML nor TOML, line by line.
fn by_lines(text: &str, says: &mut FileSays) {
    for line in text.lines() {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let value = value.trim().trim_matches(['"', '\'']);
        match key.trim() {
            "date" => {
                says.take_day(&dated(value));
            }
            "week" => says.week = value.parse().ok(),
            "title" => says.title = Some(value.to_owned()),
            _ => {}
        }
    }
}

/// Settles what holds for all standups of a file.
///
/// Where one heading alone opens a standup, the file's own day and what stands before the heading belong to it. Returns the
/// standups, and the checkboxes of those that are left out.
pub fn finish(
    mut found: Vec<Found>,
    own: Option<usize>,
    opened: usize,
    says: &FileSays,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Standup>, Vec<u32>) {
    if let (Some(0), [before, it]) = (own, found.as_mut_slice()) {
        take_before(&mut it.standup, &mut before.standup);
        it.boxes.append(&mut before.boxes);
        found.remove(0);
    }
    if let ([it], true) = (found.as_mut_slice(), opened <= 1) {
        it.standup.week = it.standup.week.or(says.week);
        it.day = says.file.day.or(it.day);
    }
    let is_alone = found.len() == 1;
    found.retain(|it| is_alone || !is_empty(&it.standup) || !(it.is_parent || it.level == 0));
    let impossible: Vec<bool> = found.iter().map(|it| it.day.is_some_and(|it| !it.is_possible())).collect();
    let mut days: Vec<_> = found.iter().map(|it| it.day.filter(WrittenDay::is_possible)).collect();
    if days.iter().any(Option::is_some) {
        settle(&mut days, says.order, says.file);
    }
    let mut standups = Vec::with_capacity(found.len());
    let mut left_out = Vec::new();
    for ((mut it, day), impossible) in found.into_iter().zip(days).zip(impossible) {
        let is_known = day.filter(|it| !it.may_swap).and_then(|it| it.in_its_year());
        it.standup.date = is_known;
        if let (None, Some(day), Some(place)) = (is_known, day, &it.day_place) {
            it.standup.written = Some(Box::new((day, place.clone())));
        }
        if let (true, Some(place)) = (impossible, &it.day_place) {
            diagnostics.push(no_such_day(place, it.standup.week));
        }
        if !impossible || it.standup.week.is_some() {
            let unread = it.first_unread.filter(|_| is_empty(&it.standup));
            diagnostics.extend(unread.map(|place| not_understood(&place, it.unread)));
            standups.push(it.standup);
        } else {
            left_out.append(&mut it.boxes);
        }
    }
    (standups, left_out)
}

fn not_understood(first: &Place, lines: usize) -> Diagnostic {
    let (lines, them) = (phrase::count(lines, "line"), if lines == 1 { "it" } else { "them" });
    let message =
        format!("the standup has {lines}, and nothing says whether they tell of what is done, begun or blocked");
    let help = format!("put a heading above {them} such as `### Completed`, `### In Progress` or `### Next Week`");
    Diagnostic::at("standup-not-understood", Severity::Warning, first, message).help(help)
}

fn no_such_day(place: &Place, week: Option<Week>) -> Diagnostic {
    let what = if week.is_some() { "the Friday of its week counts" } else { "this standup is left out" };
    let message = format!("the calendar has no such day, so {what}");
    Diagnostic::at("standup-without-day", Severity::Error, place, message).help("correct the date, such as 2026-02-28")
}

fn take_before(it: &mut Standup, before: &mut Standup) {
    fn join<T>(it: &mut Vec<T>, before: &mut Vec<T>) {
        before.append(it);
        std::mem::swap(it, before);
    }
    join(&mut it.done, &mut before.done);
    join(&mut it.in_progress, &mut before.in_progress);
    join(&mut it.blocked, &mut before.blocked);
    join(&mut it.next, &mut before.next);
    join(&mut it.risks, &mut before.risks);
    join(&mut it.decisions, &mut before.decisions);
    join(&mut it.metrics, &mut before.metrics);
    join(&mut it.unsplit, &mut before.unsplit);
}

fn is_empty(it: &Standup) -> bool {
    it.entries().next().is_none() && it.metrics.is_empty()
}

/// Returns a standup that says nothing yet.
#[must_use]
pub fn blank(week: Option<Week>, place: Place, path: &Arc<str>) -> Standup {
    Standup {
        week,
        date: None,
        written: None,
        done: Vec::new(),
        in_progress: Vec::new(),
        blocked: Vec::new(),
        next: Vec::new(),
        risks: Vec::new(),
        decisions: Vec::new(),
        metrics: Vec::new(),
        unsplit: Vec::new(),
        path: Arc::clone(path),
        place,
    }
}

/// Returns the complaint about a file that names neither a week nor a day.
#[must_use]
pub fn no_day_and_no_week(file: &SourceFile, document: &Document) -> Diagnostic {
    let help = "begin it with a heading such as `## Week 3 Standup`, or write `week: 3` in its front matter";
    if file.text.trim().is_empty() {
        let message = "the standup is empty, so it is left out";
        return Diagnostic::file("standup-without-week", Severity::Error, &file.path, message).help(help);
    }
    let first = document.blocks.first().map_or(Span::new(0, 0), |it| it.span);
    let line = file.slice(first).lines().next().unwrap_or_default().len();
    let place = file.place(Span::new(first.start as usize, first.start as usize + line));
    let message = "neither a week nor a day is named, so this standup is left out";
    Diagnostic::at("standup-without-week", Severity::Error, &place, message).help(help)
}

/// Says whether a file beside the roadmap holds standups: its front matter says so, a heading names the standup of a week, or
/// its name calls it a standup and it names a week or a day.
#[must_use]
pub fn holds_standups(file: &SourceFile) -> bool {
    if kind_of(file).is_some_and(|it| it.eq_ignore_ascii_case("standup")) {
        return true;
    }
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    let is_named = find_ignoring_case(name, "standup").or_else(|| find_ignoring_case(name, "stand-up")).is_some();
    if is_named && (week_in_name(name).is_some() || in_path(name).0.day.is_some()) {
        return true;
    }
    let document = parse(file);
    let headings = document.blocks.iter().filter(|it| matches!(it.kind, Kind::Heading(_)));
    let mut openings = headings.map(|it| document.all_words(it, file));
    openings.any(|it| if is_named { opening(&it).is_some() } else { super::headings::standup_week(&it).is_some() })
}

/// What a week is called in names of files.
const WEEK_IN_NAMES: [&str; 5] = ["week", "woche", "semaine", "semana", "settimana"];

/// Reads the week in a file's name, such as `week-03.md`.
fn week_in_name(path: &str) -> Option<Week> {
    let name = path.get(memchr::memrchr(b'/', path.as_bytes()).map_or(0, |it| it + 1)..)?;
    let rest = WEEK_IN_NAMES.iter().find_map(|it| name.get(find_ignoring_case(name, it)? + it.len()..))?;
    let rest = rest.trim_start_matches(['-', '_', ' ', '.']);
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.get(..end)?.parse().ok()
}
