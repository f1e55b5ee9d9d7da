//! From what is known to the report.

use super::plan::{
    BlockPart, BudgetItemPart, BudgetPart, DeliverablePart, FtePart, LoadPart, PhasePart, PlanPart, RiskPart, TeamPart,
};
use super::work::{
    ActualPart, BurndownPart, CellPart, CriterionPart, DecisionPart, DeliveryPart, DeliveryPartPart, EffortPart,
    EntryPart, EvidencePart, ForecastPart, GatePart, HealthPart, ItemsPart, MetricPart, OutlookPart, PointPart,
    ProgressPart, ReportedPart, SegmentPart, ShareOfPart, SlipsPart, StandupPart, SubtasksPart, TaskPart, WeekCellPart,
};
use super::{CheckboxesPart, FilePart, Generator, LinePart, Report, SCHEMA_VERSION};
use super::{decisions, depends, past};
use crate::analysis::{Basis, Finding, GateForecast, GateReview, Rag, SeriesPoint, metric_unit};
use crate::calendar::Day;
use crate::diagnostic::findings;
use crate::model::{Cell, Entry, Phase, StandupMetric};
use crate::phrase::{is_long, rounded, significant};
use crate::views::{Facts, wording};

/// Makes the report.
#[must_use]
pub fn report(facts: &Facts<'_>) -> Report {
    Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        generator: Generator::this(),
        as_of: iso(facts.history.as_of),
        plan: plan(facts),
        tasks: tasks(facts),
        progress: progress(facts),
        burndown: BurndownPart {
            items: series(&facts.analysis.burndown.items),
            effort_days: series(&facts.analysis.burndown.effort),
        },
        forecast: forecast(facts),
        outlook: facts.analysis.outlook(facts.history).iter().map(outlook).collect(),
        dependencies: depends::dependencies(facts),
        history: past::history(facts),
        health: health(facts),
        gates: gates(facts),
        metrics: metrics(facts),
        deliverables: deliverables(facts),
        risks: risks(facts),
        team: team(facts),
        budget: budget(facts),
        standups: standups(facts),
        decisions: decisions::decisions(facts),
        files: files(facts),
        diagnostics: findings(facts.diagnostics, &facts.sources.files().collect::<Vec<_>>()).diagnostics,
    }
}

fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn plan(facts: &Facts<'_>) -> PlanPart {
    let plan = &facts.history.plan;
    let phase = |it: &Phase| PhasePart {
        kind: it.kind.word().to_owned(),
        label: it.label(),
        stated_state: it.stated.map(|it| it.name().to_owned()),
        number: it.number,
        name: it.name.clone(),
        weeks: it.weeks,
        goal: it.goal.as_ref().map(|it| it.value.plain()),
        health_target: it.health_target.as_ref().map(|it| it.value),
        gate: it.gate.clone(),
        start: it.start.map(iso),
        end: it.end.map(iso),
        line: it.place.line(),
    };
    let block = |it: &crate::model::Block| BlockPart {
        week: it.week,
        name: it.name.clone(),
        start: it.start.map(iso),
        end: it.end.map(iso),
        line: it.place.line(),
    };
    PlanPart {
        title: plan.title.clone(),
        start: plan.schedule.as_ref().map(|it| iso(it.calendar.start)),
        start_rule: plan.schedule.as_ref().map(|it| it.rule.words().to_owned()),
        target: plan.header.target.as_ref().map(|it| iso(it.value)),
        weeks: plan.schedule.as_ref().map(|it| it.weeks),
        declared_effort_days: plan.header.effort_days.as_ref().map(|it| it.value),
        marks_from: facts.history.marks_from.map(iso),
        phases: plan.phases.iter().map(phase).collect(),
        blocks: plan.blocks.iter().map(block).collect(),
    }
}

fn tasks(facts: &Facts<'_>) -> Vec<TaskPart> {
    let plan = &facts.history.plan;
    let part = |(at, task): (usize, &crate::model::Task)| {
        let state = facts.history.state(at, facts.history.as_of);
        let last = task.last();
        let evidence = facts.history.evidence.get(at).map_or(&[][..], Vec::as_slice);
        let known = evidence.iter().filter(|it| it.date <= facts.history.as_of);
        let slips = facts.analysis.scope.slips.get(at).copied().unwrap_or_default();
        TaskPart {
            key: task.key.clone(),
            id: task.id.as_deref().map(str::to_owned),
            title: task.title().plain(),
            state: state.state.name().to_owned(),
            percent: state.percent,
            effort_days: task.effort_days.map(|it| rounded(it, 6)),
            part_of: task.part_of.clone(),
            owners: task.owners.iter().map(ToString::to_string).collect(),
            priority: task.priority.as_deref().map(str::to_owned),
            phase: last.phase.and_then(|it| plan.phases.get(it)).map(|it| it.number),
            week: task.week(),
            block: last.block.and_then(|it| plan.blocks.get(it)).map(|it| it.name.clone()),
            start: task.start.map(iso),
            end: task.end.map(iso),
            due: task.due().map(iso),
            depends_on: task.depends_on().map(ToString::to_string).collect(),
            segments: task.segments.iter().map(segment).collect(),
            path: task.first().place.path.to_string(),
            line: task.segments.iter().map(|it| it.place.line()).min().unwrap_or(1),
            subtasks: SubtasksPart { total: task.subtasks.total, done: task.subtasks.done },
            evidence: known.map(evidence_part).collect(),
            slips: SlipsPart { times: slips.times, working_days: slips.working_days },
        }
    };
    plan.tasks.iter().enumerate().map(part).collect()
}

fn segment(it: &crate::model::Segment) -> SegmentPart {
    let effort_days = it.effort_days.map(|it| rounded(it, 6));
    SegmentPart { line: it.place.line(), qualifier: it.qualifier.clone(), effort_days }
}

fn evidence_part(it: &crate::history::Evidence) -> EvidencePart {
    EvidencePart {
        date: iso(it.date),
        state: it.state.name().to_owned(),
        percent: it.percent,
        kind: it.kind.name().to_owned(),
        path: it.place.path.to_string(),
        line: it.place.line(),
        commit: it.commit.map(|it| it.to_string()),
    }
}

fn progress(facts: &Facts<'_>) -> ProgressPart {
    let it = &facts.analysis.progress;
    let shares =
        it.by_priority.iter().map(|(class, it)| (class.clone(), ShareOfPart { done: it.done, total: it.total }));
    ProgressPart {
        items: items(facts),
        effort_days: EffortPart {
            total: it.effort_total,
            done: it.effort_done,
            remaining: rounded(it.effort_total - it.effort_done, 3),
        },
        by_priority: shares.collect(),
        planned_done_items: it.planned_done,
    }
}

/// Counts items by state.
pub fn items(facts: &Facts<'_>) -> ItemsPart {
    let it = &facts.analysis.progress;
    ItemsPart {
        total: it.total,
        done: it.done,
        in_progress: it.in_progress,
        blocked: it.blocked,
        todo: it.todo,
        dropped: it.dropped,
    }
}

fn series(points: &[SeriesPoint]) -> Vec<PointPart> {
    let point = |it: &SeriesPoint| PointPart {
        date: iso(it.date),
        scope: it.scope,
        planned_remaining: it.planned,
        remaining: it.remaining,
    };
    points.iter().map(point).collect()
}

/// Says when the plan may be finished.
pub fn forecast(facts: &Facts<'_>) -> ForecastPart {
    let it = &facts.analysis.forecast;
    let basis = match it.basis {
        Basis::Plan | Basis::PlanOnly => "plan",
        Basis::History => "history",
        _ => "none",
    };
    ForecastPart {
        basis: basis.to_owned(),
        weeks_of_data: it.weeks_of_data,
        p50: it.p50.map(iso),
        p85: it.p85.map(iso),
        on_time_probability: it.on_time.map(|it| rounded(it, 2)),
        note: wording::forecast_note(facts),
    }
}

fn outlook(it: &crate::analysis::Outlook) -> OutlookPart {
    let crate::analysis::Outlook { week, items, due, late, p50 } = *it;
    OutlookPart { week, items, due, left_over: late, p50: p50.map(iso) }
}

fn health(facts: &Facts<'_>) -> HealthPart {
    let reported = facts.analysis.reported.weeks.iter().map(|it| ReportedPart {
        week: it.week,
        date: it.date.map(iso),
        value: it.value,
        target: it.target,
    });
    let rag = |it: Option<Rag>| it.map(|it| it.name().to_owned());
    let delivery = &facts.analysis.delivery;
    let parts = delivery.parts.iter().map(|it| DeliveryPartPart {
        name: it.name.to_owned(),
        value: it.value,
        rag: rag(it.rag),
        formula: it.formula.clone(),
    });
    HealthPart {
        reported: reported.collect(),
        delivery: DeliveryPart { value: delivery.value, rag: rag(delivery.rag), parts: parts.collect() },
    }
}

fn gates(facts: &Facts<'_>) -> Vec<GatePart> {
    let plan = &facts.history.plan;
    let criterion = |(it, found): (&crate::model::Criterion, &Finding)| CriterionPart {
        text: it.text.plain(),
        kind: it.kind.name().to_owned(),
        class: found.class.name().to_owned(),
        state: found.state.name().to_owned(),
        evidence: found.evidence.clone(),
        off_plan: found.off_plan.clone(),
        line: it.place.line(),
    };
    let decision = |it: &crate::model::Decision| DecisionPart {
        verdict: it.verdict.clone(),
        date: it.date.map(iso),
        by: it.by.clone(),
        line: it.place.line(),
    };
    let gate = |((it, review), forecast): ((&crate::model::Gate, &GateReview), &GateForecast)| GatePart {
        name: it.name.clone(),
        kind: it.kind.name().to_owned(),
        phase: it.phase.and_then(|at| plan.phases.get(at)).map(|it| it.number),
        week: it.week,
        due: it.due.map(iso),
        status: review.readiness.name().to_owned(),
        open_items: forecast.open,
        chance: forecast.chance.map(|it| rounded(it, 2)),
        decision: it.decision_by(facts.history.as_of).map(decision),
        line: it.place.line(),
        criteria: it.criteria.iter().zip(&review.findings).map(criterion).collect(),
    };
    plan.gates.iter().zip(&facts.analysis.gates).zip(facts.analysis.gate_forecasts(facts.history)).map(gate).collect()
}

fn cell(it: &Cell) -> CellPart {
    CellPart {
        text: it.text.clone(),
        comparator: it.comparator.map(|it| it.sign().to_owned()),
        value: it.value,
        unit: it.unit.clone(),
        approximate: it.approximate,
    }
}

fn metrics(facts: &Facts<'_>) -> Vec<MetricPart> {
    let metric = |(it, review): (&crate::model::Metric, &crate::analysis::MetricReview)| MetricPart {
        name: it.name.clone(),
        unit: metric_unit(it).map(str::to_owned),
        current: it.current.as_ref().map(cell),
        target: it.target.as_ref().map(cell),
        targets: it.targets.iter().map(|(week, it)| WeekCellPart { week: *week, cell: cell(it) }).collect(),
        actuals: review.actuals.iter().map(actual).collect(),
        line: it.place.line(),
    };
    facts.history.plan.metrics.iter().zip(&facts.analysis.metrics).map(metric).collect()
}

fn actual(it: &crate::analysis::Actual) -> ActualPart {
    ActualPart {
        week: it.week,
        date: iso(it.date),
        kind: it.kind.name().to_owned(),
        value: if is_long(it.value) && 1.0 <= it.value.abs() { rounded(it.value, 3) } else { significant(it.value, 9) },
        path: it.place.path.to_string(),
        line: it.place.line(),
    }
}

fn deliverables(facts: &Facts<'_>) -> Vec<DeliverablePart> {
    let part = |it: &crate::model::Deliverable| DeliverablePart {
        scope: it.scope.to_string(),
        text: it.text.plain(),
        line: it.place.line(),
    };
    facts.history.plan.deliverables.iter().map(part).collect()
}

fn risks(facts: &Facts<'_>) -> Vec<RiskPart> {
    let risk = |(it, review): (&crate::model::Risk, &crate::analysis::RiskReview)| {
        let mut weeks: Vec<u32> = review.mentions.iter().filter_map(|it| it.week).collect();
        weeks.dedup();
        RiskPart {
            severity: it.severity.clone(),
            title: it.title.plain(),
            likelihood: it.likelihood.clone(),
            mitigation: it.mitigation.as_ref().map(crate::prose::Prose::plain),
            happened: review.happened,
            weeks,
            line: it.place.line(),
        }
    };
    facts.history.plan.risks.iter().zip(&facts.analysis.risks).map(risk).collect()
}

fn team(facts: &Facts<'_>) -> Vec<TeamPart> {
    let team = |(it, load): (&crate::model::Team, &Vec<crate::analysis::WeekLoad>)| TeamPart {
        name: it.name.clone(),
        fte: it.periods.iter().map(|it| FtePart { weeks: it.weeks, fte: it.fte }).collect(),
        load: load
            .iter()
            .map(|it| LoadPart { week: it.week, planned_days: it.planned, capacity_days: it.capacity })
            .collect(),
        line: it.place.line(),
    };
    let none = Vec::new();
    let loads = facts.analysis.capacity.teams.iter().chain(std::iter::repeat(&none));
    facts.history.plan.teams.iter().zip(loads).map(team).collect()
}

fn budget(facts: &Facts<'_>) -> BudgetPart {
    let it = &facts.history.plan.budget;
    let item = |it: &crate::model::BudgetItem| BudgetItemPart {
        name: it.name.clone(),
        amount: it.amount,
        currency: it.currency.clone(),
        line: it.place.line(),
    };
    BudgetPart {
        items: it.items.iter().map(item).collect(),
        one_time: it.one_time,
        monthly: it.monthly,
        currency: it.currency.clone(),
    }
}

fn standups(facts: &Facts<'_>) -> Vec<StandupPart> {
    let entry = |it: &Entry| EntryPart {
        ids: it.ids.iter().map(ToString::to_string).collect(),
        text: it.text.plain(),
        percent: it.percent,
        reason: it.reason.as_deref().map(str::to_owned),
        by: it.by.as_deref().map(str::to_owned),
        line: it.place.line(),
    };
    let entries = |it: &[Entry]| it.iter().map(&entry).collect::<Vec<_>>();
    let measured = |it: &StandupMetric| {
        let of = it.of.map_or(String::new(), |of| format!("/{}", crate::phrase::number(of)));
        (it.name.clone(), format!("{}{of}", it.value.text))
    };
    let standup = |it: &crate::history::DatedStandup| StandupPart {
        week: it.week,
        date: iso(it.date),
        done: entries(&it.standup.done),
        in_progress: entries(&it.standup.in_progress),
        blocked: entries(&it.standup.blocked),
        next: entries(&it.standup.next),
        risks: entries(&it.standup.risks),
        decisions: it.standup.decisions.iter().map(|it| entry(&it.entry)).collect(),
        metrics: it.standup.metrics.iter().map(measured).collect(),
        path: it.standup.path.to_string(),
    };
    facts.history.standups.iter().map(standup).collect()
}

fn files(facts: &Facts<'_>) -> Vec<FilePart> {
    let standups = facts.sources.standups.len();
    let kind = |at: usize| match at {
        0 => "roadmap",
        at if at <= standups => "standup",
        _ => "measured",
    };
    let file = |(at, (file, counts)): (usize, (&crate::text::SourceFile, &crate::model::FileFacts))| FilePart {
        path: file.path.to_string(),
        kind: kind(at).to_owned(),
        checkboxes: CheckboxesPart { total: counts.boxes, checked: counts.checked },
        repaired_characters: file.repaired_characters(),
        not_understood: counts
            .not_understood
            .iter()
            .map(|it| LinePart { line: it.line(), text: file.line(it.line()).trim().to_owned() })
            .collect(),
    };
    facts.sources.files().zip(facts.file_facts).enumerate().map(file).collect()
}
