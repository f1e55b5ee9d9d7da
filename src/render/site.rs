//! The static site.

use super::card::card;
use super::feeds;
use super::json::json;
use super::look::Look;
use super::mails;
use super::search::script;
use super::templates::TemplateError;
use super::whole::whole;
use crate::bundle::{Bundle, OutPath};
use crate::diagnostic::Findings;
use crate::views::face::CARD_PATH;
use crate::views::frame::Section;
use crate::views::missing;
use crate::views::{self, Desk, Facts};
use rayon::prelude::*;

/// Choices for a site.
#[derive(Debug, Clone, Default)]
pub struct SiteOptions {
    /// The site's address, where it is known.
    pub base_url: Option<String>,
    /// Whether pages are shown while they are written, and told of changes.
    pub is_live: bool,
}

/// A page that is made when its turn comes, and where it goes.
type Job<'a> = (String, Box<dyn Fn() -> Result<String, TemplateError> + Send + Sync + 'a>);

/// Makes all files of the site.
///
/// # Errors
///
/// When a template asks for what its view does not have.
pub fn site(facts: Facts<'_>, options: &SiteOptions) -> Result<Bundle, TemplateError> {
    let facts = Facts { is_live: options.is_live, ..facts };
    let look = Look::new(&facts.sources.look)?;
    let base_url = options.base_url.as_deref();
    let mut bundle = part(facts, base_url, false, &look)?;
    let top = Desk { facts, up: "", is_part: false };
    let lost = match base_url {
        Some(it) => look.render(&missing::missing(&top, it))?,
        None => look.render(&missing::lost(&top))?,
    };
    bundle.add(OutPath::of(missing::PATH), lost);
    look.add_assets(&mut bundle);
    Ok(bundle)
}

/// Makes the files of one project, without those that parts of a site share.
pub(super) fn part(
    facts: Facts<'_>,
    base_url: Option<&str>,
    is_part: bool,
    look: &Look<'_>,
) -> Result<Bundle, TemplateError> {
    let jobs = jobs(facts, base_url, is_part, look);
    let pages: Vec<(String, String)> =
        jobs.par_iter().map(|(path, make)| Ok((path.clone(), make()?))).collect::<Result<_, TemplateError>>()?;
    let mut bundle = Bundle::default();
    let desk = Desk { facts, up: "", is_part };
    let of = |path: &str| pages.iter().find(|it| it.0 == path).map(|it| it.1.as_str());
    bundle.add(OutPath::of(views::whole::PATH), whole(&views::whole::whole(&desk, base_url), look, of)?);
    for (path, html) in pages {
        bundle.add(OutPath::of(&path), html);
    }
    mails::add(&mut bundle, facts.sent);
    if facts.preview.is_none()
        && let Some(it) = card(&views::index::card(&desk), look)?
    {
        bundle.add(OutPath::of(CARD_PATH), it);
    }
    let report = views::report::report(&facts);
    feeds::add(&mut bundle, &desk, &report, base_url);
    bundle.add(OutPath::new(&["data", "search.js"]), script(&views::search::search(&desk)));
    bundle.add(OutPath::new(&["data", "report.json"]), json(&report));
    bundle.add(OutPath::new(&["data", "report.schema.json"]), json(&schemars::schema_for!(views::report::Report)));
    bundle.add(OutPath::new(&["data", "check.schema.json"]), json(&schemars::schema_for!(Findings)));
    bundle.add(OutPath::new(&["data", "diff.schema.json"]), json(&schemars::schema_for!(views::diff::DiffReport)));
    bundle.add(OutPath::new(&["data", "roadbook.schema.json"]), json(&views::settings_schema()));
    Ok(bundle)
}

fn jobs<'a>(facts: Facts<'a>, base_url: Option<&'a str>, is_part: bool, look: &'a Look<'a>) -> Vec<Job<'a>> {
    let top = Desk { facts, up: "", is_part };
    let below = Desk { facts, up: "../", is_part };
    let mut jobs: Vec<Job<'a>> = Vec::new();
    let has = |it: Section| it.exists(&top);
    jobs.push(("index.html".to_owned(), Box::new(move || look.render(&views::index::index(&top, base_url)))));
    if let Some(it) = facts.preview {
        jobs.push(("changes.html".to_owned(), Box::new(move || look.render(&views::diff::page(&top, it, base_url)))));
    }
    if has(Section::Timeline) {
        jobs.push((
            "timeline.html".to_owned(),
            Box::new(move || look.render(&views::timeline::timeline(&top, base_url))),
        ));
    }
    if has(Section::Team) {
        jobs.push(("team.html".to_owned(), Box::new(move || look.render(&views::team::team(&top, base_url)))));
    }
    if has(Section::Progress) {
        jobs.push((
            "progress.html".to_owned(),
            Box::new(move || look.render(&views::progress::progress(&top, base_url))),
        ));
    }
    if has(Section::History) {
        jobs.push(("history.html".to_owned(), Box::new(move || look.render(&views::history::history(&top, base_url)))));
    }
    if has(Section::Tasks) {
        jobs.push(("tasks.html".to_owned(), Box::new(move || look.render(&views::tasks::tasks(&top, base_url)))));
    }
    for (at, task) in top.plan().tasks.iter().enumerate() {
        let make = move || views::task::task(&below, at, base_url).map_or(Ok(String::new()), |it| look.render(&it));
        jobs.push((format!("tasks/{}.html", task.key), Box::new(make)));
    }
    if has(Section::Gates) {
        jobs.push(("gates.html".to_owned(), Box::new(move || look.render(&views::gates::gates(&top, base_url)))));
        for (at, path) in views::gate_paths(&top).into_iter().enumerate() {
            jobs.push((path, Box::new(move || look.render(&views::gate::gate(&below, at, base_url)))));
        }
    }
    if has(Section::Metrics) {
        jobs.push(("metrics.html".to_owned(), Box::new(move || look.render(&views::metrics::metrics(&top, base_url)))));
    }
    if has(Section::Weeks) {
        jobs.push(("weeks.html".to_owned(), Box::new(move || look.render(&views::weeks::weeks(&top, base_url)))));
        for week in views::week::numbers(&top) {
            let make = move || look.render(&views::week::week(&below, week, base_url));
            jobs.push((format!("weeks/{week}.html"), Box::new(make)));
        }
    }
    if has(Section::Standups) {
        jobs.push((
            "standups.html".to_owned(),
            Box::new(move || look.render(&views::standups::standups(&top, base_url))),
        ));
    }
    if has(Section::Mails) {
        jobs.push(("mails.html".to_owned(), Box::new(move || look.render(&views::mails::mails(&top, base_url)))));
        for (at, mail) in facts.sent.iter().enumerate() {
            let make =
                move || views::mails::mail(&below, at, base_url).map_or(Ok(String::new()), |it| look.render(&it));
            jobs.push((views::mails::page_path(mail), Box::new(make)));
        }
    }
    if has(Section::Risks) {
        jobs.push(("risks.html".to_owned(), Box::new(move || look.render(&views::risks::risks(&top, base_url)))));
    }
    jobs.push(("checks.html".to_owned(), Box::new(move || look.render(&views::checks::checks(&top, base_url)))));
    jobs.push((views::rules::PATH.to_owned(), Box::new(move || look.render(&views::rules::rules(&top, base_url)))));
    jobs.push(("sources.html".to_owned(), Box::new(move || look.render(&views::sources::sources(&top, base_url)))));
    jobs.push(("reading.html".to_owned(), Box::new(move || look.render(&views::reading::reading(&top, base_url)))));
    for (at, file) in facts.sources.files().enumerate() {
        if let Some(path) = facts.source_pages.get(&*file.path) {
            jobs.push((path.clone(), Box::new(move || look.render(&views::source::source(&below, at, base_url)))));
        }
    }
    jobs
}
