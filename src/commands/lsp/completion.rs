//! What may be written here: IDs, owners, metrics, states, keys of the settings.

use super::documents::Document;
use super::uri::to_path;
use super::workspace::{Reading, Workspace};
use crate::history::History;
use crate::model::{State, Task};
use crate::prose::one_line;
use crate::reading::{Part, bracket, part};
use crate::settings::Settings;
use crate::views::parts::Mark;
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionList, CompletionParams,
    CompletionResponse, CompletionTextEdit, Position, Range, TextEdit,
};
use std::collections::BTreeSet;

/// Proposals beyond this many are left out; the editor asks again when more letters are known.
const MOST: usize = 300;
/// On a line longer than this nothing is proposed, in bytes.
const LONGEST_LINE: usize = 16 * 1024;
/// A heading is looked for in so many lines above.
const MOST_LINES: u32 = 2_000;

/// What is written, up to the cursor.
struct Here<'a> {
    reading: &'a Reading,
    document: &'a Document,
    at: Position,
    line: &'a str,
    is_standup: bool,
    label_details: bool,
}

/// Proposes what may be written at the cursor.
pub fn completion(workspace: &Workspace, params: &CompletionParams) -> Option<CompletionResponse> {
    let place = &params.text_document_position;
    let path = to_path(&place.text_document.uri)?;
    let document = workspace.documents.get(&path)?;
    let whole = document.text.line(place.position.line);
    if LONGEST_LINE < whole.len() {
        return None;
    }
    let start = document.text.offset(Position::new(place.position.line, 0));
    let line = whole.get(..document.text.offset(place.position).checked_sub(start)?)?;
    if path.extension().is_some_and(|it| it == "toml") {
        return list(keys(document, place.position, line));
    }
    let reading = workspace.reading_of(&path)?;
    let name = reading.name_of(&path)?;
    let roadmap = &reading.understood.sources.roadmap.path;
    let label_details = workspace.can.label_details;
    let is_standup = name != **roadmap;
    let here = Here { reading, document, at: place.position, line, is_standup, label_details };
    list(here.words())
}

fn list(mut items: Vec<CompletionItem>) -> Option<CompletionResponse> {
    if items.is_empty() {
        return None;
    }
    let is_incomplete = MOST < items.len();
    items.truncate(MOST);
    Some(CompletionResponse::List(CompletionList { is_incomplete, items }))
}

impl Here<'_> {
    fn words(&self) -> Vec<CompletionItem> {
        let rest = self.line.trim_start();
        let item = rest.strip_prefix(['-', '*', '+']).and_then(|it| it.strip_prefix(' ')).map(str::trim_start);
        if let Some(inside) = item.and_then(|it| it.strip_prefix('[')).filter(|it| !it.contains(']')) {
            return self.states(inside);
        }
        if let Some(typed) = owner_typed(self.line) {
            return self.owners(typed);
        }
        let behind_box = item
            .map(|it| it.split_once(']').filter(|(box_, _)| box_.starts_with('[')).map_or(it, |it| it.1.trim_start()));
        if self.is_standup
            && let Some(typed) = behind_box.filter(|it| !it.contains(':'))
            && self.part() == Part::Metrics
        {
            return self.metrics(typed);
        }
        let begins = self.is_standup && behind_box.is_some_and(|it| it.is_empty() || !it.contains(char::is_whitespace));
        self.ids(begins)
    }

    /// The part of a standup that the line belongs to, by the heading above it.
    fn part(&self) -> Part {
        let from = self.at.line.saturating_sub(MOST_LINES);
        let headings = (from..self.at.line).rev().map(|it| self.document.text.line(it).trim());
        let is_heading =
            |it: &&str| it.starts_with('#') || it.starts_with("**") && it.trim_end_matches(':').ends_with("**");
        let words = headings.filter(is_heading).map(|it| it.trim_matches(['#', '*', ':', ' ']));
        words.map(part).next().unwrap_or(Part::Other)
    }

    fn item(&self, typed: &str, text: String, kind: CompletionItemKind) -> CompletionItem {
        item(self.document, self.at, typed, text, kind)
    }

    fn states(&self, inside: &str) -> Vec<CompletionItem> {
        let boxes = ["x", " ", "⏳", "🚧", "-"];
        let marks = boxes.iter().filter_map(|it| Some((*it, bracket(it.trim())?)));
        let typed_len = inside.len();
        let typed = self.line.get(self.line.len() - typed_len..).unwrap_or_default();
        // An editor may have closed the bracket by itself.
        let closed = self.document.text.line(self.at.line).get(self.line.len()..).is_some_and(|it| it.starts_with(']'));
        marks
            .enumerate()
            .map(|(at, (sign, mark))| {
                let text = if closed { sign.to_owned() } else { format!("{sign}] ") };
                let mut item = self.item(typed, text, CompletionItemKind::ENUM_MEMBER);
                item.label = format!("[{sign}]");
                item.filter_text = Some(format!("{sign} {}", mark.words()));
                item.detail = Some(mark.words().to_owned());
                item.sort_text = Some(format!("{at}"));
                item
            })
            .collect()
    }

    fn owners(&self, typed: &str) -> Vec<CompletionItem> {
        let plan = &self.reading.understood.history.plan;
        let teams: Vec<&str> = plan.teams.iter().map(|it| it.name.as_str()).collect();
        let mut all: BTreeSet<&str> = plan.tasks.iter().flat_map(|it| &it.owners).map(|it| &**it).collect();
        all.retain(|it| !teams.contains(it));
        let owner = |(name, rank, detail): (&str, u8, &str)| {
            let mut item = self.item(typed, one_line(name), CompletionItemKind::CONSTANT);
            item.detail = Some(detail.to_owned());
            item.sort_text = Some(format!("{rank}{}", name.to_lowercase()));
            item
        };
        let teams = teams.iter().map(|it| (*it, 0, "team of the plan"));
        teams.chain(all.into_iter().map(|it| (it, 1, "owner of a task"))).map(owner).collect()
    }

    fn metrics(&self, typed: &str) -> Vec<CompletionItem> {
        let plan = &self.reading.understood.history.plan;
        let metric = |(at, it): (usize, &crate::model::Metric)| {
            let mut item = self.item(typed, format!("{}: ", one_line(&it.name)), CompletionItemKind::VALUE);
            item.label = one_line(&it.name);
            item.filter_text = Some(item.label.clone());
            item.detail = it.target.as_ref().map(|it| format!("target {}", one_line(&it.text)));
            item.sort_text = Some(format!("{at:05}"));
            item
        };
        plan.metrics.iter().enumerate().map(metric).collect()
    }

    /// IDs, where letters stand that some ID begins with, and where a line of a standup begins: open work first there.
    fn ids(&self, begins: bool) -> Vec<CompletionItem> {
        let is_part = |it: char| it.is_ascii_alphanumeric() || "-._#".contains(it);
        let typed = self.line.get(self.line.trim_end_matches(is_part).len()..).unwrap_or_default();
        if typed.is_empty() && !begins {
            return Vec::new();
        }
        // Small letters are mostly words.
        let is_likely =
            begins || typed.contains(|it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '#');
        let history = &self.reading.understood.history;
        let fits = |id: &str| id.get(..typed.len()).is_some_and(|it| it.eq_ignore_ascii_case(typed)) && is_likely;
        let mut found: Vec<(u8, usize, &Task, &str)> = Vec::new();
        for (at, task) in history.plan.tasks.iter().enumerate() {
            if let Some(id) = task.id.as_deref()
                && (fits(id) || begins && title_fits(task, typed))
            {
                found.push((rank(history, at, self.is_standup), at, task, id));
            }
        }
        found.sort_by_key(|it| (it.0, it.1));
        found.truncate(MOST + 1);
        found
            .into_iter()
            .enumerate()
            .map(|(order, (_, at, task, id))| self.id(typed, begins, order, (at, task, id)))
            .collect()
    }

    fn id(&self, typed: &str, begins: bool, order: usize, (at, task, id): (usize, &Task, &str)) -> CompletionItem {
        let history = &self.reading.understood.history;
        let title = one_line(&task.title().plain());
        let state = Mark::of_state(&history.state(at, history.as_of)).words();
        // What a line of a standup says of the task is for its author to say.
        let text = if begins { format!("{id}: ") } else { id.to_owned() };
        let mut item = self.item(typed, text, CompletionItemKind::REFERENCE);
        id.clone_into(&mut item.label);
        item.filter_text = Some(if begins { format!("{id} {title}") } else { id.to_owned() });
        item.sort_text = Some(format!("{order:05}"));
        item.detail = Some(format!("{title} ({})", state.to_lowercase()));
        if self.label_details {
            item.detail = Some(state);
            item.label_details = Some(CompletionItemLabelDetails { detail: None, description: Some(title) });
        }
        item
    }
}

/// The keys of the settings. Below the head of a table other keys count, and which ones is told by the mistakes.
fn keys(document: &Document, at: Position, line: &str) -> Vec<CompletionItem> {
    let typed = line.trim_start();
    let is_head = |it: u32| document.text.line(it).trim_start().starts_with('[');
    let is_word = typed.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    if !is_word || MOST_LINES < at.line || (0..at.line).any(is_head) {
        return Vec::new();
    }
    Settings::keys().map(|it| item(document, at, typed, it.to_owned(), CompletionItemKind::PROPERTY)).collect()
}

/// Makes a proposal that takes the place of the last letters before the cursor.
fn item(document: &Document, at: Position, typed: &str, text: String, kind: CompletionItemKind) -> CompletionItem {
    let start = document.text.offset(at) - typed.len();
    let range = Range::new(document.text.position(start), at);
    let text_edit = Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text.clone() }));
    CompletionItem { label: text, kind: Some(kind), text_edit, ..CompletionItem::default() }
}

/// Open work first, what is under way before what is to come; elsewhere the order of the plan.
fn rank(history: &History, at: usize, is_standup: bool) -> u8 {
    match history.state(at, history.as_of).state {
        _ if !is_standup => 0,
        State::InProgress | State::Blocked => 0,
        State::Todo => 1,
        State::Done => 2,
        State::Dropped => 3,
    }
}

/// Says whether a word of a task's title begins with some letters.
fn title_fits(task: &Task, typed: &str) -> bool {
    let typed = typed.to_lowercase();
    task.title().plain().split_whitespace().any(|it| it.to_lowercase().starts_with(&typed))
}

/// Returns what was typed of an owner's name: behind `Owner:`, in the last of several names.
fn owner_typed(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let at = ["owner:", "owners:", "assignee:", "assigned to:"]
        .iter()
        .filter_map(|it| Some(lower.rfind(it)? + it.len()))
        .max()?;
    let names = line.get(at..)?;
    if names.contains('|') {
        return None;
    }
    let names = names.trim_start_matches(['*', '_', '`']);
    let last = names.rsplit(['+', ',', '&', '/']).next()?;
    Some(last.trim_start())
}
