//! The files of one commit.

use super::names::Names;
use super::open::Store;
use super::trees::Found;
use super::{inside, past_of, real_once_there, shallow};
use crate::edge::content::{GitUse, read_files};
use crate::edge::files::{Entry, Files, Kind};
use crate::edge::locate::{no_roadmap, project};
use crate::edge::{Failure, Project};
use crate::sources::{CommitId, Known, Sources, Unknown};
use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice as _};
use gix::objs::{CommitRefIter, Kind as ObjectKind, TreeRefIter};
use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

/// Folders that are opened to list what lies below one.
const MAX_OPENED: usize = 20_000;

/// A commit of the repository that a path lies in, and its files; nothing of it is checked out, executed or written.
pub struct Commit {
    store: Store,
    id: ObjectId,
    tree: ObjectId,
    /// The path, as the repository calls it.
    path: PathBuf,
    /// The folders that were last gone through, beginning at the top: most of what is looked for lies beside what was found last.
    passed: RefCell<Vec<(ObjectId, Folder)>>,
}

/// What lies in a folder, sorted by name.
type Folder = Rc<[(BString, At)]>;

impl Commit {
    /// Finds the commit that a revision names in the repository that a path lies in; the path itself need not exist any more.
    ///
    /// # Errors
    ///
    /// When the path lies in no repository, the revision names no commit, or it cannot be read.
    pub fn find(revision: &str, path: &Path) -> Result<Self, Failure> {
        let real = real_once_there(path)?;
        let Some(store) = Store::open(&real)? else {
            let what = format!("it lies in no git repository, so \"{revision}\" names no revision");
            return Err(Failure::new(path, what, "name two folders or files, or a path in a repository with --path"));
        };
        let Some(id) = store.commit(revision) else {
            let what = format!("the repository has no commit \"{revision}\"");
            let help =
                "name a branch, a tag or a commit that `git rev-parse` knows; one of a remote has to be fetched first";
            return Err(Failure::new(&store.top, what, help));
        };
        let path = real.strip_prefix(&store.top).unwrap_or(Path::new("")).to_owned();
        let tree = store.tree_of(id)?;
        Ok(Self { store, id, tree, path, passed: RefCell::default() })
    }

    /// Returns the best commit that this one and another of the same repository have in common; nothing where there is none.
    ///
    /// # Errors
    ///
    /// When commits cannot be read.
    pub fn merge_base(&self, other: &Self) -> Result<Option<Self>, Failure> {
        let Some(id) = self.store.merge_base(self.id, other.id)? else { return Ok(None) };
        let tree = self.store.tree_of(id)?;
        Ok(Some(Self { store: self.store.again(), id, tree, path: self.path.clone(), passed: RefCell::default() }))
    }

    /// Returns its hash.
    #[must_use]
    pub fn id(&self) -> Option<CommitId> {
        CommitId::new(self.id.as_slice())
    }

    /// Finds the one project at the path; nothing where the commit has no such path, or no roadmap there.
    ///
    /// # Errors
    ///
    /// When the settings are wrong, or the commit cannot be read.
    pub fn project(&self) -> Result<Option<Project>, Failure> {
        if self.found(&self.path)?.is_none() {
            return Ok(None);
        }
        project(self, &self.path)
    }

    /// Finds the one project at the path.
    ///
    /// # Errors
    ///
    /// When there is nothing at the path, no roadmap in it, or its settings are wrong.
    pub fn locate(&self) -> Result<Project, Failure> {
        self.project()?.ok_or_else(|| no_roadmap(&self.path))
    }

    /// Reads a project's files as this commit has them, and which versions of them the commits before it hold.
    ///
    /// # Errors
    ///
    /// When the roadmap cannot be read, or git cannot say which versions there are.
    pub fn sources(&self, project: Project, git: GitUse) -> Result<Sources, Failure> {
        let mut sources = read_files(self, &project)?;
        if git.is_wanted(&sources, &project) {
            sources.past = self.past(&project, &sources, git.allows_shallow)?;
        }
        if let Known::Past(it) = &sources.past {
            sources.notes.extend(it.notes.iter().cloned());
        }
        Ok(Sources { settings: project.settings, stands: true, ..sources })
    }

    fn past(&self, project: &Project, sources: &Sources, allow_shallow: bool) -> Result<Known, Failure> {
        if self.store.is_shallow()? {
            return if allow_shallow { Ok(Known::Nothing(Unknown::Shallow)) } else { Err(shallow(&project.roadmap)) };
        }
        let whole = |it: &Path| inside(Path::new(""), &normal(it)?);
        let paths = (whole(&project.roadmap).unwrap_or_default(), project.standups.as_deref().and_then(whole));
        let beside: Vec<&str> = sources.standups.iter().map(|it| &*it.path).collect();
        let names = Names::new(Path::new(""), &project.root);
        past_of(self.store.again(), self.id, project, paths, &beside, &names)
    }

    /// Returns what lies at a path.
    fn found(&self, path: &Path) -> Result<Option<At>, Failure> {
        let Some(path) = normal(path) else { return Ok(None) };
        let mut at = At::Known(Found::Folder(self.tree));
        for (depth, part) in path.components().enumerate() {
            let (At::Known(Found::Folder(id)), Ok(name)) = (at, gix::path::os_str_into_bstr(part.as_os_str())) else {
                return Ok(None);
            };
            let folder = self.folder(id, depth)?;
            let from = folder.partition_point(|(it, _)| it.as_bstr() < name);
            match folder.get(from).filter(|(it, _)| it.as_bstr() == name) {
                Some((_, it)) => at = *it,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }

    /// Returns what lies in a folder that is so many folders below the top.
    fn folder(&self, id: ObjectId, depth: usize) -> Result<Folder, Failure> {
        let mut passed = self.passed.borrow_mut();
        if let Some((_, it)) = passed.get(depth).filter(|it| it.0 == id) {
            return Ok(Rc::clone(it));
        }
        let folder = self.entries(id)?;
        passed.truncate(depth);
        passed.push((id, Rc::clone(&folder)));
        Ok(folder)
    }

    fn entries(&self, folder: ObjectId) -> Result<Folder, Failure> {
        let mut buffer = Vec::new();
        let data = self.store.read(ObjectKind::Tree, &folder, &mut buffer)?;
        let entries = TreeRefIter::from_bytes(data, self.store.hash_kind()).map_while(Result::ok);
        let mut entries: Vec<(BString, At)> =
            entries.map(|it| (it.filename.to_owned(), Found::of(&it).map_or(At::Other, At::Known))).collect();
        // Git sorts a folder as if its name ended with a slash.
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(entries.into())
    }

    fn kind_of(&self, at: At) -> Kind {
        match at {
            At::Known(Found::Folder(_)) => Kind::Folder,
            At::Known(Found::File(id)) => Kind::File(self.store.size(id)),
            At::Other => Kind::Other,
        }
    }
}

/// What lies at a path of a commit.
#[derive(Debug, Clone, Copy)]
enum At {
    Known(Found),
    /// A link, or another repository.
    Other,
}

impl Store {
    /// Returns the top folder of a commit.
    fn tree_of(&self, commit: ObjectId) -> Result<ObjectId, Failure> {
        let mut buffer = Vec::new();
        let data = self.read(ObjectKind::Commit, &commit, &mut buffer)?;
        let tree = CommitRefIter::from_bytes(data, self.hash_kind()).tree_id();
        tree.map_err(|it| {
            Failure::new(&self.top, format!("the commit {commit} is damaged: {it}"), "look what `git fsck` says")
        })
    }
}

impl Files for Commit {
    fn kind(&self, path: &Path) -> Result<Option<Kind>, Failure> {
        Ok(self.found(path)?.map(|it| self.kind_of(it)))
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        let Some(At::Known(Found::Folder(id))) = self.found(folder)? else { return Ok(Vec::new()) };
        let depth = normal(folder).map_or(0, |it| it.components().count());
        let mut paths: Vec<PathBuf> =
            self.folder(id, depth)?.iter().map(|(name, _)| folder.join(path_of(name.as_bstr()))).collect();
        paths.sort();
        Ok(paths)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let Some(At::Known(Found::File(id))) = self.found(path)? else {
            return Err(Failure::new(path, "it is no ordinary file", "name a Markdown file or a folder"));
        };
        let mut buffer = Vec::new();
        Ok(self.store.read(ObjectKind::Blob, &id, &mut buffer)?.to_vec())
    }

    fn start(&self, path: &Path, most: u64) -> Option<Vec<u8>> {
        let mut text = self.read(path).ok()?;
        text.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Some(text)
    }

    /// What a commit's link leads to is never read.
    fn stays(&self, _folder: &Path, _path: &Path) -> bool {
        true
    }

    fn below(&self, folder: &Path, depth: usize) -> Box<dyn Iterator<Item = Entry> + '_> {
        let mut open = vec![(folder.to_owned(), depth)];
        let mut ready: Vec<Entry> = Vec::new();
        let mut opened = 0;
        Box::new(std::iter::from_fn(move || {
            loop {
                if let Some(it) = ready.pop() {
                    return Some(it);
                }
                let (folder, depth) = open.pop()?;
                if depth == 0 || opened == MAX_OPENED {
                    continue;
                }
                opened += 1;
                match self.list(&folder) {
                    Ok(paths) => {
                        for path in paths.into_iter().rev() {
                            match self.kind(&path) {
                                Ok(kind) => ready.push(Ok((path, kind.unwrap_or(Kind::Other)))),
                                Err(_) => ready.push(Err(path)),
                            }
                        }
                    }
                    Err(_) => ready.push(Err(folder)),
                }
                let folders = ready.iter().filter_map(|it| it.as_ref().ok()).filter(|it| it.1 == Kind::Folder);
                open.extend(folders.map(|it| (it.0.clone(), depth - 1)));
            }
        }))
    }
}

/// Returns a path without `.` and `..`; nothing where it leads out of the repository.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(it) => normal.push(it),
            Component::CurDir => {}
            Component::ParentDir if normal.pop() => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(normal)
}

/// Names that are no text on this system are replaced, and lie where nothing is found.
fn path_of(name: &BStr) -> PathBuf {
    gix::path::from_bstr(name)
        .map_or_else(|_| PathBuf::from(name.to_str_lossy().into_owned()), std::borrow::Cow::into_owned)
}
