//! The chance that all is done by each day.

use super::charts::{Chances, Chart, DataTable, Figure};
use super::{Desk, wording};
use crate::calendar::Day;
use chrono::Datelike as _;

/// Makes the curve of chances; nothing without a forecast.
#[must_use]
pub fn figure(desk: &Desk<'_>) -> Option<Figure> {
    let points = desk.analysis().chances(desk.facts.history);
    let (first, last) = (points.first()?.0, points.last()?.0);
    if points.len() < 3 {
        return None;
    }
    let it = &desk.analysis().forecast;
    let by = |share: &str, day: Option<Day>| day.map(|day| (day, format!("{share} by {}", desk.day(day))));
    let target = desk.analysis().deadline.zip(it.on_time).filter(|(day, _)| (first..=last).contains(day));
    let target = target.map(|(day, chance)| {
        let label = format!("Planned end {}: {}", desk.day(day), wording::chance(chance));
        (day, chance, label)
    });
    let marks: Vec<(Day, f64, String)> = [(by("50%", it.p50), 0.5), (by("85%", it.p85), 0.85)]
        .into_iter()
        .filter_map(|(mark, share)| mark.map(|(day, label)| (day, share, label)))
        .collect();
    let told: Vec<String> = target.iter().chain(&marks).map(|it| it.2.clone()).collect();
    Some(Figure {
        id: "chances".to_owned(),
        heading: heading(desk),
        note: "The chance that all is done, day by day, from today on.".to_owned(),
        title: "Chance of being finished, by day".to_owned(),
        desc: format!("Chance of being finished. {}.", told.join("; ")),
        table: table(desk, &points),
        chart: Chart::Chances(Chances { first, last, points, target, marks }),
    })
}

/// "Half of such plans finish by 31 Mar".
#[must_use]
pub fn heading(desk: &Desk<'_>) -> String {
    match desk.analysis().forecast.p50 {
        Some(day) => format!("Half of such plans finish by {}", desk.day(day)),
        None => "Half of such plans take longer than a year".to_owned(),
    }
}

fn table(desk: &Desk<'_>, points: &[(Day, f64)]) -> DataTable {
    // The last day of each month that has one, and the last of all.
    let ends = points.chunk_by(|a, b| (a.0.year(), a.0.month()) == (b.0.year(), b.0.month()));
    let row = |(day, chance): &(Day, f64)| vec![desk.day(*day), wording::chance(*chance)];
    DataTable {
        summary: "Chances by day".to_owned(),
        columns: ["Day", "Chance that all is done"].map(str::to_owned).to_vec(),
        rows: ends.filter_map(|it| it.last()).map(row).collect(),
        note: String::new(),
    }
}
