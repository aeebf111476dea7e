//! Interviews over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    admissions::{
        actions::interviews::{self as actions, ShownSlot},
        model::NewInterviewSlots,
    },
    error::Result,
    primitives::{Appointment, Id, Page},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A time at which one applicant is interviewed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "InterviewSlot")]
pub struct SlotView {
    #[serde(flatten)]
    interview: Appointment,
    /// Whether somebody has booked it.
    booked: bool,
    /// Whether the caller has.
    own: bool,
    /// Whose it is, for the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    application_id: Option<Id>,
    /// Who asks, for the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    interviewer_id: Option<Id>,
}

impl From<ShownSlot> for SlotView {
    fn from(shown: ShownSlot) -> Self {
        let for_staff = shown.for_staff;
        Self {
            booked: shown.slot.application_id.is_some(),
            own: shown.is_own,
            application_id: shown.slot.application_id.filter(|_| for_staff),
            interviewer_id: shown.slot.interviewer_id.filter(|_| for_staff),
            interview: shown.slot.meeting().shown(shown.slot.id, shown.zone),
        }
    }
}

/// `POST /v1/cohorts/{id}/interview-slots`
pub async fn create_interview_slots(
    call: Call<ById, NoQuery, Json<NewInterviewSlots>>,
) -> Result<Reply<Page<SlotView>>> {
    call.write(|conn, call| {
        let made = actions::offer(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let page = Page::whole(made).map(SlotView::from);
        Reply::created(format!("/v1/cohorts/{}/interview-slots", call.path.id), &page)
    })
    .await
}

/// `GET /v1/cohorts/{id}/interview-slots`, as they come, whole
pub async fn list_interview_slots(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<SlotView>>> {
    call.read(|conn, call| {
        let slots = actions::list(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(slots).map(SlotView::from))
    })
    .await
}

/// `DELETE /v1/interview-slots/{id}`
pub async fn delete_interview_slot(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `PUT /v1/interview-slots/{id}/booking/me`
pub async fn book_interview(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SlotView>> {
    call.write(|conn, call| {
        let booked = actions::book(conn, &call.actor, call.path.id, call.now)?;
        Reply::ok(&SlotView::from(booked))
    })
    .await
}

/// `DELETE /v1/interview-slots/{id}/booking/me`
pub async fn cancel_interview(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
