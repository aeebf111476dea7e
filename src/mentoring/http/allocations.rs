//! Allocations over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{
    actions::{self, FullAllocation},
    allocation::{Outcome, Why},
    model::{Allocation, AllocationReport, AllocationStatus, Assignment},
};
use crate::{
    error::{Error, Result},
    primitives::{Id, Instant, Page, PageQuery},
    teams::model::{Names, PersonName},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// How to allocate.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"dry_run": true}))]
pub struct NewMentorAllocation {
    /// The same wishes and seed give the same; one is drawn at random if left out. Whoever had wishes is told that you gave one.
    #[serde(default)]
    seed: Option<i64>,
    /// Whether only to show what would come of it. It cannot be null.
    #[serde(default)]
    dry_run: bool,
    /// In how many weeks in a row somebody mentors at the most, from 1; 2 if left out.
    #[serde(default)]
    #[schemars(range(min = 1, max = 52))]
    weeks_in_a_row: Option<i32>,
}

/// Places allocated to mentors.
#[derive(Serialize, JsonSchema)]
pub struct MentorAllocation {
    /// The allocation's id; null with `dry_run`.
    id: Option<Id>,
    /// The cohort it is for.
    cohort_id: Id,
    /// Where it stands.
    status: AllocationStatus,
    /// The same wishes and seed give the same.
    seed: i64,
    /// Whether staff gave the seed; otherwise the service drew it at random.
    seed_given: bool,
    /// What was told to everybody who had wishes when it was drawn; null with `dry_run`, and if it was drawn before there were
    /// commitments.
    commitment: Option<String>,
    /// In how many weeks in a row somebody mentors at the most.
    weeks_in_a_row: i32,
    /// Who gets what; for others than staff, the caller's own.
    assignments: Vec<AssignedSlot>,
    /// What became of wishes; for others than staff, of the caller's own.
    wishes: Vec<AllocatedWishes>,
    /// What it is worth; for staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<AllocationReport<PersonName>>,
    /// When it was computed.
    created_at: Instant,
    /// When its places became sign-ups; null until then.
    confirmed_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

/// A place for somebody.
#[derive(Serialize, JsonSchema)]
pub struct AssignedSlot {
    /// Who gets it.
    person: PersonName,
    /// The slot.
    slot_id: Id,
    /// Its week.
    week: i32,
}

impl AssignedSlot {
    pub(super) fn of(one: Assignment, names: &Names) -> Self {
        Self {
            person: names.of(one.person),
            slot_id: one.slot,
            week: one.week,
        }
    }
}

/// What became of somebody's wishes.
#[derive(Serialize, JsonSchema)]
pub struct AllocatedWishes {
    /// Who wished.
    person: PersonName,
    /// How many more slots they would take, besides those they have.
    remaining: usize,
    /// With whom they came or not at all.
    together_with: Vec<PersonName>,
    /// Each wish, the best first.
    outcomes: Vec<WishOutcome>,
}

/// What became of a wish, and why.
#[derive(Serialize, JsonSchema)]
pub struct WishOutcome {
    /// The slot.
    slot_id: Id,
    /// From 1, the best first.
    rank: usize,
    /// Whether it came true.
    granted: bool,
    /// Why, as a word to match on.
    reason: Why,
    /// Why, as a sentence.
    detail: &'static str,
}

impl From<Outcome> for WishOutcome {
    fn from(outcome: Outcome) -> Self {
        Self {
            slot_id: outcome.slot,
            rank: outcome.rank,
            granted: outcome.is_granted,
            reason: outcome.why,
            detail: sentence(outcome.why),
        }
    }
}

fn sentence(why: Why) -> &'static str {
    match why {
        Why::ReachesMinimum => "With you the slot has as many mentors as it needs.",
        Why::BestPossible => "It is the best of your wishes that you could have.",
        Why::SignedUp => "You have signed up for this slot already.",
        Why::NoFreePlace => "The slot had no free place.",
        Why::Over => "The slot had begun, or its week was over.",
        Why::Busy => "You have signed up for something else at that time.",
        Why::KeptForOthers => "Its places were still kept for graduates of the previous cohort.",
        Why::Competes => "You got another slot at that time.",
        Why::AtMost => "With what you have in this cohort, you have as many slots as you want.",
        Why::LostDraw => "Somebody who wished for it as much won the draw. You go first the next time.",
        Why::Full => "Others got its places, so that more slots have enough mentors or more people get a slot.",
        Why::InARow => "You would have mentored in too many weeks in a row.",
        Why::Together => "Whoever wants to come together with you could not.",
        Why::Enough => "You have a slot, and nobody is given more than is needed.",
    }
}

impl From<FullAllocation> for MentorAllocation {
    fn from(full: FullAllocation) -> Self {
        let FullAllocation {
            allocation,
            weeks_in_a_row,
            result,
            names,
            is_whole,
        } = full;
        let assigned = |one: Assignment| AssignedSlot::of(one, &names);
        let wishes = result.wishes.into_iter().map(|one| AllocatedWishes {
            person: names.of(one.person),
            remaining: one.at_most,
            together_with: one.together_with.iter().map(|id| names.of(*id)).collect(),
            outcomes: one.outcomes.into_iter().map(WishOutcome::from).collect(),
        });
        Self {
            id: Some(allocation.id),
            cohort_id: allocation.cohort_id,
            status: allocation.status,
            seed: allocation.seed,
            seed_given: allocation.seed_given,
            commitment: allocation.commitment,
            weeks_in_a_row,
            assignments: result.assignments.into_iter().map(assigned).collect(),
            wishes: wishes.collect(),
            report: is_whole.then(|| result.report.map(|id| names.of(id))),
            created_at: allocation.created_at,
            confirmed_at: allocation.confirmed_at,
            version: allocation.version,
        }
    }
}

fn reply(full: FullAllocation) -> Result<Reply<MentorAllocation>> {
    let version = full.allocation.version;
    Ok(Reply::ok(&MentorAllocation::from(full))?.version(version))
}

/// `POST /v1/cohorts/{id}/mentor-allocations`: reads, lets go of the database, allocates, and keeps what came of it.
pub async fn create_mentor_allocation(
    call: Call<ById, NoQuery, Json<NewMentorAllocation>>,
) -> Result<Reply<MentorAllocation>> {
    let (state, actor, cohort, now) = (call.state.clone(), call.actor, call.path.id, call.now);
    let NewMentorAllocation { seed, dry_run, .. } = call.body.0;
    let weeks_in_a_row = call.body.weeks_in_a_row.unwrap_or(2);
    if !(1..=52).contains(&weeks_in_a_row) {
        return Err(Error::field("/weeks_in_a_row", "invalid", "must be from 1 to 52"));
    }
    let prepare = move |conn: &mut _| actions::prepare(conn, &actor, cohort, (seed, weeks_in_a_row), now);
    let prepared = state.db.read(prepare).await?;
    let allocated = actions::allocate(&state.solver_pool, prepared.clone()).await?;
    if dry_run {
        let preview = call.read(move |conn, call| {
            let full = actions::save(conn, &call.actor, &prepared, &allocated, true, call.now)?;
            Reply::ok(&MentorAllocation {
                id: None,
                commitment: None,
                ..MentorAllocation::from(full)
            })
        });
        return preview.await;
    }
    call.write(move |conn, call| {
        let full = actions::save(conn, &call.actor, &prepared, &allocated, false, call.now)?;
        let (location, version) = (
            format!("/v1/mentor-allocations/{}", full.allocation.id),
            full.allocation.version,
        );
        Ok(Reply::created(location, &MentorAllocation::from(full))?.version(version))
    })
    .await
}

/// An allocation in a list.
#[derive(Serialize, JsonSchema)]
pub struct MentorAllocationItem {
    /// The allocation's id.
    id: Id,
    /// Where it stands.
    status: AllocationStatus,
    /// The same wishes and seed give the same.
    seed: i64,
    /// When it was computed.
    created_at: Instant,
    /// When its places became sign-ups; null until then.
    confirmed_at: Option<Instant>,
    /// Rises with every change.
    version: i64,
}

impl From<Allocation> for MentorAllocationItem {
    fn from(allocation: Allocation) -> Self {
        Self {
            id: allocation.id,
            status: allocation.status,
            seed: allocation.seed,
            created_at: allocation.created_at,
            confirmed_at: allocation.confirmed_at,
            version: allocation.version,
        }
    }
}

/// `GET /v1/cohorts/{id}/mentor-allocations`
pub async fn list_mentor_allocations(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<MentorAllocationItem>>> {
    call.read(|conn, call| {
        let before = call.query.after()?;
        let page = actions::list_allocations(conn, &call.actor, call.path.id, call.query.limit, before)?;
        call.page(page.map(MentorAllocationItem::from))
    })
    .await
}

/// `GET /v1/mentor-allocations/{id}`
pub async fn get_mentor_allocation(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<MentorAllocation>> {
    call.read(|conn, call| reply(actions::get_allocation(conn, &call.actor, call.path.id)?))
        .await
}

/// `POST /v1/mentor-allocations/{id}/confirmation`
pub async fn confirm_mentor_allocation(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<MentorAllocation>> {
    call.write(|conn, call| {
        let confirmed = actions::confirm(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        reply(confirmed)
    })
    .await
}
