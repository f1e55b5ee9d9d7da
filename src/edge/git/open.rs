//! Finds a folder's repository, and opens it so that nothing in it is executed or believed.

use crate::edge::Failure;
use gix::objs::{Find as _, FindHeader as _};
use gix::odb::pack::cache::lru::MemoryCappedHashmap;
use gix::{ObjectId, Repository};
use std::fs;
use std::path::{Path, PathBuf};

/// The largest object that is read, in bytes: as large as the largest file that is.
const MAX_OBJECT: usize = 64 * 1024 * 1024;
/// Bytes of objects that are kept, since others are stored as what differs from them; what fits into a processor's cache is fastest.
const BASES: usize = 4 * 1024 * 1024;
/// Bytes of trees that are kept, so that what was just read is not read again.
const CACHE: usize = 16 * 1024 * 1024;

/// A repository that is only ever read.
pub(super) struct Store {
    /// The folder that paths in commits are relative to.
    pub top: PathBuf,
    repository: Repository,
}

impl Store {
    /// Opens the repository that a folder lies in, given its real path; nothing where there is none.
    ///
    /// Neither the environment nor the user's settings are asked where it is, and its own settings are not trusted. It may be the
    /// main one, that of a worktree or of a submodule. Folders that merely look like a bare repository are passed over.
    pub(super) fn open(folder: &Path) -> Result<Option<Self>, Failure> {
        for top in folder.ancestors() {
            let path = top.join(".git");
            let Ok(kind) = fs::metadata(&path) else { continue };
            match gix::discover::is_git(&path) {
                Ok(_) => {}
                // So does git: a folder of that name alone makes no repository.
                Err(_) if kind.is_dir() => continue,
                Err(_) => return Err(failure(&path, "it leads to no git repository")),
            }
            if path.join("reftable").is_dir() {
                let what = "its references are stored as a reftable, which cannot be read";
                return Err(Failure::new(&path, what, "run: git refs migrate --ref-format=files"));
            }
            let options = gix::open::Options::isolated()
                .with(gix::sec::Trust::Reduced)
                .open_path_as_is(true)
                .lossy_config(true)
                .config_overrides([format!("gitoxide.objects.allocLimit={MAX_OBJECT}")]);
            let opened =
                options.open(&path).map_err(|it| failure(&path, &format!("cannot open the repository: {it}")))?;
            let mut repository = opened.to_thread_local();
            repository.objects.set_pack_cache(|| Box::new(MemoryCappedHashmap::new(BASES)));
            // What others have put in the place of an object says nothing about what was committed.
            repository.objects.ignore_replacements = true;
            return Ok(Some(Self { top: top.to_owned(), repository }));
        }
        Ok(None)
    }

    /// Returns the commit that the current branch leads to; nothing while it has none.
    pub(super) fn head(&self) -> Result<Option<ObjectId>, Failure> {
        let broken = |it: gix::Error| failure(&self.top, &format!("cannot tell the current commit: {it}"));
        let head = self.repository.head().map_err(broken)?;
        let id = match head.id() {
            Some(it) => Some(it),
            // Nothing, or a name that stands for another one.
            None => head.try_into_peeled_id().map_err(broken)?,
        };
        Ok(id.map(gix::Id::detach))
    }

    /// Returns the folders of the worktree and of the repository.
    pub(super) fn folders(&self) -> (PathBuf, PathBuf) {
        let real = |it: &Path| fs::canonicalize(it).unwrap_or_else(|_| it.to_owned());
        (real(self.repository.git_dir()), real(self.repository.common_dir()))
    }

    /// Returns the repository, for what is written in [`super::sent`].
    pub(super) fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Says whether the repository was cloned without its older commits.
    pub(super) fn is_shallow(&self) -> Result<bool, Failure> {
        self.repository
            .is_shallow()
            .map_err(|it| failure(&self.top, &format!("cannot tell whether it is shallow: {it}")))
    }

    /// Returns the commit that a revision names, as `git rev-parse` reads it; nothing where it names none, or several.
    pub(super) fn commit(&self, revision: &str) -> Option<ObjectId> {
        let id = self.repository.rev_parse_single(revision).ok()?;
        Some(id.object().ok()?.peel_to_commit().ok()?.id)
    }

    /// Returns the best commit that two have in common; nothing where there is none.
    pub(super) fn merge_base(&self, one: ObjectId, other: ObjectId) -> Result<Option<ObjectId>, Failure> {
        let found = self.repository.merge_base(one, other);
        let found = found.map_err(|it| failure(&self.top, &format!("cannot tell where the branches part: {it}")))?;
        Ok(found.map(gix::Id::detach))
    }

    /// Returns git's own index of commits, where it has written one that is sound.
    pub(super) fn graph(&self) -> Option<gix::commitgraph::Graph> {
        self.repository.commit_graph().ok()
    }

    /// Returns the kind of hash of all IDs.
    pub(super) fn hash_kind(&self) -> gix::hash::Kind {
        self.repository.object_hash()
    }

    /// Returns how many bytes an object has; 0 where that cannot be told, which reading it then says.
    pub(super) fn size(&self, id: ObjectId) -> u64 {
        self.repository.objects.try_header(&id).ok().flatten().map_or(0, |it| it.size)
    }

    /// Keeps what was just read, so that it is not read again; for trees.
    pub(super) fn keep_some(&mut self) {
        self.repository.object_cache_size(CACHE);
    }

    /// Returns a second view on the same repository.
    pub(super) fn again(&self) -> Self {
        Self { top: self.top.clone(), repository: self.repository.clone() }
    }

    /// Reads an object of a kind into a buffer.
    pub(super) fn read<'a>(
        &self,
        kind: gix::objs::Kind,
        id: &gix::oid,
        buffer: &'a mut Vec<u8>,
    ) -> Result<&'a [u8], Failure> {
        // Git knows what is empty without having stored it.
        if id.is_empty_tree() || id.is_empty_blob() {
            return Ok(&[]);
        }
        match self.repository.objects.try_find(id, buffer) {
            Ok(Some(it)) if it.kind == kind => Ok(it.data),
            Ok(Some(it)) => Err(failure(&self.top, &format!("the object {id} is a {}, not a {kind}", it.kind))),
            Ok(None) => {
                let what = format!("the repository lacks the {kind} {id}");
                let help = "it was cloned in part: fetch the rest with `git fetch --refetch --no-filter`, or clone it \
                            without --filter";
                Err(Failure::new(&self.top, what, help))
            }
            Err(it) => Err(match self.repository.objects.try_header(id) {
                Ok(Some(it)) if MAX_OBJECT as u64 <= it.size => {
                    let what = format!("the {kind} {id} has more than {} MiB and is not read", MAX_OBJECT >> 20);
                    Failure::new(&self.top, what, "split what is so large; until then this version is not known")
                }
                _ => failure(&self.top, &format!("cannot read the {kind} {id}: {it}")),
            }),
        }
    }
}

fn failure(path: &Path, what: &str) -> Failure {
    Failure::new(path, what, "look what `git status` and `git fsck` say there")
}
