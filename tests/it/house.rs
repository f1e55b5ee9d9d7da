//! Holds the order of the house: layers, one home for each package, the length of files, and where content becomes markup.

use super::support::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Lowest first; modules on one line do not see each other.
const LAYERS: &[&[&str]] = &[
    &["text", "calendar", "bundle", "phrase", "marker", "shipped"],
    &["mail"],
    &["prose"],
    &["diagnostic"],
    &["model"],
    &["settings"],
    &["sources"],
    &["document"],
    &["reading"],
    &["history"],
    &["analysis"],
    &["checks"],
    &["comparison"],
    &["views"],
    &["render", "edge"],
    &["pipeline"],
    &["editing"],
    &["cli"],
    &["commands"],
];

/// Modules that do not see a lower one either.
const BLIND: &[(&str, &[&str])] = &[("render", &["model", "analysis", "history", "reading", "document", "comparison"])];

/// The only folder or file that may use a package.
const HOMES: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["src/document/"]),
    ("plotters", &["src/render/charts/"]),
    ("plotters_backend", &["src/render/charts/"]),
    ("css_inline", &["src/render/email/"]),
    ("png", &["src/render/pictures.rs"]),
    ("resvg", &["src/render/pictures.rs"]),
    ("roxmltree", &["src/sources/svg.rs"]),
    ("lettre", &["src/edge/mail/"]),
    ("ttf_parser", &["src/render/charts/"]),
    ("tera", &["src/render/templates/"]),
    ("rust_embed", &["src/shipped.rs"]),
    ("rayon", &["src/render/site.rs", "src/pipeline/"]),
    ("walkdir", &["src/edge/"]),
    ("gix", &["src/edge/git/"]),
    ("rustix", &["src/edge/"]),
    ("annotate_snippets", &["src/diagnostic/terminal.rs"]),
    ("encoding_rs", &["src/text/"]),
    ("statrs", &["src/analysis/gamma_process.rs"]),
    ("granit_parser", &["src/reading/yaml.rs"]),
    (
        "schemars",
        &[
            "src/diagnostic/data.rs",
            "src/settings/",
            "src/views/report/",
            "src/views/diff/data.rs",
            "src/views/portfolio/report.rs",
            "src/render/site.rs",
            "src/render/portfolio.rs",
        ],
    ),
    ("clap", &["src/cli.rs", "src/cli/", "src/main.rs"]),
    ("chrono_tz", &["src/settings/"]),
    ("regex", &["src/settings/id_pattern.rs"]),
    ("strsim", &["src/phrase.rs"]),
    ("url", &["src/prose.rs", "src/mail/", "src/edge/github/", "src/edge/mail/", "src/commands/lsp/uri.rs"]),
    ("ureq", &["src/edge/github/"]),
    ("httparse", &["src/edge/serve/head.rs"]),
    // The gates' pages have a module of this name.
    ("open", &["src/edge/serve/browse.rs", "src/views/gate/mod.rs"]),
    ("ctrlc", &["src/edge/serve/browse.rs"]),
    ("rustls", &["src/edge/github/", "src/edge/mail/smtp/"]),
    ("rustls_platform_verifier", &["src/edge/mail/smtp/"]),
    ("lettre", &["src/edge/mail/message.rs"]),
    ("sha2", &["src/edge/mail/message.rs", "src/render/feeds/identity.rs"]),
    ("notify", &["src/edge/watch.rs"]),
    ("atom_syndication", &["src/render/feeds/"]),
    ("csv", &["src/render/feeds/", "src/reading/measured/"]),
    ("clap_complete", &["src/commands/completions.rs"]),
    ("clap_mangen", &["src/commands/man.rs"]),
    ("lsp_server", &["src/commands/lsp/"]),
    ("lsp_types", &["src/commands/lsp/"]),
];

/// The most lines of a file, tests apart.
const STOP: usize = 500;

#[test]
fn modules_use_only_lower_layers() {
    let mut wrong = BTreeSet::new();
    for (file, text) in sources() {
        let Some(user) = top_module(&file) else { continue };
        for used in crate_paths(&text) {
            let blind = BLIND.iter().any(|(it, hidden)| *it == user && hidden.contains(&used.as_str()));
            if used != user && (rank(&user) <= rank(&used) || blind) {
                wrong.insert(format!("{file}: `{user}` may not use `{used}`"));
            }
        }
        if text.contains("super::super") {
            wrong.insert(format!("{file}: write `crate::` instead of `super::super`, so that this test sees it"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_package_has_one_home() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (package, homes) in HOMES {
            let at_home = homes.iter().any(|it| file.starts_with(it));
            let needle = format!("{package}::");
            let used =
                code(&text).any(|line| line.match_indices(&needle).any(|(at, _)| !line[..at].ends_with(['_', ':'])));
            if used && !at_home {
                wrong.push(format!("{file}: {package} lives in {}", homes.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The edge may do what the rest may not, but for this.
#[test]
fn git_alone_is_executed_and_in_one_place() {
    let at: Vec<_> =
        sources().into_iter().filter(|(_, text)| code(text).any(|it| it.contains("Command::new("))).collect();
    let at: Vec<_> = at.iter().map(|(file, text)| (file.as_str(), text.matches("Command::new(").count())).collect();
    assert_eq!(at, [("src/edge/git/transfer.rs", 1)]);
}

#[test]
fn files_stay_short() {
    let lengths: Vec<(usize, String)> = sources().into_iter().map(|(file, text)| (own_lines(&text), file)).collect();
    let long: Vec<_> = lengths.iter().filter(|(it, _)| STOP < *it).collect();
    assert!(long.is_empty(), "split these: {long:?}");
    let mut sorted: Vec<usize> = lengths.iter().map(|(it, _)| *it).collect();
    sorted.sort_unstable();
    let median = sorted[sorted.len() / 2];
    assert!(median <= 150, "the median file has {median} lines");
}

/// Content reaches a page unescaped only as prose that was made safe, or as a chart.
#[test]
fn only_prose_and_charts_are_safe() {
    let allowed = [".title", "title", ".text", "svg", ".html", "goal", "words"];
    let mut wrong = Vec::new();
    for (file, text) in files(&root().join("templates"), "html") {
        for (number, line) in text.lines().enumerate() {
            for (at, _) in line.match_indices("| safe") {
                let before = line[..at].trim_end();
                let name = before.rsplit(['{', ' ', '(']).next().unwrap_or_default();
                let name = name.split('[').next().unwrap_or_default();
                if !allowed.iter().any(|it| name.ends_with(it)) {
                    wrong.push(format!("{file}:{}: {name} | safe", number + 1));
                }
            }
            // A mail has no other place for its looks.
            let looks: &[&str] = if file.starts_with("templates/email/mail") { &[] } else { &[" style=", "<style"] };
            for bad in looks.iter().copied().chain([" onclick", " onload", "javascript:", "http://", "https://"]) {
                if line.contains(bad) {
                    wrong.push(format!("{file}:{}: {bad}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A newcomer finds every module in `ARCHITECTURE.md`, and nothing there that is gone.
#[test]
fn the_map_is_true() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let modules: BTreeSet<&str> = LAYERS.iter().flat_map(|it| it.iter().copied()).collect();
    let missing: Vec<_> = modules.iter().filter(|it| !map.contains(&format!("`{it}"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
    let named = map.split('`').skip(1).step_by(2).filter(|it| it.starts_with("src/"));
    let gone: Vec<_> = named.filter(|it| !root().join(it).exists()).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names {gone:?}, which is gone");
}

#[test]
fn every_dependency_has_a_reason() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let cargo: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for table in ["dependencies", "dev-dependencies"] {
        names.extend(cargo[table].as_table().unwrap().keys().map(String::as_str));
    }
    let missing: Vec<_> = names.iter().filter(|it| !map.contains(&format!("`{it}`"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md gives no reason for {missing:?}");
}

fn own_lines(text: &str) -> usize {
    text.lines().take_while(|it| *it != "#[cfg(test)]").count()
}

fn rank(module: &str) -> usize {
    let at = LAYERS.iter().position(|layer| layer.contains(&module));
    at.unwrap_or_else(|| panic!("`{module}` has no layer: add it to LAYERS"))
}

fn top_module(file: &str) -> Option<String> {
    let first = file.strip_prefix("src/")?.split('/').next()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (name != "lib" && name != "main").then(|| name.to_owned())
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|it| !it.trim_start().starts_with("//"))
}

/// The first segment after each `crate::`, braces included.
fn crate_paths(text: &str) -> BTreeSet<String> {
    let code = code(text).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, needle) in code.match_indices("crate::") {
        let rest = &code[at + needle.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(identifier(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    found.insert(identifier(&group[start..at]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.insert(identifier(&group[start..at]));
                    start = at + 1;
                }
                _ => {}
            }
        }
    }
    found.remove("");
    found
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

fn sources() -> Vec<(String, String)> {
    files(&root().join("src"), "rs")
}

fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let fits = |it: &walkdir::DirEntry| it.path().extension().is_some_and(|it| it == ending);
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    entries.filter(fits).map(|it| (name(it.path()), fs::read_to_string(it.path()).unwrap())).collect()
}
