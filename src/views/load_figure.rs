//! Planned work against capacity, as charts: all teams together, and each team.

use super::Desk;
use super::charts::{Chart, DataTable, Figure, Load, LoadBar};
use crate::analysis::WeekLoad;
use crate::phrase;

/// The most teams that have a chart of their own; the table holds all.
const MOST_FIGURES: usize = 12;

/// Says whether a week asks for more than there is.
#[must_use]
pub fn is_over(load: &WeekLoad) -> bool {
    load.capacity + 1e-9 < load.planned
}

/// Returns the sum of planned days and of days that are there.
#[must_use]
pub fn sums(loads: &[WeekLoad]) -> (f64, f64) {
    let sum = |of: fn(&WeekLoad) -> f64| phrase::rounded(loads.iter().map(of).sum(), 3);
    (sum(|it| it.planned), sum(|it| it.capacity))
}

/// "3 of 2.5 days".
#[must_use]
pub fn of_days(load: &WeekLoad) -> String {
    format!("{} of {} days", phrase::number(load.planned), phrase::number(load.capacity))
}

/// "week 6", "weeks 3, 6 and 7".
#[must_use]
pub fn weeks_words(weeks: &[&WeekLoad]) -> String {
    let numbers: Vec<String> = weeks.iter().map(|it| it.week.to_string()).collect();
    let noun = if numbers.len() == 1 { "week" } else { "weeks" };
    format!("{noun} {}", phrase::list(&numbers))
}

/// Makes the chart of all teams together; nothing for a plan without teams or weeks.
#[must_use]
pub fn total_figure(desk: &Desk<'_>) -> Option<Figure> {
    let loads = &desk.analysis().capacity.total;
    if loads.is_empty() || desk.plan().teams.is_empty() || !is_loaded(desk) {
        return None;
    }
    let over: Vec<&WeekLoad> = loads.iter().filter(|it| is_over(it)).collect();
    let heading = match (over.as_slice(), fullest(loads)) {
        ([], None) => "No work is planned for the teams".to_owned(),
        ([], Some(it)) => {
            format!("Together, the teams have room every week; week {} is the fullest, {}", it.week, of_days(it))
        }
        ([one], _) => format!("Week {} asks for more than all teams have, {}", one.week, of_days(one)),
        (many, _) => {
            let weeks = weeks_words(many);
            format!("{} ask for more than all teams have", phrase::capitalise(&weeks))
        }
    };
    let note = "Days of work planned, against days that are there: full-time equivalents times working days.";
    let title = "Planned days and capacity of all teams";
    Some(figure(desk, loads, &Words { id: "load".to_owned(), heading, note, title: title.to_owned() }))
}

/// Says whether work is planned for anyone: without owners or without effort there is no load.
#[must_use]
pub fn is_loaded(desk: &Desk<'_>) -> bool {
    let capacity = &desk.analysis().capacity;
    let planned = |it: &WeekLoad| 0.0 < it.planned;
    capacity.total.iter().chain(capacity.teams.iter().flatten()).any(planned) || !capacity.unmatched.is_empty()
}

/// Makes the charts of the teams for which work is planned: first those above capacity, then by days planned.
#[must_use]
pub fn team_figures(desk: &Desk<'_>) -> Vec<Figure> {
    let teams = desk.plan().teams.iter().zip(&desk.analysis().capacity.teams).enumerate();
    let mut teams: Vec<_> = teams.filter(|(_, (_, loads))| 0.0 < sums(loads).0).collect();
    let over = |it: &[WeekLoad]| it.iter().filter(|it| is_over(it)).count();
    teams.sort_by(|(_, (_, a)), (_, (_, b))| {
        (0 < over(b)).cmp(&(0 < over(a))).then_with(|| sums(b).0.total_cmp(&sums(a).0))
    });
    let figure = |(at, (team, loads)): (usize, (&crate::model::Team, &Vec<WeekLoad>))| {
        let words = Words {
            id: format!("load-{}", at + 1),
            heading: format!("{} {}", team.name, finding(loads)),
            note: "",
            title: format!("Planned days and capacity of {}", team.name),
        };
        self::figure(desk, loads, &words)
    };
    teams.into_iter().take(MOST_FIGURES).map(figure).collect()
}

/// Returns what a team's weeks show, as the rest of a sentence about the team.
fn finding(loads: &[WeekLoad]) -> String {
    let over: Vec<&WeekLoad> = loads.iter().filter(|it| is_over(it)).collect();
    match (over.as_slice(), fullest(loads)) {
        ([], None) => "has no work planned".to_owned(),
        ([], Some(it)) if it.capacity <= it.planned => format!("has no slack in week {}, {}", it.week, of_days(it)),
        ([], Some(it)) => format!("is fullest in week {}, {}", it.week, of_days(it)),
        ([one], _) => format!("is over capacity in week {}, {}", one.week, of_days(one)),
        (many, _) => format!("is over capacity in {}", weeks_words(many)),
    }
}

/// Returns the first week with the largest share of its capacity planned.
fn fullest(loads: &[WeekLoad]) -> Option<&WeekLoad> {
    let share = |it: &WeekLoad| it.planned / it.capacity.max(1e-9);
    let mut found: Option<&WeekLoad> = None;
    for it in loads.iter().filter(|it| 0.0 < it.planned) {
        if found.is_none_or(|best| share(best) < share(it)) {
            found = Some(it);
        }
    }
    found
}

/// A chart's own words.
struct Words {
    id: String,
    heading: String,
    note: &'static str,
    title: String,
}

fn figure(desk: &Desk<'_>, loads: &[WeekLoad], words: &Words) -> Figure {
    let (planned, capacity) = sums(loads);
    let over: Vec<&WeekLoad> = loads.iter().filter(|it| is_over(it)).collect();
    let over = if over.is_empty() {
        "no week is above capacity".to_owned()
    } else {
        format!("above capacity in {}", weeks_words(&over))
    };
    let row = |it: &WeekLoad| {
        let over = if is_over(it) { "over" } else { "" };
        vec![format!("Week {}", it.week), phrase::number(it.planned), phrase::number(it.capacity), over.to_owned()]
    };
    let bar = |it: &WeekLoad| LoadBar { week: it.week, planned: it.planned, capacity: it.capacity };
    Figure {
        desc: format!("{} of {} days are planned in all, {over}.", phrase::number(planned), phrase::number(capacity)),
        id: words.id.clone(),
        heading: words.heading.clone(),
        note: words.note.to_owned(),
        title: words.title.clone(),
        chart: Chart::Load(Load { bars: loads.iter().map(bar).collect(), this_week: desk.analysis().this_week }),
        table: DataTable {
            summary: format!("{} as a table", words.title),
            columns: ["Week", "Planned days", "Capacity in days", "Above capacity"].map(str::to_owned).to_vec(),
            rows: loads.iter().map(row).collect(),
            note: String::new(),
        },
    }
}
