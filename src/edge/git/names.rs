//! Paths of commits as the project calls its files.

use gix::bstr::{BStr, ByteSlice as _};
use std::path::{Component, Path};
use std::sync::Arc;

/// Says how to call a file of the repository, as seen from the project's folder.
pub(super) struct Names {
    /// The folders from the top of the repository down to the project.
    inside: Vec<String>,
    /// What leads from the project's folder to the top of the repository, where that does not lie above it.
    before: String,
}

impl Names {
    /// Takes the real paths of the repository's top folder and of the project's.
    pub(super) fn new(top: &Path, root: &Path) -> Self {
        let (top, root) = (parts(top), parts(root));
        let common = top.iter().zip(&root).take_while(|(a, b)| a == b).count();
        let rest = |of: &[String]| of.get(common..).unwrap_or_default().to_vec();
        if common == top.len() {
            return Self { inside: rest(&root), before: String::new() };
        }
        let down = rest(&top).into_iter().fold(String::new(), |all, it| all + &it + "/");
        Self { inside: Vec::new(), before: "../".repeat(root.len() - common) + &down }
    }

    /// Returns the path relative to the project, with `/` between its parts.
    pub(super) fn of(&self, path: &BStr) -> Arc<str> {
        let path = path.to_str_lossy();
        let mut rest = &*path;
        let mut passed = 0;
        for folder in &self.inside {
            match rest.strip_prefix(folder.as_str()).and_then(|it| it.strip_prefix('/')) {
                Some(it) => rest = it,
                None => break,
            }
            passed += 1;
        }
        format!("{}{}{rest}", self.before, "../".repeat(self.inside.len() - passed)).into()
    }
}

fn parts(path: &Path) -> Vec<String> {
    let normal = path.components().filter(|it| !matches!(it, Component::CurDir));
    normal.map(|it| it.as_os_str().to_string_lossy().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::Names;
    use std::path::Path;

    #[test]
    fn files_are_called_as_the_project_sees_them() {
        let cases = [
            ("/r", "/r", "docs/plan.md", "docs/plan.md"),
            ("/r", "/r/content", "content/roadmap.md", "roadmap.md"),
            ("/r", "/r/content", "roadmap.md", "../roadmap.md"),
            ("/r", "/r/content", "contents/roadmap.md", "../contents/roadmap.md"),
            ("/r", "/r/a/b", "a/c/roadmap.md", "../c/roadmap.md"),
            ("/r/sub", "/r", "roadmap.md", "sub/roadmap.md"),
            ("/r/sub", "/r/other", "roadmap.md", "../sub/roadmap.md"),
        ];
        for (top, root, path, expected) in cases {
            assert_eq!(&*Names::new(Path::new(top), Path::new(root)).of(path.into()), expected, "{top} {root} {path}");
        }
    }
}
