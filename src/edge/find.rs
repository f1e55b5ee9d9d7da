//! Finds what a path leads to: one project, or several.

use super::Failure;
use super::files::Disk;
use super::locate::{Project, no_roadmap, project};
use super::portfolio::{Portfolio, search};
use std::path::Path;

/// What a path leads to.
#[derive(Debug)]
pub enum Projects {
    /// One project.
    One(Project),
    /// A folder without a roadmap of its own, but with projects in its subfolders.
    Several(Portfolio),
}

/// Finds what a path leads to: a roadmap alone, a project's folder, or a folder over several projects.
///
/// # Errors
///
/// When there is nothing at the path, neither a roadmap nor a project in it, or its settings are wrong.
pub fn find(path: &Path) -> Result<Projects, Failure> {
    match project(&Disk, path)? {
        Some(it) => Ok(Projects::One(it)),
        None => search(path)?.map(Projects::Several).ok_or_else(|| no_roadmap(path)),
    }
}
