//! From a name to the line that defines it.

use super::findings::{range_of, uri};
use super::spot::{Thing, find};
use super::workspace::{Reading, Workspace};
use crate::analysis::team_of;
use crate::text::Place;
use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, LocationLink};

/// Returns the line of the plan that defines what is named: of a task the first.
pub fn definition(workspace: &Workspace, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let at = &params.text_document_position_params;
    let (reading, file) = workspace.open(&at.text_document.uri)?;
    let spot = find(reading, file, file.read_at(at.position))?;
    let place = place(reading, &spot.thing)?;
    let (target_uri, range) = (uri(workspace, reading, place)?, range_of(reading, place)?);
    let line = reading.file(&place.path)?.line_range(place.line());
    if !workspace.can.links {
        return Some(GotoDefinitionResponse::Scalar(Location { uri: target_uri, range: line }));
    }
    Some(GotoDefinitionResponse::Link(vec![LocationLink {
        origin_selection_range: Some(file.range(spot.span)),
        target_uri,
        target_range: lsp_types::Range::new(range.start.min(line.start), range.end.max(line.end)),
        target_selection_range: line,
    }]))
}

/// Returns where a thing is defined.
pub fn place<'a>(reading: &'a Reading, thing: &Thing) -> Option<&'a Place> {
    let plan = &reading.understood.history.plan;
    match thing {
        Thing::Task(it) => plan.tasks.get(*it).map(|it| &it.first().place),
        Thing::Owner(it) => {
            let team = team_of(it, plan, &reading.understood.sources.settings)?;
            plan.teams.get(team).map(|it| &it.place)
        }
        Thing::Metric(it) => plan.metrics.get(*it).map(|it| &it.place),
        Thing::Gate(it) => plan.gates.get(*it).map(|it| &it.place),
    }
}
