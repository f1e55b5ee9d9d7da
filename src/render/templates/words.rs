//! Says what there is, where a template asks for what there is not.

use crate::phrase;
use serde_json::Value;

/// Names beyond this many are counted.
const SHOWN: usize = 60;

/// Says that a variable or a field is not there, and what is: the message and the help; nothing where the engine says something else.
/// `asked` is what the template says at that place, `has` is what the page is made from.
pub fn undefined(message: &str, asked: &str, has: &Value) -> Option<(String, String)> {
    let name = message.split('`').nth(1);
    let listed = message.split_once("vailable variables: ").or_else(|| message.split_once("vailable fields: "));
    let listed = listed.map(|(_, it)| it.split(", ").map(str::to_owned).collect::<Vec<_>>());
    match (message.split('`').next()?.trim(), name) {
        ("Variable", Some(name)) => {
            let names = listed.unwrap_or_else(|| fields(has));
            Some((format!("there is no variable `{name}` here"), there_are("variables", name, names)))
        }
        ("Field", Some(name)) => {
            let names = listed.or_else(|| owner(asked, name, has).map(fields)).unwrap_or_default();
            let whole = if asked.ends_with(name) { asked } else { name };
            Some((
                format!("there is no `{whole}`: what stands before it has no field `{name}`"),
                there_are("fields", name, names),
            ))
        }
        _ if message.contains("undefined") => {
            let path =
                asked.split(|it: char| !(it.is_alphanumeric() || "._".contains(it))).find(|it| !it.is_empty())?;
            let (known, first) = walk(path, has);
            let kind = if path.starts_with(first) { "variables" } else { "fields" };
            let names = known.map(fields).unwrap_or_default();
            Some((format!("there is no `{path}` here"), there_are(kind, first, names)))
        }
        _ => None,
    }
}

/// Follows a path as far as it leads, and returns where that is and the first part that is not there.
fn walk<'a, 'p>(path: &'p str, has: &'a Value) -> (Option<&'a Value>, &'p str) {
    let mut at = has;
    for part in path.split('.') {
        match at.get(part) {
            Some(it) => at = it,
            None => return (Some(at), part),
        }
    }
    (None, path)
}

/// Returns the value before the last part of a path.
fn owner<'a>(path: &str, name: &str, has: &'a Value) -> Option<&'a Value> {
    let before = path.strip_suffix(name)?.trim_end_matches(['.', '?']);
    before.split('.').try_fold(has, |at, part| at.get(part.trim_end_matches('?')))
}

fn fields(it: &Value) -> Vec<String> {
    it.as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default()
}

/// "did you mean `title`? The fields here are `title`, `plan` and `nav`", the nearest first.
pub fn there_are(kind: &str, name: &str, mut names: Vec<String>) -> String {
    names.sort();
    names.dedup();
    let name: String = name.chars().take(60).collect();
    names.sort_by_cached_key(|it| std::cmp::Reverse(like(&name, it)));
    let near = phrase::did_you_mean(&name, names.iter().map(String::as_str)).map(|it| format!("did you mean `{it}`? "));
    let rest = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let mut shown: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    if 0 < rest {
        shown.push(format!("{rest} more"));
    }
    if shown.is_empty() {
        return format!("there are no {kind} here");
    }
    let near = near.unwrap_or_default();
    format!("{near}{} {kind} here are {}", if near.is_empty() { "the" } else { "The" }, phrase::list(&shown))
}

/// Thousandths of likeness.
fn like(a: &str, b: &str) -> u16 {
    (0..=1000).rev().step_by(10).find(|it| f64::from(*it) / 1000.0 <= phrase::likeness(a, b)).unwrap_or_default()
}

/// Returns the names of all components.
pub fn component_names(texts: &[(String, String)]) -> Vec<String> {
    let of = |text: &str| -> Vec<String> {
        let tags = text
            .split("{%")
            .skip(1)
            .filter_map(|it| it.trim_start_matches('-').trim_start().strip_prefix("component "));
        tags.filter_map(|it| it.split('(').next().map(|it| it.trim().to_owned())).collect()
    };
    texts.iter().flat_map(|it| of(&it.1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_there_is_comes_with_the_nearest_first() {
        let has = json!({ "frame": { "plan": "x", "title": "y" }, "tiles": [] });
        let said = |message: &str, asked: &str| undefined(message, asked, &has).unwrap();
        let (what, help) = said("Field `titel` is not defined. Available fields: plan, title", "titel");
        assert_eq!(what, "there is no `titel`: what stands before it has no field `titel`");
        assert_eq!(help, "did you mean `title`? The fields here are `title` and `plan`");
        let (what, help) = said("Tried to render a variable that is undefined", "frame.titel | upper");
        assert_eq!(
            (what.as_str(), help.as_str()),
            ("there is no `frame.titel` here", "did you mean `title`? The fields here are `title` and `plan`")
        );
        let (what, help) = said("Variable `nothing` is not defined. Available variables: frame, tiles", "nothing");
        assert_eq!(
            (what.as_str(), help.as_str()),
            ("there is no variable `nothing` here", "the variables here are `tiles` and `frame`")
        );
        assert_eq!(undefined("Division by zero", "1 / 0", &has), None);
    }

    #[test]
    fn components_are_found_in_all_templates() {
        let texts =
            [("a.html".to_owned(), "{%- component src(it) -%}{% component b (x) %}{% if component %}".to_owned())];
        assert_eq!(component_names(&texts), ["src", "b"]);
    }
}
