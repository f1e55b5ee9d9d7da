//! What changed in the last reported week, and the risks that matter most.

use crate::calendar::in_week_or_on_day;
use crate::history::DatedStandup;
use crate::model::{Entry, Risk, Task};
use crate::phrase;
use crate::views::charts::Look;
use crate::views::parts::{Link, Mark, Src};
use crate::views::risks::rank;
use crate::views::week::Scope;
use crate::views::{Desk, wording};
use serde::Serialize;

/// What changed in a week.
#[derive(Debug, Serialize)]
pub struct ChangeList {
    /// "Week 3: 3 finished, 1 blocked".
    pub heading: String,
    /// The changes.
    pub lines: Vec<Change>,
    /// The week's page.
    pub more: Link,
}

/// A change.
#[derive(Debug, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub mark: Mark,
    /// The tasks.
    pub tasks: Vec<Link>,
    /// "at 80%".
    pub words: String,
    /// "3 days late".
    pub late: Option<String>,
    /// What the standup says.
    pub note: String,
    /// The line.
    pub src: Option<Src>,
}

/// The risks that matter most.
#[derive(Debug, Serialize)]
pub struct TopRisks {
    /// "1 of 3 High risks has happened".
    pub heading: String,
    /// The risks.
    pub lines: Vec<RiskLine>,
}

/// A risk.
#[derive(Debug, Serialize)]
pub struct RiskLine {
    /// Whether it has happened.
    pub mark: Mark,
    /// The words, as HTML.
    pub title: String,
    /// What is said about it, or done against it.
    pub note: String,
    /// The line.
    pub src: Src,
}

/// Collects what changed in the last reported week.
pub fn changes(desk: &Desk<'_>) -> Option<ChangeList> {
    let last = desk.facts.history.standups.last()?;
    let told = Told::of(desk, last);
    let it = &last.standup;
    // What is finished by now is held up and under way no more.
    let is_over = |entry: &&Entry| {
        let tasks = told.tasks(desk, entry);
        !tasks.is_empty() && tasks.iter().all(|at| !desk.state(*at).state.is_open())
    };
    let blocked: Vec<&Entry> = it.blocked.iter().filter(|it| !is_over(it)).collect();
    let mut parts = Vec::new();
    if !told.finished.is_empty() {
        parts.push(format!("{} finished", told.finished.len()));
    }
    if !blocked.is_empty() {
        parts.push(format!("{} blocked", blocked.len()));
    }
    let nothing = if told.others.is_empty() { "nothing finished" } else { "nothing of the plan finished" };
    let news = if parts.is_empty() { nothing.to_owned() } else { parts.join(", ") };
    let this = last.week.is_some() && desk.analysis().this_week == last.week;
    let heading =
        if this { format!("This week: {news}") } else { format!("{}: {news}", phrase::capitalise(&last.when())) };
    let mut lines: Vec<Change> = told.line(desk).into_iter().collect();
    lines.extend(blocked.iter().map(|it| change(desk, Mark::shaped(Look::Bad, "blocked", "Blocked"), it)));
    let is_blocked = |entry: &Entry| it.blocked.iter().any(|other| other.ids == entry.ids && !entry.ids.is_empty());
    let moving = it.in_progress.iter().filter(|it| !is_blocked(it) && !is_over(it));
    lines.extend(moving.map(|it| change(desk, Mark::new(Look::Live, "In progress"), it)));
    lines.extend(forecast(desk, told.scope.as_ref()));
    let more = Link {
        text: format!("{} in full", phrase::capitalise(&last.when())),
        href: desk.told_href(last.week, last.date),
    };
    Some(ChangeList { heading, lines, more })
}

/// What the week of the last standup finished, as its own page says.
struct Told<'a> {
    /// The week; nothing for a standup that is in none.
    scope: Option<Scope<'a>>,
    /// The tasks.
    finished: Vec<usize>,
    /// The lines about them.
    entries: Vec<&'a Entry>,
    /// The lines about what is done that name nothing of the plan.
    others: Vec<&'a Entry>,
}

impl<'a> Told<'a> {
    fn of(desk: &Desk<'a>, last: &'a DatedStandup) -> Self {
        let history = desk.facts.history;
        let scope = last.week.filter(|it| !desk.week_href(*it).is_empty()).map(|it| Scope::new(desk, it));
        let finished = scope.as_ref().map_or_else(
            || {
                let before = history.standups.iter().rev().map(|it| it.date).find(|it| *it < last.date);
                let before = before.or_else(|| last.date.pred_opt()).unwrap_or(last.date);
                history.finished_between(before, last.date)
            },
            Scope::finished,
        );
        let done = scope.as_ref().map_or_else(|| last.standup.done.iter().collect(), |it| it.entries(|it| &it.done));
        let mut told = Self { scope, finished, entries: Vec::new(), others: Vec::new() };
        for it in done {
            let tasks = told.tasks(desk, it);
            if tasks.is_empty() {
                told.others.push(it);
            } else if tasks.iter().any(|at| told.finished.binary_search(at).is_ok()) {
                told.entries.push(it);
            }
        }
        told
    }

    /// Returns the tasks that a line speaks of.
    fn tasks(&self, desk: &Desk<'_>, it: &Entry) -> Vec<usize> {
        match &self.scope {
            Some(scope) => scope.tasks_of(it),
            None => it.ids.iter().filter_map(|it| desk.plan().task_with_id(it)).collect(),
        }
    }

    fn line(&self, desk: &Desk<'_>) -> Option<Change> {
        let link = |it: &Task| Link { text: it.name(), href: desk.task_href(it) };
        let mut tasks: Vec<Link> = self.finished.iter().filter_map(|at| desk.task(*at)).map(link).collect();
        tasks.extend(self.others.iter().flat_map(|it| named(desk, it)));
        let entries = || self.entries.iter().chain(&self.others);
        let note = entries().map(|it| it.said()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ");
        let by_mark = || self.finished.first().and_then(|at| desk.state(*at).evidence).map(|it| &it.place);
        let place = entries().next().map(|it| &it.place).or_else(by_mark)?;
        let mark = Mark::new(Look::Ok, if self.finished.is_empty() { "Reported" } else { "Finished" });
        let note = if entries().next().is_none() { "Marked in the roadmap".to_owned() } else { note };
        Some(Change { mark, tasks, words: String::new(), late: None, note, src: Some(desk.src(place)) })
    }
}

fn named(desk: &Desk<'_>, it: &Entry) -> Vec<Link> {
    if it.ids.is_empty() { vec![Link { text: it.text.plain(), href: String::new() }] } else { desk.id_links(&it.ids) }
}

fn change(desk: &Desk<'_>, mark: Mark, it: &Entry) -> Change {
    let at = it.ids.first().and_then(|id| desk.plan().task_with_id(id));
    let percent = it.percent.or_else(|| at.and_then(|at| desk.state(at).percent));
    let words = percent.map_or(String::new(), |it| format!("at {}", wording::percent(it)));
    let late = at.and_then(|it| desk.late(it)).map(wording::late);
    let note = it.reason.as_ref().map_or_else(|| it.said(), ToString::to_string);
    Change { mark, tasks: named(desk, it), words, late, note, src: Some(desk.src(&it.place)) }
}

/// The forecast of the week and the one before it, as the week's page has them; without a week, that of seven days before.
fn forecast(desk: &Desk<'_>, scope: Option<&Scope<'_>>) -> Option<Change> {
    let (now, before) = match scope {
        Some(it) => it.forecasts(),
        None => (desk.analysis().forecast.clone(), desk.analysis().forecast_before.clone()?),
    };
    let words = format!("{} → {}", desk.day(before.p50?), desk.day(now.p50?));
    let chances = before.on_time.zip(now.on_time);
    let chance =
        chances.map(|(before, now)| format!("Chance {} → {}. ", wording::chance(before), wording::chance(now)));
    let note = format!("{}{}", chance.unwrap_or_default(), items(desk));
    Some(Change { mark: Mark::new(Look::Plain, "Forecast"), tasks: Vec::new(), words, late: None, note, src: None })
}

/// "Scope unchanged at 42 items.", against a week before; where no earlier version is known, the scope alone.
fn items(desk: &Desk<'_>) -> String {
    let items = phrase::count(desk.analysis().progress.total, "item");
    let history = desk.facts.history;
    let before = desk.as_of().checked_sub_days(chrono::Days::new(7)).filter(|_| history.versions.told_from().is_some());
    let Some(before) = before else { return format!("Scope: {items}.") };
    match history.scope_on(before).total {
        it if it == desk.analysis().progress.total => format!("Scope unchanged at {items}."),
        it => format!("Scope {it} → {items}."),
    }
}

/// Collects three risks: those that have happened first, then by severity.
pub fn top_risks(desk: &Desk<'_>) -> Option<TopRisks> {
    let mut risks: Vec<_> = desk.plan().risks.iter().zip(&desk.analysis().risks).collect();
    let worst = risks.iter().map(|(it, _)| rank(&it.severity)).min()?;
    let severity = risks.iter().find(|(it, _)| rank(&it.severity) == worst).map(|(it, _)| it.severity.clone())?;
    let of_worst = risks.iter().filter(|(it, _)| rank(&it.severity) == worst);
    let happened = of_worst.clone().filter(|(_, it)| it.happened).count();
    let total = of_worst.count();
    let noun = format!("{severity} risk");
    let noun = noun.trim_start();
    let heading = match happened {
        // Where nobody reports, nobody has said either that nothing happened.
        0 if desk.facts.history.standups.is_empty() => {
            format!("{}: no standup tells of {}", phrase::count(total, noun), if total == 1 { "it" } else { "them" })
        }
        0 if total == 1 => format!("The one {noun} has not happened"),
        n if n == total && n == 1 => format!("The one {noun} has happened"),
        0 => format!("None of {} has happened", phrase::count(total, noun)),
        n => format!("{n} of {} {} happened", phrase::count(total, noun), if n == 1 { "has" } else { "have" }),
    };
    risks.sort_by_key(|(it, review)| (!review.happened, rank(&it.severity)));
    let line = |(risk, review): &(&Risk, &crate::analysis::RiskReview)| {
        let mark = if review.happened {
            Mark::shaped(Look::Bad, "blocked", "Happened")
        } else if let Some(it) = review.mentions.last() {
            Mark::new(Look::Warn, format!("Named {}", in_week_or_on_day(it.week, it.date)))
        } else {
            Mark::new(Look::Plain, "Not reported")
        };
        let plan = risk.mitigation.as_ref().map_or(String::new(), |it| format!("Plan: {}", it.plain()));
        let said = review.mentions.last();
        let words = said.map(|it| it.words.trim_start_matches([':', ' ']).to_owned()).filter(|it| !it.is_empty());
        let note = words.map_or(plan.clone(), |it| if plan.is_empty() { it } else { format!("{it}. {plan}") });
        RiskLine { mark, title: risk.title.html(), note, src: desk.src(said.map_or(&risk.place, |it| &it.place)) }
    };
    Some(TopRisks { heading, lines: risks.iter().take(3).map(line).collect() })
}
