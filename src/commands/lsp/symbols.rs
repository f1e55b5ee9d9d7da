//! Outlines, and tasks found by ID or title.

use super::findings::{range_of, uri};
use super::outline::{Node, outline};
use super::text::Aligned;
use super::uri::to_path;
use super::workspace::Workspace;
use crate::prose::one_line;
use crate::text::Span;
use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, OneOf, SymbolInformation, SymbolKind,
    WorkspaceSymbol, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

/// Tasks beyond this many are left out: a longer word finds them.
const MOST: usize = 200;

/// Returns the outline of a document.
pub fn of_document(workspace: &Workspace, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let path = to_path(&params.text_document.uri)?;
    let reading = workspace.reading_of(&path)?;
    let name = reading.name_of(&path)?;
    let file = reading.file(&name)?;
    let nodes = outline(reading, &name);
    if workspace.can.outline {
        return Some(DocumentSymbolResponse::Nested(nested(nodes, file)));
    }
    #[expect(deprecated, reason = "a field of the protocol that nobody fills in any more")]
    let flat = |it: Node| SymbolInformation {
        name: it.name,
        kind: it.kind,
        tags: None,
        deprecated: None,
        location: Location { uri: params.text_document.uri.clone(), range: file.range(it.span) },
        container_name: None,
    };
    Some(DocumentSymbolResponse::Flat(nodes.into_iter().map(flat).collect()))
}

/// Makes a tree: what is deeper belongs to what stands before it.
fn nested(nodes: Vec<Node>, file: &Aligned) -> Vec<DocumentSymbol> {
    let mut open: Vec<(u8, DocumentSymbol)> = Vec::new();
    let mut roots = Vec::new();
    let close = |open: &mut Vec<(u8, DocumentSymbol)>, roots: &mut Vec<DocumentSymbol>, level: u8| {
        while open.last().is_some_and(|it| level <= it.0) {
            let Some((_, done)) = open.pop() else { return };
            match open.last_mut() {
                Some((_, parent)) => parent.children.get_or_insert_default().push(done),
                None => roots.push(done),
            }
        }
    };
    for it in nodes {
        close(&mut open, &mut roots, it.level);
        open.push((it.level, symbol(it, file)));
    }
    close(&mut open, &mut roots, 0);
    roots
}

#[expect(deprecated, reason = "a field of the protocol that nobody fills in any more")]
fn symbol(it: Node, file: &Aligned) -> DocumentSymbol {
    let line = file.file.index.line(it.span.start);
    let end = file.file.index.line_span(line).end.min(it.span.end);
    DocumentSymbol {
        name: it.name,
        detail: it.detail,
        kind: it.kind,
        tags: None,
        deprecated: None,
        range: file.range(it.span),
        selection_range: file.range(Span { start: it.span.start, end: end.max(it.span.start) }),
        children: None,
    }
}

/// Returns the tasks whose ID or title holds the letters of a query, in their order.
#[expect(clippy::unnecessary_wraps, reason = "the protocol allows no answer")]
pub fn of_workspace(workspace: &Workspace, params: &WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let query: Vec<char> = params.query.chars().filter(|it| !it.is_whitespace()).flat_map(char::to_lowercase).collect();
    let mut found = Vec::new();
    for reading in workspace.members.values().filter_map(|it| it.known.as_ref()) {
        let plan = &reading.understood.history.plan;
        let tasks = plan.tasks.iter().map(|it| (one_line(&it.full_name()), &it.first().place, SymbolKind::PROPERTY));
        let gates = plan.gates.iter().map(|it| (format!("{} gate", one_line(&it.name)), &it.place, SymbolKind::EVENT));
        for (name, place, kind) in tasks.chain(gates).filter(|it| holds(&it.0, &query)) {
            let Some((uri, range)) = uri(workspace, reading, place).zip(range_of(reading, place)) else { continue };
            let container_name = Some(one_line(&plan.title)).filter(|it| !it.is_empty());
            let location = OneOf::Left(Location { uri, range });
            found.push(WorkspaceSymbol { name, kind, tags: None, container_name, location, data: None });
            if MOST <= found.len() {
                return Some(WorkspaceSymbolResponse::Nested(found));
            }
        }
    }
    Some(WorkspaceSymbolResponse::Nested(found))
}

/// Says whether a name holds letters in their order, with any others between them.
fn holds(name: &str, letters: &[char]) -> bool {
    let mut rest = letters;
    for it in name.chars().flat_map(char::to_lowercase) {
        match rest {
            [first, behind @ ..] if *first == it => rest = behind,
            [] => break,
            _ => {}
        }
    }
    rest.is_empty()
}
