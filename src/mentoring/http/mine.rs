//! A mentor's front page over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    super::actions::{self, MentoredPlace, MyMentoring},
    giving::HandOverView,
    office_hours::OfficeHoursView,
    sign_ups::OwnSignUp,
    swaps::OwnSwapOffer,
};
use crate::{
    error::Result,
    web::{Call, NoBody, NoPath, NoQuery, Reply},
};

/// What the caller mentors, or is about to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MyMentoring")]
pub struct MyMentoringView {
    /// The caller's places, and where they wait, in the order of the weeks; without weeks that are over.
    places: Vec<MentoredPlaceView>,
    /// Open offers of places that concern the caller.
    swap_offers: Vec<OwnSwapOffer>,
}

/// A place of the caller, with what they need to know there.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MentoredPlace")]
pub struct MentoredPlaceView {
    #[serde(flatten)]
    sign_up: OwnSignUp,
    /// What the mentors of the week before tell, with what the cohort has still to do; null before the caller may read it, and
    /// in the first week.
    hand_over: Option<HandOverView>,
    /// With the times that students book, if these are office hours that the caller holds; null for others.
    office_hours: Option<OfficeHoursView>,
}

impl From<MentoredPlace> for MentoredPlaceView {
    fn from(place: MentoredPlace) -> Self {
        Self {
            sign_up: place.sign_up.into(),
            hand_over: place.hand_over.map(HandOverView::from),
            office_hours: place.office_hours.map(OfficeHoursView::from),
        }
    }
}

impl From<MyMentoring> for MyMentoringView {
    fn from(found: MyMentoring) -> Self {
        Self {
            places: found.places.into_iter().map(MentoredPlaceView::from).collect(),
            swap_offers: found.swap_offers.into_iter().map(OwnSwapOffer::from).collect(),
        }
    }
}

/// `GET /v1/me/mentoring`
pub async fn get_my_mentoring(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<MyMentoringView>> {
    call.read(|conn, call| {
        let found = actions::my_mentoring(conn, &call.actor, call.now)?;
        Reply::ok(&MyMentoringView::from(found))
    })
    .await
}
