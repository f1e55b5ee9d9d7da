//! Folders of commits: what lies at a path, and what differs between two.

use super::open::Store;
use crate::edge::Failure;
use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice as _};
use gix::objs::tree::EntryRef;
use gix::objs::{Kind, TreeRefIter};
use std::cmp::Ordering;

/// Folders that are opened to compare two folders.
const MAX_OPENED: usize = 20_000;
/// Folders that are opened in all.
const MAX_OPENED_IN_ALL: usize = 4_000_000;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    File(ObjectId),
    Folder(ObjectId),
}

impl Found {
    /// Returns the file; nothing for a folder.
    pub(super) fn file(self) -> Option<ObjectId> {
        if let Self::File(it) = self { Some(it) } else { None }
    }

    /// Returns the folder; nothing for a file.
    pub(super) fn folder(self) -> Option<ObjectId> {
        if let Self::Folder(it) = self { Some(it) } else { None }
    }

    /// Links and other repositories are neither.
    pub(super) fn of(entry: &EntryRef<'_>) -> Option<Self> {
        let id = entry.oid.to_owned();
        match entry.mode {
            it if it.is_blob() => Some(Self::File(id)),
            it if it.is_tree() => Some(Self::Folder(id)),
            _ => None,
        }
    }
}

/// A path, and what lay there when it was last looked for.
#[derive(Debug)]
pub(super) struct Place {
    pub path: BString,
    /// Its folders and its name.
    parts: Vec<BString>,
    /// The folders that were last gone through, beginning at the top; what is below one that has not changed has not changed.
    passed: Vec<ObjectId>,
    found: Option<Found>,
}

impl Place {
    /// An empty path is the top folder.
    pub(super) fn new(path: BString) -> Self {
        let parts = path.split_str("/").filter(|it| !it.is_empty()).map(BString::from).collect();
        Self { path, parts, passed: Vec::new(), found: None }
    }
}

/// A difference between two folders.
#[derive(Debug)]
pub(super) struct Change {
    pub path: BString,
    pub older: Option<ObjectId>,
    pub newer: Option<ObjectId>,
}

/// Reads folders of commits.
pub(super) struct Trees {
    store: Store,
    buffers: (Vec<u8>, Vec<u8>),
    opened: usize,
    /// Not all could be compared.
    pub limited: bool,
}

impl Trees {
    pub(super) fn new(mut store: Store) -> Self {
        store.keep_some();
        Self { store, buffers: Default::default(), opened: 0, limited: false }
    }

    /// Looks what lies at a place of a commit with this top folder.
    pub(super) fn look(&mut self, place: &mut Place, top: ObjectId) -> Result<Option<Found>, Failure> {
        let mut found = Some(Found::Folder(top));
        for (depth, part) in place.parts.iter().enumerate() {
            let Some(Found::Folder(id)) = found else { break };
            if place.passed.get(depth) == Some(&id) {
                return Ok(place.found);
            }
            place.passed.truncate(depth);
            place.passed.push(id);
            let data = self.store.read(Kind::Tree, &id, &mut self.buffers.0)?;
            let mut entries = TreeRefIter::from_bytes(data, self.store.hash_kind()).map_while(Result::ok);
            let below = entries.find(|it| it.filename == part).and_then(|it| Found::of(&it));
            let is_last = depth + 1 == place.parts.len();
            found = below.filter(|it| is_last || matches!(it, Found::Folder(_)));
            if found.is_none() {
                break;
            }
        }
        place.found = found;
        Ok(found)
    }

    /// Returns the wanted files that differ between two folders that lie at one path, down to a depth of folders.
    pub(super) fn differences(
        &mut self,
        path: &BStr,
        (older, newer): (Option<ObjectId>, Option<ObjectId>),
        depth: usize,
        wanted: impl Fn(&BStr) -> bool,
    ) -> Result<Vec<Change>, Failure> {
        let mut changes = Vec::new();
        let mut open = vec![(path.to_owned(), depth, older, newer)];
        let mut opened = 0;
        while let Some((path, depth, older, newer)) = open.pop() {
            if older == newer {
                continue;
            }
            if opened == MAX_OPENED || self.opened == MAX_OPENED_IN_ALL {
                self.limited = true;
                break;
            }
            opened += 1;
            self.opened += 1;
            let older = self.store.tree(older, &mut self.buffers.0)?;
            let newer = self.store.tree(newer, &mut self.buffers.1)?;
            each_difference(older, newer, |name, older, newer| {
                let whole = || joined(path.as_bstr(), name);
                let file = |it: Option<Found>| it.and_then(Found::file);
                let folder = |it: Option<Found>| it.and_then(Found::folder);
                if wanted(name) && file(older) != file(newer) {
                    changes.push(Change { path: whole(), older: file(older), newer: file(newer) });
                }
                if 1 < depth && folder(older) != folder(newer) {
                    open.push((whole(), depth - 1, folder(older), folder(newer)));
                }
            });
        }
        Ok(changes)
    }

    /// Reads a file of at most so many bytes; nothing where it is missing, damaged or larger.
    pub(super) fn small_file(&self, id: ObjectId, most: usize) -> Option<Vec<u8>> {
        let mut buffer = Vec::new();
        self.store.read(Kind::Blob, &id, &mut buffer).ok().filter(|it| it.len() <= most).map(<[u8]>::to_vec)
    }
}

impl Store {
    fn tree<'a>(&self, id: Option<ObjectId>, buffer: &'a mut Vec<u8>) -> Result<TreeRefIter<'a>, Failure> {
        let data = id.map_or(Ok(&[][..]), |it| self.read(Kind::Tree, &it, buffer))?;
        Ok(TreeRefIter::from_bytes(data, self.hash_kind()))
    }
}

/// Goes through two folders side by side. Both are sorted as git sorts them; entries of a damaged one may come as two differences.
fn each_difference(
    older: TreeRefIter<'_>,
    newer: TreeRefIter<'_>,
    mut report: impl FnMut(&BStr, Option<Found>, Option<Found>),
) {
    let mut older = older.map_while(Result::ok).peekable();
    let mut newer = newer.map_while(Result::ok).peekable();
    loop {
        let order = match (older.peek(), newer.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(older), Some(newer)) => older.cmp(newer),
        };
        let left = if order.is_le() { older.next() } else { None };
        let right = if order.is_ge() { newer.next() } else { None };
        let same = |(a, b): (&EntryRef<'_>, &EntryRef<'_>)| a.oid == b.oid && a.mode == b.mode;
        if left.as_ref().zip(right.as_ref()).is_some_and(same) {
            continue;
        }
        if let Some(it) = left.as_ref().or(right.as_ref()) {
            report(it.filename, left.as_ref().and_then(Found::of), right.as_ref().and_then(Found::of));
        }
    }
}

/// Returns the path of a file in a folder.
pub(super) fn joined(folder: &BStr, name: &BStr) -> BString {
    if folder.is_empty() { name.to_owned() } else { gix::bstr::join("/", [folder, name]).into() }
}
