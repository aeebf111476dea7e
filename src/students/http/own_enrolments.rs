//! One's own enrolments over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    primitives::{Field, Id, Instant},
    students::{
        actions,
        model::{Attributes, AttributesPatch, Enrolment, EnrolmentStatus, Experience},
        rules::told::Told,
    },
    web::{Call, Json, NoBody, NoQuery, Reply},
};

/// `/v1/me/enrolments/{cohort_id}`
#[derive(Clone, Copy, Deserialize, JsonSchema)]
pub struct ByCohort {
    /// The cohort's id.
    cohort_id: Id,
}

/// The caller's own place as a student.
#[derive(Serialize, JsonSchema)]
pub struct OwnEnrolment {
    /// The cohort.
    cohort_id: Id,
    /// Where the caller stands.
    status: EnrolmentStatus,
    /// Their first day.
    joined_on: NaiveDate,
    /// Their last day, if they have withdrawn.
    left_on: Option<NaiveDate>,
    /// How much they have programmed before, from 0 (never) to 5 (for a living).
    experience: Option<i32>,
    /// What else is known of them.
    attributes: Attributes,
    /// When the caller last told experience or attributes themself; null if both are as staff entered them.
    told_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When they were first enrolled.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

fn reply(own: Enrolment) -> Result<Reply<OwnEnrolment>> {
    let view = OwnEnrolment {
        cohort_id: own.cohort_id,
        status: own.status,
        joined_on: own.joined_on,
        left_on: own.left_on,
        experience: own.experience,
        attributes: Attributes::stored(&own.attributes)?,
        told_at: own.told_at,
        version: own.version,
        created_at: own.created_at,
        updated_at: own.updated_at,
    };
    Ok(Reply::ok(&view)?.version(view.version))
}

/// `GET /v1/me/enrolments/{cohort_id}`
pub async fn get_own_enrolment(call: Call<ByCohort, NoQuery, NoBody>) -> Result<Reply<OwnEnrolment>> {
    call.read(|conn, call| reply(actions::own_enrolment(conn, &call.actor, call.path.cohort_id)?))
        .await
}

/// What students may say of themselves.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"experience": 2, "attributes": {"gender": "woman"}}))]
pub struct OwnEnrolmentPatch {
    /// How much they have programmed before, 0 to 5; `null` removes it.
    #[serde(default)]
    experience: Field<Option<Experience>>,
    /// Merged with the present ones: `null` removes one attribute, or all.
    #[serde(default)]
    attributes: Field<Option<AttributesPatch>>,
}

/// `PATCH /v1/me/enrolments/{cohort_id}`
pub async fn change_own_enrolment(
    call: Call<ByCohort, NoQuery, Json<OwnEnrolmentPatch>>,
) -> Result<Reply<OwnEnrolment>> {
    call.write(|conn, call| {
        let patch = call.body.0.clone();
        let told = Told {
            experience: patch.experience,
            attributes: patch.attributes,
        };
        reply(actions::change_own_enrolment(
            conn,
            &call.actor,
            call.path.cohort_id,
            told,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
