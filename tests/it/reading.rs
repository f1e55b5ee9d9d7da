//! What is read, on inputs small enough to read at a glance, and on inputs that nobody would write.

use super::support::{report, root, shared, tree, understood};
use proptest::prelude::*;
use roadbook::document::parse;
use roadbook::text::SourceFile;

#[test]
fn a_standup_holds_until_newer_evidence() {
    let plan = "# Plan\n**Target Launch:** 2026-02-01\n### Week 1: A\n- [ ] **P1-01:** x\n- [ ] **P1-02:** y\n### Week 2: B\n- [ ] **P1-03:** z\n";
    let first = "## Week 1 Standup\n### In Progress\n- [⏳] P1-01: x (30% complete)\n### Blocked\n- [🚧] P1-01: x (Blocker: keys)\n- [~] P1-02: y (10% complete)\n";
    let second = "## Week 2 Standup\n### Completed This Week\n- [✅] P1-02: y\n";
    let standups = [("standups/week-01.md", first), ("standups/week-02.md", second)];
    let states = |day: &str| {
        let report = report(&understood(plan, &standups, day));
        let tasks = report["tasks"].as_array().unwrap().clone();
        tasks.iter().map(|it| format!("{} {}", it["state"].as_str().unwrap(), it["percent"])).collect::<Vec<_>>()
    };
    // Target 1 February is in week 2, so week 1 begins on 19 January and its Friday is the 23rd.
    assert_eq!(states("2026-01-22"), ["todo null", "todo null", "todo null"]);
    assert_eq!(states("2026-01-23"), ["blocked 30.0", "in_progress 10.0", "todo null"]);
    assert_eq!(states("2026-01-30"), ["blocked 30.0", "done null", "todo null"]);
}

#[test]
fn a_tick_before_a_deliverable_is_not_done() {
    let plan = "# P\n## Phase 1: A (Week 1-1)\n### Week 1: B\n- [ ] **P1-01:** x\n\n**Week 1 Deliverables:**\n- ✅ all good\n\n**Phase 1 Exit Criteria:**\n- ✅ All P1 items complete (1/1)\n";
    let report = report(&understood(plan, &[], "2026-02-06"));
    assert_eq!(report["progress"]["items"]["done"], 0);
    assert_eq!(report["deliverables"][0]["text"], "all good");
    assert_eq!(report["gates"][0]["criteria"][0]["state"], "not_met");
}

#[test]
fn a_fence_is_never_read() {
    let plan = "# P\n```markdown\n## Week 1 Standup\n- [x] a\n- [ ] **P1-01:** b\n```\n- [ ] c\n";
    let report = report(&understood(plan, &[], "2026-02-06"));
    assert_eq!(report["files"][0]["checkboxes"]["total"], 1);
    assert_eq!(report["progress"]["items"]["total"], 1);
    assert_eq!(report["standups"].as_array().unwrap().len(), 0);
}

#[test]
fn sign_offs_and_waivers_settle_what_people_have_to_settle() {
    let plan = "# P\n**Target Launch:** 2026-01-25\n## Phase 1: A (Week 1-1)\n### Week 1: B\n- [x] **P1-01:** x\n\n\
        **Phase 1 Exit Criteria:**\n- [x] No open questions (signed: M. Chen, 2026-01-20)\n- ✅ Health score ≥ 80/100\n\n\
        **🚦 GO/NO-GO GATE:** Go\n- [x] Reviewed\n- Waiver: \"Health score ≥ 80/100\" (signed: J. Rivera, 2026-01-21, until: 2026-01-23, reason: 79)\n\n\
        **Gate Decision:** GO, 2026-01-22, Jane Rivera\n\n## Metrics\n| Metric | Target |\n|-|-|\n| Health Score | 85+ |\n";
    let states = |day: &str| {
        let report = report(&understood(plan, &[], day));
        let gate = &report["gates"][0];
        let states: Vec<_> =
            gate["criteria"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap().to_owned()).collect();
        (states.join(" "), gate["status"].as_str().unwrap().to_owned(), gate["decision"]["verdict"].clone())
    };
    let go = serde_json::Value::from("GO");
    // A decision of tomorrow is not known today.
    assert_eq!(states("2026-01-21").2, serde_json::Value::Null);
    assert_eq!(states("2026-01-22"), ("met waived needs_sign_off".into(), "awaiting_sign_off".into(), go.clone()));
    // The waiver has run out; the decision stands beside the state and does not change it.
    assert_eq!(states("2026-01-24"), ("met unknown needs_sign_off".into(), "incomplete".into(), go));
}

#[test]
fn a_wrong_id_is_named_with_the_nearest() {
    let plan = "# P\n**Target Launch:** 2026-01-23\n### Week 1: B\n- [ ] **P1-01:** x\n";
    let it = understood(
        plan,
        &[("standups/week-01.md", "## Week 1 Standup\n### Completed\n- [x] P1-10: y\n")],
        "2026-02-06",
    );
    let of_rule = it.diagnostics.iter().filter(|it| it.rule == "unknown-mention");
    let said: Vec<_> = of_rule.map(|it| (it.rule, it.message.as_str(), it.help.as_deref())).collect();
    let message = "P1-10 is in no task of the roadmap, so this line counts for nothing";
    assert_eq!(said, [("unknown-mention", message, Some("did you mean P1-01?"))]);
}

/// Boxes that GitHub's Markdown sees are tasks, subtasks, sign-offs, or listed.
#[test]
fn no_box_is_lost() {
    for text in [
        "- [ ] a\n  - [x] b\n    - [ ] c\n- plain\n  - [ ] d\n",
        "> - [ ] quoted\n\n1. [x] one\n2. [ ] two\n",
        "**Gate:** x\n- [x] signed (signed: A, 2026-01-01)\n- [ ] open\n",
        "**Week 1 Deliverables:**\n- [x] boxed\n- ✅ bare\n",
        "| a |\n|-|\n| [ ] |\n\n- [ ] x\n",
    ] {
        let it = understood(text, &[], "2026-02-06");
        let (boxes, accounted) = accounted(&it);
        assert_eq!(boxes, accounted, "{text}");
    }
}

fn accounted(it: &roadbook::pipeline::Understood) -> (usize, usize) {
    let plan = &it.history.plan;
    let file = &it.sources.roadmap;
    let marked = |line: u32| file.line(line).trim_start().starts_with("- [");
    let segments = plan.tasks.iter().flat_map(|it| &it.segments);
    let tasks: usize = segments.map(|it| 1 + it.subtasks.total).sum();
    let signed = plan.gates.iter().flat_map(|it| &it.criteria).filter(|it| marked(it.place.line())).count();
    (plan.facts.boxes, tasks + signed + plan.facts.not_understood.len())
}

#[test]
fn deep_lists_are_counted_and_named() {
    let mut text = String::from("# P\n");
    for depth in 0..500 {
        text.extend(["  ".repeat(depth), format!("- [ ] level {depth}\n")]);
    }
    let it = understood(&text, &[], "2026-02-06");
    let facts = &it.history.plan.facts;
    assert!(facts.boxes > 60, "{}", facts.boxes);
    assert!(
        it.diagnostics.iter().any(|it| it.rule == "nested-too-deep" && it.line() == Some(67)),
        "{:?}",
        it.diagnostics
    );
    assert_eq!(facts.boxes, 65 + facts.not_understood.len());
}

#[test]
fn a_large_file_is_read_to_its_limit_and_counted_to_its_end() {
    let line = "- [ ] **P1-01:** a task with a title of some length\n";
    let lines = 5 * 1024 * 1024 / line.len();
    let it = understood(&format!("# P\n{}", line.repeat(lines)), &[], "2026-02-06");
    assert_eq!(it.history.plan.facts.boxes, lines);
    let read: usize = it.history.plan.tasks.iter().map(|it| it.segments.len()).sum();
    assert_eq!(read + it.history.plan.facts.not_understood.len(), lines);
    assert!(it.diagnostics.iter().any(|it| it.rule == "file-too-large" && it.line().is_some()));
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("# P\n".to_owned()),
        Just("## Phase 1: A (Week 1-2)\n".to_owned()),
        Just("### Week 2: B\n".to_owned()),
        Just("#### Monday-Tuesday (2 days)\n".to_owned()),
        Just("- [ ] **P1-01:** x\n".to_owned()),
        Just("  - [x] y\n".to_owned()),
        Just("  - *Owner: A + B | Duration: 1d (start)*\n".to_owned()),
        Just("- *Owner: A | Duration: 2d*\n".to_owned()),
        Just("**Day 1 Gate:** x\n".to_owned()),
        Just("**Phase 1 Exit Criteria:**\n".to_owned()),
        Just("- ✅ All P1 items complete (8/8)\n".to_owned()),
        Just("| Metric | Week 2 | Target |\n|-|-|-|\n| Health Score | 80 | 85+ |\n".to_owned()),
        Just("**Target Launch:** 2026-03-15\n".to_owned()),
        Just("### High Risks\n1. **r**\n   - *Mitigation:* m\n".to_owned()),
        Just("- [⏳] â³ 🚧\n".to_owned()),
        "\\PC{0,30}\n",
        "[-*+ \\[\\]x>#|`~:<&\\\\\t]{0,12}",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Reading never panics, never loses a box, and every page can be made.
    #[test]
    fn anything_can_be_read(text in pieces(), standup in pieces()) {
        let standup = format!("## Week 1 Standup\n### Completed\n{standup}");
        let it = understood(&text, &[("standups/week-01.md", &standup)], "2026-02-06");
        prop_assert!(roadbook::render::site(it.facts(), &roadbook::render::SiteOptions::default()).is_ok());
    }

    /// Spans of lines stay inside their file, on letters.
    #[test]
    fn spans_name_text(text in pieces()) {
        let file = SourceFile::new("a.md", text.into_bytes());
        let document = parse(&file);
        for block in &document.blocks {
            for line in document.lines(block) {
                prop_assert!(file.text.get(line.span.range()).is_some());
                prop_assert!(block.span.start <= line.span.start);
            }
        }
    }

    /// Any bytes are decoded.
    #[test]
    fn any_bytes_can_be_decoded(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let file = SourceFile::new("a.md", bytes);
        prop_assert!(!file.text.contains('\r') && !file.text.contains('\0'));
    }
}

/// Lines that standups are made of, in orders that nobody would write.
fn standup_pieces() -> impl Strategy<Value = String> {
    const LINES: &[&str] = &[
        "## 2026-02-03\n",
        "# 3/4/26\n",
        "## 29/1\n",
        "## Monday, 2 February\n",
        "# Week 3 (Dec 29 - Jan 2)\n",
        "## 2026-02-30\n",
        "Week Ending: March 6, 2026\n\n",
        "**Date:** 31/31/2026\n\n",
        "### Pat\n",
        "**Iva — ML** (#1)\n\n",
        "#### Completed\n",
        "### Metrics\n",
        "**Yesterday:** P1-01: x\n",
        "- achieved: [chat] x\n",
        "- [Project](u)\n",
        "  - next:\n",
        "    - [x] P1-01: y\n",
        "- [ ] z\n",
        "- Alice\n  - Today: P1-01 (40%)\n",
        "## Meeting\n\n*(May 7)*\n\n",
        "### Action items\n",
        "### Notes\n",
        "### Decisions Needed\n",
        "- Decide who drives (owner: Kim, due: 13 Feb)\n",
        "- Options:\n",
        "  - Due: 3/4\n",
        "- [ ] Owner: Kim\n",
        "| Decision | Due |\n|-|-|\n| [ ] x | 13 Feb |\n\n",
        "- None\n",
        "---\ndate: 3/4/26\n---\n",
    ];
    let line = prop::sample::select(LINES).prop_map(str::to_owned);
    let piece = prop_oneof![8 => line, 1 => "\\PC{0,30}\n", 1 => "[-*# 0-9/.年月日]{0,16}\n"];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

/// Each box of a standup was put into an entry, or is listed.
fn boxes_of_standups(it: &roadbook::pipeline::Understood) -> Vec<(usize, usize)> {
    let files = it.sources.standups.iter().zip(it.file_facts.iter().skip(1));
    let account = |(file, facts): (&SourceFile, &roadbook::model::FileFacts)| {
        let lines: std::collections::BTreeSet<u32> =
            parse(file).boxes.iter().map(|it| file.place(it.span).line()).collect();
        let of_file = it.history.standups.iter().filter(|it| it.standup.path == file.path).map(|it| &it.standup);
        let told: std::collections::BTreeSet<u32> = of_file
            .flat_map(roadbook::model::Standup::entries)
            .map(|it| it.place.line())
            .filter(|it| lines.contains(it))
            .collect();
        let listed: std::collections::BTreeSet<u32> =
            facts.not_understood.iter().map(roadbook::text::Place::line).collect();
        (lines.len(), told.union(&listed).count())
    };
    files.map(account).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Standups of any shape are read without a panic, and no box is lost.
    #[test]
    fn any_standup_can_be_read(text in standup_pieces(), name in 0..4usize) {
        let path = ["standups/log.md", "standups/2026-02-03.md", "standups/week-02.md", "standups/2026/feb-03.md"][name];
        let plan = "# P\n**Target Launch:** 2026-02-20\n### Week 1: A\n- [ ] **P1-01:** x\n- [ ] y\n";
        let it = understood(plan, &[(path, &text)], "2027-01-01");
        for (boxes, accounted) in boxes_of_standups(&it) {
            prop_assert_eq!(boxes, accounted, "{}", text);
        }
        prop_assert!(roadbook::render::site(it.facts(), &roadbook::render::SiteOptions::default()).is_ok());
    }
}

/// Cuts and turns of real status notes, and of the cases, are read without a panic.
#[test]
fn mutations_of_standups_can_be_read() {
    let folders =
        [Some(root().join("tests/cases/standups")), shared("public status notes").map(|it| it.join("corpus/status"))];
    let files = folders.iter().flatten().flat_map(|it| tree(it));
    let texts: Vec<Vec<u8>> =
        files.filter(|(name, _)| name.rsplit('.').next() == Some("md")).map(|(_, it)| it).collect();
    let mut seed = 7u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below.max(1)
    };
    let plan = "# P\n**Target Launch:** 2024-05-20\n### Week 1: A\n- [ ] **P1-01:** x\n";
    for text in &texts {
        for turn in 0..6 {
            let mut bytes = text.clone();
            for _ in 0..turn {
                let (at, length) = (random(bytes.len()), random(200));
                let end = (at + length).min(bytes.len());
                match random(3) {
                    0 => drop(bytes.drain(at..end)),
                    1 if at < end => bytes[at] = u8::try_from(random(256)).unwrap(),
                    _ => {
                        let piece = bytes[at..end].to_vec();
                        bytes.splice(at..at, piece);
                    }
                }
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let it = understood(plan, &[("standups/2024-05-13.md", &text), ("standups/log.md", &text)], "2027-01-01");
            for (boxes, accounted) in boxes_of_standups(&it) {
                assert_eq!(boxes, accounted, "{text}");
            }
        }
    }
}

/// Cuts and turns of the sample plan are read without a panic.
#[test]
fn mutations_of_the_sample_can_be_read() {
    let text = std::fs::read(root().join("content/roadmap.md")).unwrap();
    let mut seed = 1u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..12 {
        let mut bytes = text.clone();
        for _ in 0..8 {
            let (at, length) = (random(bytes.len()), random(400));
            match random(3) {
                0 => drop(bytes.drain(at..(at + length).min(bytes.len()))),
                1 => bytes[at] = u8::try_from(random(256)).unwrap(),
                _ => {
                    let piece = bytes[at..(at + length).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let it = understood(&text, &[], "2026-02-06");
        assert!(roadbook::render::site(it.facts(), &roadbook::render::SiteOptions::default()).is_ok());
    }
}

#[test]
fn a_signed_line_signs_the_criterion_it_repeats() {
    let plan = "# P\n**Target Launch:** 2026-01-25\n## Phase 1: A (Week 1-1)\n### Week 1: B\n- [x] **P1-01:** x\n\n\
        **Day 1 Gate:** It works\n- [x] It works (signed: A. Bell, 2026-01-20)\n\n\
        **Phase 1 Exit Criteria:**\n- ✅ No open questions\n\n\
        **🚦 GO/NO-GO GATE:** Go\n- Reviewed\n- [x] no open  questions (signed: M. Chen, 2026-01-20)\n";
    let report = report(&understood(plan, &[], "2026-01-22"));
    let states: Vec<_> = report["gates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gate| {
            let criteria = gate["criteria"].as_array().unwrap().iter();
            criteria
                .map(|it| format!("{} {}", it["text"].as_str().unwrap(), it["state"].as_str().unwrap()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(states, [vec!["It works met"], vec!["No open questions met", "Reviewed needs_sign_off"]]);
}

#[test]
fn raw_html_is_text() {
    let plan =
        "# P\n## Phase 1: A\n**Phase 1 Exit Criteria:**\n- <script>alert(1)</script> checked\n- [ ] <b>bold</b> task\n";
    let it = understood(plan, &[], "2026-01-22");
    let texts: Vec<_> = it.history.plan.gates[0].criteria.iter().map(|it| it.text.plain()).collect();
    assert_eq!(texts, ["<script>alert(1)</script> checked", "<b>bold</b> task"]);
}
