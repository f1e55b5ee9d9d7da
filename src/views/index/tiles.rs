//! Figures with pictures: forecast, items, health, delivery index.

use crate::analysis::Basis;
use crate::model::{State, Task};
use crate::phrase;
use crate::views::charts::{Chart, DataTable, Figure, ForecastSpark, ItemsSpark, Look};
use crate::views::parts::{Link, Mark};
use crate::views::{Desk, health_figure, wording};
use serde::Serialize;

/// A figure with its picture.
#[derive(Debug, Serialize)]
pub struct Tile {
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: String,
    /// What it stands beside.
    pub beside: String,
    /// The picture.
    pub figure: Option<Figure>,
    /// What to know about it: words, and counts with the list that they count.
    pub note: Vec<Link>,
    /// How it stands.
    pub mark: Option<Mark>,
}

/// The delivery index.
#[derive(Debug, Serialize)]
pub struct IndexTile {
    /// The index, or a dash.
    pub value: String,
    /// "Delivery index 73, its worst part red".
    pub heading: String,
    /// Its worst parts.
    pub mark: Mark,
    /// The parts, worst first.
    pub parts: Vec<IndexPart>,
}

/// A part of the delivery index.
#[derive(Debug, Serialize)]
pub struct IndexPart {
    /// The name.
    pub name: String,
    /// The value, or a dash.
    pub value: String,
    /// Its length, 0 to 100.
    pub length: f64,
    /// How it stands.
    pub look: Look,
    /// On what it rests.
    pub words: String,
    /// How it is computed.
    pub formula: String,
    /// "Flow 50".
    pub mark: Mark,
}

/// Makes the tiles, without those for what is not known at all.
pub fn tiles(desk: &Desk<'_>) -> Vec<Tile> {
    [forecast(desk), items(desk), health(desk)].into_iter().flatten().collect()
}

fn spark(id: &str, title: String, chart: Chart) -> Figure {
    let table = DataTable::default();
    Figure { id: id.to_owned(), heading: String::new(), note: String::new(), desc: title.clone(), title, chart, table }
}

fn forecast(desk: &Desk<'_>) -> Option<Tile> {
    let it = &desk.analysis().forecast;
    if !it.basis.is_known() {
        return None;
    }
    let day = |it| desk.day(it);
    // Nothing can be done any more by a day that is past.
    let deadline = desk.analysis().deadline.filter(|it| desk.as_of() <= *it);
    let beside = wording::likely(it.p85, desk.as_of());
    let mut note = Vec::new();
    if let (Some(on_time), Some(deadline)) = (it.on_time, deadline) {
        let target = desk.plan().header.target.as_ref().map(|it| it.value).filter(|it| *it != deadline);
        let target = target
            .map(|it| format!(", the last working day before the target, {}", wording::week_day(it, desk.as_of())));
        let chance = wording::chance(on_time);
        note.push(format!("{chance} by {}{}.", day(deadline), target.unwrap_or_default()));
    }
    if let Some(before) = desk.analysis().forecast_before.as_ref().and_then(|it| deadline.and(it.on_time)) {
        note.push(format!("A week ago: {}.", wording::chance(before)));
    }
    note.push(match it.basis {
        Basis::PlanOnly => wording::forecast_note(&desk.facts),
        _ => format!("From {} of data; {}.", phrase::count(it.weeks_of_data, "week"), wording::scope_added(it)),
    });
    let figure = it.p15.zip(it.p50).map(|(p15, p50)| {
        let target = desk.analysis().deadline;
        let title = format!("Forecast from {}: 50% by {}, {beside}", day(desk.as_of()), day(p50));
        spark(
            "spark-forecast",
            title,
            Chart::ForecastSpark(ForecastSpark { today: desk.as_of(), target, p15, p50, p85: it.p85 }),
        )
    });
    let value = wording::half(it.p50, desk.as_of());
    Some(Tile {
        label: "Forecast finish, 50%".to_owned(),
        value,
        beside,
        figure,
        note: vec![words(note.join(" "))],
        mark: None,
    })
}

fn items(desk: &Desk<'_>) -> Option<Tile> {
    let it = &desk.analysis().progress;
    if it.total == 0 {
        return None;
    }
    let plan = it.planned_done.map_or(String::new(), |it| format!(", plan {it}"));
    let effort = it.has_effort.then(|| {
        format!("{} of {} effort days done. ", phrase::number(it.effort_done), phrase::number(it.effort_total))
    });
    let mut note = vec![words(effort.unwrap_or_default())];
    note.extend(states(desk));
    // What is large has boxes below it: those done count for nothing in items, but people want to see them.
    let (all, ticked) = subtasks(desk);
    let below = if all == 0 { String::new() } else { format!(" {ticked} of {} done.", phrase::count(all, "subtask")) };
    note.push(words(below));
    let (done, blocked, in_progress, todo) = (it.done, it.blocked, it.in_progress, it.todo);
    let title =
        format!("{done} of {} done, {blocked} blocked, {in_progress} in progress", phrase::count(it.total, "item"));
    let chart = Chart::ItemsSpark(ItemsSpark { done, blocked, in_progress, todo, planned: it.planned_done });
    Some(Tile {
        label: "Items done".to_owned(),
        value: done.to_string(),
        beside: format!("of {}{plan}", it.total),
        figure: Some(spark("spark-items", title, chart)),
        note,
        mark: None,
    })
}

fn words(text: impl Into<String>) -> Link {
    Link { text: text.into(), href: String::new() }
}

/// "3 in progress, 1 blocked, 28 to do.", each count with the list that it counts.
fn states(desk: &Desk<'_>) -> Vec<Link> {
    let it = &desk.analysis().progress;
    let counts = [
        (it.in_progress, State::InProgress, "in progress"),
        (it.blocked, State::Blocked, "blocked"),
        (it.todo, State::Todo, "to do"),
        (it.dropped, State::Dropped, "dropped"),
    ];
    let mut parts = Vec::new();
    for (n, state, name) in counts.into_iter().filter(|(n, ..)| 0 < *n) {
        if !parts.is_empty() {
            parts.push(words(", "));
        }
        let href = desk.href(&format!("tasks.html?state={}", state.name()));
        parts.push(Link { text: format!("{n} {name}"), href });
    }
    if !parts.is_empty() {
        parts.push(words("."));
    }
    parts
}

/// Counts the boxes one level below tasks that are in scope: all, and those that are done, of done tasks all of them.
fn subtasks(desk: &Desk<'_>) -> (usize, usize) {
    let tally = |(at, it): (usize, &Task)| match desk.state(at).state {
        State::Dropped => (0, 0),
        State::Done => (it.subtasks.total, it.subtasks.total),
        _ => (it.subtasks.total, it.subtasks.done),
    };
    let tallies = desk.plan().tasks.iter().enumerate().map(tally);
    tallies.fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1))
}

fn health(desk: &Desk<'_>) -> Option<Tile> {
    let reported = &desk.analysis().reported;
    let last = reported.weeks.iter().rev().find(|it| it.value.is_some())?;
    let value = last.value?;
    let target = last.target.map_or(String::new(), |it| format!(", target {}", phrase::number(it)));
    let text = match (last.target, reported.weeks_below) {
        (None, _) => "No target is set".to_owned(),
        (Some(_), 0) => "On target".to_owned(),
        (Some(_), 1) => "Below target".to_owned(),
        (Some(_), n) => format!("Below target, {} week", ordinal(n)),
    };
    let late = desk.analysis().missing_standups.last().filter(|it| last.week < **it);
    let note = late.map_or(String::new(), |_| format!("Last reported in week {}.", last.week));
    let title = format!("Reported health {} of 100{target}", phrase::number(value));
    Some(Tile {
        label: "Reported health".to_owned(),
        value: phrase::number(value),
        beside: format!("of 100{target}"),
        figure: health_figure::chart(desk).map(|it| spark("spark-health", title, Chart::HealthSpark(it))),
        note: vec![words(note)],
        mark: Some(Mark::new(wording::look(reported.rag), text)),
    })
}

fn ordinal(n: usize) -> String {
    const WORDS: [&str; 9] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    let word = n.checked_sub(1).and_then(|it| WORDS.get(it));
    word.map_or_else(|| format!("{n}th"), |it| (*it).to_owned())
}

/// Makes the tile of the delivery index.
pub fn index_tile(desk: &Desk<'_>) -> IndexTile {
    let delivery = &desk.analysis().delivery;
    let mut parts: Vec<IndexPart> = delivery.parts.iter().map(part).collect();
    parts.sort_by(|a, b| (a.value == "–").cmp(&(b.value == "–")).then(a.length.total_cmp(&b.length)));
    let value = delivery.value.map_or("–".to_owned(), |it| format!("{it:.0}"));
    let look = wording::look(delivery.rag);
    let worst: Vec<&str> =
        delivery.parts.iter().filter(|it| it.rag == delivery.rag && it.rag.is_some()).map(|it| it.name).collect();
    let (text, heading) = match delivery.rag {
        Some(crate::analysis::Rag::Green) => {
            ("Every known part is green".to_owned(), format!("Delivery index {value}, every known part green"))
        }
        Some(rag) => (
            format!("Worst part is {}: {}", rag.name(), worst.join(", ")),
            format!("Delivery index {value}, its worst part {}", rag.name()),
        ),
        None => ("Too little is known".to_owned(), "No delivery index yet: fewer than two parts are known".to_owned()),
    };
    IndexTile { value, heading, mark: Mark::new(look, text), parts }
}

fn part(it: &crate::analysis::Part) -> IndexPart {
    let name = phrase::capitalise(it.name);
    let value = it.value.map_or("–".to_owned(), |it| format!("{it:.0}"));
    let look = wording::look(it.rag);
    let mark =
        Mark::new(look, if it.value.is_some() { format!("{name} {value}") } else { format!("{name} not known") });
    IndexPart {
        name,
        value,
        length: it.value.unwrap_or(0.0),
        look,
        words: phrase::capitalise(&it.words),
        formula: it.formula.clone(),
        mark,
    }
}
