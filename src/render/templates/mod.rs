//! The templates, ours and a project's own in their places: the only place that knows their engine.

mod errors;
mod words;

pub use self::errors::TemplateError;

use crate::prose::{escape_html, visible};
use crate::shipped;
use crate::sources::OwnTemplate;
use serde::Serialize;
use std::sync::{Arc, LazyLock};
use tera::{Context, Tera};

static OURS: LazyLock<Result<Arc<Tera>, TemplateError>> = LazyLock::new(|| engine(&[]).map(Arc::new));

/// Templates that can be used: every one parses, and finds what it takes in.
#[derive(Debug, Clone)]
pub struct Templates<'a> {
    engine: Arc<Tera>,
    own: &'a [OwnTemplate],
}

impl<'a> Templates<'a> {
    /// Puts a project's own templates in the place of ours.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read, or takes in what there is not.
    pub fn new(own: &'a [OwnTemplate]) -> Result<Self, TemplateError> {
        let engine = if own.iter().any(|it| shipped::is_template(&it.name)) {
            Arc::new(engine(own)?)
        } else {
            OURS.as_ref().map(Arc::clone).map_err(Clone::clone)?
        };
        Ok(Self { engine, own })
    }

    /// Makes a page from its template and its view.
    ///
    /// # Errors
    ///
    /// When the template asks for what the view does not have.
    pub fn page(&self, template: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let ours = |reason: String| TemplateError::ours(template, reason);
        let context = Context::from_serialize(view).map_err(|it| ours(it.to_string()))?;
        let has = || serde_json::to_value(view).unwrap_or_default();
        self.engine.render(template, &context).map_err(|it| errors::rendering(&it, template, self.own, &has))
    }
}

fn engine(own: &[OwnTemplate]) -> Result<Tera, TemplateError> {
    let mut tera = Tera::default();
    let is_ours = |it: &str| shipped::is_template(it) && !own.iter().any(|own| own.name == it);
    let ours = shipped::names().into_iter().filter(|it| is_ours(it));
    let mut texts: Vec<(String, String)> = ours.filter_map(|it| Some((it.to_string(), shipped::text(&it)?))).collect();
    let theirs = own.iter().filter(|it| shipped::is_template(&it.name));
    texts.extend(theirs.map(|it| (it.name.clone(), it.file.text.to_string())));
    tera.autoescape_on([".html", ".svg"]);
    // What a Markdown template is given is Markdown already: words of a plan stand in code spans.
    // Content is escaped in one place, which also takes out what reorders or hides the text beside it.
    tera.set_escape_fn(|text, out| out.write_all(escape_html(&visible(text)).as_bytes()));
    let pairs = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    tera.add_raw_templates(pairs).map_err(|it| errors::loading(&it, own, &texts))?;
    Ok(tera)
}
