//! What is wrong with a template: in ours it is a fault of the program, in a project's own it has a line, and what there would be
//! instead.

use super::words::{component_names, undefined};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::shipped;
use crate::sources::{OwnTemplate, Trouble};
use crate::text::{SourceFile, Span};
use tera::ErrorKind;

/// Why a page could not be made.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{what}")]
pub struct TemplateError {
    /// What could not be used.
    pub what: String,
    /// What to do.
    pub help: String,
    /// Where it is in a project's own template, and what is wrong there.
    pub found: Option<Box<(SourceFile, Diagnostic)>>,
}

impl TemplateError {
    /// Makes a fault of the program, which its tests rule out.
    pub fn ours(template: &str, reason: impl Into<String>) -> Self {
        Self {
            what: format!("the template of {template} cannot be used: {}", reason.into()),
            help: "this is a fault of roadbook: please report it".to_owned(),
            found: None,
        }
    }

    /// Says why a project's look cannot be used at all.
    #[must_use]
    pub fn trouble(it: &Trouble) -> Self {
        Self { what: format!("{}: {}", it.path, it.what), help: it.help.clone(), found: None }
    }

    fn theirs(file: &SourceFile, found: Diagnostic) -> Self {
        Self {
            what: format!("the template {} cannot be used", file.path),
            help: "correct it, or remove it to have roadbook's own".to_owned(),
            found: Some(Box::new((file.clone(), found))),
        }
    }
}

/// What the engine says of one place.
struct Said<'a> {
    message: String,
    template: &'a str,
    /// Bytes of the template's text.
    at: std::ops::Range<usize>,
}

/// Makes an error of what the engine says when it loads templates. `texts` are all templates.
pub fn loading(error: &tera::Error, own: &[OwnTemplate], texts: &[(String, String)]) -> TemplateError {
    let first = own.iter().find(|it| shipped::is_template(&it.name)).map_or("the site", |it| it.name.as_str());
    match error.kind() {
        ErrorKind::SyntaxError(it) | ErrorKind::RenderingError(it) => {
            let said = Said { message: it.message().to_owned(), template: it.filename(), at: it.span().range.clone() };
            located(&said, own, texts, None)
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("Unknown template `{parent}`");
            quoted(current, parent, message, own, texts)
        }
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            let message = "it takes itself in, by itself or by others".to_owned();
            quoted(tpl, "", message, own, texts)
        }
        _ => match reported(&error.to_string(), texts) {
            Some(said) => located(&said, own, texts, None),
            None => TemplateError::ours(first, error.to_string()),
        },
    }
}

/// Makes an error of what the engine says when it makes a page. `has` is what the page is made from.
pub fn rendering(
    error: &tera::Error,
    template: &str,
    own: &[OwnTemplate],
    has: &dyn Fn() -> serde_json::Value,
) -> TemplateError {
    match error.kind() {
        ErrorKind::RenderingError(it) | ErrorKind::SyntaxError(it) => {
            let said = Said { message: it.message().to_owned(), template: it.filename(), at: it.span().range.clone() };
            let own_text = own.iter().find(|own| own.name == said.template).map(|it| it.file.text.as_str());
            let asked = own_text.map_or("", |it| path_at(it, said.at.start));
            let instead = undefined(&said.message, asked, &has());
            located(&said, own, &[], instead)
        }
        _ => match own.iter().find(|it| it.name == template) {
            Some(it) => {
                let what = error.to_string();
                TemplateError::theirs(&it.file, Diagnostic::file("", Severity::Error, &it.file.path, what))
            }
            None => TemplateError::ours(template, error.to_string()),
        },
    }
}

/// Returns the path of names, such as `hero.badge.text`, that stands around a place.
fn path_at(text: &str, at: usize) -> &str {
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.');
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.len() - before.chars().rev().take_while(|it| is_part(*it)).map(char::len_utf8).sum::<usize>();
    let end = at + after.chars().take_while(|it| is_part(*it)).map(char::len_utf8).sum::<usize>();
    text.get(start..end).unwrap_or_default()
}

/// The engine checks what templates take in all at once, and then says where in words: "--> site/index.html:3:5".
fn reported<'a>(text: &str, texts: &'a [(String, String)]) -> Option<Said<'a>> {
    let (before, after) = text.split_once("--> ")?;
    let message = before.trim().trim_start_matches("error: ").trim().to_owned();
    let mut place = after.lines().next()?.rsplitn(3, ':');
    let (column, line, name) =
        (place.next()?.parse::<usize>().ok()?, place.next()?.parse::<usize>().ok()?, place.next()?);
    let (name, text) = texts.iter().find(|it| it.0 == name)?;
    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let of_line = text.get(start..)?.lines().next()?;
    // Columns are those of characters.
    let at = of_line.char_indices().nth(column.checked_sub(1)?).map_or(of_line.len(), |it| it.0);
    let rest = of_line.get(at..)?;
    let length = rest.find([' ', '}', '%', '(', '/']).filter(|it| 0 < *it).unwrap_or(rest.len());
    Some(Said { message, template: name, at: start + at..start + at + length })
}

/// Makes an error at the place where a template names another.
fn quoted(
    template: &str,
    name: &str,
    message: String,
    own: &[OwnTemplate],
    texts: &[(String, String)],
) -> TemplateError {
    let text = texts.iter().find(|it| it.0 == template).map_or("", |it| it.1.as_str());
    let at = text.find(name).unwrap_or_default();
    located(&Said { message, template, at: at..at + name.len() }, own, texts, None)
}

fn located(
    said: &Said<'_>,
    own: &[OwnTemplate],
    texts: &[(String, String)],
    instead: Option<(String, String)>,
) -> TemplateError {
    let (message, help) = instead.unwrap_or_else(|| (plain(&said.message), help(&said.message, texts)));
    let Some(it) = own.iter().find(|it| it.name == said.template) else {
        return of_ours(said, &message, own);
    };
    let place = it.file.place(Span::new(said.at.start, said.at.end));
    let found = Diagnostic::at("", Severity::Error, &place, message);
    let found = if help.is_empty() { found } else { found.help(help) };
    TemplateError::theirs(&it.file, found)
}

/// One of our templates finds no longer what it needs: one of theirs took it away.
fn of_ours(said: &Said<'_>, message: &str, own: &[OwnTemplate]) -> TemplateError {
    let theirs: Vec<&str> = own.iter().filter(|it| shipped::is_template(&it.name)).map(|it| &*it.file.path).collect();
    if theirs.is_empty() {
        return TemplateError::ours(said.template, message);
    }
    TemplateError {
        what: format!("roadbook's own template {} cannot be used any more: {message}", said.template),
        help: format!(
            "it needs what your template leaves out: compare {} with the one it stands for",
            phrase::list(&theirs)
        ),
        found: None,
    }
}

/// Begins small and ends without a full stop, as all complaints.
fn plain(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |it| it.to_lowercase().collect::<String>() + letters.as_str())
}

/// Lists what there is instead of a template or a component that there is not.
fn help(message: &str, texts: &[(String, String)]) -> String {
    if message.starts_with("Unknown tag") {
        return "a tag before it may be open still: `{% if … %}` ends with `{% endif %}`, `{% for … %}` with `{% endfor %}`".to_owned();
    }
    let Some(name) = message.split('`').nth(1) else { return String::new() };
    let (kind, names) = if message.starts_with("Unknown template") {
        ("templates", texts.iter().map(|it| it.0.clone()).collect())
    } else if message.starts_with("Unknown component") {
        ("components", component_names(texts))
    } else {
        return String::new();
    };
    super::words::there_are(kind, name, names)
}
