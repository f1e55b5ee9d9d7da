//! The site of a portfolio: a part for each project, and one page over all.

use super::feeds;
use super::json::json;
use super::look::Look;
use super::site::{SiteOptions, part};
use super::templates::TemplateError;
use crate::bundle::{Bundle, OutPath};
use crate::views::Facts;
use crate::views::frame::ALL;
use crate::views::missing;
use crate::views::portfolio::{self as view, PortfolioFacts, PortfolioReport};

/// Makes all files of a portfolio's site. A project that could not be read has no part, and the page over all says why.
///
/// # Errors
///
/// When a template asks for what its view does not have.
pub fn portfolio(facts: &PortfolioFacts<'_>, options: &SiteOptions) -> Result<Bundle, TemplateError> {
    let base_url = options.base_url.as_deref();
    let mut bundle = Bundle::default();
    let look = Look::new(facts.look)?;
    for it in &facts.members {
        let Ok(known) = &it.known else { continue };
        let own_url = base_url.map(|url| format!("{}/{}", url.trim_end_matches('/'), it.slug));
        let known = Facts { is_live: options.is_live, ..*known };
        bundle.add_all(&it.slug, part(known, own_url.as_deref(), true, &look)?);
    }
    look.add_assets(&mut bundle);
    let mut over_all = view::portfolio(facts, base_url);
    over_all.frame.is_live = options.is_live;
    bundle.add(OutPath::new(&["index.html"]), look.render(&over_all)?);
    feeds::add_over_all(&mut bundle, facts, base_url);
    let lost = match base_url {
        Some(it) => look.render(&missing::missing_of_all(facts, it))?,
        None => look.render(&missing::Lost { plan: facts.title.unwrap_or(ALL).to_owned(), preview: None })?,
    };
    bundle.add(OutPath::of(missing::PATH), lost);
    bundle.add(OutPath::new(&["data", "portfolio.json"]), json(&view::report(facts)));
    bundle.add(OutPath::new(&["data", "portfolio.schema.json"]), json(&schemars::schema_for!(PortfolioReport)));
    Ok(bundle)
}
