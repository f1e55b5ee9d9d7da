//! The templates, compiled once: the only place that knows their engine.

use crate::prose::{escape_html, visible};
use rust_embed::Embed;
use serde::Serialize;
use std::sync::LazyLock;
use tera::{Context, Tera};

/// Everything under `templates/`.
#[derive(Embed)]
#[folder = "templates/"]
struct Files;

/// Why a page could not be made: a fault of its template, which the tests rule out for the built-in ones.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the template of {page} cannot be used: {reason}")]
pub struct TemplateError {
    /// The page's template.
    pub page: String,
    /// What the engine says.
    pub reason: String,
}

static ENGINE: LazyLock<Result<Tera, TemplateError>> = LazyLock::new(engine);

fn engine() -> Result<Tera, TemplateError> {
    let mut tera = Tera::default();
    let is_template = |it: &str| {
        std::path::Path::new(it)
            .extension()
            .is_some_and(|it| it == "html" || ["html", "svg", "md", "toml", "yml"].iter().any(|known| it == *known))
    };
    let names: Vec<String> = Files::iter().map(String::from).filter(|it| is_template(it)).collect();
    let texts = names.iter().filter_map(|it| Some((it.clone(), text(it)?)));
    let failed = |it: tera::Error| TemplateError { page: "the site".to_owned(), reason: it.to_string() };
    tera.autoescape_on([".html", ".svg"]);
    // What a Markdown template is given is Markdown already: words of a plan stand in code spans.
    // Content is escaped in one place, which also takes out what reorders or hides the text beside it.
    tera.set_escape_fn(|text, out| out.write_all(escape_html(&visible(text)).as_bytes()));
    tera.add_raw_templates(texts.collect::<Vec<_>>()).map_err(failed)?;
    Ok(tera)
}

/// Returns the text of a file under `templates/`.
pub fn text(name: &str) -> Option<String> {
    String::from_utf8(bytes(name)?).ok()
}

/// Returns the bytes of a file under `templates/`.
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    Files::get(name).map(|it| it.data.into_owned())
}

/// Makes a page from its template and its view.
///
/// # Errors
///
/// When the template asks for what the view does not have.
pub fn page(template: &str, view: &impl Serialize) -> Result<String, TemplateError> {
    let failed = |reason: String| TemplateError { page: template.to_owned(), reason };
    let engine = ENGINE.as_ref().map_err(Clone::clone)?;
    let context = Context::from_serialize(view).map_err(|it| failed(it.to_string()))?;
    engine.render(template, &context).map_err(|it| failed(it.to_string()))
}
