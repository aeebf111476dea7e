//! Applications over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::intakes::FormView;
use crate::{
    accounts::model::PersonView,
    admissions::{
        actions::{self, SeenApplicant, WholeApplication},
        model::{
            Answers, Application, ApplicationPatch, ApplicationSelection, ApplicationStatus, Intake, InterviewSlot,
            JudgedEvidence, ListedApplication, LocalIntake, NewApplication, NewReading, Trial, WaitingPlace,
        },
    },
    error::Result,
    primitives::{Appointment, Id, Instant, Line, LocalTime, Page, Several, Text, Url, list_query, time::TimeZone},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// An application with its answers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Application")]
pub(super) struct ApplicationView {
    /// Its id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// What the cohort is called.
    cohort_name: Line,
    /// Who applies; null as long as reading is blind and the caller, who is on the panel, has not scored.
    person: Option<PersonView>,
    /// Where it is on its way.
    status: ApplicationStatus,
    /// The version of the form that it answers.
    form: FormView,
    /// By the keys of the questions.
    answers: Answers,
    /// How far they had come with what is asked when applications closed, or have by now.
    evidence: Vec<JudgedEvidence>,
    /// Whether the applicant agrees that it is kept when it has led nowhere.
    may_be_kept: bool,
    #[serde(flatten)]
    stand: StandView,
    /// The application with which it goes on in another cohort.
    #[serde(skip_serializing_if = "Option::is_none")]
    deferred_to: Option<Id>,
    /// What is done before the cohort begins, for those who have accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    precourse: Option<Text>,
    /// Where that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    precourse_url: Option<Url>,
    /// When it was handed in.
    submitted_at: Option<Instant>,
    /// When it came to an end.
    ended_at: Option<Instant>,
    /// Rises with every change.
    version: i64,
    /// When it was begun.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
}

impl From<WholeApplication> for ApplicationView {
    fn from(whole: WholeApplication) -> Self {
        let WholeApplication {
            application,
            local,
            person,
            form,
            evidence,
            interview,
            waiting,
        } = whole;
        let stand = StandView::of(&application, &local, waiting, interview);
        let has_accepted = application.status == ApplicationStatus::Accepted;
        Self {
            id: application.id,
            cohort_id: application.cohort_id,
            cohort_name: local.cohort.name,
            person,
            status: application.status,
            form: FormView::from(&form),
            answers: (*application.answers).clone(),
            evidence,
            may_be_kept: application.may_be_kept,
            stand,
            deferred_to: application.deferred_to,
            precourse: local.intake.precourse.filter(|_| has_accepted),
            precourse_url: local.intake.precourse_url.filter(|_| has_accepted),
            submitted_at: application.submitted_at,
            ended_at: application.ended_at,
            version: application.version,
            created_at: application.created_at,
            updated_at: application.updated_at,
        }
    }
}

/// Where somebody stands on the waiting list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WaitingPlace")]
struct WaitingView {
    /// Their place, from 1.
    position: usize,
    /// How many wait.
    length: usize,
}

impl From<WaitingPlace> for WaitingView {
    fn from(WaitingPlace { position, length }: WaitingPlace) -> Self {
        Self { position, length }
    }
}

/// How an application stands between its being handed in and its end: what waits for the applicant.
#[derive(Serialize, JsonSchema)]
struct StandView {
    /// When applications to the cohort close: the first moment that is too late.
    closes_at: Instant,
    /// Until when an offer is answered: the first moment that is too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_by: Option<Instant>,
    /// The same by the clocks of the campus.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_by_local: Option<LocalTime>,
    /// Where the applicant stands, if they wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<WaitingView>,
    /// The interview that is booked.
    #[serde(skip_serializing_if = "Option::is_none")]
    interview: Option<Appointment>,
    #[serde(flatten)]
    trial: TrialView,
}

impl StandView {
    fn of(
        application: &Application,
        local: &LocalIntake,
        waiting: Option<WaitingPlace>,
        interview: Option<InterviewSlot>,
    ) -> Self {
        let reply_by_local = application.open_until();
        Self {
            closes_at: local.closes_at(),
            reply_by: reply_by_local.map(|by| by.in_zone(local.zone)),
            reply_by_local,
            waiting: waiting.map(WaitingView::from),
            interview: interview.map(|slot| slot.meeting().shown(slot.id, local.zone)),
            trial: TrialView::of(application, local),
        }
    }
}

/// The trial week, for whoever is invited to it.
#[derive(Serialize, JsonSchema)]
struct TrialView {
    /// How far the applicant is with the trial week; left out if they are not invited, as is what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<Trial>,
    /// The first day of the trial week.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_from: Option<NaiveDate>,
    /// Its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_to: Option<NaiveDate>,
    /// When it begins, if the campus has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_starts_at: Option<Instant>,
    /// The same by the clocks of the campus.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_starts_local: Option<LocalTime>,
    /// Where people come to.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_place: Option<Line>,
    /// Where they meet online or read more.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_url: Option<Url>,
}

impl TrialView {
    fn of(application: &Application, local: &LocalIntake) -> Self {
        let intake = application.trial.map(|_| &local.intake);
        let starts = intake.and_then(Intake::trial_starts_local);
        Self {
            trial: application.trial,
            trial_from: intake.and_then(|intake| intake.trial_from),
            trial_to: intake.and_then(|intake| intake.trial_to),
            trial_starts_at: starts.map(|starts| starts.in_zone(local.zone)),
            trial_starts_local: starts,
            trial_place: intake.and_then(|intake| intake.trial_place.clone()),
            trial_url: intake.and_then(|intake| intake.trial_url.clone()),
        }
    }
}

/// An application in the list of a cohort's.
#[derive(Serialize, JsonSchema)]
pub(super) struct ApplicationSummary {
    /// Its id.
    id: Id,
    /// Who applies; null as long as reading is blind and the caller, who is on the panel, has not scored.
    person: Option<PersonView>,
    /// Where it is on its way.
    status: ApplicationStatus,
    /// How far the applicant is with the trial week; null if they are not invited.
    trial: Option<Trial>,
    /// When it was handed in.
    submitted_at: Option<Instant>,
    /// When it came to an end.
    ended_at: Option<Instant>,
    /// Rises with every change.
    version: i64,
}

impl From<SeenApplicant> for ApplicationSummary {
    fn from(SeenApplicant { application, person }: SeenApplicant) -> Self {
        Self {
            id: application.id,
            person,
            status: application.status,
            trial: application.trial,
            submitted_at: application.submitted_at,
            ended_at: application.ended_at,
            version: application.version,
        }
    }
}

/// One's own application in a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnApplication")]
pub(super) struct OwnApplicationView {
    /// Its id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// What the cohort is called.
    cohort_name: Line,
    /// When the cohort begins.
    starts_on: NaiveDate,
    /// By whose clocks the days and local times go.
    time_zone: TimeZone,
    /// Where it is on its way.
    status: ApplicationStatus,
    #[serde(flatten)]
    stand: StandView,
    /// When it was handed in.
    submitted_at: Option<Instant>,
    /// Rises with every change.
    version: i64,
}

impl From<ListedApplication> for OwnApplicationView {
    fn from(own: ListedApplication) -> Self {
        let ListedApplication {
            application,
            local,
            interview,
            waiting,
        } = own;
        let stand = StandView::of(&application, &local, waiting, interview);
        Self {
            id: application.id,
            cohort_id: local.cohort.id,
            cohort_name: local.cohort.name,
            starts_on: local.cohort.starts_on,
            time_zone: local.zone,
            status: application.status,
            stand,
            submitted_at: application.submitted_at,
            version: application.version,
        }
    }
}

pub(super) fn shown(whole: WholeApplication) -> Result<Reply<ApplicationView>> {
    let version = whole.application.version;
    Ok(Reply::ok(&ApplicationView::from(whole))?.version(version))
}

/// `POST /v1/cohorts/{id}/applications`
pub async fn create_application(call: Call<ById, NoQuery, Json<NewApplication>>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        let made = actions::begin(conn, &call.actor, call.path.id, call.body.0.clone(), call.now)?;
        let (id, version) = (made.application.id, made.application.version);
        Ok(Reply::created(format!("/v1/applications/{id}"), &ApplicationView::from(made))?.version(version))
    })
    .await
}

list_query! {
    /// Which applications.
    pub struct ApplicationsQuery {
        /// Filter by status.
        status: Option<Several<ApplicationStatus>>,
        /// Filter by how far they are with the trial week.
        trial: Option<Several<Trial>>,
    }
}

/// `GET /v1/cohorts/{id}/applications`, in the order in which they were begun
pub async fn list_applications(call: Call<ById, ApplicationsQuery, NoBody>) -> Result<Reply<Page<ApplicationSummary>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let selection = ApplicationSelection {
            states: call.query.status.as_ref().map(|several| several.to_vec()),
            trials: call.query.trial.as_ref().map(|several| several.to_vec()),
            after: call.query.after()?,
        };
        let found = actions::list(conn, &call.actor, call.path.id, &selection, limit.plus_one())?;
        let page = Page::of(found, limit, |one| one.application.id);
        call.page(page.map(ApplicationSummary::from))
    })
    .await
}

/// `GET /v1/me/applications`, the latest first, whole
pub async fn list_own_applications(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<OwnApplicationView>>> {
    call.read(|conn, call| {
        let own = actions::list_own(conn, &call.actor)?;
        call.page(Page::whole(own).map(OwnApplicationView::from))
    })
    .await
}

/// `GET /v1/applications/{id}`
pub async fn get_application(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ApplicationView>> {
    call.read(|conn, call| shown(actions::get(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/applications/{id}`
pub async fn change_application(call: Call<ById, NoQuery, Json<ApplicationPatch>>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        shown(actions::change(conn, &call.actor, id, patch, call.if_match, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/submission`
pub async fn submit_application(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        let proves_addresses = call.state.config.smtp_url.is_some();
        shown(actions::submit(
            conn,
            &call.actor,
            call.path.id,
            proves_addresses,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/applications/{id}/submission`
pub async fn take_application_back(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        shown(actions::take_back(conn, &call.actor, call.path.id, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/withdrawal`
pub async fn withdraw_application(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        actions::check_known(conn, &call.actor, call.path.id, call.if_match)?;
        shown(actions::withdraw(conn, &call.actor, call.path.id, call.now)?)
    })
    .await
}

/// `POST /v1/applications/{id}/evidence`
pub async fn note_evidence(call: Call<ById, NoQuery, Json<NewReading>>) -> Result<Reply<ApplicationView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        let whole = actions::note(conn, &call.actor, call.path.id, new, call.now)?;
        let (id, version) = (whole.application.id, whole.application.version);
        Ok(Reply::created(format!("/v1/applications/{id}"), &ApplicationView::from(whole))?.version(version))
    })
    .await
}
