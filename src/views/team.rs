//! Team and budget: who has how much to do, and what it costs.

use super::budget::{BudgetView, budget};
use super::charts::Figure;
use super::frame::{Frame, Heading, Section, frame};
use super::load_figure::{is_loaded, is_over, of_days, sums, team_figures, total_figure, weeks_words};
use super::page::Page;
use super::parts::{Link, Src};
use super::{Desk, wording};
use crate::analysis::{OwnerLoad, WeekLoad};
use crate::model::{Team, TeamPeriod};
use crate::phrase;
use serde::Serialize;

/// How many tasks of an owner are named.
const MOST_TASKS: usize = 8;

/// The page of team and budget.
#[derive(Debug, Serialize)]
pub struct TeamPage {
    /// What stands around it.
    pub frame: Frame,
    /// The finding.
    pub heading: String,
    /// What to know besides.
    pub lead: String,
    /// All teams together.
    pub total: Option<Figure>,
    /// The teams.
    pub figures: Vec<Figure>,
    /// The teams by weeks.
    pub table: Option<LoadTable>,
    /// "15 days of work have owners that are in no team of the plan".
    pub owners_heading: String,
    /// Owners that are in no team.
    pub owners: Vec<OwnerView>,
    /// "Eight teams have 4 to 7.5 full-time equivalents a week".
    pub strength_heading: String,
    /// The teams' strength, as written.
    pub strength: Vec<StrengthView>,
    /// What the plan costs.
    pub budget: Option<BudgetView>,
}

/// Teams by weeks.
#[derive(Debug, Serialize)]
pub struct LoadTable {
    /// What it shows: the finding.
    pub heading: String,
    /// The weeks: "W1".
    pub weeks: Vec<String>,
    /// The teams, and all of them last.
    pub rows: Vec<LoadRow>,
}

/// A team by weeks.
#[derive(Debug, Serialize)]
pub struct LoadRow {
    /// Its name.
    pub name: String,
    /// Whether it is the sum of the others.
    pub is_total: bool,
    /// Its weeks.
    pub cells: Vec<LoadCell>,
    /// All weeks: "21.5 of 80".
    pub sum: String,
}

/// A week of a team.
#[derive(Debug, Serialize)]
pub struct LoadCell {
    /// "3/2.5"; a dash where there is neither work nor capacity.
    pub text: String,
    /// Whether more is planned than there is.
    pub is_over: bool,
}

/// An owner that is in no team.
#[derive(Debug, Serialize)]
pub struct OwnerView {
    /// The name as written.
    pub name: String,
    /// "2 d".
    pub days: String,
    /// The tasks, the first few.
    pub tasks: Vec<Link>,
    /// "5 more".
    pub more: Option<String>,
}

/// A team's strength.
#[derive(Debug, Serialize)]
pub struct StrengthView {
    /// The name.
    pub name: String,
    /// "1 FTE in weeks 1–4, 0.5 FTE in weeks 5–8".
    pub words: String,
    /// Its line.
    pub src: Src,
}

impl Page for TeamPage {
    const TEMPLATE: &'static str = "site/team.html";

    fn figures(&self) -> Vec<&Figure> {
        self.total.iter().chain(&self.figures).collect()
    }
}

/// Makes the page of team and budget. `base_url` is the site's address, where it is known.
#[must_use]
pub fn team(desk: &Desk<'_>, base_url: Option<&str>) -> TeamPage {
    let budget = budget(desk);
    let has_teams = !desk.plan().teams.is_empty();
    let heading = match (&budget, has_teams) {
        (Some(it), false) => it.heading.clone(),
        _ => heading(desk),
    };
    let words = Heading {
        title: heading.clone(),
        description: format!("Team and budget of {}: planned days against capacity, and costs", desk.plan().title),
        section: Section::Team,
        is_first: true,
        path: "team.html".to_owned(),
    };
    let unmatched = if has_teams { desk.analysis().capacity.unmatched.as_slice() } else { &[] };
    TeamPage {
        frame: frame(desk, &words, base_url),
        heading,
        lead: if has_teams { lead(desk, budget.as_ref()) } else { String::new() },
        total: total_figure(desk),
        figures: team_figures(desk),
        table: table(desk),
        owners_heading: owners_heading(desk, unmatched),
        owners: unmatched.iter().map(|it| owner(desk, it)).collect(),
        strength_heading: strength_heading(desk),
        strength: desk.plan().teams.iter().map(|it| strength(desk, it)).collect(),
        budget,
    }
}

/// "Technical Writer is over capacity in week 6: 3 of 2.5 days".
fn heading(desk: &Desk<'_>) -> String {
    let capacity = &desk.analysis().capacity;
    let teams = desk.plan().teams.iter().zip(&capacity.teams);
    let over: Vec<(&Team, Vec<&WeekLoad>)> = teams
        .map(|(team, loads)| (team, loads.iter().filter(|it| is_over(it)).collect::<Vec<_>>()))
        .filter(|(_, weeks)| !weeks.is_empty())
        .collect();
    let outside = outside(desk);
    match over.as_slice() {
        [] if capacity.total.is_empty() => "The plan has no weeks, so no load can be worked out".to_owned(),
        [] if !is_loaded(desk) => {
            let owned = || desk.plan().tasks.iter().filter(|it| !it.owners.is_empty());
            let lacks = match (owned().next(), owned().any(|it| it.effort_days.is_some())) {
                (None, _) => "No owner is written",
                (_, false) => "No effort is written",
                _ => "No work stands in a week",
            };
            format!("{lacks}, so no load can be worked out")
        }
        [] if 0.0 < outside => {
            format!("No team is over capacity; {} have owners outside the teams", days_of_work(outside))
        }
        [] => "No team is over capacity".to_owned(),
        [(team, weeks)] => match weeks.as_slice() {
            [one] => format!("{} is over capacity in week {}: {}", team.name, one.week, of_days(one)),
            many => format!("{} is over capacity in {}", team.name, weeks_words(many)),
        },
        [(first, _), (second, _)] => format!("{} and {} are over capacity", first.name, second.name),
        many => format!("{} of {} teams are over capacity", many.len(), desk.plan().teams.len()),
    }
}

/// Returns the days of work whose owners are in no team.
fn outside(desk: &Desk<'_>) -> f64 {
    phrase::rounded(desk.analysis().capacity.unmatched.iter().map(|it| it.days).sum(), 3)
}

fn days_of_work(days: f64) -> String {
    if (days - 1.0).abs() < 1e-9 {
        "1 day of work".to_owned()
    } else {
        format!("{} days of work", phrase::number(days))
    }
}

fn lead(desk: &Desk<'_>, budget: Option<&BudgetView>) -> String {
    let (planned, capacity) = sums(&desk.analysis().capacity.total);
    let mut sentences = Vec::new();
    if 0.0 < capacity && is_loaded(desk) {
        let share = wording::percent(phrase::rounded(100.0 * planned / capacity, 0));
        let (planned, capacity) = (phrase::number(planned), phrase::number(capacity));
        sentences.push(format!("Of the teams' {capacity} days, {planned} are planned ({share})."));
    }
    if 0.0 < outside(desk) {
        sentences.push(format!(
            "{} besides have owners that are in no team.",
            phrase::capitalise(&days_of_work(outside(desk)))
        ));
    }
    sentences.extend(budget.map(|it| format!("{}.", it.heading)));
    sentences.join(" ")
}

fn table(desk: &Desk<'_>) -> Option<LoadTable> {
    let capacity = &desk.analysis().capacity;
    if capacity.total.is_empty() || desk.plan().teams.is_empty() || !is_loaded(desk) {
        return None;
    }
    let cell = |it: &WeekLoad| LoadCell {
        text: if it.planned <= 0.0 && it.capacity <= 0.0 {
            "–".to_owned()
        } else {
            format!("{}/{}", phrase::number(it.planned), phrase::number(it.capacity))
        },
        is_over: is_over(it),
    };
    let row = |name: &str, loads: &[WeekLoad], is_total| {
        let (planned, capacity) = sums(loads);
        let sum = format!("{}/{}", phrase::number(planned), phrase::number(capacity));
        LoadRow { name: name.to_owned(), is_total, cells: loads.iter().map(cell).collect(), sum }
    };
    let teams = desk.plan().teams.iter().zip(&capacity.teams);
    let mut rows: Vec<LoadRow> = teams.map(|(team, loads)| row(&team.name, loads, false)).collect();
    rows.push(row("All teams", &capacity.total, true));
    let cells = || capacity.teams.iter().flatten();
    let over = cells().filter(|it| is_over(it)).count();
    let idle = cells().filter(|it| it.planned <= 0.0 && 0.0 < it.capacity).count();
    let staffed = phrase::count(cells().filter(|it| 0.0 < it.capacity).count(), "staffed team week");
    let over = match over {
        0 => "No team week is over capacity".to_owned(),
        1 => "One team week is over capacity".to_owned(),
        many => format!("{} team weeks are over capacity", phrase::capitalise(&phrase::number_word(many))),
    };
    let heading = format!("{over}; {idle} of {staffed} have no work planned");
    let weeks = capacity.total.iter().map(|it| format!("W{}", it.week)).collect();
    Some(LoadTable { heading, weeks, rows })
}

fn owners_heading(desk: &Desk<'_>, owners: &[OwnerLoad]) -> String {
    let verb = if owners.len() == 1 { "owner is" } else { "owners are" };
    match outside(desk) {
        days if days <= 0.0 => {
            format!("{} {verb} in no team of the plan", phrase::capitalise(&phrase::number_word(owners.len())))
        }
        days if (days - 1.0).abs() < 1e-9 => "1 day of work has an owner that is in no team of the plan".to_owned(),
        days => format!("{} have owners that are in no team of the plan", days_of_work(days)),
    }
}

fn owner(desk: &Desk<'_>, owner: &OwnerLoad) -> OwnerView {
    let more = owner.tasks.len().saturating_sub(MOST_TASKS);
    let tasks = owner.tasks.iter().filter_map(|it| desk.task(*it));
    OwnerView {
        name: owner.name.clone(),
        days: wording::effort(owner.days),
        more: (0 < more).then(|| format!("{more} more")),
        tasks: tasks.take(MOST_TASKS).map(|it| Link { text: it.name(), href: desk.task_href(it) }).collect(),
    }
}

fn strength_heading(desk: &Desk<'_>) -> String {
    let teams = &desk.plan().teams;
    let weeks = desk.analysis().capacity.total.iter();
    let fte = weeks.map(|week| phrase::rounded(teams.iter().map(|it| it.fte(week.week)).sum(), 2));
    let (least, most) = fte.fold((f64::INFINITY, 0.0_f64), |(least, most), it| (least.min(it), most.max(it)));
    let count = phrase::capitalise(&phrase::number_word(teams.len()));
    let who = if teams.len() == 1 { "One team has".to_owned() } else { format!("{count} teams have") };
    if least.is_infinite() {
        format!("{who} the strength written here")
    } else if most - least < 1e-9 {
        format!("{who} {} FTE in every week", phrase::number(most))
    } else {
        format!("{who} from {} to {} FTE in a week", phrase::number(least), phrase::number(most))
    }
}

fn strength(desk: &Desk<'_>, team: &Team) -> StrengthView {
    let period = |it: &TeamPeriod| {
        let fte = phrase::number(it.fte);
        match it.weeks {
            None => format!("{fte} FTE in all weeks"),
            Some((first, last)) if first == last => format!("{fte} FTE in week {first}"),
            Some((first, last)) => format!("{fte} FTE in weeks {first}–{last}"),
        }
    };
    let words: Vec<String> = team.periods.iter().map(period).collect();
    StrengthView { name: team.name.clone(), words: words.join(", "), src: desk.src(&team.place) }
}
