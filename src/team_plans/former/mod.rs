//! The adapter to the team former. A cohort as it stands becomes its input ([`case`]); teams are formed ([`form`]),
//! judged ([`judged`]) or traded off ([`trade_off`]); what it answers is read back in our own words ([`answers`],
//! [`conflict`]). Nothing else of this feature knows how the former puts things.

mod answers;
mod case;
mod conflict;
mod form;
mod judged;
mod trade_off;

use std::ops::ControlFlow;

pub use form::form;
pub use judged::Judged;

use super::model::Progress;

/// Tells how far the former is, in our words. What it spends on balance at the end has no budget of its
/// own; it is small.
fn relay(at: &forming::Progress, spent: i64, watch: &mut dyn FnMut(Progress) -> bool) -> ControlFlow<()> {
    let total = |moves: u64| i64::try_from(moves).ok().and_then(|moves| moves.checked_add(spent));
    let moves = total(at.moves).unwrap_or(i64::MAX);
    let budget = total(at.budget).filter(|budget| *budget < i64::MAX);
    let progress = Progress {
        moves,
        budget: budget.unwrap_or(moves),
        repeats: at.best,
        bound: at.bound,
    };
    match watch(progress) {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    }
}

fn week(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn number(week: u32) -> i32 {
    i32::try_from(week).unwrap_or(i32::MAX)
}
