//! How fast text becomes a model, against a bare pass of the Markdown parser over the same bytes.
//!
//! Without arguments it measures time; `--instructions MODE [FOLDER]` runs one mode once, for a tool that counts instructions.
//! `README.md` in this folder says how.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the files it is pointed at")]

mod workload;

use criterion::{Criterion, Throughput};
use pulldown_cmark::{Options, Parser};
use roadbook::calendar::Day;
use roadbook::diagnostic::Diagnosed;
use roadbook::document::parse;
use roadbook::model::Plan;
use roadbook::pipeline::understand;
use roadbook::reading::{self, StandupFile};
use roadbook::settings::Settings;
use roadbook::text::SourceFile;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use workload::{File, MEDIUM, Project, projects};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).filter(|it| *it != "--bench").collect();
    match words.as_slice() {
        ["--instructions", mode] => once(mode, projects(MEDIUM)),
        ["--instructions", mode, folder] => once(mode, load(Path::new(folder))),
        _ => {
            times(&mut Criterion::default().configure_from_args());
            ExitCode::SUCCESS
        }
    }
}

/// Runs a mode once. The instructions of `none` are those of loading alone, to be subtracted from the others'.
fn once(mode: &str, projects: Vec<Project>) -> ExitCode {
    match mode {
        "none" => drop(black_box(projects)),
        "bare" => bare(&projects),
        "document" => projects.into_iter().for_each(document),
        "model" => projects.into_iter().for_each(|it| std::mem::forget(black_box(model(it)))),
        "understand" => projects.iter().for_each(whole),
        _ => return ExitCode::FAILURE,
    }
    ExitCode::SUCCESS
}

/// Passes over all texts with the parser alone, with the options that the program gives it.
fn bare(projects: &[Project]) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    for file in projects.iter().flat_map(Project::files) {
        for event in Parser::new_ext(&file.text, options).into_offset_iter() {
            black_box(event);
        }
    }
}

/// Makes blocks of all files: decoding, repair, line index, parsing.
fn document(project: Project) {
    for file in std::iter::once(project.roadmap).chain(project.standups) {
        let file = source(file);
        black_box(parse(&file));
    }
}

/// Makes a plan and standups of all files, and hands them out: taking a model apart is no part of making it.
fn model(project: Project) -> (Diagnosed<Plan>, Vec<Diagnosed<StandupFile>>) {
    let file = source(project.roadmap);
    let plan = reading::plan(&file, &parse(&file), &Settings::default());
    let standup = |file: File| {
        let file = source(file);
        reading::standups(&file, &parse(&file))
    };
    (plan, project.standups.into_iter().map(standup).collect())
}

/// Works out all that follows from a project.
fn whole(project: &Project) {
    let day = Day::from_ymd_opt(2026, 2, 20).unwrap_or_default();
    black_box(understand(project.sources(), day));
}

fn source(file: File) -> SourceFile {
    SourceFile::new(file.path, file.text.into_bytes())
}

fn times(criterion: &mut Criterion) {
    let projects = projects(MEDIUM);
    let bytes: usize = projects.iter().flat_map(Project::files).map(|it| it.text.len()).sum();
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("bare", |it| it.iter(|| bare(&projects)));
    let owned = || projects.clone();
    let size = criterion::BatchSize::LargeInput;
    group.bench_function("document", |it| {
        it.iter_batched(owned, |all| all.into_iter().for_each(document), size);
    });
    group.bench_function("model", |it| {
        it.iter_batched(owned, |all| all.into_iter().map(model).collect::<Vec<_>>(), size);
    });
    group.bench_function("understand", |it| it.iter(|| projects.iter().for_each(whole)));
    group.finish();
    criterion.final_summary();
}

/// Loads a project, or a folder of projects.
fn load(folder: &Path) -> Vec<Project> {
    let mut folders: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.join("roadmap.md").is_file())
        .collect();
    if folder.join("roadmap.md").is_file() {
        folders.push(folder.to_owned());
    }
    folders.sort();
    folders.iter().filter_map(|it| load_project(it)).collect()
}

fn load_project(folder: &Path) -> Option<Project> {
    let text = |path: &Path| std::fs::read_to_string(path).ok();
    let mut paths: Vec<_> = std::fs::read_dir(folder.join("standups"))
        .into_iter()
        .flatten()
        .filter_map(|it| Some(it.ok()?.path()))
        .collect();
    paths.sort();
    let standup = |path: &std::path::PathBuf| {
        let name = path.file_name()?.to_string_lossy();
        Some(File { path: format!("standups/{name}"), text: text(path)? })
    };
    let roadmap = File { path: "roadmap.md".to_owned(), text: text(&folder.join("roadmap.md"))? };
    Some(Project { roadmap, standups: paths.iter().filter_map(standup).collect() })
}
