//! Feedback over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::Result,
    primitives::{Id, Page, PageQuery, Text},
    reflection::{
        actions::{self, GivenFeedback},
        model::{NewFeedback, Released},
    },
    teams::model::PersonName,
    web::{ById, ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// Feedback that the caller has been given.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Feedback")]
pub struct ReceivedView {
    /// Its label, which is random and does not tell when it was written.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// What somebody tells them.
    text: Text,
    /// By whom it is; null if it is anonymous.
    from: Option<PersonName>,
    /// The Monday of the week since which it is shown.
    released_on: Option<NaiveDate>,
}

impl From<Released> for ReceivedView {
    fn from(Released { feedback, giver }: Released) -> Self {
        Self {
            id: feedback.id,
            cohort_id: feedback.cohort_id,
            text: feedback.text,
            from: giver.as_ref().map(PersonName::from),
            released_on: feedback.released_on,
        }
    }
}

/// A team mate of the caller, with what the caller has told them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GivenFeedback")]
pub struct GivenView {
    /// The team mate.
    person: PersonName,
    /// What the caller tells them; null as long as that is nothing.
    text: Option<Text>,
    /// Whether they are not to know by whom it is.
    anonymous: Option<bool>,
    /// Whether they have been shown it, so that it stays as it is.
    released: bool,
}

impl From<GivenFeedback> for GivenView {
    fn from(GivenFeedback { mate, feedback }: GivenFeedback) -> Self {
        Self {
            person: PersonName::from(&mate),
            released: feedback.as_ref().is_some_and(|feedback| feedback.batch.is_some()),
            anonymous: feedback.as_ref().map(|feedback| feedback.anonymous),
            text: feedback.map(|feedback| feedback.text),
        }
    }
}

/// `PUT /v1/teams/{id}/feedback/{person_id}`
pub async fn give_feedback(call: Call<ByPerson, NoQuery, Json<NewFeedback>>) -> Result<Reply<GivenView>> {
    call.write(|conn, call| {
        let to = (call.path.id, call.path.person_id);
        let given = actions::give(conn, &call.actor, to, call.body.0.clone(), call.now)?;
        Reply::ok(&GivenView::from(given))
    })
    .await
}

/// `DELETE /v1/teams/{id}/feedback/{person_id}`
pub async fn withdraw_feedback(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let to = (call.path.id, call.path.person_id);
        actions::withdraw(conn, &call.actor, to)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `GET /v1/teams/{id}/feedback`
pub async fn list_given_feedback(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<GivenView>>> {
    call.read(|conn, call| {
        let given = actions::list_given(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(given.into_iter().map(GivenView::from).collect()))
    })
    .await
}

/// `GET /v1/me/feedback`
pub async fn list_my_feedback(call: Call<NoPath, PageQuery, NoBody>) -> Result<Reply<Page<ReceivedView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let found = actions::list_received(conn, &call.actor, query.after()?, query.limit.plus_one())?;
        let page = Page::of(found, query.limit, |one| (one.feedback.batch, one.feedback.id));
        call.page(page.map(ReceivedView::from))
    })
    .await
}
