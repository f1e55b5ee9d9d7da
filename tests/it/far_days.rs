//! A day in a far year costs no more than a near one, and what is known does not change by it.

use super::support::{report, roadbook, root, understood};

const ROADMAP: &str = "\
# Far

## Phase 1: Build (Week 1-2)

**Start:** 2026-01-05

### Week 1: Begin
- [ ] **P1-01:** One
- [ ] **P1-02:** Two

### Week 2: End
- [ ] **P1-03:** Three
";

const STANDUP: &str = "\
## Week 1 Standup

### Completed
- [x] P1-01: One
";

/// Ten years of working days, and a few more.
const MOST_POINTS: usize = 2_700;

#[test]
fn the_burndown_of_a_far_day_has_ten_years_of_points() {
    let near = understood(ROADMAP, &[("standups/week-01.md", STANDUP)], "2026-01-16");
    for day in ["2036-02-01", "2999-01-01", "9999-12-31"] {
        let far = understood(ROADMAP, &[("standups/week-01.md", STANDUP)], day);
        let (near, far) = (&near.analysis.burndown.items, &far.analysis.burndown.items);
        assert!(far.len() <= MOST_POINTS, "{day}: {} points", far.len());
        let (told, last) = (near.last().unwrap(), far.last().unwrap());
        assert_eq!(last.date.to_string(), day);
        assert_eq!((told.scope, told.remaining), (last.scope, last.remaining));
        assert!(far.windows(2).all(|it| it[0].date < it[1].date), "the days are in order");
    }
    // Within ten years each working day has its point.
    let far = understood(ROADMAP, &[], "2030-01-04");
    assert_eq!(far.analysis.burndown.items.len(), 209 * 5 + 1);
}

#[test]
fn a_start_long_ago_and_a_standup_long_after_have_few_points_too() {
    let old = ROADMAP.replace("2026-01-05", "0001-01-01");
    for (roadmap, standup) in [
        (old.as_str(), STANDUP.to_owned()),
        (ROADMAP, STANDUP.replace("Week 1 Standup", "Standup 2990-03-02")),
        (&ROADMAP.replace("One", "One (due 2990-03-02)"), STANDUP.to_owned()),
    ] {
        let it = understood(roadmap, &[("standups/one.md", &standup)], "2999-01-01");
        let points = &it.analysis.burndown.items;
        assert!((2..=MOST_POINTS).contains(&points.len()), "{} points", points.len());
        assert_eq!(points.last().unwrap().remaining, Some(2.0), "{roadmap}{standup}");
        assert_eq!(report(&it)["burndown"]["items"].as_array().unwrap().len(), points.len());
    }
}

#[test]
fn the_page_says_where_days_are_left_out() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let input = root().join("tests/cases/degrade/no-standups/input");
    let build = |day: &str| {
        let arguments = ["build", input.to_str().unwrap(), "--out", site.to_str().unwrap(), "--as-of", day, "-q"];
        let ran = roadbook(&arguments);
        assert_eq!(ran.status, 0, "{}", ran.err);
        std::fs::read_to_string(site.join("progress.html")).unwrap()
    };
    let words = "only days on which something changes are drawn";
    assert!(build("2999-01-01").contains(&format!("After Saturday 12 January 2036, {words}.")));
    assert!(!build("2026-02-06").contains(words));
}
