//! The figures of the plan, each beside its plan and its value of a week before, and the burn-up.

use super::week::MailDesk;
use super::words::{Block, Figured, Part, Words};
use crate::analysis::SeriesPoint;
use crate::calendar::Day;
use crate::mail::MailPart;
use crate::phrase::{count, number, rounded};
use crate::views::{Desk, burndown_figure, gate_ahead, wording};

/// Makes the part.
pub fn part(desk: &MailDesk<'_>) -> Part {
    let figures: Vec<Figured> = [items(desk), effort(desk), health(desk), gate(desk)].into_iter().flatten().collect();
    let mut blocks = Vec::new();
    if figures.is_empty() {
        blocks.push(Block::Text { words: Words::new("There is nothing to count yet.") });
    } else {
        blocks.push(Block::Strip { figures });
    }
    if let Some(figure) = burndown_figure::items_up(&desk.now) {
        let alt = format!("{}: {}.", figure.title, figure.heading);
        blocks.push(Block::Picture { name: "burnup", alt, figure: Box::new(figure) });
    }
    Part { part: MailPart::Progress, heading: Words::new("Progress against plan"), blocks }
}

fn beside(plan: Option<String>, before: Option<String>) -> Vec<String> {
    let before = before.map(|it| format!("last week {it}"));
    plan.map(|it| format!("plan {it}")).into_iter().chain(before).collect()
}

fn items(desk: &MailDesk<'_>) -> Option<Figured> {
    let progress = &desk.now.analysis().progress;
    if progress.total == 0 {
        return None;
    }
    let before = desk.before.as_ref().map(|it| it.analysis().progress.done.to_string());
    Some(Figured {
        value: progress.done.to_string(),
        of: format!("of {}", progress.total),
        label: "Items done".to_owned(),
        beside: beside(progress.planned_done.map(|it| it.to_string()), before),
    })
}

fn effort(desk: &MailDesk<'_>) -> Option<Figured> {
    let progress = &desk.now.analysis().progress;
    if !progress.has_effort {
        return None;
    }
    let days = |it: f64| number(rounded(it, 2));
    let before = desk.before.as_ref().map(|it| days(it.analysis().progress.effort_done));
    Some(Figured {
        value: days(progress.effort_done),
        of: format!("of {} d", days(progress.effort_total)),
        label: "Effort done".to_owned(),
        beside: beside(planned_effort(&desk.now).map(days), before),
    })
}

/// Returns the effort that the plan has done by the day.
fn planned_effort(desk: &Desk<'_>) -> Option<f64> {
    let series = &desk.analysis().burndown.effort;
    let on = |day: Day| series.iter().rfind(|it| it.date <= day);
    let done = |it: &SeriesPoint| it.planned.map(|open| it.scope - open);
    on(desk.as_of()).and_then(done)
}

/// The health of the last week that reported one; the week is named where it is not this one.
fn health(desk: &MailDesk<'_>) -> Option<Figured> {
    let last = |desk: &Desk<'_>| {
        let weeks = &desk.analysis().reported.weeks;
        weeks.iter().rev().find_map(|it| Some((it.week, it.value?, it.target)))
    };
    let (week, value, target) = last(&desk.now)?;
    let before = desk.before.as_ref().and_then(last).filter(|it| it.0 < week).map(|it| number(it.1));
    let target = target.map(|it| format!("target {}", number(it)));
    let stale = (desk.week() != Some(week)).then(|| format!("of week {week}"));
    let before = before.map(|it| format!("last week {it}"));
    Some(Figured {
        value: number(value),
        of: "of 100".to_owned(),
        label: "Health score".to_owned(),
        beside: [target, stale, before].into_iter().flatten().collect(),
    })
}

fn gate(desk: &MailDesk<'_>) -> Option<Figured> {
    let (_, gate, _) = gate_ahead::next(&desk.now)?;
    let due = gate.due?;
    let days = usize::try_from((due - desk.as_of()).num_days()).ok()?;
    let (value, of) = match days {
        0 => ("today".to_owned(), String::new()),
        n => {
            let words = count(n, "day");
            (n.to_string(), words.rsplit(' ').next().unwrap_or("days").to_owned())
        }
    };
    let label = if days == 0 { "Next gate" } else { "To the next gate" };
    Some(Figured { value, of, label: label.to_owned(), beside: vec![wording::week_day(due, desk.as_of())] })
}
