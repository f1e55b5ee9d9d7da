//! The roadmap as a plan.

use super::choices::Choices;
use super::complaints::complaints;
use super::front_matter::{complaint, front_matter};
use super::gate_days::find_gate_days;
use super::legend::Legend;
use super::schedule::put_on_calendar;
use super::settle::settle;
use super::tasks::tasks;
use super::walk::{Found, walk};
use super::years::find_years;
use crate::calendar::SettingDay;
use crate::diagnostic::{Diagnosed, Diagnostic, Severity};
use crate::document::{Document, Kind};
use crate::model::{Criterion, FileFacts, Gate, GateKind, Located, Plan};
use crate::phrase;
use crate::settings::Settings;
use crate::text::SourceFile;
use std::collections::{HashMap, HashSet};

/// Reads a roadmap. Never fails: what is not understood is named.
///
/// 1. Walk over the blocks and note what each means.
/// 2. Let headings play the part of phases and of tasks where nothing else does.
/// 3. Put lines with one ID together to tasks, the phase table to its phases, exit criteria to their gates.
/// 4. Put everything that has a week on the calendar.
#[must_use]
pub fn plan(file: &SourceFile, document: &Document, settings: &Settings) -> Diagnosed<Plan> {
    let readable = file.readable();
    let choices = Choices::new(settings).with_legend(Legend::new(document, file));
    let mut found = walk(document, file, &choices, readable.end);
    settle(&mut found, document, file, &choices);
    let mut diagnostics = complaints(&found, file, document);
    let mut plan = std::mem::take(&mut found.plan);
    plan.facts = facts(&found, file, document);
    plan.legend = choices.legend().said(|it| choices.symbol(it), file);
    apply_front_matter(&mut plan, file, document, &mut diagnostics);
    merge_phase_table(&mut plan, &found);
    find_years(&mut plan, settings);
    attach_exit_criteria(&mut plan, &mut found);
    merge_sign_offs(&mut plan);
    name_gates(&mut plan);
    (plan.tasks, plan.task_ids) = tasks(std::mem::take(&mut found.segments));
    apply_settings(&mut plan, file, settings);
    put_on_calendar(&mut plan, &found.block_days, settings);
    find_gate_days(&mut plan, std::mem::take(&mut found.gate_days));
    if plan.tasks.is_empty() && !file.text.trim().is_empty() {
        diagnostics.push(no_tasks(file, document, &plan, &found));
    }
    Diagnosed { value: plan, diagnostics }
}

fn no_tasks(file: &SourceFile, document: &Document, plan: &Plan, found: &Found) -> Diagnostic {
    let items = document
        .blocks
        .iter()
        .filter(|it| matches!(it.kind, Kind::Item(item) if item.depth == 0 && item.gfm_box.is_none()))
        .count();
    let message = "no tasks found: nothing to measure progress by";
    let complaint = Diagnostic::file("no-tasks", Severity::Warning, &file.path, message)
        .help("write each task as a list item with a box, such as `- [ ] **P1-01:** title`");
    let complaint = where_boxes_are(complaint, document, plan, file);
    let complaint = where_rows_are(complaint, found);
    if items == 0 {
        return complaint;
    }
    let note = format!(
        "{} without a box {} read as text: `plain_bullets = \"tasks\"` under `[reading]` in roadbook.toml makes tasks of them",
        phrase::count(items, "list item"),
        if items == 1 { "is" } else { "are" },
    );
    complaint.note(note)
}

/// Says where boxes went that are no tasks.
fn where_boxes_are(complaint: Diagnostic, document: &Document, plan: &Plan, file: &SourceFile) -> Diagnostic {
    let lines: HashSet<u32> = document.boxes.iter().map(|it| file.index.line(it.span.start)).collect();
    let boxed = |it: &Gate| it.criteria.iter().filter(|it| lines.contains(&it.place.line())).count();
    let gates: Vec<(&Gate, usize)> = plan.gates.iter().map(|it| (it, boxed(it))).filter(|(_, it)| 0 < *it).collect();
    let Some((first, _)) = gates.first() else { return complaint };
    let boxes: usize = gates.iter().map(|(_, it)| it).sum();
    let of = match gates.len() {
        1 => format!("the gate \"{}\"", crate::prose::visible(&first.name)),
        n => format!("{n} gates, the first of them \"{}\"", crate::prose::visible(&first.name)),
    };
    let (are, what) =
        if boxes == 1 { ("is a criterion", "it is no task") } else { ("are criteria", "they are no tasks") };
    complaint.note(format!(
        "{} {are} of {of} (line {}): below a heading or a label that says so {what}",
        phrase::count(boxes, "box"),
        first.place.line()
    ))
}

/// Says what rows of tables lack to be tasks.
fn where_rows_are(complaint: Diagnostic, found: &Found) -> Diagnostic {
    if found.stateless_rows == 0 {
        return complaint;
    }
    let (rows, tables) = (found.stateless_rows, found.stateless_tables);
    complaint.note(format!(
        "{} of {} {} no column of states: a column `Status`, with a word such as `todo` or `done` in each row, makes tasks of them",
        phrase::count(rows, "row"),
        phrase::count(tables, "table"),
        if rows == 1 { "has" } else { "have" },
    ))
}

fn facts(found: &Found, file: &SourceFile, document: &Document) -> FileFacts {
    let boxes: Vec<_> = document.boxes.iter().map(|it| (it.span, it.checked)).collect();
    FileFacts::new(file, &boxes, &found.understood)
}

fn merge_phase_table(plan: &mut Plan, found: &Found) {
    for row in &found.phase_rows {
        if let Some(phase) = plan.phases.iter_mut().find(|it| it.number == row.number) {
            phase.weeks = phase.weeks.or(row.weeks);
            phase.health_target = phase.health_target.take().or_else(|| row.health_target.clone());
            phase.gate = phase.gate.take().or_else(|| row.gate.clone());
        }
    }
    // A phase without weeks of its own spans the weeks below it.
    for (at, phase) in plan.phases.iter_mut().enumerate() {
        let weeks = || plan.weeks.iter().filter(|it| it.phase == Some(at));
        phase.weeks = phase.weeks.or_else(|| weeks().map(|it| it.week).min().zip(weeks().map(|it| it.last).max()));
    }
}

/// Gives exit criteria to the gate of their phase; a phase that has no gate gets one, since its criteria are one.
fn attach_exit_criteria(plan: &mut Plan, found: &mut Found) {
    for (phase, under, criterion) in std::mem::take(&mut found.exit_criteria) {
        let of_phase = |it: &&mut Gate| it.phase == phase && it.kind.is_big();
        if let Some(gate) = plan.gates.iter_mut().find(of_phase) {
            let at = gate.criteria.iter().take_while(|it| it.kind == criterion.kind).count();
            gate.criteria.insert(at, criterion);
        } else {
            let heading = found.outline.get(under).filter(|it| it.opens.is_criteria());
            let heading = heading.map(|it| it.words.trim_end_matches([':', '：']).to_owned());
            let of_phase = phase.and_then(|at| plan.phases.get(at)).map(|it| format!("{} exit", it.name));
            let name = of_phase.or(heading).unwrap_or_else(|| "Exit criteria".to_owned());
            let place = criterion.place.clone();
            let kind = if phase.is_some() || plan.phases.is_empty() { GateKind::Phase } else { GateKind::Launch };
            let (short, criteria) = (name.clone(), vec![criterion]);
            let (week, due, decision, waivers) = (None, None, None, Vec::new());
            plan.gates.push(Gate { name, short, kind, phase, week, due, criteria, decision, waivers, place });
        }
    }
}

/// A line below a gate that repeats a criterion and is ticked signs that criterion; it is none of its own.
fn merge_sign_offs(plan: &mut Plan) {
    let words = |it: &Criterion| it.text.plain().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let may_repeat = |it: &&mut Gate| it.criteria.iter().skip(1).any(|it| it.ticked);
    for gate in plan.gates.iter_mut().filter(may_repeat) {
        let mut kept: Vec<Criterion> = Vec::with_capacity(gate.criteria.len());
        let mut known: HashMap<String, usize> = HashMap::new();
        for criterion in std::mem::take(&mut gate.criteria) {
            let same = known.get(&words(&criterion)).and_then(|at| kept.get_mut(*at));
            match same {
                Some(first) if criterion.ticked => {
                    first.ticked = true;
                    first.sign_off = criterion.sign_off.or(first.sign_off.take());
                }
                _ => {
                    known.entry(words(&criterion)).or_insert(kept.len());
                    kept.push(criterion);
                }
            }
        }
        gate.criteria = kept;
    }
}

fn name_gates(plan: &mut Plan) {
    for gate in &mut plan.gates {
        let phase = gate.phase.and_then(|at| plan.phases.get(at));
        if gate.kind.is_big()
            && let Some(short) = phase.and_then(|it| it.gate.clone())
        {
            gate.short = short;
        }
    }
}

fn apply_front_matter(plan: &mut Plan, file: &SourceFile, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let Some(span) = document.front_matter else { return };
    match front_matter(file.slice(span)) {
        Ok(matter) => {
            let choices = matter.choices(file, span);
            diagnostics.extend(choices.diagnostics);
            let choices = choices.value;
            let at = |it: Option<SettingDay>, key: &str| {
                it.map(|it| Located { value: it.0, place: matter.place(key, file, span) })
            };
            if let Some(title) = &choices.title {
                plan.title.clone_from(title);
                plan.title_place = Some(matter.place("title", file, span));
            }
            plan.header.start = at(choices.start, "start").or(plan.header.start.take());
            plan.header.target = at(choices.target, "target").or(plan.header.target.take());
            plan.header.date = at(matter.date, "date").or(plan.header.date.take());
        }
        Err(why) => diagnostics.push(complaint(file, span, &why)),
    }
}

/// Returns a title made of a file's name: "Project roadmap" of `docs/PROJECT_ROADMAP.md`.
fn title_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.split(['-', '_', ' ']).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let shouts = !words.chars().any(char::is_lowercase);
    phrase::capitalise(&if shouts { words.to_lowercase() } else { words })
}

fn apply_settings(plan: &mut Plan, file: &SourceFile, settings: &Settings) {
    if let Some(title) = &settings.title {
        plan.title.clone_from(title);
        plan.title_place = None;
    }
    if plan.title.is_empty() {
        plan.title = title_of(&file.path);
    }
    if let Some(SettingDay(value)) = settings.target {
        // The setting wins over the roadmap; without a line there, the roadmap's first line stands for it.
        let place =
            plan.header.target.as_ref().map_or_else(|| file.place(crate::text::Span::new(0, 0)), |it| it.place.clone());
        plan.header.target = Some(Located { value, place });
    }
}
