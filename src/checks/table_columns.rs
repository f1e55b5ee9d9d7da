//! `table-columns`: tables of one kind with different columns.

use super::common::tables::{Headed, tables};
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase;

/// Notes tables of metrics, or of phases, whose columns differ.
pub const RULE: Rule = Rule {
    name: "table-columns",
    severity: Severity::Info,
    what: "Tables of one kind have different columns.",
    why: "A metric without a column for today has no beginning, so nobody can tell how far it came.",
    bad: "| Metric | Current | Week 2 | Target |\n|---|---|---|---|\n| Health | 78 | 80 | 85 |\n\n| Metric | Week 2 | Target |\n|---|---|---|\n| Deploys | 1/week | 5/day |",
    good: "| Metric | Current | Week 2 | Target |\n|---|---|---|---|\n| Health | 78 | 80 | 85 |\n\n| Metric | Current | Week 2 | Target |\n|---|---|---|---|\n| Deploys | 0/week | 1/week | 5/day |",
    check,
};

/// Tables whose first column has one of these names are of one kind.
const KINDS: [(&str, &[&str]); 2] = [("metrics", &["metric", "metrics", "kpi"]), ("phases", &["phase", "phases"])];

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let all: Vec<Headed<'_>> = tables(subject).collect();
    for (kind, names) in KINDS {
        let of_kind: Vec<&Headed<'_>> = all.iter().filter(|it| it.is_headed(names)).collect();
        // The fullest table is what the others are held against; the first of several.
        let Some(full) = of_kind.iter().rev().max_by_key(|it| it.columns.len()) else { continue };
        let full_names = lower(full);
        for table in &of_kind {
            let own = lower(table);
            let shared = own.iter().filter(|it| full_names.contains(it)).count();
            let missing = full.columns.iter().filter(|it| !own.contains(&it.to_lowercase()));
            let missing: Vec<String> = missing.map(|it| format!("\"{it}\"")).collect();
            // Tables that share less than half of their columns tell of different things.
            if missing.is_empty() || shared * 2 < full_names.len() {
                continue;
            }
            let noun = if missing.len() == 1 { "column" } else { "columns" };
            let message = format!("this table of {kind} has no {noun} {}, another one has", phrase::list(&missing));
            let label = phrase::count(own.len(), "column");
            let it = RULE.at(&table.head, message).label(label);
            let it = it.related(&full.head, phrase::count(full_names.len(), "column"));
            found.push(it.help(format!("add the {noun} {}, or say why it is not known", phrase::list(&missing))));
        }
    }
}

fn lower(table: &Headed<'_>) -> Vec<String> {
    table.columns.iter().map(|it| it.to_lowercase()).collect()
}
