//! Sign-ups over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{
    actions::{self, Given, Signed},
    model::{SignUpStatus, SlotKind},
};
use crate::{
    accounts::model::PersonCard,
    cohorts::model::CohortStatus,
    error::Result,
    primitives::{Cursor, Id, Instant, Limit, Line, Page, Slug, words},
    web::{ById, ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A mentor's place in a slot, or in the line for one.
#[derive(Serialize, JsonSchema)]
pub struct SignUp {
    id: Id,
    slot_id: Id,
    person: PersonCard,
    status: SignUpStatus,
    /// The place in line, from 1, of those who wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    version: i64,
    created_at: Instant,
}

impl From<Signed> for SignUp {
    fn from(signed: Signed) -> Self {
        Self {
            id: signed.sign_up.id,
            slot_id: signed.sign_up.slot_id,
            person: signed.person,
            status: signed.sign_up.status,
            position: signed.position,
            version: signed.sign_up.version,
            created_at: signed.sign_up.created_at,
        }
    }
}

/// `POST /v1/mentor-slots/{id}/sign-ups`
pub async fn sign_up(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SignUp>> {
    call.write(|conn, call| {
        let sign_up = SignUp::from(actions::sign_up(conn, &call.actor, call.path.id, call.now)?);
        let location = format!("/v1/mentor-slots/{}/sign-ups/{}", sign_up.slot_id, sign_up.person.id);
        Ok(Reply::created(location, &sign_up)?.version(sign_up.version))
    })
    .await
}

/// A page of a list.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUpQuery {
    #[serde(default)]
    limit: Limit,
    cursor: Option<Cursor>,
}

/// `GET /v1/mentor-slots/{id}/sign-ups`
pub async fn list(call: Call<ById, SignUpQuery, NoBody>) -> Result<Reply<Page<SignUp>>> {
    call.read(|conn, call| {
        let SignUpQuery { limit, cursor } = &call.query;
        let after = cursor.as_ref().map_or(Ok(0), Cursor::key)?;
        let signed = actions::sign_ups(conn, &call.actor, call.path.id, after, limit.plus_one())?;
        let page = Page::of(signed, *limit, |one| one.sign_up.turn);
        Reply::page(&page.map(SignUp::from))
    })
    .await
}

fn reply(signed: Signed) -> Result<Reply<SignUp>> {
    let sign_up = SignUp::from(signed);
    Ok(Reply::ok(&sign_up)?.version(sign_up.version))
}

/// `GET /v1/mentor-slots/{id}/sign-ups/{person_id}`
pub async fn read(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<SignUp>> {
    call.read(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        reply(actions::sign_up_of(conn, &call.actor, id, person_id)?)
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}/sign-ups/me`
pub async fn cancel_own(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::cancel_own(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/mentor-slots/{id}/sign-ups/{person_id}`
pub async fn cancel_of(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        actions::cancel_of(conn, &call.actor, id, person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

words! {
    /// What came of a place.
    pub enum Outcome {
        /// The mentor came.
        Attended = "attended",
        /// The mentor did not come.
        NoShow = "no_show",
    }
}

/// What staff note of a mentor's place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "attended"}))]
pub struct SignUpPatch {
    status: Outcome,
}

/// `PATCH /v1/mentor-slots/{id}/sign-ups/{person_id}`
pub async fn mark(call: Call<ByPerson, NoQuery, Json<SignUpPatch>>) -> Result<Reply<SignUp>> {
    call.write(|conn, call| {
        let place = (call.path.id, call.path.person_id);
        let to = match call.body.status {
            Outcome::Attended => SignUpStatus::Attended,
            Outcome::NoShow => SignUpStatus::NoShow,
        };
        reply(actions::mark(conn, &call.actor, place, to, call.if_match, call.now)?)
    })
    .await
}

/// Which of the caller's sign-ups.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnSignUpQuery {
    /// Only those that stand there.
    status: Option<SignUpStatus>,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Cursor>,
}

/// One of the caller's own sign-ups, with what it is for.
#[derive(Serialize, JsonSchema)]
pub struct OwnSignUp {
    id: Id,
    slot_id: Id,
    status: SignUpStatus,
    /// The place in line, from 1, of those who wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    kind: SlotKind,
    week: OwnSignUpWeek,
    cohort: OwnSignUpCohort,
    /// If it is not the whole week.
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
    version: i64,
    created_at: Instant,
}

/// The week that a sign-up is for.
#[derive(Serialize, JsonSchema)]
pub struct OwnSignUpWeek {
    number: i32,
    topic: Line,
    starts_on: chrono::NaiveDate,
    ends_on: chrono::NaiveDate,
}

/// The cohort that a sign-up is for.
#[derive(Serialize, JsonSchema)]
pub struct OwnSignUpCohort {
    id: Id,
    campus_id: Id,
    slug: Slug,
    name: Line,
    status: CohortStatus,
}

impl From<Given> for OwnSignUp {
    fn from(given: Given) -> Self {
        let (week, cohort) = (given.week, given.cohort);
        Self {
            id: given.sign_up.id,
            slot_id: given.slot.id,
            status: given.sign_up.status,
            position: given.position,
            kind: given.slot.kind,
            week: OwnSignUpWeek {
                number: week.number,
                topic: week.topic,
                starts_on: week.starts_on,
                ends_on: week.ends_on,
            },
            cohort: OwnSignUpCohort {
                id: cohort.id,
                campus_id: cohort.campus_id,
                slug: cohort.slug,
                name: cohort.name,
                status: cohort.status,
            },
            starts_at: given.slot.starts_at,
            ends_at: given.slot.ends_at,
            version: given.sign_up.version,
            created_at: given.sign_up.created_at,
        }
    }
}

/// `GET /v1/me/sign-ups`
pub async fn list_own(call: Call<NoPath, OwnSignUpQuery, NoBody>) -> Result<Reply<Page<OwnSignUp>>> {
    call.read(|conn, call| {
        let OwnSignUpQuery { status, limit, cursor } = &call.query;
        let before = cursor.as_ref().map(Cursor::key).transpose()?;
        let given = actions::given(conn, &call.actor, *status, before, limit.plus_one())?;
        let page = Page::of(given, *limit, |one| one.sign_up.id);
        Reply::page(&page.map(OwnSignUp::from))
    })
    .await
}
