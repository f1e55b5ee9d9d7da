//! What is done, in items and in effort, and when the rest may be: with the method of the forecast.

use super::charts::{DataTable, Figure};
use super::frame::{Frame, Heading, Section, frame};
use super::page::Page;
use super::part_tally::part_tallies;
use super::parts::Fact;
use super::{Desk, burndown_figure, chance_figure, forecast_record, phases, wording};
use crate::analysis::Basis;
use crate::phrase;
use serde::Serialize;

/// The page on progress.
#[derive(Debug, Serialize)]
pub struct ProgressPage {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// Figures beside their plan.
    pub facts: Vec<Fact>,
    /// The burndowns.
    pub figures: Vec<Figure>,
    /// Why there is no burndown; empty where there is one.
    pub no_burndown: String,
    /// Items done in each part of the plan, where it has parts.
    pub parts: Option<DataTable>,
    /// Items done and planned, week by week, where they have days.
    pub weeks: Option<DataTable>,
    /// What the forecast says.
    pub forecast: Vec<String>,
    /// How it is made; empty where none is made.
    pub method: Vec<String>,
    /// What it said before.
    pub record: Option<DataTable>,
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "site/progress.html";

    fn figures(&self) -> Vec<&Figure> {
        self.figures.iter().collect()
    }
}

/// Makes the page on progress.
#[must_use]
pub fn progress(desk: &Desk<'_>, base_url: Option<&str>) -> ProgressPage {
    let heading = heading(desk);
    let words = Heading {
        title: heading.clone(),
        description: format!("What is done of {}, and when the rest may be", desk.plan().title),
        section: Section::Progress,
        is_first: true,
        path: "progress.html".to_owned(),
    };
    let figures: Vec<Figure> =
        [burndown_figure::items(desk), burndown_figure::effort(desk)].into_iter().flatten().collect();
    // Where nothing tells how the work went, what is done is a point, and the burndown has it.
    let up = desk.facts.history.is_told().then(|| [burndown_figure::items_up(desk), burndown_figure::effort_up(desk)]);
    let figures: Vec<Figure> =
        figures.into_iter().chain(up.into_iter().flatten().flatten()).chain(chance_figure::figure(desk)).collect();
    ProgressPage {
        frame: frame(desk, &words, base_url),
        heading,
        facts: facts(desk),
        no_burndown: no_burndown(desk, !figures.is_empty()),
        figures,
        parts: parts(desk),
        weeks: weeks(desk),
        forecast: forecast(desk),
        method: method(desk),
        record: forecast_record::record(desk),
    }
}

fn heading(desk: &Desk<'_>) -> String {
    let it = &desk.analysis().progress;
    let done = phrase::capitalise(&wording::done_of(it.done, it.total));
    match it.planned_done {
        Some(planned) if planned == it.done => format!("{done}, as planned"),
        Some(planned) => format!("{done} where the plan had {planned}"),
        None => done,
    }
}

/// Says why no burndown can be drawn, or none that is held against a plan.
fn no_burndown(desk: &Desk<'_>, has_figure: bool) -> String {
    if has_figure && desk.analysis().forecast.basis != Basis::None {
        return String::new();
    }
    let what = if has_figure { "There is no forecast" } else { "There is no burndown and no forecast" };
    match (desk.plan().schedule.is_some(), desk.analysis().progress.planned_done) {
        (_, Some(_)) => String::new(),
        (true, None) => {
            format!("{what}: the plan has a calendar, but no item stands in a week, or in a phase with weeks.")
        }
        (false, None) => format!("{what}: the plan names no weeks or no start, so no item has a planned day."),
    }
}

/// Counts what is done in each phase, and outside of them.
fn parts(desk: &Desk<'_>) -> Option<DataTable> {
    let plan = desk.plan();
    let parts = part_tallies(desk);
    if parts.is_empty() {
        return None;
    }
    let has_effort = desk.analysis().progress.has_effort;
    let rows = parts.iter().map(|it| {
        let mut row = vec![it.name.clone(), it.words()];
        if has_effort {
            row.push(if it.effort <= 0.0 {
                "–".to_owned()
            } else {
                format!("{} of {} days", phrase::number(it.effort_done), phrase::number(it.effort))
            });
        }
        row
    });
    let rows: Vec<_> = rows.collect();
    let columns = [phrase::capitalise(phases::noun(plan)), "Items done".to_owned()];
    Some(DataTable {
        summary: format!("Items done by {}", phases::noun(plan)),
        columns: columns.into_iter().chain(has_effort.then(|| "Effort done".to_owned())).collect(),
        rows,
        note: String::new(),
    })
}

fn facts(desk: &Desk<'_>) -> Vec<Fact> {
    let it = &desk.analysis().progress;
    let fact = |label: &str, value: String, note: String| Fact::new(label, value, note);
    let planned = it.planned_done.map_or(String::new(), |it| format!("{it} planned by now"));
    let mut facts = vec![fact("Items done", format!("{} of {}", it.done, it.total), planned)];
    if it.has_effort {
        let declared = desk.plan().header.effort_days.as_ref();
        let note = declared.map_or(String::new(), |it| format!("the plan declares {} days", phrase::number(it.value)));
        facts.push(fact(
            "Effort done",
            format!("{} of {} days", phrase::number(it.effort_done), phrase::number(it.effort_total)),
            note,
        ));
    }
    if let Some(it) = &desk.analysis().earned {
        let note = format!("after {}, on the plan’s own line", phrase::count(it.week as usize, "week"));
        facts.push(fact("Earned schedule", format!("{:.1} weeks", it.weeks), note));
        let note = "earned schedule by actual time; below 1 is late".to_owned();
        facts.push(fact("SPI(t)", format!("{:.2}", it.spi), note));
    }
    facts
}

fn weeks(desk: &Desk<'_>) -> Option<DataTable> {
    let series = &desk.analysis().burndown.items;
    let schedule = desk.plan().schedule.as_ref()?;
    desk.analysis().progress.planned_done?;
    // Without standups nobody knows in which week something was finished.
    if desk.facts.history.standups.is_empty() {
        return None;
    }
    let mut before = series.first().map_or(0.0, |it| it.scope);
    let mut planned_before = before;
    let mut rows = Vec::new();
    for week in 1..=schedule.weeks {
        let Some(end) = schedule.calendar.last_working_day(week) else { continue };
        let Some(it) = series.iter().rfind(|it| it.date <= end) else { continue };
        let left = it.planned?;
        let planned = planned_before - left;
        planned_before = left;
        let finished = it.remaining.filter(|_| end <= desk.as_of()).map(|left| {
            let finished = before - left;
            before = left;
            finished
        });
        let told = !desk.analysis().missing_standups.contains(&week);
        let finished = match finished {
            Some(it) if told => phrase::number(it),
            Some(_) => "no standup".to_owned(),
            None => "–".to_owned(),
        };
        rows.push(vec![format!("W{week}, {}", desk.day(end)), phrase::number(planned), finished]);
    }
    Some(DataTable {
        summary: "Items finished, week by week".to_owned(),
        columns: ["Week ending", "Planned", "Finished"].map(str::to_owned).to_vec(),
        rows,
        note: String::new(),
    })
}

fn forecast(desk: &Desk<'_>) -> Vec<String> {
    let it = &desk.analysis().forecast;
    if it.basis == Basis::None && desk.analysis().progress.planned_done.is_none() {
        return Vec::new();
    }
    if !it.basis.is_known() {
        return vec![wording::forecast_note(&desk.facts)];
    }
    let day = |it| wording::long_day(it, desk.as_of());
    let mut words = vec![match (it.p50.map(day), it.p85.map(day)) {
        (Some(p50), Some(p85)) => format!("Half of such plans would be done by {p50}, 85% by {p85}."),
        (Some(p50), None) => format!("Half of such plans would be done by {p50}, 85% only later than a year from now."),
        (None, _) => "Most of such plans would not be done within a year from now.".to_owned(),
    }];
    if let (Some(on_time), Some(deadline)) = (it.on_time, desk.analysis().deadline.filter(|it| desk.as_of() <= *it)) {
        words.push(format!(
            "The target, with {} as its last working day, has {}.",
            day(deadline),
            wording::a_chance(on_time)
        ));
    }
    words.push(wording::forecast_note(&desk.facts));
    words
}

fn method(desk: &Desk<'_>) -> Vec<String> {
    let basis = desk.analysis().forecast.basis;
    let by_history = matches!(basis, Basis::History | Basis::TooLittle);
    if !by_history && desk.analysis().progress.planned_done.is_none() {
        return Vec::new();
    }
    let pace = if by_history {
        "The forecast counts items, not effort. Items finished in a week vary around a pace; the pace is drawn from the weeks so far alone, since no item has a planned day, and may drift."
    } else {
        "The forecast counts items, not effort. Items finished in a week vary around a pace; the pace is drawn from the plan's own rate and from the weeks so far, and may drift."
    };
    let growth = if by_history {
        "Scope may go on growing for ten weeks, as much as it has grown so far; before anything is known of that, by about 2% a week."
    } else {
        "Scope may go on growing until the planned end, as much as it has grown so far; before anything is known of that, by about 2% a week, as it did in the projects the model was tried on."
    };
    let proof = format!("{}, so this is no independent proof.", burndown_figure::TRACK_RECORD.trim_end_matches('.'));
    let record = if by_history {
        "On public merge histories 83 to 85% of the 85% dates of this model held, on public checklists, which are closer to a plan, 53 to 74%: they stop and start more than it allows for."
    } else {
        &proof
    };
    [
        pace,
        "Chances are averages over fixed nodes of that distribution: there are no random numbers, so the same plan gives the same dates.",
        growth,
        record,
        "What it cannot know: large items at the end, ticking sprees before a gate, work that nobody has written down.",
    ]
    .map(str::to_owned)
    .to_vec()
}
