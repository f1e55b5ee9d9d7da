//! The files on the disk, with the texts of an editor in the place of those that are open there.

use super::Failure;
use super::content::{GitUse, read_files};
use super::files::{Disk, Entry, Files, Kind};
use super::git::past;
use super::locate::{Project, SETTINGS, project, settings};
use super::paths::is_markdown;
use super::portfolio::with_defaults;
use crate::reading::holds_standups;
use crate::sources::{BlobId, Known, Past, Sources, Texts, Unreadable};
use crate::text::SourceFile;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// Bytes of files on the disk that are kept in memory, since they are read again at each change of another.
const MOST_KEPT: usize = 64 * 1024 * 1024;
/// So many folders above a file are looked into for its project.
const MOST_FOLDERS: usize = 32;

/// When a file was changed, and how long it is.
type Stamp = (Option<SystemTime>, u64);

/// The files on the disk, with the texts of an editor in the place of some.
#[derive(Debug, Default)]
pub struct Overlay {
    open: BTreeMap<PathBuf, Arc<String>>,
    kept: RefCell<Kept>,
}

/// Files of the disk as they were read last.
#[derive(Debug, Default)]
struct Kept {
    files: HashMap<PathBuf, (Stamp, Vec<u8>)>,
    bytes: usize,
}

impl Overlay {
    /// Puts the text of an editor in the place of a file.
    pub fn put(&mut self, path: PathBuf, text: Arc<String>) {
        self.open.insert(path, text);
    }

    /// Lets the disk tell of a file again.
    pub fn remove(&mut self, path: &Path) {
        self.open.remove(path);
    }

    /// Finds the project that a file belongs to, as its roadmap, one of its standups, or its settings; nothing for any other file. It is
    /// looked for from the file's folder upward: to the folder among `tops` that holds the file, else to the top of its repository. Where
    /// several would have the file, the nearest that has settings of its own does, else the one highest up.
    ///
    /// # Errors
    ///
    /// When that project cannot be found because its settings are wrong.
    pub fn project_of(&self, path: &Path, tops: &[PathBuf]) -> Result<Option<Project>, Failure> {
        let folders: Vec<&Path> = path.ancestors().skip(1).take(MOST_FOLDERS).collect();
        let top = folders.iter().rposition(|it| tops.iter().any(|top| top == it));
        let top = top.or_else(|| folders.iter().position(|it| it.join(".git").exists()));
        // A standup lies in a folder of its own.
        let mut found: Option<Project> = None;
        for folder in folders.iter().take(top.unwrap_or(1) + 1) {
            let has_settings = self.is_file(&folder.join(SETTINGS));
            match project(self, folder) {
                Ok(Some(it)) if self.holds(&it, path) => {
                    let is_sure = self.is_file(&it.root.join(SETTINGS));
                    found = Some(it);
                    if is_sure {
                        break;
                    }
                }
                // The settings of a folder over several projects.
                Ok(None) if has_settings => {
                    if let Some(it) = found.take() {
                        found = Some(with_defaults(it, &settings(self, &folder.join(SETTINGS))?));
                    }
                }
                Err(it) if has_settings => return Err(it),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(found)
    }

    /// Says whether a file is one of a project's.
    fn holds(&self, it: &Project, path: &Path) -> bool {
        if path == plain(&it.roadmap) || path == plain(&it.root.join(SETTINGS)) {
            return true;
        }
        if !is_markdown(path) {
            return false;
        }
        let Some(standups) = &it.standups else { return false };
        let is_beside = || path.parent() == plain(&it.roadmap).parent();
        path.starts_with(plain(standups))
            || is_beside() && self.read(path).is_ok_and(|it| holds_standups(&SourceFile::new("", it)))
    }

    /// Reads a project's files, without its past.
    ///
    /// # Errors
    ///
    /// When the roadmap cannot be read.
    pub fn sources(&self, project: &Project) -> Result<Sources, Failure> {
        let sources = read_files(self, project)?;
        // What an editor shows is meant, whatever day it is.
        Ok(Sources { settings: project.settings.clone(), stands: true, ..sources })
    }

    /// Returns a file's text as an editor would show it, where it can be read.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<String> {
        self.read(path).ok().map(|it| String::from_utf8_lossy(&it).into_owned())
    }

    /// Says whether an ordinary file lies at a path, or is open there.
    #[must_use]
    pub fn has_file(&self, path: &Path) -> bool {
        self.is_file(path)
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().map(|it| (it.modified().ok(), it.len()))
}

/// Returns a path without `.` and `..`, as an editor names it.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for it in path.components() {
        match it {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            it => plain.push(it),
        }
    }
    plain
}

impl Files for Overlay {
    fn kind(&self, path: &Path) -> Result<Option<Kind>, Failure> {
        match self.open.get(path) {
            Some(it) => Ok(Some(Kind::File(it.len() as u64))),
            None => Disk.kind(path),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        let mut paths: BTreeSet<PathBuf> = Disk.list(folder)?.into_iter().collect();
        paths.extend(self.open.keys().filter(|it| it.parent() == Some(folder)).cloned());
        Ok(paths.into_iter().collect())
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        if let Some(it) = self.open.get(path) {
            return Ok(it.as_bytes().to_vec());
        }
        let Some(stamp) = stamp(path) else { return Disk.read(path) };
        let mut kept = self.kept.borrow_mut();
        if let Some((_, bytes)) = kept.files.get(path).filter(|it| it.0 == stamp) {
            return Ok(bytes.clone());
        }
        let bytes = Disk.read(path)?;
        if MOST_KEPT < kept.bytes + bytes.len() {
            *kept = Kept::default();
        }
        kept.bytes += bytes.len();
        let old = kept.files.insert(path.to_owned(), (stamp, bytes.clone()));
        kept.bytes -= old.map_or(0, |it| it.1.len());
        Ok(bytes)
    }

    fn start(&self, path: &Path, most: u64) -> Option<Vec<u8>> {
        let Some(it) = self.open.get(path) else { return Disk.start(path, most) };
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Some(it.as_bytes().get(..most.min(it.len())).unwrap_or_default().to_vec())
    }

    fn is_within(&self, path: &Path, folder: &Path) -> bool {
        // What was never saved is no link.
        let is_new = self.open.contains_key(path) && !Disk.is_file(path);
        if is_new { plain(path).starts_with(plain(folder)) } else { Disk.is_within(path, folder) }
    }

    fn below(&self, folder: &Path, depth: usize) -> Box<dyn Iterator<Item = Entry> + '_> {
        let on_disk: Vec<Entry> = if Disk.is_folder(folder) { Disk.below(folder, depth).collect() } else { Vec::new() };
        let known: BTreeSet<PathBuf> = on_disk.iter().flatten().map(|it| it.0.clone()).collect();
        let is_below =
            |it: &PathBuf| it.strip_prefix(folder).is_ok_and(|rest| (1..=depth).contains(&rest.components().count()));
        let new: Vec<PathBuf> = self.open.keys().filter(|it| is_below(it) && !known.contains(*it)).cloned().collect();
        Box::new(on_disk.into_iter().chain(new.into_iter().map(|it| Ok((it, Kind::File(0))))))
    }

    fn is_folder(&self, path: &Path) -> bool {
        // The folder of the first standup may not be saved yet.
        Disk.is_folder(path) || self.open.keys().any(|it| it != path && it.starts_with(path))
    }
}

/// What tells that a repository's current commit has changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HeadStamp {
    head: Vec<u8>,
    files: Vec<Option<Stamp>>,
}

/// Returns what tells that the current commit of a folder's repository has changed, without reading the repository.
#[must_use]
pub fn head_stamp(folder: &Path) -> HeadStamp {
    let Some(git) = folder.ancestors().map(|it| it.join(".git")).find(|it| it.exists()) else {
        return HeadStamp::default();
    };
    // A worktree has a file that names its folder.
    let named = fs::read_to_string(&git).ok().and_then(|it| it.strip_prefix("gitdir:").map(|it| it.trim().to_owned()));
    let git = named.map_or(git.clone(), |it| git.parent().unwrap_or(folder).join(it));
    let head = fs::read(git.join("HEAD")).unwrap_or_default();
    let common = fs::read_to_string(git.join("commondir")).map_or(git.clone(), |it| git.join(it.trim()));
    let branch = String::from_utf8_lossy(&head).strip_prefix("ref:").map(|it| common.join(it.trim()));
    let files = [Some(git.join("logs").join("HEAD")), branch, Some(common.join("packed-refs"))];
    HeadStamp { head, files: files.into_iter().flatten().map(|it| stamp(&it)).collect() }
}

/// Returns what git knows of a project, where its day is not fixed; texts that were read stay in memory. What cannot be read is not known.
#[must_use]
pub fn past_of_project(project: &Project, sources: &Sources) -> Known {
    let git = GitUse { allows_shallow: true, ..GitUse::default() };
    if !git.is_wanted(sources, project) {
        return Known::default();
    }
    let beside: Vec<&str> = sources.standups.iter().map(|it| &*it.path).collect();
    match past(project, &beside, git.allows_shallow) {
        Ok(Known::Past(it)) => {
            let texts = Arc::new(Remembered { texts: Arc::clone(&it.texts), kept: Mutex::default() });
            Known::Past(Past { texts, ..it })
        }
        it => it.unwrap_or_default(),
    }
}

/// Texts of earlier versions that are asked for again and again.
#[derive(Debug)]
struct Remembered {
    texts: Arc<dyn Texts>,
    kept: Mutex<(HashMap<BlobId, Vec<u8>>, usize)>,
}

impl Texts for Remembered {
    fn read(&self, blob: BlobId) -> Result<Vec<u8>, Unreadable> {
        let Ok(mut kept) = self.kept.lock() else { return self.texts.read(blob) };
        if let Some(it) = kept.0.get(&blob) {
            return Ok(it.clone());
        }
        let bytes = self.texts.read(blob)?;
        // The newest are read first, and are kept.
        if kept.1 + bytes.len() <= MOST_KEPT {
            kept.1 += bytes.len();
            kept.0.insert(blob, bytes.clone());
        }
        Ok(bytes)
    }
}
