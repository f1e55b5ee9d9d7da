//! What a long history costs: every version of a plan read out of git, and all that follows from it.
//!
//! `history FOLDER` measures time; `history --once MODE FOLDER` runs one mode once, for a tool that measures a whole process.
//! `MODE` is `versions` (the text of every version) or `understand` (the whole middle). `README.md` in this folder says against
//! what it is held.

use criterion::Criterion;
use roadbook::calendar::Day;
use roadbook::edge::{GitUse, locate, read};
use roadbook::pipeline::understand;
use roadbook::sources::{Known, Sources};
use std::hint::black_box;
use std::io::{Write as _, stderr};
use std::path::Path;
use std::process::ExitCode;

type Any = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["--once", "versions", folder] => sources(Path::new(folder)).and_then(|it| versions(&it)).map(|_| ()),
        ["--once", "understand", folder] => sources(Path::new(folder)).map(whole),
        [folder] => times(Path::new(folder)),
        // `cargo bench` asks for times, and without a repository there are none.
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(it) => {
            drop(writeln!(stderr(), "{it}"));
            ExitCode::FAILURE
        }
    }
}

fn times(folder: &Path) -> Result<(), Any> {
    sources(folder)?;
    let mut criterion = Criterion::default();
    let mut group = criterion.benchmark_group("history");
    group.sample_size(10);
    group.bench_function("versions", |it| it.iter(|| sources(folder).and_then(|it| versions(&it)).ok()));
    group.bench_function("understand", |it| it.iter(|| sources(folder).map(whole).ok()));
    group.finish();
    Ok(())
}

fn sources(folder: &Path) -> Result<Sources, Any> {
    Ok(read(locate(folder)?, GitUse { is_ignored: false, allows_shallow: false, day: None })?)
}

/// Reads the text of every version, newest first; returns their bytes.
fn versions(sources: &Sources) -> Result<usize, Any> {
    let Known::Past(past) = &sources.past else { return Err("the folder has no history".into()) };
    let mut bytes = 0;
    for revision in &past.revisions {
        for it in revision.roadmap.iter().chain(&revision.standups) {
            let Some(blob) = it.blob else { continue };
            bytes += black_box(past.texts.read(blob)?).len();
        }
    }
    Ok(bytes)
}

/// Understands the plan on the day of its newest version.
fn whole(sources: Sources) {
    let newest = match &sources.past {
        Known::Past(past) => past.revisions.first().map(|it| roadbook::history::day_of_revision(it, &sources.settings)),
        Known::Nothing(_) => None,
    };
    let day = newest.or(Day::from_ymd_opt(2026, 2, 20)).unwrap_or_default();
    black_box(understand(sources, day));
}
