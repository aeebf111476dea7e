//! What staff do with team plans.

mod edits;
mod plans;
mod publication;
mod reruns;
mod trade_offs;

pub use edits::{WhichEdit, edit, preview};
pub use plans::{Asked, FullPlan, Glance, ask, discard, form, keep, order, plan, plan_at_a_glance, plans, solve};
pub use publication::{WhichWay, explanation, publish};
pub use reruns::{AskedAgain, RerunOf, ask_again, ask_ordered, form_again, keep_again, order_again, solve_again};
pub use trade_offs::{
    AskedCurve, CurveOf, ask_trade_off, choose, find_trade_off, keep_trade_off, order_trade_off, trade_off,
};

use super::{
    former,
    model::{Formed, PlanRequest, Progress, Seed, Snapshot},
    rules,
};
use crate::{
    db::Conn,
    error::Result,
    primitives::Id,
    teams::{
        self,
        model::{Names, Span},
    },
};

/// The seed that is chosen, knowing the one that the published rounds came of.
fn seed(conn: &mut Conn, cohort: Id, choose: impl FnOnce(Option<i64>) -> i64) -> Result<Seed> {
    let published = teams::store::seed_of_published(conn, cohort)?;
    let value = choose(published);
    Ok(Seed {
        value,
        is_known: published == Some(value),
    })
}

/// Teams for the rounds, with the rest of the course in mind; or why there are none, for those who asked.
fn form_or_tell(
    snapshot: &Snapshot,
    (request, rounds): (&PlanRequest, &[Span]),
    seed: Seed,
    names: &Names,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Formed> {
    let ahead = rules::rounds_ahead(request, snapshot);
    let formed = former::form(snapshot, request, (rounds, &ahead), seed, watch)?;
    formed.map_err(|why| rules::infeasible(&why, snapshot, (request, rounds), names))
}
