//! The project's files from one commit to the one before.

use super::rename::{Renames, is_markdown};
use super::trees::{Change, Found, Place, Trees, joined};
use crate::edge::Failure;
use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice as _};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Folders within the standups' folder that are looked into, and that folder itself; as deep as the files that lie there now.
const DEPTH: usize = 6;

/// Where the project's files are looked for.
pub(super) struct Followed {
    trees: Trees,
    renames: Renames,
    roadmap: Place,
    standups: Option<Place>,
    /// The folder that the roadmap lies in now, and the names of standups in it.
    beside: Option<(Place, BTreeSet<BString>)>,
}

/// What a commit holds of the project's files.
#[derive(Clone)]
pub(super) struct Seen {
    top: ObjectId,
    roadmap: (Rc<BString>, Option<ObjectId>),
    standups: (Rc<BString>, Option<Found>),
    beside: Option<ObjectId>,
}

/// What differs between a commit and the one before: paths, and texts where there are any.
#[derive(Default)]
pub(super) struct Differences {
    pub roadmap: Option<(BString, Option<ObjectId>)>,
    pub standups: Vec<(BString, Option<ObjectId>)>,
}

impl Followed {
    /// Takes the paths of the roadmap and of the standups' folder, and the names of standups in the roadmap's folder.
    pub(super) fn new(trees: Trees, roadmap: BString, standups: Option<BString>, beside: BTreeSet<BString>) -> Self {
        let folder = Place::new(parent(roadmap.as_bstr()).to_owned());
        Self {
            trees,
            renames: Renames::default(),
            roadmap: Place::new(roadmap),
            standups: standups.map(Place::new),
            beside: (!beside.is_empty()).then_some((folder, beside)),
        }
    }

    /// Returns what a commit with this top folder holds.
    pub(super) fn look(&mut self, top: ObjectId) -> Result<Seen, Failure> {
        let mut look = |place: &mut Place| self.trees.look(place, top);
        let roadmap = look(&mut self.roadmap)?.and_then(Found::file);
        let standups = self.standups.as_mut().map(&mut look).transpose()?.flatten();
        let beside = self.beside.as_mut().map(|(place, _)| look(place)).transpose()?.flatten();
        let path = |it: Option<&Place>| Rc::new(it.map(|it| it.path.clone()).unwrap_or_default());
        Ok(Seen {
            top,
            roadmap: (path(Some(&self.roadmap)), roadmap),
            standups: (path(self.standups.as_ref()), standups),
            beside: beside.and_then(Found::folder),
        })
    }

    /// Returns what the commit before holds, given its top folder. Where the roadmap or the standups' folder was renamed, its older
    /// path is followed from here on.
    pub(super) fn look_before(&mut self, newer: &Seen, top: ObjectId) -> Result<Seen, Failure> {
        if top == newer.top {
            return Ok(newer.clone());
        }
        let seen = self.look(top)?;
        let renamed = match (newer.roadmap.1, seen.roadmap.1) {
            (Some(text), None) => self.renames.source(&mut self.trees, (seen.top, newer.top), text)?.map(|it| it.0),
            _ => None,
        };
        let beside = match &renamed {
            Some(path) => self.standups_before(newer, parent(path.as_bstr()), &seen)?,
            None => None,
        };
        let standups = beside.map_or_else(|| self.standups_elsewhere(newer, &seen), |it| Ok(Some(it)))?;
        if renamed.is_none() && standups.is_none() {
            return Ok(seen);
        }
        if let Some(path) = renamed {
            self.roadmap = Place::new(path);
        }
        if standups.is_some() {
            self.standups = standups;
        }
        self.look(top)
    }

    /// Returns where the standups' folder lay when it came from elsewhere as a whole: where one of its files lay, with the same path
    /// in a folder that is no longer there.
    fn standups_elsewhere(&mut self, newer: &Seen, seen: &Seen) -> Result<Option<Place>, Failure> {
        let (Some(Found::Folder(folder)), None) = (newer.standups.1, seen.standups.1) else { return Ok(None) };
        let path = newer.standups.0.as_bstr();
        let files = self.trees.differences(path, (None, Some(folder)), DEPTH, is_markdown)?;
        let first = files.into_iter().min_by(|a, b| a.path.cmp(&b.path));
        let Some((file, text)) = first.and_then(|it| Some((it.path, it.newer?))) else { return Ok(None) };
        let Some((before, _)) = self.renames.source(&mut self.trees, (seen.top, newer.top), text)? else {
            return Ok(None);
        };
        let Some(before) = below(file.as_bstr(), path).and_then(|it| before.strip_suffix(it.as_bytes())) else {
            return Ok(None);
        };
        // Not the top folder, which holds everything.
        let Some(before) = before.strip_suffix(b"/").filter(|it| !it.is_empty()) else { return Ok(None) };
        let is_gone = self.trees.look(&mut Place::new(before.into()), newer.top)?.is_none();
        Ok(is_gone.then(|| Place::new(before.into())))
    }

    /// Returns where the standups' folder lay when the roadmap lay in another: in the same place beside it, when there is nothing
    /// where it lies now.
    fn standups_before(&mut self, newer: &Seen, folder: &BStr, seen: &Seen) -> Result<Option<Place>, Failure> {
        let now = parent(newer.roadmap.0.as_bstr());
        if self.standups.is_none() || seen.standups.1.is_some() || folder == now {
            return Ok(None);
        }
        let Some(below) = below(newer.standups.0.as_bstr(), now) else { return Ok(None) };
        let mut place = Place::new(joined(folder, below));
        Ok(self.trees.look(&mut place, seen.top)?.is_some().then_some(place))
    }

    /// Returns what differs between a commit and the one before; nothing where the older is the first.
    pub(super) fn differences(&mut self, older: Option<&Seen>, newer: &Seen) -> Result<Differences, Failure> {
        if older.is_some_and(|it| it.top == newer.top) {
            return Ok(Differences::default());
        }
        let mut changes = Vec::new();
        let standups_before = older.map(|it| (it.standups.0.as_bstr(), it.standups.1));
        let (path, now) = (newer.standups.0.as_bstr(), newer.standups.1);
        match standups_before {
            Some((path_before, before)) if path_before != path => {
                self.standups_that_differ(path_before, (before, None), &mut changes)?;
                self.standups_that_differ(path, (None, now), &mut changes)?;
            }
            before => self.standups_that_differ(path, (before.and_then(|it| it.1), now), &mut changes)?,
        }
        if let Some((place, names)) = &self.beside {
            let folders = (older.and_then(|it| it.beside), newer.beside);
            changes.extend(self.trees.differences(place.path.as_bstr(), folders, 1, |it| names.contains(it))?);
        }
        let standups = changes.into_iter().map(|it| (it.path, it.newer)).collect();
        Ok(Differences { roadmap: roadmap_that_differs(older, newer), standups })
    }

    fn standups_that_differ(
        &mut self,
        path: &BStr,
        (older, newer): (Option<Found>, Option<Found>),
        changes: &mut Vec<Change>,
    ) -> Result<(), Failure> {
        let file = |it: Option<Found>| it.and_then(Found::file);
        let folder = |it: Option<Found>| it.and_then(Found::folder);
        // All standups may stand in one file.
        if file(older) != file(newer) {
            changes.push(Change { path: path.to_owned(), older: file(older), newer: file(newer) });
        }
        changes.extend(self.trees.differences(path, (folder(older), folder(newer)), DEPTH, is_markdown)?);
        Ok(())
    }

    /// Returns what was not looked at, in words.
    pub(super) fn limits(&self) -> Vec<&'static str> {
        let mut limits = Vec::new();
        if self.trees.limited {
            limits.push("so many folders changed that not all earlier versions of standups were found");
        }
        if self.renames.limited {
            limits.push("so many files were removed that the roadmap's earlier names may be missing");
        }
        limits
    }
}

fn roadmap_that_differs(older: Option<&Seen>, newer: &Seen) -> Option<(BString, Option<ObjectId>)> {
    let (path, text) = &newer.roadmap;
    let before = older.and_then(|it| it.roadmap.1.map(|text| (&it.roadmap.0, text)));
    let differs = before != text.map(|it| (path, it));
    differs.then(|| (BString::clone(path), *text))
}

fn parent(path: &BStr) -> &BStr {
    path.rfind_byte(b'/').and_then(|it| path.get(..it)).unwrap_or_default().as_bstr()
}

/// Returns the rest of a path below a folder; nothing where it does not lie there.
fn below<'a>(path: &'a BStr, folder: &BStr) -> Option<&'a BStr> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder.as_bytes())?.strip_prefix(b"/").map(BStr::new)
}
