//! Whole reports of public plans, which stand beside the checkout.
//!
//! Their words are not ours, so that a snapshot holds a number made of each text instead of the text; figures, days, states and
//! lines stand as they are. What the reports say was read against the plans once, and by a reader who had not seen them.

use super::support::{report, root, shared, understood_file};
use roadbook::text::SourceFile;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// The name of a snapshot, and the plan.
const PLANS: [(&str, &str); 14] = [
    ("chaos-mesh", "chaos-mesh__chaos-mesh__ROADMAP.md"),
    ("cloudflare", "254CARBON__HMCo__docs__history__PHASE2_CLOUDFLARE_CHECKLIST.md"),
    ("dippin", "2389-research__tracker__docs__plans__2026-03-21-dippin-feature-parity-roadmap.md"),
    ("erg", "erg-lang__erg__TODO.md"),
    ("esox", "Slush97__esox__ROADMAP.md"),
    ("formal-framework", "AdaMartin18010__formal-framework__docs__IMPLEMENTATION_ROADMAP.md"),
    ("kamishino", "kamishino__gemini-cli-workflow__.kamiflow__ROADMAP.md"),
    ("openfunction", "OpenFunction__OpenFunction__docs__roadmap.md"),
    ("openg7", "OpenG7__openg7-platform__docs__roadmap.md"),
    ("polonius", "rust-lang__rust-project-goals__src__2024h2__Polonius.md"),
    ("production-status", "254CARBON__HMCo__docs__history__IMPLEMENTATION_STATUS.md"),
    ("recipes", "NehoraiHadad__ourRecipesWeb__docs__refactor__REFACTOR_PLAN.md"),
    ("rust-libp2p", "libp2p__rust-libp2p__ROADMAP.md"),
    ("traffic-control", "RNG999__traffic-control-go__docs__project-roadmap.md"),
];

#[test]
fn reports_of_public_plans() {
    let Some(shared) = shared("whole reports of public plans") else { return };
    for (name, file) in PLANS {
        let bytes = fs::read(shared.join("corpus/roadmap").join(file)).unwrap();
        let understood = understood_file(SourceFile::new("roadmap.md", bytes), "2026-11-25");
        let mut report = report(&understood);
        report["generator"]["version"] = "[VERSION]".into();
        for unit in ["items", "effort_days"] {
            let Some(points) = report["burndown"][unit].as_array_mut() else { continue };
            let (all, mut at) = (points.len(), 0);
            // Five weeks lie between two points; the rest says nothing of its own.
            points.retain(|_| {
                at += 1;
                at == all || at % 35 == 1
            });
        }
        let mut text = String::new();
        show(&report, "", 0, &mut text);
        let folder = root().join("tests/cases/corpus");
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

/// Writes a value: lists of more than figures with an element on each line, everything else on one.
fn show(value: &Value, key: &str, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) if depth == 0 || key == "plan" => {
            for (key, value) in map {
                write!(text, "{indent}{key}:").unwrap();
                let nests = matches!(value, Value::Array(it) if it.iter().any(Value::is_object)) || key == "plan";
                text.push(if nests { '\n' } else { ' ' });
                show(value, key, depth + 1, text);
                if !nests {
                    text.push('\n');
                }
            }
        }
        Value::Array(all) if all.iter().any(Value::is_object) => {
            for it in all {
                writeln!(text, "{indent}{}", short(it, key)).unwrap();
            }
        }
        _ => text.push_str(&short(value, key)),
    }
}

/// Writes a value on one line, with a number for each text that may be a plan's own.
fn short(value: &Value, key: &str) -> String {
    match value {
        Value::Object(map) => {
            let known = map.iter().filter(|(_, it)| !it.is_null() && **it != Value::Array(Vec::new()));
            let parts: Vec<String> = known.map(|(key, it)| format!("{key}={}", short(it, key))).collect();
            format!("{{{}}}", parts.join(" "))
        }
        Value::Array(all) => format!("[{}]", all.iter().map(|it| short(it, key)).collect::<Vec<_>>().join(" ")),
        Value::String(it) if is_ours(key, it) => it.clone(),
        Value::String(it) => format!("#{:06x}", number(it)),
        other => other.to_string(),
    }
}

/// Says whether a text is one of roadbook's words, a day or a figure, and not a plan's own.
fn is_ours(key: &str, text: &str) -> bool {
    const KEYS: [&str; 24] = [
        "version",
        "state",
        "kind",
        "rag",
        "rule",
        "severity",
        "class",
        "status",
        "schema_version",
        "start_rule",
        "basis",
        "comparator",
        "unit",
        "path",
        "date",
        "start",
        "end",
        "due",
        "as_of",
        "target",
        "marks_from",
        "stated_state",
        "note",
        "formula",
    ];
    let is_figure = text.chars().all(|it| it.is_ascii_digit() || matches!(it, '-' | '.' | ':' | '%'));
    // A severity is a plan's own word where it is a risk's.
    let is_own = key == "severity" && !matches!(text, "error" | "warning" | "info");
    is_figure || KEYS.contains(&key) && !is_own
}

/// FNV-1a, three bytes of it.
fn number(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5_u32, |all, byte| (all ^ u32::from(byte)).wrapping_mul(0x0100_0193)) & 0x00ff_ffff
}
