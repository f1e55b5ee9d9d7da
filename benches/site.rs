//! How long the whole site of a small project takes, stage by stage, against reading and writing the same bytes.

#![expect(
    clippy::disallowed_methods,
    reason = "the floor of the whole is reading and writing without anything between"
)]

mod workload;

use criterion::{BatchSize, Criterion};
use roadbook::bundle::Bundle;
use roadbook::calendar::Day;
use roadbook::edge::{GitUse, locate, publish, read};
use roadbook::pipeline::{Understood, understand};
use roadbook::render::{SiteOptions, site};
use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use workload::{Project, SMALL, projects};

type Any = Box<dyn std::error::Error>;

fn main() -> Result<(), Any> {
    let folder = tempfile::tempdir()?;
    let [project] = projects(SMALL).try_into().map_err(|_| "the small size is one project")?;
    let input = folder.path().join("project");
    store(&project, &input)?;
    let mut criterion = Criterion::default().configure_from_args();
    let day = Day::from_ymd_opt(2026, 2, 20).ok_or("no such day")?;
    times(&mut criterion, &project, &input, folder.path(), day)?;
    criterion.final_summary();
    Ok(())
}

fn times(criterion: &mut Criterion, project: &Project, input: &Path, folder: &Path, day: Day) -> Result<(), Any> {
    let out = folder.join("out");
    let known = understand(project.sources(), day);
    let bundle = pages(&known)?;
    let mut group = criterion.benchmark_group("site");
    group.sample_size(50);
    group.bench_function("read", |it| it.iter(|| locate(input).and_then(|it| read(it, GitUse::IGNORED))));
    group.bench_function("understand", |it| {
        it.iter_batched(|| project.sources(), |sources| understand(sources, day), BatchSize::SmallInput);
    });
    group.bench_function("forecast", |it| {
        let week = known.analysis.data_week;
        it.iter(|| {
            roadbook::analysis::forecast_at(
                &known.history,
                black_box(week),
                known.analysis.deadline,
                &known.analysis.working,
            )
        });
    });
    group.bench_function("render", |it| it.iter(|| pages(&known)));
    group.bench_function("publish", |it| it.iter(|| publish(&bundle, &out, &[])));
    group.bench_function("whole", |it| it.iter(|| whole(input, &out, day)));
    let copy = folder.join("copy");
    group.bench_function("floor", |it| it.iter(|| floor(input, &bundle, &copy)));
    group.finish();
    Ok(())
}

fn pages(known: &Understood) -> Result<Bundle, Any> {
    Ok(site(known.facts(), &SiteOptions::default())?)
}

/// The whole way, from a folder to a folder.
fn whole(input: &Path, out: &Path, day: Day) -> Result<(), Any> {
    let known = understand(read(locate(input)?, GitUse::IGNORED)?, day);
    publish(&pages(&known)?, out, &[])?;
    Ok(())
}

/// Reads the same files and writes the same bytes into a new folder in place of the old, with nothing between.
fn floor(input: &Path, bundle: &Bundle, out: &Path) -> Result<(), Any> {
    let standups = fs::read_dir(input.join("standups"))?;
    for path in standups.map(|it| it.map(|it| it.path())).chain([Ok(input.join("roadmap.md"))]) {
        black_box(fs::read(path?)?);
    }
    if out.is_dir() {
        fs::remove_dir_all(out)?;
    }
    let folders: BTreeSet<PathBuf> =
        bundle.files.keys().filter_map(|it| out.join(it.as_str()).parent().map(Path::to_owned)).collect();
    for folder in folders {
        fs::create_dir_all(folder)?;
    }
    for (path, bytes) in &bundle.files {
        fs::write(out.join(path.as_str()), bytes)?;
    }
    Ok(())
}

fn store(project: &Project, folder: &Path) -> Result<(), Any> {
    fs::create_dir_all(folder.join("standups"))?;
    for file in project.files() {
        fs::write(folder.join(&file.path), &file.text)?;
    }
    Ok(())
}
