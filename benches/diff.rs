//! What a comparison costs: two plans of 5,000 tasks, of which every tenth task changed, from their texts to the comment, against
//! reading one of them.
//!
//! Without arguments it measures time; `--instructions MODE` runs one mode once, for a tool that counts instructions: `none` (the
//! texts alone), `read` (one plan, from its text to its meaning), `understand` (one plan, with all that follows), `diff` (both, and
//! the comment).

mod workload;

use criterion::Criterion;
use roadbook::calendar::Day;
use roadbook::comparison::compare;
use roadbook::document::parse;
use roadbook::pipeline::{Understood, understand, understand_both};
use roadbook::reading;
use roadbook::render::comment;
use roadbook::settings::Settings;
use roadbook::text::SourceFile;
use roadbook::views::diff::{Context, DiffFacts, diff, side};
use std::hint::black_box;
use std::process::ExitCode;
use workload::{File, Project, Size, projects};

const SIZE: Size = Size { projects: 1, tasks: 5_000, standups: 26 };

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).filter(|it| *it != "--bench").collect();
    let Some(before) = projects(SIZE).pop() else { return ExitCode::FAILURE };
    let after = changed(&before);
    match words.as_slice() {
        ["--instructions", "none"] => drop(black_box((before, after))),
        ["--instructions", "read"] => read(&before),
        ["--instructions", "understand"] => drop(black_box(understood(&before))),
        ["--instructions", "diff"] => drop(black_box(whole(&before, &after))),
        ["--instructions", ..] => return ExitCode::FAILURE,
        _ => times(&before, &after),
    }
    ExitCode::SUCCESS
}

fn times(before: &Project, after: &Project) {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("diff");
    group.sample_size(10);
    group.bench_function("read", |it| it.iter(|| read(before)));
    group.bench_function("understand", |it| it.iter(|| understood(before)));
    let (old, new) = (understood(before), understood(after));
    group.bench_function("compare", |it| it.iter(|| said(&old, &new)));
    group.bench_function("whole", |it| it.iter(|| whole(before, after)));
    group.finish();
}

/// Moves, re-estimates, ticks, renames, takes out and adds: of every sixty tasks one each.
fn changed(project: &Project) -> Project {
    let mut text = String::new();
    let mut tasks = 0;
    let mut skips = false;
    for line in project.roadmap.text.split_inclusive('\n') {
        if !line.starts_with("- [") {
            skips &= line.starts_with(' ');
            match tasks % 60 {
                _ if skips => {}
                10 => text.push_str(&line.replace("Duration: 1d", "Duration: 2d")),
                _ => text.push_str(line),
            }
            continue;
        }
        tasks += 1;
        skips = tasks % 60 == 20;
        match tasks % 60 {
            20 => {}
            30 => text.push_str(&line.replacen("- [ ]", "- [x]", 1)),
            40 => text.push_str(&line.replacen('\n', " and more of it\n", 1)),
            50 => {
                text.push_str(line);
                text.push_str("- [ ] Something that nobody had thought of\n");
            }
            _ => text.push_str(line),
        }
    }
    Project { roadmap: File { path: project.roadmap.path.clone(), text }, standups: project.standups.clone() }
}

fn read(project: &Project) {
    for file in project.files() {
        let file = SourceFile::new(file.path.as_str(), file.text.clone().into_bytes());
        let document = parse(&file);
        if file.path.contains("standups") {
            std::mem::forget(black_box(reading::standups(&file, &document)));
        } else {
            std::mem::forget(black_box(reading::plan(&file, &document, &Settings::default())));
        }
    }
}

fn understood(project: &Project) -> Understood {
    understand(project.sources(), day())
}

fn day() -> Day {
    Day::from_ymd_opt(2026, 2, 20).unwrap_or_default()
}

fn whole(before: &Project, after: &Project) -> String {
    let (before, after) = understand_both(before.sources(), after.sources(), day());
    said(&before, &after)
}

fn said(before: &Understood, after: &Understood) -> String {
    let comparison = compare(side(&before.facts()), side(&after.facts()));
    let context = Context::default();
    let facts = DiffFacts { before: before.facts(), after: after.facts(), comparison: &comparison, context: &context };
    comment(&facts, &diff(&facts), "<!-- marker -->").unwrap_or_default()
}
