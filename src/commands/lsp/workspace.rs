//! What the open documents belong to, read and understood.

use super::documents::Documents;
use super::failures::Failures;
use super::hello::Abilities;
use super::text::{Aligned, EditorText, Units};
use super::uri::{of_path, to_path};
use crate::commands::{World, as_of};
use crate::edge::{Failure, HeadStamp, Overlay, Project, head_stamp, past_of_project};
use crate::pipeline::{Understood, understand};
use crate::reading::effective_settings;
use crate::sources::Known;
use crate::text::SourceFile;
use lsp_types::Uri;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A project that an open document belongs to.
#[derive(Debug)]
pub struct Member {
    /// Its files and choices.
    pub at: Project,
    /// What is known of it; nothing while it cannot be read.
    pub known: Option<Reading>,
    /// What git knows of it, and what it was when git was asked.
    past: Option<(HeadStamp, Known)>,
    is_stale: bool,
}

/// A project, understood, with its files as the editor has them.
#[derive(Debug)]
pub struct Reading {
    /// What is known.
    pub understood: Understood,
    root: PathBuf,
    files: HashMap<String, OnceCell<Aligned>>,
    /// The editor's texts of files, where they may have other places than what is read.
    texts: HashMap<String, EditorText>,
    units: Units,
}

/// Everything that is open.
#[derive(Debug)]
pub struct Workspace {
    /// What the editor can do.
    pub can: Abilities,
    /// The folders that the editor works in.
    pub folders: Vec<PathBuf>,
    /// The open documents.
    pub documents: Documents,
    /// The projects, by their roadmaps.
    pub members: BTreeMap<PathBuf, Member>,
    /// What keeps projects from being read.
    pub failures: Failures,
    overlay: Overlay,
    /// The project of each open document.
    owners: BTreeMap<PathBuf, PathBuf>,
    is_moved: bool,
    world: World,
}

impl Workspace {
    /// Makes a workspace in which nothing is open.
    pub fn new(world: &World) -> Self {
        Self {
            can: Abilities::default(),
            folders: Vec::new(),
            documents: Documents::default(),
            members: BTreeMap::new(),
            failures: Failures::default(),
            overlay: Overlay::default(),
            owners: BTreeMap::new(),
            is_moved: false,
            world: world.clone(),
        }
    }

    /// Notes that the text of a document is another, as it is after it was opened or changed.
    pub fn touch(&mut self, path: &Path) {
        let Some(it) = self.documents.get(path) else { return };
        let raw = Arc::clone(&it.text.raw);
        // Settings and front matter say what a project is made of.
        let may_move = raw.starts_with("---") || raw.starts_with("+++") || !self.owners.contains_key(path);
        self.is_moved |= may_move || path.extension().is_some_and(|it| it == "toml");
        self.overlay.put(path.to_owned(), raw);
        if let Some(it) = self.owners.get(path).and_then(|it| self.members.get_mut(it)) {
            it.is_stale = true;
        }
    }

    /// Notes that a document was closed.
    pub fn forget(&mut self, path: &Path) {
        self.overlay.remove(path);
        self.refresh_all();
    }

    /// Notes that anything may have changed on the disk.
    pub fn refresh_all(&mut self) {
        self.is_moved = true;
        for it in self.members.values_mut() {
            it.is_stale = true;
        }
    }

    /// Says whether something has changed that was not worked out yet.
    pub fn is_stale(&self) -> bool {
        self.is_moved || self.members.values().any(|it| it.is_stale)
    }

    /// Works out what has changed.
    pub fn refresh(&mut self) {
        if std::mem::take(&mut self.is_moved) {
            self.locate();
        }
        let Self { members, overlay, documents, failures, can, world, .. } = self;
        for (roadmap, it) in members.iter_mut().filter(|(_, it)| it.is_stale) {
            it.is_stale = false;
            match it.read(overlay, documents, *can, world) {
                Ok(known) => {
                    it.known = Some(known);
                    failures.clear(roadmap);
                }
                // What was known is better than nothing while somebody types.
                Err(failure) => failures.set(roadmap, failure),
            }
        }
    }

    /// Finds the project of each document.
    fn locate(&mut self) {
        let mut found: BTreeMap<PathBuf, Project> = BTreeMap::new();
        let mut owners = BTreeMap::new();
        let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
        self.failures.clear_located();
        for (path, _) in self.documents.all() {
            match self.overlay.project_of(path, &self.folders) {
                Ok(Some(it)) => {
                    owners.insert(path.clone(), it.roadmap.clone());
                    found.insert(it.roadmap.clone(), it);
                }
                Ok(None) => {}
                Err(it) => {
                    self.failures.add_located(it);
                    // It stays what it was until the settings can be read again.
                    if let Some(before) = self.owners.get(path) {
                        owners.insert(path.clone(), before.clone());
                        wanted.insert(before.clone());
                    }
                }
            }
        }
        self.owners = owners;
        self.members.retain(|it, _| found.contains_key(it) || wanted.contains(it));
        let members = &self.members;
        self.failures.retain(|it| members.contains_key(it));
        for (roadmap, at) in found {
            let member = self.members.entry(roadmap).or_insert_with(|| Member {
                at: at.clone(),
                known: None,
                past: None,
                is_stale: true,
            });
            member.at = at;
            member.is_stale = true;
        }
    }

    /// Returns the project of a document, once it was understood.
    pub fn reading_of(&self, path: &Path) -> Option<&Reading> {
        self.members.get(self.owners.get(path)?)?.known.as_ref()
    }

    /// Returns a document and the project it belongs to.
    pub fn open(&self, uri: &Uri) -> Option<(&Reading, &Aligned)> {
        let path = to_path(uri)?;
        let reading = self.reading_of(&path)?;
        Some((reading, reading.file(&reading.name_of(&path)?)?))
    }

    /// Returns the name of a file, as the editor writes it where the file is open.
    pub fn uri(&self, path: &Path) -> Option<Uri> {
        self.documents.get(path).map_or_else(|| of_path(path), |it| Some(it.uri.clone()))
    }

    /// Says whether there is a file at a path.
    pub fn has_file(&self, path: &Path) -> bool {
        self.overlay.has_file(path)
    }
}

impl Member {
    fn read(
        &mut self,
        overlay: &Overlay,
        documents: &Documents,
        can: Abilities,
        world: &World,
    ) -> Result<Reading, Failure> {
        let mut sources = overlay.sources(&self.at)?;
        let stamp = head_stamp(&self.at.root);
        let (_, past) = match self.past.take().filter(|it| it.0 == stamp) {
            Some(it) => self.past.insert(it),
            None => self.past.insert((stamp, past_of_project(&self.at, &sources))),
        };
        sources.past = past.clone();
        if let Known::Past(it) = &sources.past {
            sources.notes.extend(it.notes.iter().cloned());
        }
        // An editor may be open for days: the clock is asked again.
        let world = world.at_this_moment();
        let settings = effective_settings(&sources.roadmap, &sources.settings);
        let day = as_of(None, &settings, &world)
            .map_err(|it| Failure::new(&self.at.root, it.to_string(), it.help().unwrap_or_default()))?;
        let understood = understand(sources, day);
        Ok(Reading::new(self.at.root.clone(), understood, overlay, documents, can))
    }
}

impl Reading {
    fn new(root: PathBuf, understood: Understood, overlay: &Overlay, documents: &Documents, can: Abilities) -> Self {
        let (mut files, mut texts) = (HashMap::new(), HashMap::new());
        let mut it = Self { understood, root, files: HashMap::new(), texts: HashMap::new(), units: can.units };
        for file in it.understood.sources.files() {
            let path = it.path_of(&file.path);
            let text = match documents.get(&path) {
                Some(it) => Some(it.text.clone()),
                // What is not damaged has the same places in both.
                None if file.repairs.is_empty() => None,
                None => overlay.text(&path).map(|it| EditorText::new(Arc::new(it), can.units)),
            };
            texts.extend(text.map(|it| (file.path.to_string(), it)));
            files.insert(file.path.to_string(), OnceCell::new());
        }
        (it.files, it.texts) = (files, texts);
        // Files that are open, but not of the report: settings, and standups of days to come.
        for (path, document) in documents.all() {
            let Some(name) = it.name_of(path).filter(|name| !it.files.contains_key(name)) else { continue };
            let file = SourceFile::new(name.as_str(), document.text.raw.as_bytes().to_vec());
            it.files.insert(name, OnceCell::from(Aligned::new(document.text.clone(), file)));
        }
        it
    }

    /// Returns a file of the project as the editor has it, by its path within the project.
    pub fn file(&self, name: &str) -> Option<&Aligned> {
        let cell = self.files.get(name)?;
        if cell.get().is_none() {
            let file = self.understood.sources.files().find(|it| *it.path == *name)?;
            let text = self.texts.get(name).cloned();
            let text = text.unwrap_or_else(|| EditorText::new(Arc::clone(&file.text), self.units));
            let _ = cell.set(Aligned::new(text, file.clone()));
        }
        cell.get()
    }

    /// Returns where a file of the project lies.
    pub fn path_of(&self, name: &str) -> PathBuf {
        let mut path = self.root.clone();
        for part in name.split('/') {
            if part == ".." {
                path.pop();
            } else {
                path.push(part);
            }
        }
        path
    }

    /// Returns what a file is called within the project.
    pub fn name_of(&self, path: &Path) -> Option<String> {
        let inside = path.strip_prefix(&self.root).ok();
        if let Some(it) = inside {
            return Some(it.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"));
        }
        self.understood.sources.files().map(|it| it.path.to_string()).find(|it| self.path_of(it) == path)
    }
}
