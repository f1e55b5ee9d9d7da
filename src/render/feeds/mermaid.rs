//! Gantt diagrams of mermaid. Every bar has its first day and the day after its last: mermaid's own calendar of excluded days is known
//! for its faults, so none is asked for.

use crate::phrase;
use crate::views::feeds::gantt::{GanttBar, GanttKind, GanttView};
use std::fmt::Write as _;

/// Mermaid draws nothing of a text that is longer than 50,000 letters.
const MOST: usize = 48_000;

/// Writes a diagram.
pub fn mermaid(view: &GanttView) -> Vec<u8> {
    let mut text = format!(
        "gantt\n    title {}\n    %% As of {}. Bars end before the day that is named second.\n    dateFormat YYYY-MM-DD\n    axisFormat %e %b\n    todayMarker off\n",
        words(&view.title),
        view.as_of,
    );
    let mut left_out = 0;
    let mut number = 0;
    for section in &view.sections {
        let mut lines = String::new();
        for bar in &section.bars {
            number += 1;
            let line = line(bar, number);
            if MOST < text.len() + lines.len() + line.len() + section.name.len() {
                left_out += 1;
            } else {
                lines.push_str(&line);
            }
        }
        if !lines.is_empty() {
            // Writing into a string cannot fail.
            let _ = write!(text, "    section {}\n{lines}", words(&section.name));
        }
    }
    if 0 < view.without_days {
        let _ = writeln!(text, "    %% Left out without planned days: {}", phrase::count(view.without_days, "item"));
    }
    if 0 < left_out {
        let _ =
            writeln!(text, "    %% Left out, since mermaid draws no longer text: {}", phrase::count(left_out, "bar"));
    }
    text.into_bytes()
}

fn line(bar: &GanttBar, number: usize) -> String {
    let (first, after) = (bar.first.format("%Y-%m-%d"), bar.after.format("%Y-%m-%d"));
    let name = words(&bar.name);
    match bar.kind {
        GanttKind::Milestone => format!("    {name} :milestone, b{number}, {first}, 0d\n"),
        GanttKind::Todo => format!("    {name} :b{number}, {first}, {after}\n"),
        GanttKind::Active => format!("    {name} :active, b{number}, {first}, {after}\n"),
        GanttKind::Blocked => format!("    {name} (blocked) :crit, b{number}, {first}, {after}\n"),
        GanttKind::Done => format!("    {name} :done, b{number}, {first}, {after}\n"),
    }
}

/// Words that mermaid takes for its own where a line begins with them.
const OWN: [&str; 20] = [
    "gantt",
    "title",
    "section",
    "click",
    "call",
    "href",
    "dateformat",
    "inclusiveenddates",
    "topaxis",
    "axisformat",
    "tickinterval",
    "includes",
    "excludes",
    "todaymarker",
    "weekday",
    "weekend",
    "acctitle",
    "accdescr",
    "accdescription",
    "date",
];

/// Returns words that stay words: signs that part or begin something are written by others that look like them, since mermaid's own
/// escapes do not reach into names of bars.
fn words(text: &str) -> String {
    let swap = |it: char| match it {
        ':' => '∶',
        ';' => '；',
        '#' => '＃',
        ',' => '‚',
        '%' => '％',
        '{' => '❴',
        '}' => '❵',
        '<' => '‹',
        '>' => '›',
        '`' | '"' => '\'',
        '\\' => '＼',
        it => it,
    };
    let words: String = text.chars().map(swap).collect();
    let first: String = words.chars().take_while(|it| it.is_alphanumeric()).collect::<String>().to_lowercase();
    let is_own = OWN.iter().any(|it| first.starts_with(it)) || !words.starts_with(char::is_alphanumeric);
    if is_own { format!("· {words}") } else { words }
}
