//! What stands under the pointer.

use super::spot::{Thing, find};
use super::workspace::{Reading, Workspace};
use crate::views::{Desk, hover};
use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

/// Says what there is to know of the thing under the pointer.
pub fn hover(workspace: &Workspace, params: &HoverParams) -> Option<Hover> {
    let at = &params.text_document_position_params;
    let (reading, file) = workspace.open(&at.text_document.uri)?;
    let spot = find(reading, file, file.read_at(at.position))?;
    let lines = words(reading, &spot.thing)?;
    let contents = if workspace.can.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: paragraphs(&lines) }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: lines.join("\n").replace("**", "") }
    };
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(file.range(spot.span)) })
}

/// Each line is one of its own; lines of a list follow each other.
fn paragraphs(lines: &[String]) -> String {
    let mut all = String::new();
    for it in lines {
        let is_list = it.starts_with("- ") && all.lines().last().is_some_and(|it| it.starts_with("- "));
        all.push_str(if all.is_empty() {
            ""
        } else if is_list {
            "\n"
        } else {
            "\n\n"
        });
        all.push_str(it);
    }
    all
}

/// Returns what there is to know of a thing.
fn words(reading: &Reading, thing: &Thing) -> Option<Vec<String>> {
    let desk = Desk { facts: reading.understood.facts(), up: "", is_part: false };
    match thing {
        Thing::Task(it) => hover::task(&desk, *it),
        Thing::Owner(it) => Some(hover::owner(&desk, it)),
        Thing::Metric(it) => hover::metric(&desk, *it),
        Thing::Gate(it) => hover::gate(&desk, *it),
    }
}
