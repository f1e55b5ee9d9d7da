//! Projects of `TaskJuggler` 3.

use crate::calendar::Day;
use crate::phrase::{self, rounded};
use crate::views::feeds::juggler::{PartView, ProjectView, TaskView};
use chrono::Weekday;
use std::fmt::Write as _;

/// Writes a project. Work whose effort and team are known is left for the scheduler to place, not before its planned day; other work
/// stands on its planned days.
pub fn taskjuggler(view: &ProjectView) -> Vec<u8> {
    let mut text = format!(
        "# Written by roadbook from a roadmap: what is changed here is lost with the next export.\n\
         project roadbook {} {} - {} {{\n  timezone \"{}\"\n  now {}\n  timeformat \"%Y-%m-%d\"\n  dailyworkinghours 8\n{}}}\n\n",
        quoted(&view.title),
        day(view.start),
        day(view.end),
        view.timezone,
        day(view.now),
        working(&view.weekdays),
    );
    // Writing into a string cannot fail.
    for it in view.holidays.iter().filter(|it| (view.start..view.end).contains(*it)) {
        let _ = writeln!(text, "leaves holiday \"Day off\" {}", day(*it));
    }
    for (at, it) in view.resources.iter().enumerate() {
        let strength = rounded(it.fte, 3);
        // A team without strength would never finish anything.
        let strength = if 0.0 < strength { strength } else { 1.0 };
        let _ = writeln!(text, "resource r{at} {} {{ efficiency {strength:?} }}", quoted(&it.name));
    }
    for (at, part) in view.parts.iter().enumerate().filter(|(_, it)| !it.tasks.is_empty()) {
        let _ = writeln!(text, "\ntask p{at} {} {{", quoted(&part.name));
        for it in &part.tasks {
            task(&mut text, it, view);
        }
        text.push_str("}\n");
    }
    text.push('\n');
    for (at, it) in view.milestones.iter().enumerate() {
        let _ = writeln!(text, "task g{at} {} {{ milestone start {} }}", quoted(&it.name), day(it.day));
    }
    if 0 < view.left_out {
        let _ = writeln!(text, "# Left out without days and effort: {}", phrase::count(view.left_out, "item"));
    }
    text.push_str(
        "\ntaskreport plan \"plan\" {\n  formats html\n  columns name, start, end, effort, complete, chart\n}\n",
    );
    text.into_bytes()
}

fn task(text: &mut String, it: &TaskView, view: &ProjectView) {
    let _ = writeln!(text, "  task {} {} {{", id(&it.key), quoted(&it.name));
    match (&it.effort, it.days) {
        (Some((effort, teams)), days) => {
            // Half an hour is nearly the smallest slot that is scheduled.
            let _ = writeln!(text, "    effort {:?}d", rounded(effort.max(0.125), 3));
            let names: Vec<String> = teams.iter().map(|it| format!("r{it}")).collect();
            let _ = writeln!(text, "    allocate {}", names.join(", "));
            let after = depends(it, &view.parts);
            if !after.is_empty() {
                let _ = writeln!(text, "    depends {after}");
            } else if let Some((first, _)) = days {
                let _ = writeln!(text, "    start {}", day(first));
            } else {
                let _ = writeln!(text, "    start {}", day(view.start));
            }
        }
        (None, Some((first, after))) => {
            let _ = writeln!(text, "    start {}\n    end {}", day(first), day(after));
        }
        (None, None) => {
            let _ = writeln!(text, "    start {}\n    duration 1d", day(view.start));
        }
    }
    let _ = writeln!(text, "    complete {}\n  }}", rounded(it.complete, 0));
}

/// What comes before: from a part's task the other is two levels up.
fn depends(it: &TaskView, parts: &[PartView]) -> String {
    let known = it.after.iter().filter(|(part, _)| parts.get(*part).is_some_and(|it| !it.tasks.is_empty()));
    known.map(|(part, key)| format!("!!p{part}.{}", id(key))).collect::<Vec<_>>().join(", ")
}

/// Keys are letters, digits and dashes; an ID has no dash and begins with a letter.
fn id(key: &str) -> String {
    let safe: String = key.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    format!("t_{safe}")
}

fn day(it: Day) -> String {
    it.format("%Y-%m-%d").to_string()
}

fn working(weekdays: &[Weekday]) -> String {
    let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let line = |it: &Weekday| {
        let hours = if weekdays.contains(it) { "9:00 - 12:00, 13:00 - 18:00" } else { "off" };
        format!("  workinghours {} {hours}\n", it.to_string().to_lowercase())
    };
    all.iter().map(line).collect()
}

/// Returns words between quotes. A dollar sign before a bracket would call a macro or ask the environment, even there.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted.push('\''),
            '\\' => quoted.push('/'),
            '$' => quoted.push('＄'),
            it if it.is_control() => quoted.push(' '),
            it => quoted.push(it),
        }
    }
    quoted.push('"');
    quoted
}
