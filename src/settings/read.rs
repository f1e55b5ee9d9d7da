//! From a tree of keys and values to choices: all that is wrong is named, not only the first.

use super::Settings;
use super::keys::{FILE_ONLY, KEYS, Key, Shape, Wrong};
use super::node::{Name, Node, Value, short};
use crate::phrase;
use std::collections::BTreeSet;
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
    let mut walk = Walk::new(settings, BTreeSet::new());
    walk.table(KEYS, node.table().unwrap_or_default(), &mut Vec::new());
    walk.mistakes()
}

/// Reads front matter into choices, as far as a plan may make them; what is `kept` is looked at, and not changed.
///
/// Other tools have keys of their own there: what is not known is left alone.
pub fn front_matter(settings: &mut Settings, node: &Node, kept: BTreeSet<String>) -> Vec<Mistake> {
    let mut walk = Walk::new(settings, kept);
    let mut seen = BTreeSet::new();
    for (name, node) in node.table().unwrap_or_default() {
        let Some(key) = KEYS.iter().find(|it| it.name == name.text) else { continue };
        let is_table = node.table().is_some();
        match key.shape {
            // A key without a value says nothing, and tools know aliases of pages, which are a list.
            _ if matches!(node.value, Value::Nothing) || (key.name == "aliases" && !is_table) => {}
            Shape::Value(_) if FILE_ONLY.contains(&key.name) => walk.refused(name),
            // Others write the address of an author as `email`, and the like.
            _ if FILE_ONLY.contains(&key.name) => {
                if is_table {
                    walk.refused(name);
                }
            }
            _ if !seen.insert(key.name) => {
                walk.wrong(format!("`{}` is written twice: remove one", key.name), &name.span)
            }
            _ => walk.value(&key.shape, name, node, &mut vec![&name.text]),
        }
    }
    walk.mistakes()
}

struct Walk<'a> {
    settings: &'a mut Settings,
    kept: BTreeSet<String>,
    mistakes: Vec<Mistake>,
    more: usize,
}

impl<'a> Walk<'a> {
    const fn new(settings: &'a mut Settings, kept: BTreeSet<String>) -> Self {
        Self { settings, kept, mistakes: Vec::new(), more: 0 }
    }

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
            Shape::Value(set) => {
                let key = joined(path);
                // Marks, sizes and owners are the same in any case.
                let small = key.to_lowercase();
                let done = if self.kept.contains(&small) {
                    set(&mut Settings::default(), path, node)
                } else {
                    set(self.settings, path, node)
                };
                match done {
                    Ok(()) => {
                        self.settings.written.insert(small);
                    }
                    Err(Wrong::Name(why)) => self.wrong(format!("`{key}`: {why}"), &name.span),
                    Err(Wrong::Value(why)) => self.wrong(format!("`{key}`: {why}"), &node.span),
                }
            }
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
        let message = format!("`{}`: {} is no table: write keys with values below it", joined(path), node.shown());
        self.wrong(message, &node.span);
    }

    fn refused(&mut self, name: &Name) {
        self.wrong(format!("`{}` is read from roadbook.toml alone: write it there", name.text), &name.span);
    }

    fn wrong(&mut self, message: String, span: &Range<usize>) {
        if MOST <= self.mistakes.len() {
            self.more += 1;
            return;
        }
        self.mistakes.push(Mistake { message, span: Some(span.clone()) });
    }

    fn mistakes(mut self) -> Vec<Mistake> {
        if 0 < self.more {
            let message = format!("and {} more", phrase::count(self.more, "mistake"));
            self.mistakes.push(Mistake { message, span: None });
        }
        self.mistakes
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
fn joined(path: &[&str]) -> String {
    let is_bare = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
    let part = |it: &&str| if is_bare(it) { short(it) } else { format!("\"{}\"", short(it)) };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}
