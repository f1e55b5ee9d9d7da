//! From a tree of keys and values to choices: all that is wrong is named, not only the first.

use super::Settings;
use super::keys::{FILE_ONLY, KEYS, Key, Shape};
use super::node::{Name, Node, Value, short};
use super::values::Wrong;
use crate::phrase;
use std::collections::BTreeSet;
use std::ops::Range;

/// The most mistakes that are named.
const MOST: usize = 20;

/// Something wrong with a key or its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The key, what is wrong, and what is allowed.
    pub message: String,
    /// The bytes of the text that it is about, when known.
    pub span: Option<Range<usize>>,
    /// What else helps.
    pub help: Option<String>,
}

/// What is wrong, in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistakes {
    /// The first of them.
    pub first: Vec<Mistake>,
    /// How many there are besides.
    pub more: usize,
}

impl Mistakes {
    /// Counts them all.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.first.len() + self.more
    }

    /// Adds one, or counts it when there are many.
    pub fn add(&mut self, message: impl Into<String>, span: Option<Range<usize>>) {
        self.add_with_help(message, span, None);
    }

    fn add_with_help(&mut self, message: impl Into<String>, span: Option<Range<usize>>, help: Option<String>) {
        if MOST <= self.first.len() {
            self.more += 1;
        } else {
            self.first.push(Mistake { message: message.into(), span, help });
        }
    }
}

/// Reads a settings file into choices, and returns what is wrong with it.
pub fn file(settings: &mut Settings, node: &Node) -> Mistakes {
    let mut walk = Walk::new(settings, BTreeSet::new());
    walk.table(KEYS, node.table().unwrap_or_default(), &mut Vec::new());
    walk.mistakes
}

/// Reads front matter into choices, as far as a plan may make them; what is `kept` is looked at, and not changed.
///
/// Other tools have keys of their own there: what is not known is left alone.
pub fn front_matter(settings: &mut Settings, node: &Node, kept: BTreeSet<String>) -> Mistakes {
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
                walk.wrong(format!("`{}` is written twice: remove one", key.name), &name.span);
            }
            _ => walk.value(&key.shape, name, node, &mut vec![&name.text]),
        }
    }
    walk.mistakes
}

struct Walk<'a> {
    settings: &'a mut Settings,
    kept: BTreeSet<String>,
    mistakes: Mistakes,
    /// The tables whose keys were listed already, so that a help is given once.
    listed: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    fn new(settings: &'a mut Settings, kept: BTreeSet<String>) -> Self {
        Self { settings, kept, mistakes: Mistakes::default(), listed: BTreeSet::new() }
    }

    fn table<'n>(&mut self, keys: &[Key], entries: &'n [(Name, Node)], path: &mut Vec<&'n str>) {
        for (name, node) in entries {
            path.push(&name.text);
            match keys.iter().find(|it| it.name == name.text) {
                Some(key) => self.value(&key.shape, name, node, path),
                None => self.unknown(keys, path, &name.span),
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
                    Err(Wrong::Part(why, span)) => self.wrong(format!("`{key}`: {why}"), &span),
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
        let help = "the text of a plan may come from anyone, so it does not say who gets mail, where files and links lead, or \
                    which checks are silent";
        let message = format!("`{}` is read from roadbook.toml alone: write it there", name.text);
        let is_first = self.listed.insert(String::new());
        self.mistakes.add_with_help(message, Some(name.span.clone()), is_first.then(|| help.to_owned()));
    }

    /// Says that a key is not known, and names the nearest, or all where none is near.
    fn unknown(&mut self, keys: &[Key], path: &[&str], span: &Range<usize>) {
        let Some((name, above)) = path.split_last() else { return };
        let whole = |name: &str| joined(&[above, &[name]].concat());
        let message = format!("unknown key `{}`", whole(name));
        if let Some(near) = phrase::did_you_mean(&short(name), keys.iter().map(|it| it.name)) {
            self.wrong(format!("{message}: did you mean `{}`?", whole(near)), span);
            return;
        }
        let place = if above.is_empty() { "here".to_owned() } else { format!("in [{}]", joined(above)) };
        let names: Vec<&str> = keys.iter().map(|it| it.name).collect();
        let help = format!("the keys {place} are {}", phrase::list(&names));
        let is_new = self.listed.insert(joined(above));
        self.mistakes.add_with_help(message, Some(span.clone()), is_new.then_some(help));
    }

    fn wrong(&mut self, message: String, span: &Range<usize>) {
        self.mistakes.add(message, Some(span.clone()));
    }
}

/// Returns a key with those above it as TOML writes it, such as `units.sizes."½"`.
fn joined(path: &[&str]) -> String {
    let is_bare = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
    let part = |it: &&str| if is_bare(it) { short(it) } else { format!("\"{}\"", short(it)) };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}
