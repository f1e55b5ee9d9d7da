//! The tables of tasks and metrics: what the report says, row by row, under the report's names.

use crate::views::report::{CellPart, MetricPart, Report, TaskPart};

/// A table.
#[derive(Debug, Clone)]
pub struct TableView {
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// Its rows, each with a value for every column.
    pub rows: Vec<Vec<Value>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words, which may come from anybody.
    Text(String),
    /// A figure.
    Number(f64),
    /// Nothing, since nothing is known.
    Nothing,
}

impl Value {
    fn text(it: impl Into<String>) -> Self {
        Self::Text(it.into())
    }

    fn maybe(it: Option<&str>) -> Self {
        it.map_or(Self::Nothing, Self::text)
    }

    fn whole(it: Option<u32>) -> Self {
        it.map_or(Self::Nothing, |it| Self::Number(f64::from(it)))
    }

    fn number(it: Option<f64>) -> Self {
        it.map_or(Self::Nothing, Self::Number)
    }

    #[expect(clippy::cast_precision_loss, reason = "boxes are few")]
    fn count(it: usize) -> Self {
        Self::Number(it as f64)
    }

    fn list(it: &[String]) -> Self {
        if it.is_empty() { Self::Nothing } else { Self::Text(it.join("; ")) }
    }
}

const TASK_COLUMNS: [&str; 20] = [
    "key",
    "id",
    "title",
    "state",
    "percent",
    "effort_days",
    "owners",
    "priority",
    "phase",
    "week",
    "block",
    "start",
    "end",
    "due",
    "depends_on",
    "subtasks_done",
    "subtasks_total",
    "slips",
    "path",
    "line",
];

/// Makes the table of the tasks, in the order of the plan.
#[must_use]
pub fn tasks(report: &Report) -> TableView {
    let row = |it: &TaskPart| {
        vec![
            Value::text(&it.key),
            Value::maybe(it.id.as_deref()),
            Value::text(&it.title),
            Value::text(&it.state),
            Value::number(it.percent),
            Value::number(it.effort_days),
            Value::list(&it.owners),
            Value::maybe(it.priority.as_deref()),
            Value::whole(it.phase),
            Value::whole(it.week),
            Value::maybe(it.block.as_deref()),
            Value::maybe(it.start.as_deref()),
            Value::maybe(it.end.as_deref()),
            Value::maybe(it.due.as_deref()),
            Value::list(&it.depends_on),
            Value::count(it.subtasks.done),
            Value::count(it.subtasks.total),
            Value::count(it.slips.times),
            Value::text(&it.path),
            Value::whole(Some(it.line)),
        ]
    };
    TableView { columns: &TASK_COLUMNS, rows: report.tasks.iter().map(row).collect() }
}

const METRIC_COLUMNS: [&str; 10] =
    ["name", "kind", "week", "date", "comparator", "value", "unit", "text", "path", "line"];

/// Makes the table of the metrics: a row for each value, what was written as well as what was measured.
#[must_use]
pub fn metrics(report: &Report) -> TableView {
    let roadmap = report.files.first().map_or("", |it| it.path.as_str());
    let mut rows = Vec::new();
    for metric in &report.metrics {
        rows.extend(metric.current.iter().map(|it| written(metric, "current", None, it, roadmap)));
        rows.extend(metric.targets.iter().map(|it| written(metric, "target", Some(it.week), &it.cell, roadmap)));
        rows.extend(metric.target.iter().map(|it| written(metric, "target", None, it, roadmap)));
        rows.extend(metric.actuals.iter().map(|it| {
            vec![
                Value::text(&metric.name),
                Value::text("actual"),
                Value::whole(it.week),
                Value::text(&it.date),
                Value::Nothing,
                Value::Number(it.value),
                Value::maybe(metric.unit.as_deref()),
                Value::Nothing,
                Value::text(&it.path),
                Value::whole(Some(it.line)),
            ]
        }));
    }
    TableView { columns: &METRIC_COLUMNS, rows }
}

/// A cell of a table of the plan.
fn written(metric: &MetricPart, kind: &str, week: Option<u32>, it: &CellPart, roadmap: &str) -> Vec<Value> {
    vec![
        Value::text(&metric.name),
        Value::text(kind),
        Value::whole(week),
        Value::Nothing,
        Value::maybe(it.comparator.as_deref()),
        Value::number(it.value),
        Value::maybe(it.unit.as_deref()),
        Value::text(&it.text),
        Value::text(roadmap),
        Value::whole(Some(metric.line)),
    ]
}
