//! Offers of places over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    super::{
        actions::{self, LocatedSwapOffer, SwapOfferWithPeople},
        model::{SlotKind, SwapStatus},
    },
    mentored::{MentoredCohort, MentoredWeek},
};
use crate::{
    accounts::model::PersonCard,
    error::Result,
    primitives::{Id, Instant, Page},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An offer of the caller's place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({}))]
pub struct NewSwapOffer {
    /// The slot in which the caller would like a place instead; for whoever takes the place, if left out.
    #[serde(default)]
    wanted_slot_id: Option<Id>,
}

/// A place that its mentor offers.
#[derive(Serialize, JsonSchema)]
pub struct SwapOffer {
    /// The offer's id.
    id: Id,
    /// The slot of the place.
    slot_id: Id,
    /// Whose place it is, or was.
    person: PersonCard,
    /// The slot in which they would like a place instead; null for whoever takes it.
    wanted_slot_id: Option<Id>,
    /// Where it stands.
    status: SwapStatus,
    /// Whether it can be accepted: the place is still theirs.
    open: bool,
    /// Who accepted it.
    accepted_by: Option<PersonCard>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When it was made.
    created_at: Instant,
}

impl From<SwapOfferWithPeople> for SwapOffer {
    fn from(found: SwapOfferWithPeople) -> Self {
        Self {
            id: found.offer.id,
            slot_id: found.slot,
            person: found.person,
            wanted_slot_id: found.offer.wanted_slot_id,
            status: found.offer.status,
            open: found.is_open,
            accepted_by: found.accepted_by,
            version: found.offer.version,
            created_at: found.offer.created_at,
        }
    }
}

/// A place that is offered, to the caller or by them.
#[derive(Serialize, JsonSchema)]
pub struct OwnSwapOffer {
    /// The offer.
    #[serde(flatten)]
    offer: SwapOffer,
    /// What the slot is for.
    kind: SlotKind,
    /// The week it is in.
    week: MentoredWeek,
    /// The cohort it is for.
    cohort: MentoredCohort,
}

impl From<LocatedSwapOffer> for OwnSwapOffer {
    fn from(found: LocatedSwapOffer) -> Self {
        Self {
            offer: found.offer.into(),
            kind: found.slot.kind,
            week: found.week.into(),
            cohort: found.cohort.into(),
        }
    }
}

fn reply(found: SwapOfferWithPeople) -> Result<Reply<SwapOffer>> {
    let offer = SwapOffer::from(found);
    Ok(Reply::ok(&offer)?.version(offer.version))
}

/// `POST /v1/mentor-slots/{id}/swap-offers`
pub async fn offer_swap(call: Call<ById, NoQuery, Json<NewSwapOffer>>) -> Result<Reply<SwapOffer>> {
    call.write(|conn, call| {
        let wanted = call.body.wanted_slot_id;
        let offer = SwapOffer::from(actions::offer_swap(conn, &call.actor, call.path.id, wanted, call.now)?);
        Ok(Reply::created(format!("/v1/mentor-swap-offers/{}", offer.id), &offer)?.version(offer.version))
    })
    .await
}

/// `GET /v1/mentor-slots/{id}/swap-offers`
pub async fn list_swap_offers(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<SwapOffer>>> {
    call.read(|conn, call| {
        let offers = actions::swap_offers(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(offers).map(SwapOffer::from))
    })
    .await
}

/// `GET /v1/me/swap-offers`
pub async fn list_own_swap_offers(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<OwnSwapOffer>>> {
    call.read(|conn, call| {
        let offers = actions::own_swap_offers(conn, &call.actor, call.now)?;
        call.page(Page::whole(offers).map(OwnSwapOffer::from))
    })
    .await
}

/// `GET /v1/mentor-swap-offers/{id}`
pub async fn get_swap_offer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SwapOffer>> {
    call.read(|conn, call| reply(actions::swap_offer(conn, &call.actor, call.path.id)?))
        .await
}

/// `POST /v1/mentor-swap-offers/{id}/acceptance`
pub async fn accept_swap_offer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SwapOffer>> {
    call.write(|conn, call| reply(actions::accept_swap(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `DELETE /v1/mentor-swap-offers/{id}`
pub async fn withdraw_swap_offer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::withdraw_swap(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
