//! What an editor offers to do about findings.

use super::findings::{range_of, told};
use super::hello::FIX_ALL;
use super::text::Aligned;
use super::workspace::{Reading, Workspace};
use crate::checks::rule;
use crate::diagnostic::{Diagnostic, Instead};
use crate::document::Kind;
use crate::phrase;
use crate::prose::one_line;
use crate::text::{Place, Span};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, Range, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

/// Findings of a range beyond this many are offered nothing.
const MOST: usize = 50;

/// Edits by file, in the text that is read.
type Edits = BTreeMap<String, Vec<TextEdit>>;

/// Returns what may be done about the findings in a range.
pub fn actions(workspace: &Workspace, params: &CodeActionParams) -> Option<CodeActionResponse> {
    let (reading, file) = workspace.open(&params.text_document.uri)?;
    let wants = |kind: &CodeActionKind| {
        let only = params.context.only.as_deref();
        only.is_none_or(|it| it.iter().any(|it| is_below(kind.as_str(), it.as_str())))
    };
    let mut found = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let touched = reading.understood.diagnostics.iter().filter(|it| touches(reading, file, it, params.range));
        for it in touched.take(MOST) {
            let offers = [
                mend(reading, it),
                instead(reading, file, it, params.range),
                instead_everywhere(reading, it),
                allow(reading, file, it),
            ];
            let shown = told(workspace, reading, it);
            for offer in offers.into_iter().flatten() {
                found.push(offer.action(workspace, reading, CodeActionKind::QUICKFIX, Some(shown.clone())));
            }
        }
    }
    if wants(&FIX_ALL) {
        let repairs = Offer::new("Repair all damaged symbols".to_owned(), repairs(file, &file.file.path), false);
        found.extend(repairs.map(|it| it.action(workspace, reading, FIX_ALL, None)));
    }
    Some(found.into_iter().flatten().map(CodeActionOrCommand::CodeAction).collect())
}

/// Says whether a kind is another, or one of its parts: `source.fixAll.roadbook` is a `source.fixAll`.
fn is_below(kind: &str, of: &str) -> bool {
    of.is_empty() || kind.strip_prefix(of).is_some_and(|it| it.is_empty() || it.starts_with('.'))
}

/// Says whether a finding, or the same thing again, lies in a range of a file.
fn touches(reading: &Reading, file: &Aligned, it: &Diagnostic, range: Range) -> bool {
    places_in(reading, file, it, range).next().is_some()
}

/// Returns the places of a finding, and of the same thing again, that lie in a range of a file.
fn places_in<'a>(
    reading: &'a Reading,
    file: &'a Aligned,
    it: &'a Diagnostic,
    range: Range,
) -> impl Iterator<Item = &'a Place> {
    let again = it.related.iter().filter(|it| it.is_again).map(|it| &it.place);
    let places = it.place.iter().chain(again).filter(|it| it.path == file.file.path);
    places.filter(move |it| range_of(reading, it).is_some_and(|it| it.start <= range.end && range.start <= it.end))
}

/// Something that may be done.
struct Offer {
    title: String,
    edits: Edits,
    is_preferred: bool,
}

impl Offer {
    /// Makes an offer; nothing where nothing would change.
    fn new(title: String, edits: Edits, is_preferred: bool) -> Option<Self> {
        (!edits.is_empty()).then_some(Self { title, edits, is_preferred })
    }

    fn action(
        self,
        workspace: &Workspace,
        reading: &Reading,
        kind: CodeActionKind,
        of: Option<lsp_types::Diagnostic>,
    ) -> Option<CodeAction> {
        Some(CodeAction {
            title: self.title,
            kind: Some(kind),
            diagnostics: of.map(|it| vec![it]),
            edit: Some(edit(workspace, reading, self.edits)?),
            is_preferred: self.is_preferred.then_some(true),
            ..CodeAction::default()
        })
    }
}

/// Returns edits for the versions of documents that they were made for; a file that is not open has none.
#[expect(clippy::mutable_key_type, reason = "the protocol's type: a name is not changed once it is a key")]
fn edit(workspace: &Workspace, reading: &Reading, edits: Edits) -> Option<WorkspaceEdit> {
    let file = |(name, edits): (String, Vec<TextEdit>)| {
        let path: PathBuf = reading.path_of(&name);
        let version = workspace.documents.get(&path).map(|it| it.version);
        Some((workspace.uri(&path)?, version, edits))
    };
    let files: Vec<(Uri, Option<i32>, Vec<TextEdit>)> = edits.into_iter().map(file).collect::<Option<_>>()?;
    if !workspace.can.versioned_edits {
        let changes: HashMap<Uri, Vec<TextEdit>> = files.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let document = |(uri, version, edits): (Uri, Option<i32>, Vec<TextEdit>)| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    };
    let changes = DocumentChanges::Edits(files.into_iter().map(document).collect());
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}

/// Repairs damaged symbols, as `roadbook check --fix` does.
fn mend(reading: &Reading, it: &Diagnostic) -> Option<Offer> {
    let file = reading.file(&it.path).filter(|_| it.fixable)?;
    let symbols = file.file.repaired_characters();
    Offer::new(format!("Repair {} in this file", phrase::count(symbols, "symbol")), repairs(file, &it.path), true)
}

fn repairs(file: &Aligned, name: &str) -> Edits {
    let edit = |it: &crate::text::Repair| {
        let length = file.editor.line(it.line - 1).len();
        let start = file.editor.offset(Position::new(it.line - 1, 0));
        TextEdit { range: file.editor.range(start..start + length), new_text: file.file.line(it.line).to_owned() }
    };
    let edits: Vec<TextEdit> = file.file.repairs.iter().map(edit).collect();
    if edits.is_empty() { Edits::new() } else { Edits::from([(name.to_owned(), edits)]) }
}

/// Writes what the rule knows to be meant.
fn instead(reading: &Reading, file: &Aligned, it: &Diagnostic, range: Range) -> Option<Offer> {
    let Instead { old, new } = it.instead.as_ref()?;
    let edits = replace(reading, places_in(reading, file, it, range).take(1), old, new);
    Offer::new(format!("Write {} instead of {}", one_line(new), one_line(old)), edits, true)
}

/// The same in all places, where there are several.
fn instead_everywhere(reading: &Reading, it: &Diagnostic) -> Option<Offer> {
    let Instead { old, new } = it.instead.as_ref()?;
    let again = it.related.iter().filter(|it| it.is_again).map(|it| &it.place);
    let edits = replace(reading, it.place.iter().chain(again), old, new);
    let places = edits.values().map(Vec::len).sum::<usize>();
    let title = format!("Write {} instead of {} in {places} places", one_line(new), one_line(old));
    Offer::new(title, edits, false).filter(|_| 1 < places)
}

fn replace<'a>(reading: &Reading, places: impl Iterator<Item = &'a Place>, old: &str, new: &str) -> Edits {
    let mut edits = Edits::new();
    let mut seen = BTreeSet::new();
    for it in places.filter(|it| seen.insert((*it).clone())) {
        let Some(file) = reading.file(&it.path).filter(|file| file.file.slice(it.span) == old) else { continue };
        let edit = TextEdit { range: file.range(it.span), new_text: new.to_owned() };
        edits.entry(it.path.to_string()).or_default().push(edit);
    }
    edits
}

/// Puts a comment before the place that allows the finding there; the reason is for the author to write.
fn allow(reading: &Reading, file: &Aligned, it: &Diagnostic) -> Option<Offer> {
    rule(it.rule).filter(|it| it.can_be_allowed() && it.name != "allowance")?;
    let place = it.place.as_ref().filter(|it| it.path == file.file.path)?;
    let line = line_to_allow(reading, file, place)?;
    let text = file.file.line(line);
    let indent = text.get(..text.len() - text.trim_start().len()).unwrap_or_default();
    let end = file.editor.line_end();
    let new_text = format!("{indent}<!-- roadbook: allow {}: say why here -->{end}", it.rule);
    let at = file.editor.position(file.raw(file.file.index.line_span(line).start));
    let edit = TextEdit { range: Range::new(at, at), new_text };
    let edits = Edits::from([(place.path.to_string(), vec![edit])]);
    Offer::new(format!("Allow {} here, and say why", it.rule), edits, false)
}

/// Returns the line that a comment has to stand before: of a table the first, which a comment would end; nothing in code.
fn line_to_allow(reading: &Reading, file: &Aligned, place: &Place) -> Option<u32> {
    let sources = reading.understood.sources.files();
    let at = sources.enumerate().find(|(_, it)| it.path == place.path).map(|it| it.0)?;
    let document = reading.understood.documents.get(at)?;
    let holds = |it: Span| it.start <= place.span.start && place.span.start < it.end;
    if document.front_matter.is_some_and(holds) {
        return None;
    }
    for it in document.blocks.iter().filter(|it| holds(it.span)) {
        match it.kind {
            Kind::Code => return None,
            Kind::Table(_) => return Some(file.file.index.line(it.span.start)),
            _ => {}
        }
    }
    Some(place.line())
}
