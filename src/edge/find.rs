//! Finds what a path leads to: one project, or several.

use super::Failure;
use super::files::Disk;
use super::locate::{Project, no_roadmap, project};
use super::overlay::Overlay;
use super::portfolio::{Portfolio, search};
use std::fs;
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

/// Finds what a path leads to, where something is to be written: a roadmap that is named alone stands for the project whose roadmap it
/// is, since its standups are written, too.
///
/// # Errors
///
/// As [`find`]; and where a file is one of a project, but not its roadmap.
pub fn find_to_write(path: &Path) -> Result<Projects, Failure> {
    if !path.is_file() {
        return find(path);
    }
    let real = fs::canonicalize(path).map_err(|it| Failure::io(path, "cannot find it", &it))?;
    match Overlay::default().project_of(&real, &[])? {
        Some(it) if it.roadmap == real => Ok(Projects::One(it)),
        Some(it) => {
            let what = format!("it is no roadmap: it belongs to {}", it.roadmap.display());
            Err(Failure::new(path, what, format!("name the project's folder: {}", it.root.display())))
        }
        None => match project(&Disk, path)? {
            Some(it) => {
                let standups = path.parent().unwrap_or(Path::new("")).join("standups");
                Ok(Projects::One(Project { standups: Some(standups), ..it }))
            }
            None => Err(no_roadmap(path)),
        },
    }
}
