//! The files that a new project begins with.

use super::templates::{TemplateError, Templates};
use crate::views::init::{InitSample, InitSettings};
use serde::Serialize;

/// The workflows of GitHub that publish a site and show what a pull request does to it.
const WORKFLOWS: [&str; 3] = ["pages", "preview", "preview-comment"];

/// Writes the settings of a plan that is there.
///
/// # Errors
///
/// When the template asks for what there is not.
pub fn init_settings(view: &InitSettings) -> Result<String, TemplateError> {
    page("init/roadbook.toml", view)
}

/// Writes a sample: each file's path, seen from the project's folder, and its text.
///
/// # Errors
///
/// When a template asks for what there is not.
pub fn init_sample(view: &InitSample) -> Result<Vec<(String, String)>, TemplateError> {
    Ok(vec![
        ("roadmap.md".to_owned(), page("init/roadmap.md", view)?),
        (format!("standups/{}.md", view.as_of), page("init/standup.md", view)?),
        ("roadbook.toml".to_owned(), page("init/sample.toml", view)?),
    ])
}

/// Writes the workflows of GitHub for a default branch: each file's path, seen from the repository's folder, and its text.
///
/// # Errors
///
/// When a template asks for what there is not.
pub fn init_workflows(branch: &str) -> Result<Vec<(String, String)>, TemplateError> {
    #[derive(Serialize)]
    struct Branch<'a> {
        branch: &'a str,
    }
    let write =
        |it: &&str| Ok((format!(".github/workflows/{it}.yml"), page(&format!("init/{it}.yml"), &Branch { branch })?));
    WORKFLOWS.iter().map(write).collect()
}

/// What a project begins with looks the same everywhere: it has no templates of its own yet.
fn page(template: &str, view: &impl Serialize) -> Result<String, TemplateError> {
    Templates::new(&[])?.page(template, view)
}
