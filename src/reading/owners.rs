//! One name for each owner: "jonas" and "Jonas" are one person.

use super::walk::Found;
use crate::text::SharedStr;
use std::collections::HashMap;

/// The forms of a name, each with how often it is written.
type Forms = Vec<(SharedStr, usize)>;

/// Forms of one name beyond this many stay as they are: nobody has more ways to be written.
const MOST_FORMS: usize = 8;

/// Gives owners that differ in nothing but case the form that is written most, or first.
pub fn unite_owners(found: &mut Found) {
    let mut names: HashMap<String, Forms> = HashMap::new();
    for name in found.segments.iter().flat_map(|(_, it)| &it.owners) {
        let forms = names.entry(name.to_lowercase()).or_default();
        let may_grow = forms.len() < MOST_FORMS;
        match forms.iter_mut().find(|(form, _)| form == name) {
            Some((_, count)) => *count += 1,
            None if may_grow => forms.push((name.clone(), 1)),
            None => {}
        }
    }
    names.retain(|_, forms| 1 < forms.len());
    if names.is_empty() {
        return;
    }
    for name in found.segments.iter_mut().flat_map(|(_, it)| &mut it.owners) {
        let Some(forms) = names.get(&name.to_lowercase()) else { continue };
        // Of two that are written as often the first counts.
        let usual = forms.iter().rev().max_by_key(|(_, count)| *count);
        if let Some((form, _)) = usual {
            name.clone_from(form);
        }
    }
}
