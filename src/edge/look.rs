//! What a project looks like, in its own words: its templates and its logo. Nothing here keeps a plan from being read.

use super::files::{Files, Kind};
use super::locate::SETTINGS;
use super::paths::relative;
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;
use crate::settings::Settings;
use crate::shipped;
use crate::sources::{Logo, MAX_LOGO, OwnLook, OwnTemplate, Trouble};
use crate::text::SourceFile;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of templates where the settings name none.
pub(super) const TEMPLATES: &str = "templates";
/// Folders below it that are looked into.
const DEPTH: usize = 3;
/// Files that are looked at: a folder of this name may belong to something else.
const MAX_SEEN: usize = 2_000;
/// Templates beyond this many are left out.
const MAX_FILES: usize = 200;
/// The largest template, in bytes.
const MAX_FILE: usize = 256 * 1024;
/// All of them together, in bytes.
const MAX_ALL: usize = 2 * 1024 * 1024;
/// Files without a known name that are complained about.
const MAX_UNKNOWN: usize = 20;

/// Reads what a folder's pages look like. A file among its templates that has no name we know is a note.
pub(super) fn own_look(
    files: &dyn Files,
    root: &Path,
    settings: &Settings,
    notes: &mut Vec<Diagnostic>,
) -> Arc<OwnLook> {
    let look = &settings.look;
    let mut own = OwnLook { colours: look.clone(), ..OwnLook::default() };
    let found = templates(files, root, look.templates.as_deref(), notes);
    match found.and_then(|it| Ok((it, logo(files, root, look.logo.as_deref())?))) {
        Ok((templates, logo)) => {
            own.templates = templates;
            own.logo = logo;
        }
        Err(it) => own.trouble = Some(it),
    }
    Arc::new(own)
}

fn trouble(root: &Path, path: &Path, what: impl Into<String>, help: impl Into<String>) -> Trouble {
    Trouble { path: relative(root, path), what: what.into(), help: help.into() }
}

fn logo(files: &dyn Files, root: &Path, named: Option<&str>) -> Result<Option<Logo>, Trouble> {
    let Some(path) = named.map(|it| root.join(it)) else { return Ok(None) };
    let wrong = |what: &str| trouble(root, &path, what, "correct the key `look.logo` in roadbook.toml");
    if !files.is_file(&path) {
        return Err(wrong("the logo is no file"));
    }
    if !files.is_within(&path, root) {
        return Err(wrong("the logo lies outside of the project's folder"));
    }
    // A byte more than is allowed is enough to know.
    let most = u64::try_from(MAX_LOGO).unwrap_or(u64::MAX).saturating_add(1);
    let bytes = files.start(&path, most).ok_or_else(|| wrong("the logo cannot be read"))?;
    Logo::read(bytes).map(Some).map_err(|(what, help)| trouble(root, &path, what, help))
}

fn templates(
    files: &dyn Files,
    root: &Path,
    named: Option<&str>,
    notes: &mut Vec<Diagnostic>,
) -> Result<Vec<OwnTemplate>, Trouble> {
    let folder = root.join(named.unwrap_or(TEMPLATES));
    let is_there = files.is_folder(&folder);
    let help = "correct the key `look.templates` in roadbook.toml";
    match named {
        Some(_) if !is_there => return Err(trouble(root, &folder, "the folder of templates does not exist", help)),
        Some(_) if !files.is_within(&folder, root) => {
            return Err(trouble(root, &folder, "the folder of templates lies outside of the project's folder", help));
        }
        None if !is_there || !files.is_within(&folder, root) => return Ok(Vec::new()),
        _ => {}
    }
    let names = shipped::replaceable();
    let seen = files.below(&folder, DEPTH).take(MAX_SEEN).flatten();
    let mut found: Vec<(String, PathBuf, bool)> = seen
        .filter(|(_, kind)| *kind != Kind::Folder)
        .map(|(path, kind)| (relative(&folder, &path), path, kind == Kind::Other))
        .filter(|(name, ..)| shipped::is_own_text(name))
        .collect();
    let is_known = |name: &str| names.iter().any(|it| it == name);
    // Many repositories have a folder of this name for something else; it is meant for us where it replaces something.
    let is_meant = named.is_some() || found.iter().any(|(name, ..)| is_known(name));
    if !is_meant {
        found.retain(|(name, ..)| near(name, &names).is_some());
        if files.is_file(&root.join(SETTINGS)) {
            notes.extend(found.iter().take(MAX_UNKNOWN).map(|(name, path, _)| unknown(root, path, name, &names)));
        }
        return Ok(Vec::new());
    }
    found.sort_by_key(|(name, ..)| (!is_known(name), name.clone()));
    if MAX_FILES < found.len() {
        let what = format!("more than {MAX_FILES} templates: the rest is left out");
        notes.push(
            Diagnostic::file("unknown-template", Severity::Warning, &relative(root, &folder), what)
                .help(help_for_others()),
        );
        found.truncate(MAX_FILES);
    }
    let mut room = MAX_ALL;
    let mut own: Vec<OwnTemplate> = Vec::new();
    for (name, path, is_link) in found {
        match read(files, root, &path, is_link, room) {
            Ok(file) => {
                room -= file.text.len().min(room);
                own.push(OwnTemplate { name, file });
            }
            Err(it) if is_known(&name) => return Err(it),
            // What has a name of its own and cannot be read is missing where another takes it in.
            Err(_) => {}
        }
    }
    let others = unused(&own, &names);
    for it in own.iter().filter(|it| others.contains(&it.name)).take(MAX_UNKNOWN) {
        notes.push(unknown(root, &folder.join(&it.name), &it.name, &names));
    }
    own.retain(|it| !others.contains(&it.name));
    own.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(own)
}

fn read(files: &dyn Files, root: &Path, path: &Path, is_link: bool, room: usize) -> Result<SourceFile, Trouble> {
    let wrong = |what: String, help: &str| trouble(root, path, what, help);
    if is_link {
        return Err(wrong(
            "it is no ordinary file, and links are not followed".to_owned(),
            "put a copy of the file here",
        ));
    }
    let most = u64::try_from(MAX_FILE).unwrap_or(u64::MAX).saturating_add(1);
    let bytes =
        files.start(path, most).ok_or_else(|| wrong("it cannot be read".to_owned(), "check who may read it"))?;
    if MAX_FILE.min(room) < bytes.len() {
        let what = format!("a template has at most {} KiB, and all of them {} KiB", MAX_FILE / 1024, MAX_ALL / 1024);
        return Err(wrong(what, "take out what is not needed"));
    }
    if let Err(it) = std::str::from_utf8(&bytes) {
        let line = bytes.iter().take(it.valid_up_to()).filter(|it| **it == b'\n').count() + 1;
        return Err(wrong(format!("line {line} is not UTF-8"), "save the file as UTF-8"));
    }
    Ok(SourceFile::new(relative(root, path), bytes))
}

/// Returns the names of those files that we do not know, and that no other takes in.
fn unused(own: &[OwnTemplate], names: &[Cow<'static, str>]) -> BTreeSet<String> {
    let is_known = |name: &str| names.iter().any(|it| it == name);
    let mut others: BTreeSet<String> = own.iter().map(|it| it.name.clone()).filter(|it| !is_known(it)).collect();
    let mut open: Vec<&OwnTemplate> = own.iter().filter(|it| is_known(&it.name)).collect();
    while let Some(it) = open.pop() {
        // Names stand in quotes.
        for word in it.file.text.split(['"', '\'']) {
            if others.remove(word) {
                open.extend(own.iter().find(|it| it.name == word));
            }
        }
    }
    // Components have no names of files, and are found wherever they are.
    let has_component = |it: &OwnTemplate| it.file.text.contains("endcomponent");
    for it in own.iter().filter(|it| has_component(it)) {
        others.remove(&it.name);
    }
    others
}

fn near<'a>(name: &str, names: &'a [Cow<'static, str>]) -> Option<&'a str> {
    // A file of the right name in the wrong folder is nearer than any other.
    let last = |it: &str| it.rsplit('/').next().map(str::to_owned);
    let same = names.iter().find(|it| !name.contains('/') && last(it) == last(name)).map(AsRef::as_ref);
    same.or_else(|| phrase::misspelt(name, names.iter().map(AsRef::as_ref)))
}

fn unknown(root: &Path, path: &Path, name: &str, names: &[Cow<'static, str>]) -> Diagnostic {
    let what = "no template has this name, and no other of yours takes it in, so it changes nothing";
    let help = match near(name, names) {
        Some(it) => format!("did you mean {it}?"),
        None => help_for_others(),
    };
    Diagnostic::file("unknown-template", Severity::Warning, &relative(root, path), what).help(help)
}

fn help_for_others() -> String {
    "where this folder is for something else, name another one in roadbook.toml: look.templates = \"look\"".to_owned()
}
