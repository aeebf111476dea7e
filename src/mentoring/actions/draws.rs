//! Checking an allocation: what was drawn from what, and drawing it again.

use std::collections::BTreeMap;

use super::{
    super::{
        allocation::Applicant,
        model::{Allocation, AllocationResult, AllocationStatus, Assignment, Draw, DrawPart},
        rules, store,
    },
    allocations::{self, PreparedAllocation},
};
use crate::{
    accounts,
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    mentoring::SlotViewer,
    primitives::Id,
    solver_pool::{SolverPool, Turn},
    teams::model::{Names, PersonName},
};

/// The draw of an allocation, as far as somebody may see it.
pub struct SeenDraw {
    pub allocation: Allocation,
    /// Which of its cohort's draws it is, from 1.
    pub number: i64,
    /// None of an allocation from before draws had commitments.
    pub draw: Option<Draw>,
    /// By which id each part names its person, if that is known.
    pub named_as: BTreeMap<Id, Id>,
    /// Whether seed and slots are shown.
    pub is_open: bool,
    pub names: Names,
}

/// What an allocation was drawn from: all of it for the staff. Those who had wishes see its commitment and their own part at
/// once, and the rest but others' parts when it is confirmed.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<SeenDraw> {
    let allocation = store::allocation(conn, id)?;
    let (_, viewer) = SlotViewer::of(conn, actor, allocation.cohort_id)?;
    let problem = allocations::stored_problem(&allocation)?;
    let is_staff = viewer.staff().is_ok();
    if !is_staff && !problem.applicants.iter().any(|one| one.person == viewer.person()) {
        return Err(Error::not_found());
    }
    let secret = allocation.commitment_secret.as_deref();
    let draw = secret.map(|secret| rules::draw(&problem, allocation.seed, secret));
    let people: Vec<Id> = problem.applicants.iter().map(|one| one.person).collect();
    let names = accounts::store::cards(conn, &people)?;
    let draw = draw.transpose()?;
    let parts = draw.iter().flat_map(|draw| &draw.parts);
    let named = |(one, (_, part)): (&Applicant, &(Id, DrawPart))| Some((one.person, rules::named_as(one, part)?));
    let mut seen = SeenDraw {
        named_as: problem.applicants.iter().zip(parts).filter_map(named).collect(),
        number: store::draw_number(conn, allocation.cohort_id, id)?,
        draw,
        is_open: is_staff || allocation.status == AllocationStatus::Confirmed,
        names: names.iter().map(PersonName::from).collect(),
        allocation,
    };
    if let Some(draw) = seen.draw.as_mut().filter(|_| !is_staff) {
        draw.parts.retain(|(person, _)| *person == viewer.person());
        if !seen.is_open {
            let parts = std::mem::take(&mut draw.parts).into_iter();
            let shown = parts.map(|(person, part)| (person, rules::before_it_counts(part, &problem.slots)));
            draw.parts = shown.collect();
        }
    }
    Ok(seen)
}

/// An allocation that is to be drawn again.
#[derive(Clone)]
pub struct PreparedRerun {
    again: PreparedAllocation,
    drawn: AllocationResult,
    /// Whether the stored inputs still are those that were committed to; none if nothing was.
    is_committed_to: Option<bool>,
}

/// What came of drawing again.
pub struct Redrawn {
    pub is_same: bool,
    pub is_committed_to: Option<bool>,
    pub assignments: Vec<Assignment>,
    pub names: Names,
}

/// Reads what an allocation was drawn from, for the staff.
pub fn prepare_rerun(conn: &mut Conn, actor: &Actor, id: Id) -> Result<PreparedRerun> {
    let allocation = store::allocation(conn, id)?;
    let (cohort, staff) = CohortStaff::or_hide(conn, actor, allocation.cohort_id)?;
    let problem = allocations::stored_problem(&allocation)?;
    let committed = allocation.commitment_secret.as_deref().map(|secret| {
        let draw = rules::draw(&problem, allocation.seed, secret)?;
        Ok::<_, Error>(Some(draw.commitment) == allocation.commitment)
    });
    Ok(PreparedRerun {
        is_committed_to: committed.transpose()?,
        drawn: allocations::result(&allocation)?,
        again: PreparedAllocation {
            id,
            turn: Turn {
                account: staff.person(),
                campus: cohort.campus_id,
                cohort: cohort.id,
            },
            seed: allocation.seed,
            seed_given: allocation.seed_given,
            problem,
        },
    })
}

/// Draws again on a thread of the pool, without a database.
///
/// # Errors
/// `503` if it takes longer than anybody waits.
pub async fn rerun(pool: &SolverPool, prepared: PreparedRerun) -> Result<(PreparedRerun, AllocationResult)> {
    let again = allocations::allocate(pool, prepared.again.clone()).await?;
    Ok((prepared, again))
}

/// Whether the same came of it.
pub fn compare(conn: &mut Conn, (before, again): &(PreparedRerun, AllocationResult)) -> Result<Redrawn> {
    let people: Vec<Id> = again.assignments.iter().map(|one| one.person).collect();
    let names = accounts::store::cards(conn, &people)?;
    Ok(Redrawn {
        is_same: again.assignments == before.drawn.assignments,
        is_committed_to: before.is_committed_to,
        assignments: again.assignments.clone(),
        names: names.iter().map(PersonName::from).collect(),
    })
}
