//! Notes for the next week's mentors, giving back, and thanks, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{
    actions::{self, GivenAtCampus, GivingBack, Thanked, WeekHandOver},
    rules::Amount,
};
use crate::{
    error::Result,
    primitives::{Id, Instant, Line, Page, PageQuery, Text},
    retros::model::ActionView,
    teams::model::PersonName,
    web::{ById, ByWeek, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// What the mentors of a week tell those of the next, as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"text": "Team 2 is stuck on authentication; pair with them on Monday."}))]
pub struct NewHandOver {
    /// The note.
    text: Text,
}

/// What the mentors of a week tell those of the next.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HandOver")]
pub struct HandOverView {
    /// The number of the week whose mentors wrote it.
    week: i32,
    /// The note; null if there is none yet.
    text: Option<Text>,
    /// Who wrote it last.
    written_by: Option<PersonName>,
    /// When it was last changed.
    updated_at: Option<Instant>,
    /// What the cohort and its teams have still to do.
    open_actions: Vec<ActionView>,
    /// Rises with every change of the note, from 0; the `ETag` begins with it.
    version: i64,
}

impl From<WeekHandOver> for HandOverView {
    fn from(found: WeekHandOver) -> Self {
        let note = found.note.as_ref();
        Self {
            week: found.week.number,
            text: note.map(|note| note.text.clone()),
            written_by: found.written_by,
            open_actions: found.open_actions.into_iter().map(ActionView::from).collect(),
            updated_at: note.map(|note| note.updated_at),
            version: note.map_or(0, |note| note.version),
        }
    }
}

fn reply(found: WeekHandOver) -> Result<Reply<HandOverView>> {
    let view = HandOverView::from(found);
    Ok(Reply::ok(&view)?.version(view.version))
}

/// `GET /v1/cohorts/{id}/weeks/{number}/hand-over`
pub async fn get_hand_over(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<HandOverView>> {
    call.read(|conn, call| {
        let ByWeek { id, number } = call.path;
        reply(actions::hand_over(conn, &call.actor, id, number.0)?)
    })
    .await
}

/// `PUT /v1/cohorts/{id}/weeks/{number}/hand-over`
pub async fn set_hand_over(call: Call<ByWeek, NoQuery, Json<NewHandOver>>) -> Result<Reply<HandOverView>> {
    call.write(|conn, call| {
        let week = (call.path.id, call.path.number.0);
        reply(actions::write_hand_over(
            conn,
            &call.actor,
            week,
            &call.body.text,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// How much mentoring.
#[derive(Serialize, JsonSchema)]
pub struct MentoringAmount {
    /// Places in slots.
    slots: usize,
    /// Weeks of cohorts, each once.
    weeks: usize,
    /// Hours of slots with times. A slot for a whole week counts as its week only.
    hours: f64,
}

impl From<&Amount> for MentoringAmount {
    fn from(amount: &Amount) -> Self {
        Self {
            slots: amount.slots,
            weeks: amount.weeks(),
            hours: amount.hours(),
        }
    }
}

/// What the caller has given and promised as a mentor.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GivingBack")]
pub struct GivingBackView {
    /// What they gave. A place of which nobody noted what came of it counts once it is over.
    given: MentoringAmount,
    /// What they promised, and is to come.
    pledged: MentoringAmount,
    /// The same at each campus, by name.
    campuses: Vec<GivenAtCampusView>,
}

/// What the caller has given and promised at a campus.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GivenAtCampus")]
pub struct GivenAtCampusView {
    /// The campus.
    campus_id: Id,
    /// What it is called.
    campus_name: Line,
    /// What they gave.
    given: MentoringAmount,
    /// What they promised.
    pledged: MentoringAmount,
    /// Whether the campus may thank them in public.
    thanks: bool,
}

impl From<GivenAtCampus> for GivenAtCampusView {
    fn from(found: GivenAtCampus) -> Self {
        Self {
            campus_id: found.campus,
            given: (&found.given).into(),
            pledged: (&found.pledged).into(),
            campus_name: found.name,
            thanks: found.is_thanked,
        }
    }
}

/// `GET /v1/me/giving-back`
pub async fn get_giving_back(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<GivingBackView>> {
    call.read(|conn, call| {
        let GivingBack {
            given,
            pledged,
            campuses,
        } = actions::giving_back(conn, &call.actor, call.now)?;
        Reply::ok(&GivingBackView {
            given: (&given).into(),
            pledged: (&pledged).into(),
            campuses: campuses.into_iter().map(GivenAtCampusView::from).collect(),
        })
    })
    .await
}

/// Somebody whom a campus thanks.
#[derive(Serialize, JsonSchema)]
pub struct ThankedMentor {
    /// The mentor.
    person: PersonName,
    /// In how many weeks they came.
    weeks: usize,
    /// The first day of the first week.
    since: Option<chrono::NaiveDate>,
}

impl From<Thanked> for ThankedMentor {
    fn from(thanked: Thanked) -> Self {
        Self {
            person: thanked.person,
            weeks: thanked.weeks,
            since: thanked.since,
        }
    }
}

/// `GET /v1/campuses/{id}/thanks`
pub async fn list_thanks(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<ThankedMentor>>> {
    call.read(|conn, call| {
        let after = call.query.after()?;
        let page = actions::thanks(conn, call.path.id, call.query.limit, after)?;
        call.page(page.map(ThankedMentor::from))
    })
    .await
}

/// `PUT /v1/campuses/{id}/thanks/me`
pub async fn agree_to_thanks(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::set_thanked(conn, &call.actor, call.path.id, true, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/campuses/{id}/thanks/me`
pub async fn decline_thanks(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::set_thanked(conn, &call.actor, call.path.id, false, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
