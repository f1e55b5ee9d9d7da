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
    WORKFLOWS.iter().map(|it| workflow(it, branch)).collect()
}

/// Writes the workflow of GitHub that sends the weekly mail: its path, seen from the repository's folder, and its text.
///
/// # Errors
///
/// When the template asks for what there is not.
pub fn init_mail_workflow(branch: &str) -> Result<(String, String), TemplateError> {
    workflow("email", branch)
}

/// Writes what the folder of standups begins with.
///
/// # Errors
///
/// When the template asks for what there is not.
pub fn init_standups() -> Result<String, TemplateError> {
    #[derive(Serialize)]
    struct Nothing {}
    page("init/standups.md", &Nothing {})
}

fn workflow(name: &str, branch: &str) -> Result<(String, String), TemplateError> {
    #[derive(Serialize)]
    struct Branch<'a> {
        branch: &'a str,
    }
    Ok((format!(".github/workflows/{name}.yml"), page(&format!("init/{name}.yml"), &Branch { branch })?))
}

/// What a project begins with looks the same everywhere: it has no templates of its own yet.
fn page(template: &str, view: &impl Serialize) -> Result<String, TemplateError> {
    Templates::new(&[])?.page(template, view)
}
