//! How plans are read: each folder `tests/cases/grammar/<case>/` holds a small plan for one clause of the grammar.
//!
//! `read.snap` shows the plan line by line, and below each line what it was read as, so that a snapshot can be held against what
//! a careful reader would say. A new case is a folder with a `roadmap.md`, and a `roadbook.toml` where the clause is a setting.

use super::cases::folders;
use super::support::root;
use roadbook::document::parse;
use roadbook::model::{Criterion, Phase, Plan, Task};
use roadbook::prose::Prose;
use roadbook::reading;
use roadbook::settings::Settings;
use roadbook::text::SourceFile;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_clause_is_read() {
    let cases = cases();
    assert!(60 <= cases.len(), "the cases are gone: {}", cases.len());
    for case in cases {
        let (bytes, settings) = input(&case);
        insta::with_settings!({ snapshot_path => &case, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!("read", read(bytes, &settings));
        });
    }
}

/// Line ends, a byte order mark and a missing last line end change nothing.
#[test]
fn line_ends_and_marks_of_order_change_nothing() {
    for case in cases() {
        let (bytes, settings) = input(&case);
        let text = String::from_utf8(bytes).unwrap();
        let plain = read(text.clone().into_bytes(), &settings);
        let mixed: String = text
            .split_inclusive('\n')
            .enumerate()
            .map(|(at, it)| if at % 2 == 0 { it.replace('\n', "\r\n") } else { it.to_owned() })
            .collect();
        let ways = [
            ("CRLF", text.replace('\n', "\r\n")),
            ("mixed", mixed),
            ("BOM", format!("\u{FEFF}{text}")),
            ("no last line end", text.trim_end().to_owned()),
        ];
        for (way, text) in ways {
            assert_eq!(read(text.into_bytes(), &settings).replace('\r', ""), plain, "{}: {way}", case.display());
        }
    }
}

fn cases() -> Vec<PathBuf> {
    folders(&root().join("tests/cases/grammar"))
}

fn input(case: &Path) -> (Vec<u8>, Settings) {
    let settings = fs::read_to_string(case.join("roadbook.toml")).unwrap_or_default();
    (fs::read(case.join("roadmap.md")).unwrap(), Settings::parse(&settings).unwrap())
}

/// The plan line by line, each with what it was read as.
fn read(bytes: Vec<u8>, settings: &Settings) -> String {
    let file = SourceFile::new("roadmap.md", bytes);
    let settings = reading::effective_settings(&file, settings);
    let read = reading::plan(&file, &parse(&file), &settings);
    let plan = &read.value;
    let mut notes = Notes::default();
    head(plan, &mut notes);
    parts(plan, &mut notes);
    plan.tasks.iter().for_each(|it| task(plan, it, &mut notes));
    rest(plan, &mut notes);
    let mut outline = format!("title: {}\n", plan.title);
    for it in &read.diagnostics {
        let said = format!("!! {}: {}", it.rule, it.message);
        match it.line() {
            Some(line) => notes.add(line, said),
            None => writeln!(outline, "{said}").unwrap(),
        }
    }
    for it in &plan.facts.not_understood {
        notes.add(it.line(), "!! a box that was not understood".to_owned());
    }
    if 0 < plan.facts.boxes {
        writeln!(outline, "boxes: {}, {} ticked", plan.facts.boxes, plan.facts.checked).unwrap();
    }
    if let Some(it) = &plan.schedule {
        let start = it.calendar.start;
        writeln!(outline, "calendar: {} weeks from {start}, {}", it.weeks, it.rule.words()).unwrap();
    }
    for line in 1..=file.index.lines() {
        let text = file.line(line).trim_end();
        let notes = notes.0.remove(&line).unwrap_or_default();
        if !text.is_empty() || !notes.is_empty() {
            writeln!(outline, "{line:>3} | {text}").unwrap();
        }
        for it in notes {
            writeln!(outline, "      => {it}").unwrap();
        }
    }
    assert!(notes.0.is_empty(), "notes on lines that are not there");
    outline
}

/// What is said of each line.
#[derive(Default)]
struct Notes(BTreeMap<u32, Vec<String>>);

impl Notes {
    fn add(&mut self, line: u32, note: String) {
        self.0.entry(line).or_default().push(note);
    }
}

fn head(plan: &Plan, notes: &mut Notes) {
    let head = &plan.header;
    for (name, it) in [("date", &head.date), ("start", &head.start), ("target", &head.target)] {
        if let Some(it) = it {
            notes.add(it.place.line(), format!("{name} of the plan: {}", it.value));
        }
    }
    for it in &plan.legend {
        notes.add(it.place.line(), format!("legend: {}", it.value));
    }
    if let Some(it) = &head.weeks {
        notes.add(it.place.line(), format!("length of the plan: {} weeks", it.value));
    }
    if let Some(it) = &head.effort_days {
        notes.add(it.place.line(), format!("effort of the plan: {}d", it.value));
    }
}

fn parts(plan: &Plan, notes: &mut Notes) {
    for it in &plan.phases {
        let mut said = vec![format!("{} {:?}", it.label().to_uppercase(), it.name)];
        said.extend(it.weeks.map(|(first, last)| format!("weeks {first}-{last}")));
        match (it.named_start, it.named_end) {
            (None, None) => {}
            (first, last) => {
                let day = |it: Option<roadbook::calendar::Day>| it.map_or("?".to_owned(), |it| it.to_string());
                said.push(format!("{} to {}", day(first), day(last)));
            }
        }
        said.extend(it.stated.map(|it| format!("says {}", it.name())));
        said.extend(it.health_target.as_ref().map(|it| format!("health {}", it.value)));
        said.extend(it.gate.as_ref().map(|it| format!("gate {it:?}")));
        notes.add(it.place.line(), said.join(", "));
        if let Some(goal) = &it.goal {
            notes.add(goal.place.line(), format!("goal of {}: {:?}", it.label(), goal.value.plain()));
        }
        if let Some(lead) = &it.lead {
            notes.add(lead.place.line(), format!("lead of {}: {}", it.label(), lead.value));
        }
    }
    for it in &plan.weeks {
        let last = if it.week < it.last { format!("-{}", it.last) } else { String::new() };
        notes.add(it.place.line(), format!("WEEK {}{last} {:?}{}", it.week, it.name, within(plan, it.phase)));
    }
    for it in &plan.blocks {
        let days = it.start.map(|first| format!(", {first} to {}", it.end.unwrap_or(first))).unwrap_or_default();
        notes.add(it.place.line(), format!("BLOCK {:?}{days}{}", it.name, within(plan, it.phase)));
    }
}

fn task(plan: &Plan, task: &Task, notes: &mut Notes) {
    for (at, it) in task.segments.iter().enumerate() {
        let kind = if at == 0 { "task" } else { "again" };
        let id = task.id.as_ref().map(|it| format!(" {it}")).unwrap_or_default();
        let mut said = vec![format!("{kind}{id} {:?}", it.title.plain())];
        said.push(it.mark.map_or("-", |it| it.name()).to_owned());
        said.extend(it.phase.and_then(|at| plan.phases.get(at)).map(Phase::label));
        let last = it.last_week.map(|it| format!("-{it}")).unwrap_or_default();
        said.extend(it.week.map(|it| format!("week {it}{last}")));
        said.extend(it.block.and_then(|at| plan.blocks.get(at)).map(|it| format!("block {:?}", it.name)));
        if !it.owners.is_empty() {
            said.push(format!("by {}", it.owners.join(" + ")));
        }
        said.extend(it.effort_days.map(|it| format!("{it}d")));
        said.extend(it.qualifier.as_ref().map(|it| format!("({it})")));
        said.extend(it.shared_by.map(|it| format!("one of {it}")));
        if let Some(it) = &it.said {
            said.extend(it.priority.as_ref().map(|it| format!("priority {it}")));
            said.extend(it.due.map(|it| format!("due {it}")));
            said.extend(it.percent.map(|it| format!("{it}%")));
            if !it.depends_on.is_empty() {
                said.push(format!("after {}", it.depends_on.join(" + ")));
            }
        }
        if 0 < it.subtasks.total {
            said.push(format!("{}/{} parts done", it.subtasks.done, it.subtasks.total));
        }
        notes.add(it.place.line(), said.join(", "));
    }
}

fn rest(plan: &Plan, notes: &mut Notes) {
    for it in &plan.gates {
        let due = it.due.map(|it| format!(", due {it}")).unwrap_or_default();
        notes
            .add(it.place.line(), format!("GATE {:?} of a {}{due}{}", it.name, it.kind.name(), within(plan, it.phase)));
        it.criteria.iter().for_each(|it| criterion(it, notes));
        if let Some(it) = &it.decision {
            notes.add(it.place.line(), format!("decision {}", it.verdict));
        }
    }
    for it in &plan.deliverables {
        notes.add(it.place.line(), format!("deliverable {:?}", it.text.plain()));
    }
    for it in &plan.metrics {
        let cell =
            |it: &Option<roadbook::model::Cell>| it.as_ref().map_or("-".to_owned(), |it| format!("{:?}", it.text));
        notes.add(
            it.place.line(),
            format!("metric {:?}, now {}, target {}", it.name, cell(&it.current), cell(&it.target)),
        );
    }
    for it in &plan.risks {
        let against = it.mitigation.as_ref().map(Prose::plain).map(|it| format!(", against it: {it:?}"));
        let likelihood = it.likelihood.as_ref().map(|it| format!(", likelihood {it:?}")).unwrap_or_default();
        notes.add(
            it.place.line(),
            format!("risk {:?} {:?}{likelihood}{}", it.severity, it.title.plain(), against.unwrap_or_default()),
        );
    }
    for it in &plan.teams {
        let periods = it.periods.iter().map(|it| match it.weeks {
            Some((first, last)) => format!("{} FTE in weeks {first}-{last}", it.fte),
            None => format!("{} FTE", it.fte),
        });
        notes.add(it.place.line(), format!("team {:?}: {}", it.name, periods.collect::<Vec<_>>().join(", ")));
    }
    for it in &plan.budget.items {
        notes.add(it.place.line(), format!("cost {:?}: {} {}", it.name, it.amount, it.currency));
    }
}

fn criterion(it: &Criterion, notes: &mut Notes) {
    let ticked = if it.ticked { ", ticked" } else { "" };
    notes.add(it.place.line(), format!("{} criterion {:?}{ticked}", it.kind.name(), it.text.plain()));
}

fn within(plan: &Plan, phase: Option<usize>) -> String {
    phase.and_then(|it| plan.phases.get(it)).map(|it| format!(", in {}", it.label())).unwrap_or_default()
}
