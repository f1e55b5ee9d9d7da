//! The calendar: gates, phases, the launch, decisions that are due.

use super::{Address, Identity, line, noun};
use crate::analysis::DecisionReview;
use crate::calendar::Day;
use crate::model::Phase;
use crate::views::desk::gate_slugs;
use crate::views::frame::Section;
use crate::views::gate::status::{self, Status};
use crate::views::portfolio::PortfolioFacts;
use crate::views::{Desk, decisions, index, wording};
use std::collections::HashMap;

/// The most letters of a title.
const TITLE: usize = 120;
/// The most letters of a line of a description.
const WORDS: usize = 500;

/// A calendar of whole days.
#[derive(Debug, Clone)]
pub struct CalendarView {
    /// What it is called.
    pub name: String,
    /// The day it was made for.
    pub as_of: Day,
    /// Its own address, where it is known.
    pub source: Option<String>,
    /// What it holds, by day.
    pub events: Vec<EventView>,
}

/// Something on one day or several.
#[derive(Debug, Clone)]
pub struct EventView {
    /// What it is, wherever it moves.
    pub identity: Identity,
    /// Its first day.
    pub first: Day,
    /// The day after its last.
    pub after: Day,
    /// Its title.
    pub title: String,
    /// What there is to know about it, line by line.
    pub notes: Vec<String>,
    /// "Gate", "Phase", "Launch" or "Decision".
    pub category: &'static str,
    /// Its page, where the site's address is known.
    pub url: Option<String>,
    /// The day it was made for.
    pub as_of: Day,
}

/// Makes the calendar of a plan.
#[must_use]
pub fn calendar(desk: &Desk<'_>, address: Address<'_>) -> CalendarView {
    CalendarView {
        name: line(&desk.plan().title, TITLE),
        as_of: desk.as_of(),
        source: address.of(super::CALENDAR),
        events: events(desk, address),
    }
}

/// Makes one calendar over all projects; each event is the same as in the calendar of its project, behind the project's name.
#[must_use]
pub fn of_portfolio(facts: &PortfolioFacts<'_>, base_url: Option<&str>) -> CalendarView {
    let mut all = Vec::new();
    for it in &facts.members {
        let Ok(desk) = it.desk() else { continue };
        let own = Address::new(base_url).of(&it.slug);
        let name = line(it.title(), 40);
        let named = events(&desk, Address::new(own.as_deref()));
        all.extend(named.into_iter().map(|it| EventView { title: format!("{name}: {}", it.title), ..it }));
    }
    sort(&mut all);
    CalendarView {
        name: line(facts.title.unwrap_or(crate::views::frame::ALL), TITLE),
        as_of: facts.as_of,
        source: Address::new(base_url).of(super::CALENDAR),
        events: all,
    }
}

fn events(desk: &Desk<'_>, address: Address<'_>) -> Vec<EventView> {
    let maker = Maker { desk, address };
    let slugs = gate_slugs(desk.plan());
    let gates = status::all(desk);
    // Two things of one name are parted by their order; things are called by their words and not by their place, so that one more before
    // them makes them no others.
    let mut seen: HashMap<(&str, String), usize> = HashMap::new();
    let mut named = |kind: &'static str, name: String| {
        let nth = seen.entry((kind, name.clone())).or_default();
        *nth += 1;
        if *nth == 1 { name } else { format!("{name} ({nth})") }
    };
    let mut all: Vec<EventView> = Vec::new();
    for (it, slug) in gates.iter().zip(&slugs) {
        all.extend(maker.gate(it, slug, &named("gate", slug.clone())));
    }
    for it in &desk.plan().phases {
        all.extend(maker.phase(it, &named("phase", it.label())));
    }
    all.extend(maker.launch());
    all.extend(desk.analysis().decisions.open().filter_map(|it| maker.decision(it)));
    sort(&mut all);
    all
}

fn sort(events: &mut [EventView]) {
    events.sort_by(|a, b| (a.first, a.category, &a.identity).cmp(&(b.first, b.category, &b.identity)));
}

struct Maker<'a, 'b> {
    desk: &'b Desk<'a>,
    address: Address<'b>,
}

impl Maker<'_, '_> {
    fn event(&self, identity: Identity, (first, last): (Day, Day), page: &str) -> Option<EventView> {
        Some(EventView {
            identity,
            first,
            // On the last day that there is, no day follows.
            after: last.max(first).succ_opt()?,
            title: String::new(),
            notes: Vec::new(),
            category: "",
            url: self.address.of(page),
            as_of: self.desk.as_of(),
        })
    }

    fn notes(&self, notes: impl IntoIterator<Item = String>) -> Vec<String> {
        let as_of = format!("As of {}.", wording::full_day(self.desk.as_of()));
        notes.into_iter().chain([as_of]).filter(|it| !it.is_empty()).map(|it| line(&it, WORDS)).collect()
    }

    fn gate(&self, it: &Status<'_>, slug: &str, key: &str) -> Option<EventView> {
        let due = it.gate.due?;
        let identity = Identity::new(self.desk, self.address, "gate", key);
        let mark = it.decision_mark().unwrap_or_else(|| it.mark());
        let phase = it.gate.phase.and_then(|at| self.desk.plan().phases.get(at));
        let notes = [
            format!("{}.", it.finding(self.desk.as_of())),
            if it.gate.name == it.gate.short { String::new() } else { format!("The whole name: {}.", it.gate.name) },
            phase.map(|it| format!("Of {}.", it.full_label())).unwrap_or_default(),
        ];
        Some(EventView {
            title: format!("{}{}: {}", line(&it.gate.short, TITLE), noun(it.gate), mark.text),
            notes: self.notes(notes),
            category: "Gate",
            ..self.event(identity, (due, due), &format!("gates/{slug}.html"))?
        })
    }

    fn phase(&self, it: &Phase, key: &str) -> Option<EventView> {
        let days = it.start.zip(it.end)?;
        let identity = Identity::new(self.desk, self.address, "phase", key);
        let goal = it.goal.as_ref().map(|it| format!("Goal: {}", it.value.plain()));
        let page = if Section::Timeline.exists(self.desk) { "timeline.html" } else { "index.html" };
        Some(EventView {
            title: line(&it.full_label(), TITLE),
            notes: self.notes(goal),
            category: "Phase",
            ..self.event(identity, days, page)?
        })
    }

    fn launch(&self) -> Option<EventView> {
        let target = self.desk.plan().header.target.as_ref()?.value;
        let identity = Identity::new(self.desk, self.address, "launch", "");
        Some(EventView {
            title: format!("Target launch: {}", line(&self.desk.plan().title, TITLE)),
            notes: self.notes([format!("{}.", index::finding(self.desk))]),
            category: "Launch",
            ..self.event(identity, (target, target), "index.html")?
        })
    }

    fn decision(&self, it: &DecisionReview) -> Option<EventView> {
        let due = it.due.as_ref()?.day?;
        // Words may be asked in others next week; where it was asked first stays.
        let key = format!("{}:{}", it.asked.place.path, it.asked.place.line());
        let identity = Identity::new(self.desk, self.address, "decision", key);
        let view = decisions::asked(self.desk, it);
        let said = decisions::sentences(&[
            ("", view.asked.as_deref()),
            ("Who decides", view.owner.as_deref()),
            ("Options", view.options.as_deref()),
            ("What waiting costs", view.cost.as_deref()),
        ]);
        let state = if view.is_overdue { " (overdue)" } else { "" };
        Some(EventView {
            title: format!("Decide{state}: {}", line(&view.title, TITLE)),
            notes: self.notes([said]),
            category: "Decision",
            ..self.event(identity, (due, due), &view.href)?
        })
    }
}
