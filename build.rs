//! Writes down the commit that the program is built from, where there is one, without running git.
#![expect(clippy::disallowed_methods, reason = "a build script has no other door to the world")]

use std::fs;
use std::path::Path;

fn main() {
    println!("cargo:rerun-if-changed=.git/HEAD");
    println!("cargo:rerun-if-changed=.git/logs/HEAD");
    println!("cargo:rerun-if-changed=templates");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let version = commit().map_or(version.clone(), |it| format!("{version} ({it})"));
    println!("cargo:rustc-env=ROADBOOK_VERSION={version}");
}

fn commit() -> Option<String> {
    let head = fs::read_to_string(".git/HEAD").ok()?;
    let hash = match head.trim().strip_prefix("ref: ") {
        Some(name) => fs::read_to_string(Path::new(".git").join(name)).ok().or_else(|| packed(name))?,
        None => head,
    };
    let short: String = hash.trim().chars().take(10).collect();
    short.bytes().all(|it| it.is_ascii_hexdigit()).then_some(short)
}

fn packed(name: &str) -> Option<String> {
    let refs = fs::read_to_string(".git/packed-refs").ok()?;
    let line = refs.lines().find(|it| it.ends_with(name))?;
    line.split(' ').next().map(str::to_owned)
}
