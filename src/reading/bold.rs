//! Lines in strong type that play the part of headings: where they are called phases or weeks, and no real heading is.

use super::headings::heading;
use super::opens::Heading;
use crate::document::{Block, Document, Item, Kind};
use crate::text::SourceFile;

/// Returns the paragraphs that are such lines; where there are none, the items with boxes below them.
#[must_use]
pub fn bold_headings(document: &Document, file: &SourceFile) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, block) in document.blocks.iter().enumerate() {
        match block.kind {
            Kind::Heading(_) if 0 < at && opens_part(&document.all_words(block, file)) => return Vec::new(),
            Kind::Paragraph => {
                let [line] = document.lines(block) else { continue };
                if let Some((strong, end)) = document.leading_strong(*line, file)
                    && end == line.span.end
                    && opens_part(&strong)
                {
                    found.push(at);
                }
            }
            _ => {}
        }
    }
    if found.is_empty() { bold_items(document, file) } else { found }
}

/// Returns items without a box, in no other item, that hold boxes.
fn bold_items(document: &Document, file: &SourceFile) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, block) in document.blocks.iter().enumerate() {
        match block.kind {
            Kind::Item(Item { depth: 0, gfm_box: None, .. }) => open = is_part(block, document, file).then_some(at),
            Kind::Item(Item { gfm_box: Some(_), depth, .. }) if 0 < depth => found.extend(open.take()),
            Kind::Item(Item { depth, .. }) if 0 < depth => {}
            _ => open = None,
        }
    }
    found
}

/// Says whether an item is called a part of the plan in strong type: "**Phase 1: Hut**", "**Phase 1:** Hut", "**Phase 1** (week 1)".
fn is_part(block: &Block, document: &Document, file: &SourceFile) -> bool {
    let Some(line) = document.first_line(block) else { return false };
    let Some((strong, end)) = document.leading_strong(line, file) else { return false };
    let behind = file.text.get(end as usize..line.span.end as usize).unwrap_or_default();
    let behind = behind.trim_start_matches(['*', '_', ' ']);
    let is_apart = strong.trim_end().ends_with([':', '：'])
        || behind.is_empty()
        || behind.starts_with([':', '：', '-', '–', '—', '(', '（'])
        || !behind.contains(char::is_alphanumeric);
    is_apart && opens_part(&strong) && opens_part(&document.words(line, file))
}

fn opens_part(words: &str) -> bool {
    matches!(heading(words), Heading::Phase(_) | Heading::Week(..))
}
