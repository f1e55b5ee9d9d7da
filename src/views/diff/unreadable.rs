//! The comment for a plan that cannot be read after a change.

use super::lines::Context;
use crate::checks::MERGE_CONFLICT;
use crate::diagnostic::Diagnostic;
use crate::phrase::{capitalise, count};
use crate::prose::{code_span_in_text, is_control, visible};
use crate::text::SourceFile;
use crate::views::wording;
use serde::Serialize;

/// The comment, as its template sees it: everything is Markdown, but for the lines within the fence.
#[derive(Debug, Serialize)]
pub struct Unreadable {
    /// The first line, by which the comment is found again.
    pub marker: String,
    /// What is wrong.
    pub what: String,
    /// The commit.
    pub head: String,
    /// A fence that no line can end.
    pub fence: String,
    /// The lines, each with its number.
    pub lines: Vec<String>,
    /// What to do.
    pub todo: String,
    /// What was read.
    pub footer: String,
}

/// Lines beyond this many are not shown.
const MAX_LINES: usize = 12;
/// Letters of a line beyond this many are not shown.
const MAX_LETTERS: usize = 160;

/// Says why a plan cannot be read: what is wrong, where, and what to do. `found` is about places in a file.
#[must_use]
pub fn unreadable(
    context: &Context,
    marker: &str,
    (path, what, help): (&str, &str, &str),
    found: &[Diagnostic],
    file: Option<&SourceFile>,
) -> Unreadable {
    let first = found.first();
    let is_conflict = first.is_some_and(|it| it.rule == MERGE_CONFLICT);
    let line = first.and_then(Diagnostic::line);
    let at = line.map_or(String::new(), |it| format!(", line {it}"));
    let what = match first {
        Some(_) if is_conflict => conflicts(found.len()),
        Some(it) => code_span_in_text(&it.message),
        None => code_span_in_text(what),
    };
    let numbers: Vec<u32> = found.iter().take(MAX_LINES).flat_map(places).collect();
    let lines: Vec<String> = file.map(|file| shown(file, &numbers)).unwrap_or_default();
    let longest = lines.iter().flat_map(|it| it.split(|it| it != '`')).map(str::len).max().unwrap_or(0);
    let todo = capitalise(first.and_then(|it| it.help.as_deref()).unwrap_or(help));
    Unreadable {
        marker: marker.to_owned(),
        what: if path.is_empty() { what } else { format!("{what} in {}{at}", code_span_in_text(path)) },
        head: context.after.commit.map_or(String::new(), |it| code_span_in_text(&it.short())),
        fence: "`".repeat(3.max(longest + 1)),
        lines,
        todo: match links(context, path, &numbers) {
            it if is_conflict => {
                format!("keep one of the two versions, remove the marks ({it}) and push.")
            }
            it if it.is_empty() => format!("{}.", code_span_in_text(&todo)),
            it => format!("{} ({it}).", code_span_in_text(&todo)),
        },
        footer: format!(
            "roadbook {} read {} and {}.",
            env!("CARGO_PKG_VERSION"),
            context.before.shown().markdown_in_text(),
            context.after.shown().markdown_in_text()
        ),
    }
}

/// Returns "merge conflict", "2 merge conflicts".
fn conflicts(n: usize) -> String {
    if n == 1 { "merge conflict".to_owned() } else { count(n, "merge conflict") }
}

/// The lines that a finding is about.
fn places(it: &Diagnostic) -> Vec<u32> {
    it.line().into_iter().chain(it.related.iter().map(|it| it.place.line())).collect()
}

/// Returns the lines from the first of some to the last, with their numbers.
fn shown(file: &SourceFile, numbers: &[u32]) -> Vec<String> {
    let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) else { return Vec::new() };
    let line = |number: u32| {
        let text = visible(file.slice(file.index.line_span(number)).trim_end()).into_owned();
        let text: String = text.chars().map(|it| if is_control(it) { ' ' } else { it }).take(MAX_LETTERS).collect();
        format!("{number} | {text}")
    };
    (*first..=*last).take(MAX_LINES).map(line).collect()
}

fn links(context: &Context, path: &str, numbers: &[u32]) -> String {
    let place = |number: &u32| match (&context.repository, context.after.commit) {
        (Some(repository), Some(commit)) => {
            let path = wording::url_path(&format!("{}{path}", context.after.folder));
            format!("[{number}]({repository}/blob/{commit}/{path}?plain=1#L{number})")
        }
        _ => number.to_string(),
    };
    if numbers.is_empty() {
        return if path.is_empty() { String::new() } else { code_span_in_text(path) };
    }
    let places: Vec<String> = numbers.iter().take(MAX_LINES).map(place).collect();
    format!("{} {}", if places.len() == 1 { "line" } else { "lines" }, places.join(", "))
}
