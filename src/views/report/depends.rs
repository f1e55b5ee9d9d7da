//! The part of the report that tells what depends on what.

use crate::phrase::rounded;
use crate::views::Facts;
use schemars::JsonSchema;
use serde::Serialize;

/// What depends on what; tasks by their keys.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DependenciesPart {
    /// Each task that needs others.
    pub needs: Vec<NeedPart>,
    /// Tasks that wait for one another, each circle in the order in which they wait.
    pub circles: Vec<Vec<String>>,
    /// Tasks that are not begun and wait for nothing; empty where no task needs another.
    pub can_start: Vec<String>,
    /// The longest chain of work left.
    pub critical: Option<ChainPart>,
    /// Open tasks that cannot be done by the day of the gate that they are planned for.
    pub endangered: Vec<EndangeredPart>,
}

/// A task that needs others.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NeedPart {
    /// The task.
    pub key: String,
    /// What it needs.
    pub needs: Vec<String>,
}

/// A chain of tasks, each of which needs the one before.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChainPart {
    /// The tasks, first to last.
    pub keys: Vec<String>,
    /// The working days left in it.
    pub days: f64,
}

/// A task that endangers a gate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EndangeredPart {
    /// The task.
    pub key: String,
    /// The name of the gate.
    pub gate: String,
    /// By how many working days it ends after the day of the gate, at the earliest.
    pub days: usize,
}

/// Tells what depends on what.
pub fn dependencies(facts: &Facts<'_>) -> DependenciesPart {
    let (plan, it) = (&facts.history.plan, &facts.analysis.dependencies);
    let key = |at: &usize| plan.tasks.get(*at).map(|it| it.key.clone());
    let keys = |all: &[usize]| all.iter().filter_map(key).collect::<Vec<_>>();
    let needs = it.needs.iter().enumerate().filter(|(_, it)| !it.is_empty());
    DependenciesPart {
        needs: needs.filter_map(|(at, it)| Some(NeedPart { key: key(&at)?, needs: keys(it) })).collect(),
        circles: it.circles.iter().map(|it| keys(it)).collect(),
        can_start: keys(&it.can_start),
        critical: it.critical.as_ref().map(|it| ChainPart { keys: keys(&it.tasks), days: rounded(it.days, 2) }),
        endangered: it
            .endangered
            .iter()
            .filter_map(|it| {
                let gate = plan.gates.get(it.gate)?.name.clone();
                Some(EndangeredPart { key: key(&it.task)?, gate, days: it.days })
            })
            .collect(),
    }
}
