//! Where a file came from: under which name its text stood in the commit before.

use super::trees::{Change, Trees};
use crate::edge::{Failure, paths};
use gix::ObjectId;
use gix::bstr::{BStr, BString};
use std::collections::HashMap;

/// Folders within folders that are looked into.
const DEPTH: usize = 32;
/// Files whose text is compared with the file's.
const MAX_COMPARED: usize = 200;
/// Files larger than this are not compared, in bytes.
const MAX_FILE: usize = 4 * 1024 * 1024;
/// How often it is asked in one history where a file came from.
const MAX_ASKED: usize = 200;

/// Answers where files came from.
#[derive(Default)]
pub(super) struct Renames {
    asked: usize,
    /// Some files were not compared.
    pub limited: bool,
}

impl Renames {
    /// Returns the path and text of the Markdown file that a file was before: one of the older commit that the newer one does not
    /// have, with the same text, else the one whose text is most alike. At least half of all lines must be in both. Of files that
    /// are as alike the first path counts.
    pub(super) fn source(
        &mut self,
        trees: &mut Trees,
        (older, newer): (ObjectId, ObjectId),
        file: ObjectId,
    ) -> Result<Option<(BString, ObjectId)>, Failure> {
        if self.asked == MAX_ASKED {
            self.limited = true;
            return Ok(None);
        }
        self.asked += 1;
        let changes = trees.differences(BStr::new(""), (Some(older), Some(newer)), DEPTH, is_markdown)?;
        let gone = |it: Change| it.older.filter(|_| it.newer.is_none()).map(|id| (it.path, id));
        let mut gone: Vec<(BString, ObjectId)> = changes.into_iter().filter_map(gone).collect();
        gone.sort();
        if let Some(at) = gone.iter().position(|(_, id)| *id == file) {
            return Ok(Some(gone.swap_remove(at)));
        }
        self.limited |= MAX_COMPARED < gone.len();
        gone.truncate(MAX_COMPARED);
        let Some(text) = trees.small_file(file, MAX_FILE) else { return Ok(None) };
        let lines = Lines::of(&text);
        let mut best: Option<((usize, usize), (BString, ObjectId))> = None;
        for (path, id) in gone {
            let Some((same, of)) = trees.small_file(id, MAX_FILE).map(|it| lines.shared_with(&it)) else { continue };
            let better = best.as_ref().is_none_or(|((best, best_of), _)| best * of < same * best_of);
            if of <= 2 * same && 0 < same && better {
                best = Some(((same, of), (path, id)));
            }
        }
        Ok(best.map(|(_, it)| it))
    }
}

/// Says whether a name has the ending of a Markdown file.
pub(super) fn is_markdown(name: &BStr) -> bool {
    gix::path::from_bstr(name).is_ok_and(|it| paths::is_markdown(&it))
}

/// The lines of a text that hold anything, and how often each is there.
struct Lines<'a> {
    counts: HashMap<&'a [u8], usize>,
    all: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a [u8]) -> Self {
        let mut counts = HashMap::new();
        let mut all = 0;
        for line in lines(text) {
            *counts.entry(line).or_insert(0) += 1;
            all += 1;
        }
        Self { counts, all }
    }

    /// Returns how many lines are in both, and how many the longer of both has.
    fn shared_with(&self, other: &[u8]) -> (usize, usize) {
        let mut left = self.counts.clone();
        let mut same = 0;
        let mut all = 0;
        for line in lines(other) {
            all += 1;
            if let Some(it) = left.get_mut(line).filter(|it| 0 < **it) {
                *it -= 1;
                same += 1;
            }
        }
        (same, self.all.max(all))
    }
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|it| *it == b'\n').map(<[u8]>::trim_ascii).filter(|it| !it.is_empty())
}
