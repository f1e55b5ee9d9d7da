//! `template-counter`: a standup template without a counter that a gate needs.

use super::common::demands::{class_of, demands};
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Kind;
use crate::phrase;
use crate::text::{Place, Span};
use std::collections::BTreeMap;

/// Notes classes of tasks that a gate counts and the plan's standup template does not.
pub const RULE: Rule = Rule {
    name: "template-counter",
    severity: Severity::Info,
    what: "The standup template in the plan has counters, and lacks one that a gate needs or counts other items than there are.",
    why: "What the template does not ask for is not told, and on the day of the gate nobody has followed it.",
    bad: "**Exit Criteria:**\n- 8/10 P3 items complete\n\n```markdown\n## Week [X] Standup\n### Metrics\n- P1 completion: X/8\n```",
    good: "**Exit Criteria:**\n- 8/10 P3 items complete\n\n```markdown\n## Week [X] Standup\n### Metrics\n- P1 completion: X/8\n- P3 completion: X/10\n```",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let counters = counters(subject);
    let Some((last, earlier)) = counters.split_last() else { return };
    let demands = demands(subject);
    for (class, place) in &counters {
        wrong_total(subject, class, place, demands.planned.class(class).map_or(0, <[_]>::len), found);
    }
    let mut missing: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for it in demands.asked.iter().filter(|it| it.is_criterion) {
        let Some(class) = &it.class else { continue };
        if demands.planned.class(class).is_some() && !counters.iter().any(|(known, _)| known == class) {
            missing.entry(class.clone()).or_default().push(it.place.clone());
        }
    }
    if missing.is_empty() {
        return;
    }
    let classes: Vec<&String> = missing.keys().collect();
    let known: Vec<&String> = counters.iter().map(|(class, _)| class).collect();
    let message =
        format!("the standup template counts {}, and a gate counts {}", phrase::list(&known), phrase::list(&classes));
    let mut it = RULE.at(&last.1, message).label(format!("no counter of {} here", phrase::list(&classes)));
    for (class, place) in earlier {
        it = it.related(place, format!("the counter of {class}"));
    }
    for (class, places) in &missing {
        for place in places {
            it = it.related(place, format!("counts {class}"));
        }
    }
    let lines: Vec<String> = missing
        .keys()
        .map(|it| format!("\"- {it} completion: X/{}\"", demands.planned.class(it).map_or(0, <[_]>::len)))
        .collect();
    found.push(it.help(format!("add {} to the template", phrase::list(&lines))));
}

/// A counter such as "X/9" of a class that has another number of items.
fn wrong_total(subject: &Subject<'_>, class: &str, place: &Place, items: usize, found: &mut Vec<Diagnostic>) {
    let line = subject.roadmap().slice(place.span);
    let digits = line.rsplit_once('/').map_or("", |(_, it)| it.trim());
    let Some(said) = digits.parse::<usize>().ok().filter(|it| *it != items && 0 < items) else { return };
    let message = format!("the standup template counts {said} {class} items, the plan has {items}");
    let it = RULE.at(&subject.words_in(place, &format!("/{digits}")), message).label(format!("{items} in the plan"));
    found.push(it.instead(format!("/{digits}"), format!("/{items}")).help(format!("write /{items}")));
}

/// Returns the counters of the first template: lines such as "- P1 completion: X/8" in a block of code that holds a standup's heading.
fn counters(subject: &Subject<'_>) -> Vec<(String, Place)> {
    let (document, file) = (subject.document, subject.roadmap());
    let code = document.blocks.iter().filter(|it| it.kind == Kind::Code);
    for block in code {
        let text = file.slice(block.span);
        let is_template =
            text.lines().any(|it| it.trim_start().starts_with('#') && it.to_lowercase().contains("standup"));
        if !is_template {
            continue;
        }
        let mut start = block.span.start as usize;
        let mut counters = Vec::new();
        for line in text.split_inclusive('\n') {
            let words = line.trim().trim_start_matches(['-', '*', '+', ' ']);
            let name = words.split_once(':').map(|(name, _)| name);
            if let (Some(class), Some(at)) = (name.and_then(class_of), line.find(words)) {
                let place = file.place(Span::new(start + at, start + at + words.len()));
                counters.push((class.to_owned(), place));
            }
            start += line.len();
        }
        return counters;
    }
    Vec::new()
}
