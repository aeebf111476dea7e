//! Which demands clash, as few as possible.

use super::case::{case, problem, to_be_planned};
use crate::{
    error::Result,
    team_plans::model::{Contradiction, Demand, PlanRequest, Snapshot},
    teams::model::Span,
};

/// What shrinking a contradiction may cost, in the former's steps of a few nanoseconds, and what setting out one smaller
/// problem counts for.
const PATIENCE: u64 = 100_000_000;
const SETTING_OUT: u64 = 500_000;

/// The former's conflict is smallest in pairs; a lock of several people is many pairs but one demand,
/// which may need fewer others to clash with. What can go while the rest still clashes goes, as far as
/// the patience goes; without a demand of several pairs nothing can.
pub(super) fn smallest(
    snapshot: &Snapshot,
    request: &PlanRequest,
    rounds: &[Span],
    found: Contradiction,
) -> Result<Contradiction> {
    let Some(round) = rounds.iter().find(|round| round.first == found.week) else {
        return Ok(found);
    };
    let mut core = found.demands.clone();
    let mut patience = match core.iter().all(|demand| matches!(demand, Demand::Rule(_))) {
        true => 0,
        false => PATIENCE,
    };
    for demand in &found.demands {
        let rest: Vec<Demand> = core.iter().copied().filter(|other| other != demand).collect();
        if patience > 0 && !rest.is_empty() && clash(snapshot, request, *round, &rest, &mut patience)? {
            core = rest;
        }
    }
    Ok(Contradiction { demands: core, ..found })
}

/// Whether these demands alone surely cannot be met in a round.
fn clash(
    snapshot: &Snapshot,
    request: &PlanRequest,
    round: Span,
    demands: &[Demand],
    patience: &mut u64,
) -> Result<bool> {
    *patience = patience.saturating_sub(SETTING_OUT);
    let (mut snapshot, mut request) = (snapshot.clone(), request.clone());
    snapshot.published.clear();
    snapshot.rules.retain(|rule| demands.contains(&Demand::Rule(rule.id)));
    for (at, lock) in request.locks.iter_mut().enumerate() {
        if !demands.contains(&Demand::Lock(at)) {
            lock.people.clear();
        }
    }
    for kept in &mut request.kept {
        kept.teams.retain(|team| demands.contains(&Demand::Kept(team.at)));
    }
    let plan = vec![to_be_planned(&snapshot, &request, round)];
    let problem = problem(&case(&snapshot, &request, &[round], plan))?;
    Ok(forming::contradicts(&problem, patience))
}
