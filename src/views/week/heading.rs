//! The finding of a week, in one sentence.

use super::scope::{Scope, When};
use crate::model::State;
use crate::phrase::{capitalise, count_in_words, number_word};
use crate::views::wording;
use chrono::Datelike as _;

/// Names longer than this many letters are counted, not named.
const LONG_NAME: usize = 28;

/// "Three items finished, P2-05 is blocked, progress is two items behind plan".
#[must_use]
pub fn heading(scope: &Scope<'_>) -> String {
    let week = scope.week;
    if scope.when == When::ToCome {
        return to_come(scope);
    }
    let mut parts = Vec::new();
    let finished = scope.finished().len();
    match (scope.is_told(), scope.when) {
        (true, _) => parts.push(finished_words(scope, finished)),
        (false, When::Running) => parts.push(format!("no standup yet for week {week}")),
        (false, _) => parts.push(format!("no standup for week {week}")),
    }
    if scope.is_told() {
        parts.extend(blocked_words(scope).or_else(|| happened_words(scope)));
        parts.extend(progress_words(scope));
    } else if 0 < finished {
        parts.push(format!("{} marked done elsewhere", items(finished)));
    }
    capitalise(&parts.join(", "))
}

/// Says what stands below the finding of a week of which nothing was told.
#[must_use]
pub fn lead(scope: &Scope<'_>) -> String {
    match (scope.is_told(), scope.when) {
        (false, When::Over) => format!(
            "What happened in week {} is not known here. Below is what was planned, with states as of {}.",
            scope.week,
            scope.desk.day(scope.desk.as_of()),
        ),
        (false, When::Running) => {
            format!("Below is what is planned, with states as of {}.", scope.desk.day(scope.desk.as_of()))
        }
        _ => String::new(),
    }
}

/// "Week 3, DevOps & Performance, Mon 2 – Fri 6 Feb 2026".
#[must_use]
pub fn note(scope: &Scope<'_>) -> String {
    let mut parts = vec![format!("Week {}", scope.week)];
    parts.extend(name(scope).filter(|it| !it.is_empty()));
    if let Some((monday, last)) = scope.days {
        let same = (monday.year(), monday.month()) == (last.year(), last.month());
        let first = if same { monday.format("%a %-d") } else { monday.format("%a %-d %b") };
        parts.push(format!("{first} – {}", last.format("%a %-d %b %Y")));
    }
    parts.join(", ")
}

/// Returns the week's name, else that of its phase.
fn name(scope: &Scope<'_>) -> Option<String> {
    let plan = scope.desk.plan();
    let own = plan.weeks.iter().find(|it| it.week == scope.week).map(|it| it.name.clone());
    let holds = |it: &&crate::model::Phase| it.weeks.is_some_and(|(first, last)| (first..=last).contains(&scope.week));
    own.filter(|it| !it.is_empty()).or_else(|| plan.phases.iter().find(holds).map(|it| it.name.clone()))
}

/// Returns a sentence with a small first letter, unless the first word is a name or an abbreviation.
#[must_use]
pub fn lower_first(sentence: &str) -> String {
    let is_word = |it: &str| it.chars().skip(1).all(|it| it.is_lowercase() || !it.is_alphanumeric());
    match sentence.split_once(' ') {
        Some((first, _)) if is_word(first) && first.chars().count() > 1 => {
            let mut letters = sentence.chars();
            letters.next().map_or_else(String::new, |it| it.to_lowercase().chain(letters).collect())
        }
        _ => sentence.to_owned(),
    }
}

/// "three items finished".
fn finished_words(scope: &Scope<'_>, n: usize) -> String {
    let is_other = |it: &&crate::model::Entry| scope.tasks_of(it).is_empty();
    match n {
        0 if scope.entries(|it| &it.done).iter().any(is_other) => "nothing of the plan finished".to_owned(),
        0 => "nothing finished".to_owned(),
        n => format!("{} finished", items(n)),
    }
}

/// "three items", "12 items".
#[must_use]
pub fn items(n: usize) -> String {
    count_in_words(n, "item")
}

fn blocked_words(scope: &Scope<'_>) -> Option<String> {
    let blocked = scope.tasks(|at, _| scope.state(at).state == State::Blocked);
    let names: Vec<String> =
        blocked.iter().filter_map(|at| scope.desk.task(*at)).map(crate::model::Task::name).collect();
    let short = names.iter().all(|it| it.chars().count() <= LONG_NAME);
    match (names.as_slice(), short) {
        ([], _) => None,
        ([one], true) => Some(format!("{one} is blocked")),
        ([one, other], true) => Some(format!("{one} and {other} are blocked")),
        ([_], false) => Some("one item is blocked".to_owned()),
        (many, _) => Some(format!("{} are blocked", items(many.len()))),
    }
}

fn happened_words(scope: &Scope<'_>) -> Option<String> {
    let risks = scope.entries(|it| &it.risks);
    let (at, _) = risks.iter().filter_map(|it| scope.risk_of(&it.place)).find(|(_, it)| it.happened)?;
    let severity = &scope.desk.plan().risks.get(at)?.severity;
    Some(if severity.is_empty() { "a risk has happened".to_owned() } else { format!("a {severity} risk has happened") })
}

fn progress_words(scope: &Scope<'_>) -> Option<String> {
    scope.days?;
    let (done, planned, _) = scope.counts();
    Some(match (done, planned) {
        (_, 0) => return None,
        (done, planned) if done < planned => format!("progress is {} behind plan", items(planned - done)),
        (done, planned) if planned < done => format!("progress is {} ahead of plan", items(done - planned)),
        _ => "progress is on plan".to_owned(),
    })
}

/// "Six items are planned, Staging Approval is due".
fn to_come(scope: &Scope<'_>) -> String {
    let mut parts = vec![match scope.planned().len() {
        0 => format!("nothing is planned to finish in week {}", scope.week),
        1 => "one item is planned to finish".to_owned(),
        n => format!("{} are planned to finish", items(n)),
    }];
    match scope.gates().as_slice() {
        [] => {}
        [(_, gate)] => {
            let due = gate.due.map(|it| format!(" on {}", wording::day(it, scope.desk.as_of())));
            parts.push(format!("{} is due{}", gate.name, due.unwrap_or_default()));
        }
        many => parts.push(format!("{} gates are due", number_word(many.len()))),
    }
    capitalise(&parts.join(", "))
}
