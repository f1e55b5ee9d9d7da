//! `idle-team`: weeks in which a team is there and has nothing to do.

use super::{Rule, Subject};
use crate::calendar::Week;
use crate::diagnostic::{Diagnostic, Severity};
use crate::phrase::{self, days};

/// Notes, once, the weeks in which teams are staffed and have no planned work.
pub const RULE: Rule = Rule {
    name: "idle-team",
    severity: Severity::Info,
    what: "A team is staffed in weeks in which no work is planned for it.",
    why: "Either work is missing from the plan, or people are booked who could do something else.",
    bad: "### Week 1\n- [ ] **P1-01:** Debug\n  - *Owner: Platform | Duration: 3d*\n\n### Week 2\n- [ ] **P1-02:** Test\n  - *Owner: QA | Duration: 3d*\n\n### Team Composition\n- **Platform:** 1 FTE (Weeks 1-2)\n- **QA:** 1 FTE (Week 2)",
    good: "### Week 1\n- [ ] **P1-01:** Debug\n  - *Owner: Platform | Duration: 3d*\n\n### Week 2\n- [ ] **P1-02:** Test\n  - *Owner: QA | Duration: 3d*\n\n### Team Composition\n- **Platform:** 1 FTE (Week 1)\n- **QA:** 1 FTE (Week 2)",
    check,
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let plan = subject.plan();
    let capacity = &subject.analysis.capacity;
    let planned: f64 = capacity.total.iter().map(|it| it.planned).sum();
    let there: f64 = capacity.total.iter().map(|it| it.capacity).sum();
    // Where no line names a team, the plan does not say who does what.
    if planned <= 0.0 {
        return;
    }
    let staffed = capacity.teams.iter().flatten().filter(|it| 0.0 < it.capacity).count();
    let idle = |at: usize| -> Vec<Week> {
        let weeks = capacity.teams.get(at).map_or(&[][..], Vec::as_slice);
        weeks.iter().filter(|it| 0.0 < it.capacity && it.planned <= 0.0).map(|it| it.week).collect()
    };
    let teams = plan.teams.iter().enumerate().map(|(at, team)| (team, idle(at)));
    let teams: Vec<_> = teams.filter(|(_, weeks)| !weeks.is_empty()).collect();
    let Some(((first, weeks), more)) = teams.split_first() else { return };
    let n: usize = teams.iter().map(|(_, weeks)| weeks.len()).sum();
    let have = if n == 1 { "has" } else { "have" };
    let message = format!("{n} of {} {have} no planned work", phrase::count(staffed, "staffed team-week"));
    let mut it = RULE.at(&first.place, message).label(format!("nothing in {}", phrase::weeks(weeks)));
    for (team, weeks) in more {
        it = it.again(&team.place, format!("nothing in {}", phrase::weeks(weeks)));
    }
    let note = format!("{} of work are planned for teams that have {}", days(planned), days(there));
    found.push(it.note(note).help("plan the work that is missing, or name the weeks in which a team is needed"));
}
