//! What tests share: a project in a temporary folder, and a run of the program inside this process.

use clap::Parser as _;
use roadbook::calendar::Day;
use roadbook::cli::Cli;
use roadbook::commands::{World, run};
use roadbook::edge::{Post, Web};
use roadbook::pipeline::{Understood, understand};
use roadbook::settings::Settings;
use roadbook::sources::{Known, Sources};
use roadbook::text::SourceFile;
use std::path::{Path, PathBuf};

/// What a run of the program left behind.
#[derive(Debug)]
pub struct Ran {
    pub status: u8,
    pub out: String,
    pub err: String,
}

/// Runs the program with a clock that stands still.
pub fn roadbook(arguments: &[&str]) -> Ran {
    // The cases lie in a repository of their own, whose commits say nothing about them.
    let reads = arguments.first().is_some_and(|it| matches!(*it, "build" | "check"));
    let history = if reads { &["--no-history"][..] } else { &[] };
    ran(&[arguments, history].concat())
}

/// Runs the program with a clock that stands still, and with what git knows.
pub fn ran(arguments: &[&str]) -> Ran {
    ran_with(arguments, Web::default())
}

/// Runs the program with a clock that stands still, and with what the environment says of GitHub.
pub fn ran_with(arguments: &[&str], web: Web) -> Ran {
    let cli = Cli::try_parse_from(std::iter::once("roadbook").chain(arguments.iter().copied())).unwrap();
    let now = "2026-02-06T12:00:00Z".parse().unwrap();
    let world = World {
        now,
        source_date_epoch: None,
        colour: false,
        colour_results: false,
        is_terminal: false,
        web,
        post: Post::default(),
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(&cli, &world, &mut out, &mut err);
    Ran { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// Understands a roadmap and its standups from memory.
pub fn understood(roadmap: &str, standups: &[(&str, &str)], as_of: &str) -> Understood {
    let file = |path: &str, text: &str| SourceFile::new(path, text.as_bytes().to_vec());
    let standups = standups.iter().map(|(path, text)| file(path, text)).collect();
    understood_files(file("roadmap.md", roadmap), standups, as_of)
}

/// Understands a roadmap alone.
pub fn understood_file(roadmap: SourceFile, as_of: &str) -> Understood {
    understood_files(roadmap, Vec::new(), as_of)
}

fn understood_files(roadmap: SourceFile, standups: Vec<SourceFile>, as_of: &str) -> Understood {
    let sources = Sources {
        roadmap,
        standups,
        measured: Vec::new(),
        settings: Settings::default(),
        notes: Vec::new(),
        past: Known::default(),
        stands: false,
        look: std::sync::Arc::default(),
    };
    understand(sources, as_of.parse::<Day>().unwrap())
}

/// Returns the report of an understood plan as JSON.
pub fn report(understood: &Understood) -> serde_json::Value {
    serde_json::to_value(roadbook::views::report::report(&understood.facts())).unwrap()
}

/// Returns the folder of this project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the folder of shared test data, `ROADBOOK_SHARED` or the one beside the checkout, or says that what needs it is
/// skipped.
pub fn shared(what: &str) -> Option<PathBuf> {
    let named = std::env::var_os("ROADBOOK_SHARED").map(PathBuf::from);
    let path = named.or_else(|| Some(root().parent()?.join("shared")))?;
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("SKIPPED: {what} (no ../shared beside the checkout)");
    None
}

/// Writes files into a folder.
pub fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Returns every file below a folder with its bytes, sorted.
pub fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|it| it.file_type().is_file());
    files
        .map(|it| {
            let name = it.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (name, std::fs::read(it.path()).unwrap())
        })
        .collect()
}
