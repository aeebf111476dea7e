//! Draws over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    super::{
        actions::{self, Redrawn, SeenDraw},
        model::{AllocationStatus, DrawInputs, DrawPart},
    },
    allocations::AssignedSlot,
};
use crate::{
    error::Result,
    primitives::{Id, Instant},
    teams::model::PersonName,
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// What an allocation was drawn from, so that anybody concerned can check it.
#[derive(Serialize, JsonSchema)]
pub struct MentorDraw {
    /// The allocation.
    allocation_id: Id,
    /// The cohort it is for.
    cohort_id: Id,
    /// Where the allocation stands.
    status: AllocationStatus,
    /// Which draw of the cohort it is, from 1: whoever draws until the result suits them is seen by it.
    number: i64,
    /// SHA-256 of the inputs, told to everybody who had wishes when it was drawn; null if it was drawn before there were
    /// commitments.
    commitment: Option<String>,
    /// Whether staff gave the seed; otherwise the service drew it at random. Null like the commitment.
    seed_given: Option<bool>,
    /// What the commitment is of; for others than staff null until the allocation is confirmed.
    inputs: Option<DrawInputs>,
    /// Whose part is at which place of `inputs.applicants`; for others than staff, the caller's own.
    parts: Vec<PersonDrawPart>,
    /// When it was drawn.
    created_at: Instant,
}

/// Somebody's part in a draw.
#[derive(Serialize, JsonSchema)]
pub struct PersonDrawPart {
    /// Who.
    person: PersonName,
    /// The id that `part.person` is the hash of: the one that their account had when it was drawn, which is another one if it
    /// was merged since. Null if that is not known of an old draw.
    drawn_as: Option<Id>,
    /// What the draw knows of them.
    part: DrawPart,
}

impl From<SeenDraw> for MentorDraw {
    fn from(seen: SeenDraw) -> Self {
        let SeenDraw {
            allocation,
            number,
            draw,
            is_open,
            named_as,
            names,
        } = seen;
        let (inputs, parts) = match draw {
            Some(draw) => (Some(draw.inputs).filter(|_| is_open), draw.parts),
            None => (None, Vec::new()),
        };
        let part = |(person, part): (Id, DrawPart)| PersonDrawPart {
            person: names.of(person),
            drawn_as: named_as.get(&person).copied(),
            part,
        };
        Self {
            allocation_id: allocation.id,
            cohort_id: allocation.cohort_id,
            status: allocation.status,
            number,
            seed_given: allocation.commitment.as_ref().map(|_| allocation.seed_given),
            commitment: allocation.commitment,
            inputs,
            parts: parts.into_iter().map(part).collect(),
            created_at: allocation.created_at,
        }
    }
}

/// `GET /v1/mentor-allocations/{id}/draw`
pub async fn get_mentor_draw(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<MentorDraw>> {
    call.read(|conn, call| Reply::ok(&MentorDraw::from(actions::get_draw(conn, &call.actor, call.path.id)?)))
        .await
}

/// What came of drawing again from the same inputs.
#[derive(Serialize, JsonSchema)]
pub struct MentorRerun {
    /// Whether everybody gets what they got.
    same_result: bool,
    /// Whether the inputs still are those that were committed to; null if it was drawn before there were commitments.
    commitment_holds: Option<bool>,
    /// Who gets what.
    assignments: Vec<AssignedSlot>,
}

impl From<Redrawn> for MentorRerun {
    fn from(drawn: Redrawn) -> Self {
        let names = drawn.names;
        Self {
            same_result: drawn.is_same,
            commitment_holds: drawn.is_committed_to,
            assignments: drawn
                .assignments
                .into_iter()
                .map(|one| AssignedSlot::of(one, &names))
                .collect(),
        }
    }
}

/// `POST /v1/mentor-allocations/{id}/reruns`
pub async fn rerun_mentor_allocation(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<MentorRerun>> {
    let (state, actor, id) = (call.state.clone(), call.actor, call.path.id);
    let prepare = move |conn: &mut _| actions::prepare_rerun(conn, &actor, id);
    let prepared = state.db.read(prepare).await?;
    let drawn = actions::rerun(&state.solver_pool, prepared).await?;
    call.read(move |conn, _| Reply::ok(&MentorRerun::from(actions::compare(conn, &drawn)?)))
        .await
}
