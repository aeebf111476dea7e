//! What each person got and did not get, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    board::{
        model::{FairnessNote, StudentAverage, StudentShare},
        reads::{self, Fairness, OwnFairness},
    },
    error::Result,
    mentoring::model::{MentorAverage, MentorShare},
    primitives::Id,
    teams::model::PersonName,
    web::{ById, Call, NoBody, NoPath, NoQuery, Reply},
};

/// What everybody in a cohort got and did not get.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fairness")]
pub struct FairnessView {
    /// The cohort.
    cohort_id: Id,
    /// Its students who have not left, by name.
    students: Vec<StudentRow>,
    /// What students have on average; null if there are none.
    student_average: Option<StudentAverage>,
    /// Everybody who wished for a mentor slot of the cohort in an allocation, or signed up for one, by name.
    mentors: Vec<MentorRow>,
    /// What is uneven by more than one among those who were in as many rounds, or among mentors.
    notes: Vec<FairnessNote>,
}

/// What a student got.
#[derive(Serialize, JsonSchema)]
pub struct StudentRow {
    /// Who.
    person: PersonName,
    #[serde(flatten)]
    share: StudentShare,
}

/// What a mentor got.
#[derive(Serialize, JsonSchema)]
pub struct MentorRow {
    /// Who.
    person: PersonName,
    #[serde(flatten)]
    share: MentorShare,
}

/// `GET /v1/cohorts/{id}/fairness`
pub async fn get_fairness(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<FairnessView>> {
    call.read(|conn, call| {
        let Fairness {
            cohort,
            students,
            average,
            mentors,
            notes,
        } = reads::fairness(conn, &call.actor, call.path.id)?;
        Reply::ok(&FairnessView {
            cohort_id: cohort,
            students: students
                .into_iter()
                .map(|(person, share)| StudentRow { person, share })
                .collect(),
            student_average: average,
            mentors: mentors
                .into_iter()
                .map(|(person, share)| MentorRow { person, share })
                .collect(),
            notes,
        })
    })
    .await
}

/// Which cohort.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnFairnessQuery {
    /// A cohort that the caller studies or mentors in; if left out, the one that they study in.
    cohort_id: Option<Id>,
}

/// What the caller got and did not get in a cohort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnFairness")]
pub struct OwnFairnessView {
    /// The cohort.
    cohort_id: Id,
    /// As a student; null for a mentor.
    student: Option<OwnStudentShare>,
    /// As a mentor; null for a student.
    mentor: Option<OwnMentorShare>,
    /// What of it is more than one away from the average.
    notes: Vec<FairnessNote>,
}

/// What the caller got as a student.
#[derive(Serialize, JsonSchema)]
pub struct OwnStudentShare {
    /// Their own.
    share: StudentShare,
    /// What the students of the cohort have on average.
    average: Option<StudentAverage>,
}

/// What the caller got as a mentor.
#[derive(Serialize, JsonSchema)]
pub struct OwnMentorShare {
    /// Their own.
    share: MentorShare,
    /// What the mentors of the cohort have on average; null of fewer than three, where it would tell what the other has.
    average: Option<MentorAverage>,
}

/// `GET /v1/me/fairness`
pub async fn get_my_fairness(call: Call<NoPath, OwnFairnessQuery, NoBody>) -> Result<Reply<OwnFairnessView>> {
    call.read(|conn, call| {
        let OwnFairness {
            cohort,
            student,
            mentor,
            notes,
        } = reads::own_fairness(conn, &call.actor, call.query.cohort_id)?;
        Reply::ok(&OwnFairnessView {
            cohort_id: cohort,
            student: student.map(|(share, average)| OwnStudentShare { share, average }),
            mentor: mentor.map(|own| OwnMentorShare {
                share: own.share,
                average: own.average,
            }),
            notes,
        })
    })
    .await
}
