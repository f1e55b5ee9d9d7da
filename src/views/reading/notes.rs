//! What each line of the roadmap was read as, from the places in the plan.

use super::words;
use crate::model::{Phase, PhaseKind, Plan, Segment, Task};
use crate::phrase;
use crate::text::{Place, place_in};
use crate::views::parts::Link;
use crate::views::{Desk, wording};
use serde::Serialize;
use std::collections::BTreeMap;

/// A line holds at most this many notes.
const MAX_NOTES: usize = 8;

/// What a line, or a part of it, was read as.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// What it is, such as "Task P1-01", with its page.
    pub name: Link,
    /// What else was read of it.
    pub words: String,
    /// Whether it was not understood.
    pub is_bad: bool,
    /// What it is, for the heading above it.
    #[serde(skip)]
    pub topic: Topic,
}

/// What a note is about, as a heading or a label above it would say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    Task,
    Criterion,
    Deliverable,
    Metric,
    Risk,
    Team,
    Budget,
    Other,
}

impl Topic {
    /// Returns the noun for several of them.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Task => "tasks",
            Self::Criterion => "criteria",
            Self::Deliverable => "deliverables",
            Self::Metric => "metrics",
            Self::Risk => "risks",
            Self::Team => "teams",
            Self::Budget => "budget posts",
            Self::Other => "",
        }
    }
}

/// Notes by line.
#[derive(Debug)]
pub struct Notes<'a> {
    desk: &'a Desk<'a>,
    last: u32,
    by_line: BTreeMap<u32, Vec<Note>>,
}

impl<'a> Notes<'a> {
    /// Reads the notes of the lines up to the last one.
    pub fn new(desk: &'a Desk<'a>, last: u32) -> Self {
        let mut notes = Self { desk, last, by_line: BTreeMap::new() };
        let plan = desk.plan();
        notes.header(plan);
        notes.frame(plan);
        notes.tasks(plan);
        notes.gates(plan);
        notes.rest(plan);
        notes.not_understood(plan);
        notes
    }

    /// Returns the notes of a line.
    pub fn of(&self, line: u32) -> &[Note] {
        self.by_line.get(&line).map_or(&[], Vec::as_slice)
    }

    /// Adds a note to a line.
    pub fn add(&mut self, line: u32, topic: Topic, name: Link, words: String) {
        self.put(line, Note { name, words, is_bad: false, topic });
    }

    fn put(&mut self, line: u32, note: Note) {
        if self.last < line {
            return;
        }
        let notes = self.by_line.entry(line).or_default();
        let is_known = notes.iter().any(|it| it.name.text == note.name.text && it.words == note.words);
        if !is_known && notes.len() < MAX_NOTES {
            notes.push(note);
        }
    }

    fn say(&mut self, place: &Place, topic: Topic, name: impl Into<String>, words: impl Into<String>) {
        // What comes from the settings has no words in the roadmap.
        if place.span.start < place.span.end {
            self.add(place.line(), topic, Link { text: name.into(), href: String::new() }, words.into());
        }
    }

    fn header(&mut self, plan: &Plan) {
        let header = &plan.header;
        let days = [("Date of the plan", &header.date), ("Start", &header.start), ("Target", &header.target)];
        for (name, found) in days {
            if let Some(it) = found {
                self.say(&it.place, Topic::Other, name, wording::full_day(it.value));
            }
        }
        for it in &plan.legend {
            self.say(&it.place, Topic::Other, "Legend", it.value.as_str());
        }
        if let Some(it) = &header.weeks {
            self.say(&it.place, Topic::Other, "Timeline", phrase::count(it.value as usize, "week"));
        }
        if let Some(it) = &header.effort_days {
            self.say(&it.place, Topic::Other, "Effort in all", phrase::days(it.value));
        }
    }

    /// Phases, weeks and blocks.
    fn frame(&mut self, plan: &Plan) {
        for it in &plan.phases {
            let words = self.phase(it);
            let name = match it.kind {
                PhaseKind::Section => format!("Section “{}”", it.name),
                _ => it.full_label(),
            };
            self.say(&it.place, Topic::Other, name, words);
            let label = it.label_in_sentence();
            if let Some(goal) = &it.goal {
                self.say(&goal.place, Topic::Other, "Goal", format!("of {label}"));
            }
            if let Some(lead) = &it.lead {
                let words = format!("of {label}: {}; who leads a phase owns none of its tasks by that", lead.value);
                self.say(&lead.place, Topic::Other, "Lead", words);
            }
            if let Some(health) = &it.health_target {
                let words = format!("of {label}: {}", phrase::number(health.value));
                self.say(&health.place, Topic::Other, "Health target", words);
            }
        }
        let calendar = plan.schedule.as_ref().map(|it| &it.calendar);
        for it in &plan.weeks {
            let name = if it.week < it.last {
                format!("Weeks {} to {}", it.week, it.last)
            } else {
                format!("Week {}", it.week)
            };
            let span = calendar.and_then(|days| days.monday(it.week).zip(days.last_working_day(it.last)));
            let days = span.map(|(first, last)| wording::days(first, last, self.desk.as_of()));
            let phase = it.phase.and_then(|at| plan.phases.get(at)).map(|it| format!("in {}", it.label_in_sentence()));
            let name_read = Some(&it.name).filter(|it| !it.is_empty()).map(|it| format!("“{it}”"));
            let words: Vec<String> = [name_read, days, phase].into_iter().flatten().collect();
            if it.place.span.start < it.place.span.end {
                let name = Link { text: name, href: self.desk.week_href(it.week) };
                self.add(it.place.line(), Topic::Other, name, words.join(", "));
            }
        }
        for it in &plan.blocks {
            let days = it.start.zip(it.end).map(|(first, last)| wording::days(first, last, self.desk.as_of()));
            let week = it.week.map(|it| format!("of week {it}"));
            let words: Vec<String> = [Some(format!("“{}”", it.name)), days, week].into_iter().flatten().collect();
            self.say(&it.place, Topic::Other, "Block", words.join(", "));
        }
    }

    fn phase(&self, it: &Phase) -> String {
        let weeks = it.weeks.map(phrase::weeks_from);
        let days = it.start.zip(it.end).map(|(first, last)| wording::days(first, last, self.desk.as_of()));
        let how = days.as_ref().and_then(|_| {
            let is_named = it.named_start.is_some() || it.named_end.is_some();
            match (is_named, it.weeks) {
                (true, _) => Some("days as written".to_owned()),
                (false, Some(_)) => Some("days counted from the plan’s start".to_owned()),
                (false, None) => None,
            }
        });
        let stated = it.stated.map(|it| format!("said to be {}", it.words()));
        let gate = it.gate.as_ref().map(|it| format!("its gate is “{it}”"));
        let words: Vec<String> = [weeks, days, how, stated, gate].into_iter().flatten().collect();
        words.join(", ")
    }

    fn tasks(&mut self, plan: &Plan) {
        // One owner line may stand below many tasks; each is told once, with the first of their names.
        let mut owned: BTreeMap<u32, (Vec<String>, usize, bool)> = BTreeMap::new();
        for task in &plan.tasks {
            let href = self.desk.task_href(task);
            let first = task.segments.iter().map(|it| it.place.span).min();
            for it in &task.segments {
                let line = it.place.line();
                if self.last < line {
                    continue;
                }
                let text = match (&task.id, first == Some(it.place.span)) {
                    (Some(id), true) => format!("Task {id}"),
                    (Some(id), false) => format!("Further line of {id}"),
                    (None, _) => "Task without an ID".to_owned(),
                };
                let words = words::segment(self.desk, task, it);
                let words = match self.shape(line) {
                    Some(it) => format!("{it}, {words}"),
                    None => words,
                };
                self.add(line, Topic::Task, Link { text, href: href.clone() }, words);
                self.said(task, it);
                if let Some(place) = &it.owner_place {
                    let (names, all, shared) = owned.entry(place.line()).or_default();
                    *all += 1;
                    *shared |= it.shared_by.is_some_and(|it| 1 < it) && it.effort_days.is_some();
                    if names.len() < 3 {
                        names.push(name_of(task));
                    }
                }
            }
        }
        for (line, (names, all, shared)) in owned {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let shares = if shared { ", which share its effort" } else { "" };
            let words = format!("of {}{shares}", words::some(&names, all));
            let name = Link { text: "Owner or effort".to_owned(), href: String::new() };
            self.add(line, Topic::Task, name, words);
        }
    }

    /// Says where a task was read, when it is no item of a list.
    fn shape(&self, line: u32) -> Option<&'static str> {
        match self.desk.facts.sources.roadmap.line(line).trim_start().as_bytes().first()? {
            b'#' => Some("from its heading"),
            b'|' => Some("from a row of a table"),
            _ => None,
        }
    }

    /// The lines below a task that say how important it is, and what must be done before.
    fn said(&mut self, task: &Task, it: &Segment) {
        let Some(said) = &it.said else { return };
        let file = &self.desk.facts.sources.roadmap;
        let own = it.place.line();
        let line =
            |words: &str| place_in(&file.text, words).map(|it| file.index.line(it.start)).filter(|it| *it != own);
        let priority = said.priority.iter().filter_map(|it| Some((line(it)?, "Priority")));
        let before = said.depends_on.iter().take(MAX_NOTES).filter_map(|it| Some((line(it)?, "What comes before")));
        for (line, name) in priority.chain(before).collect::<Vec<_>>() {
            let name = Link { text: name.to_owned(), href: String::new() };
            self.add(line, Topic::Task, name, format!("of {}", name_of(task)));
        }
    }

    fn gates(&mut self, plan: &Plan) {
        for (at, it) in plan.gates.iter().enumerate() {
            // A phase without a gate of its own gets one from its criteria: it stands where the first of them does.
            let is_own = it
                .criteria
                .iter()
                .all(|criterion| criterion.kind == crate::model::CriterionKind::Gate || criterion.place != it.place);
            if is_own {
                let name = Link { text: format!("Gate “{}”", it.name), href: self.desk.gate_href(at) };
                self.add(it.place.line(), Topic::Other, name, words::gate(self.desk, it));
            }
            for criterion in &it.criteria {
                let (kind, words) = words::criterion(self.desk, it, criterion);
                self.say(&criterion.place, Topic::Criterion, kind, words);
            }
            if let Some(decision) = &it.decision {
                let parts = [decision.date.map(|it| self.desk.day(it)), decision.by.clone()];
                let said = parts.into_iter().flatten().fold(decision.verdict.clone(), |all, it| all + ", " + &it);
                self.say(&decision.place, Topic::Other, "Decision", format!("of {}: {said}", it.name));
            }
            for waiver in &it.waivers {
                let until = waiver.until.map_or(String::new(), |it| format!(", until {}", self.desk.day(it)));
                let words = format!("“{}”, signed by {}{until}", waiver.text, waiver.sign_off.name);
                self.say(&waiver.place, Topic::Criterion, "Waiver", words);
            }
        }
    }

    fn rest(&mut self, plan: &Plan) {
        for it in &plan.deliverables {
            let scope = it.scope.trim();
            let of = if scope.is_empty() { String::new() } else { format!("of {scope}") };
            self.say(&it.place, Topic::Deliverable, "Deliverable", of);
        }
        for it in &plan.metrics {
            self.say(&it.place, Topic::Metric, format!("Metric “{}”", it.name), words::metric(it));
        }
        for it in &plan.risks {
            let against = if it.mitigation.is_some() { "" } else { ", no mitigation" };
            self.say(&it.place, Topic::Risk, "Risk", format!("{}{against}", it.severity));
        }
        for it in &plan.teams {
            self.say(&it.place, Topic::Team, format!("Team “{}”", it.name), words::team(it));
        }
        for it in &plan.budget.items {
            let amount = wording::money(it.amount, &it.currency);
            self.say(&it.place, Topic::Budget, "Budget post", format!("“{}”, {amount}", it.name));
        }
        if let Some(place) = &plan.budget.total_place {
            let currency = plan.budget.currency.as_deref().unwrap_or_default();
            let once = plan.budget.one_time.map(|it| format!("{} once", wording::money(it, currency)));
            let monthly = plan.budget.monthly.map(|it| format!("{} a month", wording::money(it, currency)));
            let words: Vec<String> = [once, monthly].into_iter().flatten().collect();
            self.say(place, Topic::Budget, "Budget in all", words.join(" and "));
        }
    }

    fn not_understood(&mut self, plan: &Plan) {
        for it in &plan.facts.not_understood {
            let name = Link { text: "Box not understood".to_owned(), href: String::new() };
            let words = "it is neither a task, a subtask nor a sign-off, and counts nowhere".to_owned();
            self.put(it.line(), Note { name, words, is_bad: true, topic: Topic::Other });
        }
    }
}

/// Returns what a task is called in a few words.
pub fn name_of(task: &Task) -> String {
    let name = task.name();
    match name.char_indices().nth(40).and_then(|(at, _)| name.get(..at)) {
        Some(start) => format!("“{}…”", start.trim_end()),
        None if task.id.is_some() => name,
        None => format!("“{name}”"),
    }
}
