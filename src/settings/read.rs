//! From a tree of keys and values to choices: all that is wrong is named, not only the first.

use super::Settings;
use super::keys::{KEYS, Key, Shape, Wrong};
use super::node::{Name, Node, short};
use crate::phrase;
use std::ops::Range;

/// The most mistakes that are named.
pub const MOST: usize = 20;

/// Something wrong with a key or its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The key, what is wrong, and what is allowed.
    pub message: String,
    /// The bytes of the text that it is about, when known.
    pub span: Option<Range<usize>>,
}

/// Reads a settings file into choices, and returns what is wrong with it.
pub fn file(settings: &mut Settings, node: &Node) -> Vec<Mistake> {
    let mut walk = Walk { settings, mistakes: Vec::new(), more: 0 };
    walk.table(KEYS, node.table().unwrap_or_default(), &mut Vec::new());
    let (mut mistakes, more) = (walk.mistakes, walk.more);
    if 0 < more {
        let message = format!("and {} more", phrase::count(more, "mistake"));
        mistakes.push(Mistake { message, span: None });
    }
    mistakes
}

struct Walk<'a> {
    settings: &'a mut Settings,
    mistakes: Vec<Mistake>,
    more: usize,
}

impl Walk<'_> {
    fn table<'n>(&mut self, keys: &[Key], entries: &'n [(Name, Node)], path: &mut Vec<&'n str>) {
        for (name, node) in entries {
            path.push(&name.text);
            match keys.iter().find(|it| it.name == name.text) {
                Some(key) => self.value(&key.shape, name, node, path),
                None => self.wrong(unknown(keys, path), &name.span),
            }
            path.pop();
        }
    }

    fn value<'n>(&mut self, shape: &Shape, name: &'n Name, node: &'n Node, path: &mut Vec<&'n str>) {
        match shape {
            Shape::Value(set) => match set(self.settings, path, node) {
                Ok(()) => {
                    self.settings.written.insert(joined(path));
                }
                Err(Wrong::Name(why)) => self.wrong(format!("`{}`: {why}", joined(path)), &name.span),
                Err(Wrong::Value(why)) => self.wrong(format!("`{}`: {why}", joined(path)), &node.span),
            },
            Shape::Table(keys) => match node.table() {
                Some(entries) => self.table(keys, entries, path),
                None => self.no_table(node, path),
            },
            Shape::Map(shape) => match node.table() {
                Some(entries) => {
                    for (name, node) in entries {
                        path.push(&name.text);
                        self.value(shape, name, node, path);
                        path.pop();
                    }
                }
                None => self.no_table(node, path),
            },
        }
    }

    fn no_table(&mut self, node: &Node, path: &[&str]) {
        let path = joined(path);
        self.wrong(format!("`{path}`: {} is no table: write keys and values below [{path}]", node.shown()), &node.span);
    }

    fn wrong(&mut self, message: String, span: &Range<usize>) {
        if MOST <= self.mistakes.len() {
            self.more += 1;
            return;
        }
        self.mistakes.push(Mistake { message, span: Some(span.clone()) });
    }
}

/// Says that a key is not known, and names the nearest, or all where none is near.
fn unknown(keys: &[Key], path: &[&str]) -> String {
    let Some((name, above)) = path.split_last() else { return String::new() };
    let whole = |name: &str| joined(&[above, &[name]].concat());
    let near = phrase::did_you_mean(&short(name), keys.iter().map(|it| it.name));
    let hint = near.map_or_else(
        || format!("the keys are {}", phrase::list(&keys.iter().map(|it| it.name).collect::<Vec<_>>())),
        |it| format!("did you mean `{}`?", whole(it)),
    );
    format!("unknown key `{}`: {hint}", whole(name))
}

/// Returns a key with those above it as TOML writes it, such as `units.sizes."½"`.
pub fn joined(path: &[&str]) -> String {
    let is_bare = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
    let part = |it: &&str| if is_bare(it) { short(it) } else { format!("\"{}\"", short(it)) };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}
