//! What the page of the metrics says of each: figures as they were written, in whatever unit of their kind.

use super::support::{roadbook, root};
use std::fs;

/// Returns the words of the page of a case's metrics, one block of the page a line.
fn page(case: &str) -> String {
    let case = root().join("tests/cases/metrics").join(case);
    let day = fs::read_to_string(case.join("day")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let input = case.join("input");
    let ran = roadbook(&["build", input.to_str().unwrap(), "--out", site.to_str().unwrap(), "--as-of", day.trim()]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    fs::read_to_string(site.join("metrics.html")).unwrap()
}

#[test]
fn values_are_held_against_targets_in_other_units() {
    let page = page("units");
    for words in [
        "Load time is 1.9 s in week 2, which meets the target, less than 2 s",
        "Latency is 1200 ms in week 2, 700 ms above the target, less than 500 ms",
        "Cost is €0.20 in week 2, which meets the target, €0.22 or less",
        "Fee is $0.20 in week 2, which meets the target, $0.22 or less",
        "Errors is 0.0096% in week 2, which meets the target, less than 0.01%",
        "Size is 0.9 GB in week 2, which meets the target, less than 2 GB",
        "Sales (req/min) is 250 req/min in week 2, which meets the target, 240 req/min",
        "Memory was reported as 900 MB in week 2, which does not count: the plan has no unit",
        "Uptime is 99.94% in week 2, which meets the target, 99.9%",
        "Auth rate is 81% in week 2, 12 points short of the target, 93% or more",
        "T Completion is 1 of 2 as counted, not reported; the plan asks for 100%",
    ] {
        assert!(page.contains(words), "the page does not say: {words}");
    }
}

#[test]
fn the_axis_fits_the_values() {
    let page = page("units");
    let chart = page.split("id=\"metric-5-w-t\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(chart.contains(">0.05%<") || chart.contains(">0.06%<"), "{chart}");
    assert!(!chart.contains(">100%<"), "{chart}");
}

#[test]
fn health_has_one_target_on_all_pages() {
    let page = page("health");
    // Below the target of its phase for a third week, as the dashboard says.
    assert!(page.contains("The metric is reported, and behind a target that is due"));
    assert!(page.contains("Behind its target"));
}
