//! Decisions, and what applicants answer, over HTTP.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::applications::{ApplicationView, shown};
use crate::{
    accounts::model::PersonView,
    admissions::{
        actions::{self, decisions},
        model::{ApplicationStatus, Decided, NewAdmissionRound, NewDecision, NewDeferral, NewTrial, Trial},
    },
    error::Result,
    primitives::{Id, Instant, Page},
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// An application in the ranking.
#[derive(Serialize, JsonSchema)]
pub struct RankedApplication {
    /// Its place, from 1, among those that the caller may decide about.
    rank: usize,
    /// The application.
    application_id: Id,
    /// Who applies; null as long as reading is blind and the caller, who is on the panel, has not scored.
    person: Option<PersonView>,
    /// Whether all evidence that is required is there.
    evidence_met: bool,
    /// How far they are with the trial week; null without one, or if they are not invited.
    trial: Option<Trial>,
    /// When it was handed in.
    submitted_at: Option<Instant>,
}

/// `GET /v1/cohorts/{id}/admission-ranking`, the best first, whole
pub async fn get_admission_ranking(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<RankedApplication>>> {
    call.read(|conn, call| {
        let all = decisions::ranking(conn, &call.actor, call.path.id)?;
        let ranked = all.into_iter().zip(1..).map(|((one, person), rank)| RankedApplication {
            rank,
            application_id: one.application.id,
            person,
            evidence_met: one.meets,
            trial: one.application.trial,
            submitted_at: one.application.submitted_at,
        });
        call.page(Page::whole(ranked.collect()))
    })
    .await
}

/// What became of an application.
#[derive(Serialize, JsonSchema)]
pub struct DecidedApplication {
    /// Its place in the ranking, from 1, among those that the caller may decide about.
    rank: usize,
    /// The application.
    application_id: Id,
    /// Who applies; null as long as reading is blind and the caller, who is on the panel, has not scored.
    person: Option<PersonView>,
    /// What it is now, or would be.
    status: ApplicationStatus,
    /// How far the applicant is with the trial week, or would be.
    trial: Option<Trial>,
}

/// `POST /v1/cohorts/{id}/admission-rounds`
pub async fn decide_admission_round(
    call: Call<ById, NoQuery, Json<NewAdmissionRound>>,
) -> Result<Reply<Page<DecidedApplication>>> {
    call.write(|conn, call| {
        let decided = decisions::decide_all(conn, &call.actor, call.path.id, call.body.0, call.now)?;
        let view = |(one, person): (Decided, Option<PersonView>)| DecidedApplication {
            rank: one.rank,
            application_id: one.application_id,
            person,
            status: one.status,
            trial: one.trial,
        };
        let page = Page::whole(decided).map(view);
        match call.body.0.dry_run {
            true => Reply::ok(&page),
            false => Reply::created(format!("/v1/cohorts/{}/applications", call.path.id), &page),
        }
    })
    .await
}

/// `PUT /v1/applications/{id}/decision`
pub async fn decide_application(call: Call<ById, NoQuery, Json<NewDecision>>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        let decision = call.body.0.status;
        shown(decisions::decide(conn, &call.actor, call.path.id, decision, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/trial`
pub async fn note_trial(call: Call<ById, NoQuery, Json<NewTrial>>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        let trial = call.body.0.status;
        shown(decisions::note_trial(conn, &call.actor, call.path.id, trial, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/deferral`
pub async fn defer_application(call: Call<ById, NoQuery, Json<NewDeferral>>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        let to = call.body.0.cohort_id;
        shown(decisions::defer(conn, &call.actor, call.path.id, to, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/acceptance`
pub async fn accept_offer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        shown(actions::accept(conn, &call.actor, call.path.id, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/refusal`
pub async fn decline_offer(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        shown(actions::decline(conn, &call.actor, call.path.id, call.now)?)
    })
    .await
}

/// How many applications are in each state.
#[derive(Serialize, JsonSchema)]
pub struct AdmissionFigures {
    /// By their status, without drafts. A count from 1 to 4 is missing, and so is the smallest of the others then; null if nothing
    /// could be told without telling of somebody.
    applications: Option<BTreeMap<ApplicationStatus, usize>>,
}

/// `GET /v1/cohorts/{id}/admission-figures`
pub async fn get_admission_figures(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<AdmissionFigures>> {
    call.read(|conn, call| {
        let figures = decisions::figures(conn, &call.actor, call.path.id)?;
        Reply::ok(&AdmissionFigures {
            applications: figures.map(|each| each.into_iter().collect()),
        })
    })
    .await
}
