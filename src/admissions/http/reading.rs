//! Reading applications over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::intakes::FormView;
use crate::{
    accounts::model::PersonView,
    admissions::{
        actions::reading::{self as actions, Reading, Rubric, Scored, ToRead},
        model::{Answers, ApplicationStatus, Criterion, JudgedEvidence, NewRubric, NewScore, OwnPanel, Points, Queue},
    },
    error::Result,
    primitives::{Id, Instant, Line, Page, PageQuery, Text, time::TimeZone},
    web::{ById, ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// By what applications are read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rubric")]
pub(super) struct RubricView {
    /// What is read for.
    criteria: Vec<Criterion>,
    /// Whether readers see no names before they have scored.
    blind: bool,
    /// The version of the intake.
    version: i64,
}

fn reply(rubric: Rubric) -> Result<Reply<RubricView>> {
    let version = rubric.version;
    let view = RubricView {
        criteria: rubric.criteria,
        blind: rubric.is_blind,
        version,
    };
    Ok(Reply::ok(&view)?.version(version))
}

/// `GET /v1/cohorts/{id}/intake/rubric`
pub async fn get_rubric(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<RubricView>> {
    call.read(|conn, call| reply(actions::rubric(conn, &call.actor, call.path.id)?))
        .await
}

/// `PUT /v1/cohorts/{id}/intake/rubric`
pub async fn set_rubric(call: Call<ById, NoQuery, Json<NewRubric>>) -> Result<Reply<RubricView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0.clone());
        reply(actions::set_rubric(
            conn,
            &call.actor,
            id,
            new,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// Somebody who reads applications.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PanelMember")]
pub(super) struct PanelMemberView {
    /// Who.
    person: PersonView,
    /// Since when.
    created_at: Instant,
}

/// `GET /v1/cohorts/{id}/admission-panel`, by name, whole
pub async fn list_admission_panel(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<PanelMemberView>>> {
    call.read(|conn, call| {
        let members = actions::panel(conn, &call.actor, call.path.id)?;
        let view = |(person, created_at)| PanelMemberView { person, created_at };
        call.page(Page::whole(members).map(view))
    })
    .await
}

/// `PUT /v1/cohorts/{id}/admission-panel/{person_id}`
pub async fn appoint_panel_member(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::appoint(conn, &call.actor, call.path.id, call.path.person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/admission-panel/{person_id}`
pub async fn dismiss_panel_member(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::dismiss(conn, &call.actor, call.path.id, call.path.person_id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// A panel that the caller is on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnAdmissionPanel")]
pub(super) struct OwnPanelView {
    /// The cohort.
    cohort_id: Id,
    /// What it is called.
    cohort_name: Line,
    /// When it begins.
    starts_on: NaiveDate,
    /// Its campus.
    campus_id: Id,
    /// What the campus is called.
    campus_name: Line,
    /// By whose clocks the days go.
    time_zone: TimeZone,
    /// How many applications wait for what the caller thinks of them.
    to_read: usize,
    /// Of how many others that wait for a decision the caller has said so, or that they abstain.
    read: usize,
}

impl From<(OwnPanel, Queue)> for OwnPanelView {
    fn from((panel, queue): (OwnPanel, Queue)) -> Self {
        Self {
            cohort_id: panel.cohort.id,
            cohort_name: panel.cohort.name,
            starts_on: panel.cohort.starts_on,
            campus_id: panel.cohort.campus_id,
            campus_name: panel.campus_name,
            time_zone: panel.zone,
            to_read: queue.to_read,
            read: queue.read,
        }
    }
}

/// `GET /v1/me/admission-panels`, by when the cohorts begin, whole
pub async fn list_own_panels(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<OwnPanelView>>> {
    call.read(|conn, call| {
        let own = actions::own_panels(conn, &call.actor)?;
        call.page(Page::whole(own).map(OwnPanelView::from))
    })
    .await
}

/// What one reader thinks.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ApplicationScore")]
pub(super) struct ScoreView {
    /// For each criterion; null if they abstain.
    points: Option<Points>,
    /// What they come to, from 0 to 100; null if they abstain.
    total: Option<f64>,
    /// Why.
    note: Option<Text>,
}

impl ScoreView {
    fn of(Scored { score, total }: Scored) -> Self {
        Self {
            points: score.points.as_ref().map(|points| (**points).clone()),
            total: total.map(rounded),
            note: score.note,
        }
    }
}

/// To a tenth.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// An application that the caller reads.
#[derive(Serialize, JsonSchema)]
pub(super) struct ApplicationToRead {
    /// The application.
    application_id: Id,
    /// When it was handed in.
    submitted_at: Option<Instant>,
    /// What the caller thinks; null as long as they have not said so.
    own: Option<ScoreView>,
}

impl From<ToRead> for ApplicationToRead {
    fn from(to_read: ToRead) -> Self {
        Self {
            application_id: to_read.application.id,
            submitted_at: to_read.application.submitted_at,
            own: to_read.own.map(ScoreView::of),
        }
    }
}

/// `GET /v1/cohorts/{id}/applications-to-read`, in the order in which they were begun
pub async fn list_applications_to_read(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<ApplicationToRead>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let found = actions::to_read(conn, &call.actor, call.path.id, call.query.after()?, limit.plus_one())?;
        let page = Page::of(found, limit, |one| one.application.id);
        call.page(page.map(ApplicationToRead::from))
    })
    .await
}

/// An application as a reader sees it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ApplicationReading")]
pub(super) struct ReadingView {
    /// The application.
    application_id: Id,
    /// The cohort.
    cohort_id: Id,
    /// Where it is on its way.
    status: ApplicationStatus,
    /// Who applies; null as long as names are hidden from the caller.
    person: Option<PersonView>,
    /// The version of the form that it answers.
    form: FormView,
    /// By the keys of the questions.
    answers: Answers,
    /// How far they had come with what is asked.
    evidence: Vec<JudgedEvidence>,
    /// What it is read for.
    rubric: Vec<Criterion>,
    /// What the caller thinks; null as long as they have not said so.
    own: Option<ScoreView>,
    /// What the others think, by nobody in particular; null as long as the caller has not scored.
    others: Option<Vec<ScoreView>>,
    /// The average of all who scored, from 0 to 100; null as long as the caller has not.
    average: Option<f64>,
}

fn shown(reading: Reading) -> Result<Reply<ReadingView>> {
    let average = reading.others.as_ref().and_then(|others| others.average);
    let others = reading
        .others
        .map(|others| others.scores.into_iter().map(ScoreView::of).collect());
    Reply::ok(&ReadingView {
        application_id: reading.application.id,
        cohort_id: reading.application.cohort_id,
        status: reading.application.status,
        person: reading.person,
        form: FormView::from(&reading.form),
        answers: (*reading.application.answers).clone(),
        evidence: reading.evidence,
        rubric: reading.local.intake.rubric.to_vec(),
        own: reading.own.map(ScoreView::of),
        others,
        average: average.map(rounded),
    })
}

/// `GET /v1/applications/{id}/reading`
pub async fn read_application(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ReadingView>> {
    call.read(|conn, call| shown(actions::read(conn, &call.actor, call.path.id)?))
        .await
}

/// `PUT /v1/applications/{id}/scores/me`
pub async fn score_application(call: Call<ById, NoQuery, Json<NewScore>>) -> Result<Reply<ReadingView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        shown(actions::score(conn, &call.actor, call.path.id, new, call.now)?)
    })
    .await
}

/// `PUT /v1/applications/{id}/recusals/me`
pub async fn stand_aside(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::stand_aside(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/applications/{id}/recusals/{person_id}`
pub async fn lift_recusal(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::lift_recusal(conn, &call.actor, call.path.id, call.path.person_id)?;
        Ok(Reply::no_content())
    })
    .await
}
