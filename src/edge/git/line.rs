//! The commits of a branch along first parents.

use super::open::Store;
use crate::edge::Failure;
use gix::ObjectId;
use gix::commitgraph::{Graph, Position};
use gix::objs::{CommitRefIter, Kind};

/// What is looked at of a commit.
pub(super) struct Commit {
    pub id: ObjectId,
    pub tree: ObjectId,
    /// The committer's, in seconds since 1970 in UTC; 0 where none can be read. Git's index of commits keeps 34 bits of it, so
    /// that a date after the year 2514 may come out as an earlier wrong one.
    pub date: i64,
}

/// Walks from a commit to its first parent, and so on.
pub(super) struct FirstParents<'a> {
    store: &'a Store,
    graph: Option<Graph>,
    next: Next,
    buffer: Vec<u8>,
}

enum Next {
    /// A commit that the graph may know.
    Id(ObjectId),
    /// A commit of the graph.
    Position(Position),
    End,
}

impl<'a> FirstParents<'a> {
    /// Starts at a commit.
    pub(super) fn from(store: &'a Store, head: ObjectId) -> Self {
        Self { store, graph: store.graph(), next: Next::Id(head), buffer: Vec::new() }
    }

    /// Returns the next commit, and what comes after it.
    fn step(&mut self) -> Result<Option<(Commit, Next)>, Failure> {
        let known = match self.next {
            Next::End => return Ok(None),
            Next::Id(id) => self.graph.as_ref().and_then(|it| it.lookup(id)),
            Next::Position(it) => Some(it),
        };
        if let (Some(graph), Some(at)) = (&self.graph, known) {
            let commit = graph.commit_at(at);
            let parent = commit.parent1().ok().flatten();
            // A number that grows away from the root proves that the walk ends.
            let sound =
                |it: &Position| it.0 < graph.num_commits() && graph.commit_at(*it).generation() < commit.generation();
            if parent.is_none_or(|it| sound(&it)) {
                let id = commit.id().to_owned();
                let date = i64::try_from(commit.committer_timestamp()).unwrap_or(0);
                let found = Commit { id, tree: commit.root_tree_id().to_owned(), date };
                return Ok(Some((found, parent.map_or(Next::End, Next::Position))));
            }
        }
        let id = match (&self.next, &self.graph) {
            (Next::Id(it), _) => *it,
            (Next::Position(it), Some(graph)) => graph.id_at(*it).to_owned(),
            _ => return Ok(None),
        };
        // A graph that was of no use once is not asked again.
        if known.is_some() {
            self.graph = None;
        }
        let data = self.store.read(Kind::Commit, &id, &mut self.buffer)?;
        let commit = CommitRefIter::from_bytes(data, self.store.hash_kind());
        let broken = |_| Failure::new(&self.store.top, format!("the commit {id} is damaged"), "run `git fsck` there");
        let tree = { commit }.tree_id().map_err(broken)?;
        let date = commit.committer().map_or(0, |it| it.seconds());
        let parent = commit.parent_ids().next();
        Ok(Some((Commit { id, tree, date }, parent.map_or(Next::End, Next::Id))))
    }
}

impl Iterator for FirstParents<'_> {
    type Item = Result<Commit, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        self.next = Next::End;
        match step {
            Ok(None) => None,
            Ok(Some((commit, next))) => {
                self.next = next;
                Some(Ok(commit))
            }
            Err(it) => Some(Err(it)),
        }
    }
}
