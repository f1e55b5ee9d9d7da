//! Reads plans of every shape at three sizes, for a tool that counts instructions: `tests/linear` runs it and compares the counts.
//!
//! `linear reading UNITS` and `linear understanding UNITS` call `measured_…` once for each line that `linear list` prints.

mod shapes;

use roadbook::calendar::Day;
use roadbook::document::parse;
use roadbook::pipeline::understand;
use roadbook::reading;
use roadbook::settings::Settings;
use roadbook::sources::{Known, Sources};
use roadbook::text::SourceFile;
use shapes::{Plan, SHAPES};
use std::hint::black_box;
use std::io::{Write as _, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["list"] => list(),
        ["reading", units] => units.parse().map_or(ExitCode::FAILURE, |it| each(it, measured_reading)),
        ["understanding", units] => units.parse().map_or(ExitCode::FAILURE, |it| each(it, measured_understanding)),
        // `cargo bench` asks for times, and there are none here.
        _ => ExitCode::SUCCESS,
    }
}

/// Prints the name of each shape, once for each size.
fn list() -> ExitCode {
    let names: String = SHAPES.iter().flat_map(|(name, _)| [0, 1, 2].map(|size| format!("{name}\t{size}\n"))).collect();
    stdout().write_all(names.as_bytes()).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn each<T>(units: usize, measured: impl Fn(Plan) -> T) -> ExitCode {
    for (_, make) in SHAPES {
        for size in [units, 2 * units, 4 * units] {
            std::mem::forget(black_box(measured(make(size))));
        }
    }
    ExitCode::SUCCESS
}

/// Text to model. What is handed out is not taken apart.
#[inline(never)]
fn measured_reading(plan: Plan) -> impl Sized {
    read(plan)
}

/// Text to all that is known on a day.
#[inline(never)]
fn measured_understanding(plan: Plan) -> impl Sized {
    understand(sources(plan), Day::from_ymd_opt(2026, 2, 20).unwrap_or_default())
}

/// Not a part of the function that is counted in, since closures would have that one's name in theirs.
fn read(plan: Plan) -> impl Sized {
    let sources = sources(plan);
    let roadmap = reading::plan(&sources.roadmap, &parse(&sources.roadmap), &Settings::default());
    let standups: Vec<_> = sources.standups.iter().map(|it| reading::standups(it, &parse(it))).collect();
    (roadmap, standups)
}

fn sources(plan: Plan) -> Sources {
    let file = |path: String, text: String| SourceFile::new(path, text.into_bytes());
    let standups = plan.standups.into_iter().enumerate();
    Sources {
        standups: standups.map(|(at, text)| file(format!("standups/{at:04}.md"), text)).collect(),
        roadmap: file("roadmap.md".to_owned(), plan.roadmap),
        measured: Vec::new(),
        settings: Settings::default(),
        notes: Vec::new(),
        past: Known::default(),
        stands: false,
        look: std::sync::Arc::default(),
    }
}
