//! Intakes over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    admissions::{
        actions::{self, ShownIntake},
        model::{Form, IntakeState, LocalIntake, NewForm, NewIntake, Question},
    },
    error::Result,
    primitives::{Id, Instant, Line, LocalTime, Page, Text, TimeOfDay, Url, list_query, time::TimeZone},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// What applicants are asked.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ApplicationForm")]
pub(super) struct FormView {
    /// Rises with every change of the questions.
    version: i32,
    /// In the order in which they are asked.
    questions: Vec<Question>,
}

impl From<&Form> for FormView {
    fn from(form: &Form) -> Self {
        Self {
            version: form.number,
            questions: form.questions.to_vec(),
        }
    }
}

/// How people come into a cohort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IntakeSummary")]
pub(super) struct IntakeSummaryView {
    /// The cohort.
    cohort_id: Id,
    /// What it is called.
    cohort_name: Line,
    /// When it begins.
    starts_on: NaiveDate,
    /// Its campus.
    campus_id: Id,
    /// By whose clocks the local times go.
    time_zone: TimeZone,
    /// What people can do about it now.
    state: IntakeState,
    /// From this day on people can say that they are interested.
    interest_from: Option<NaiveDate>,
    /// When applications open.
    opens_at: Instant,
    /// The same by the clocks of the campus.
    opens_local: LocalTime,
    /// The first moment at which they are closed.
    closes_at: Instant,
    /// The same by the clocks of the campus.
    closes_local: LocalTime,
    /// The last day on which people can apply, by the clocks of the campus: what a page shows. It is what was sent as `closes_at` if
    /// that was a date.
    closes_on: NaiveDate,
    /// The first day of interviews.
    interviews_from: Option<NaiveDate>,
    /// The last day of interviews.
    interviews_to: Option<NaiveDate>,
    /// The first day of the trial week; null if there is none.
    trial_from: Option<NaiveDate>,
    /// Its last day.
    trial_to: Option<NaiveDate>,
    /// How many are taken.
    places: i32,
    /// When the campus will have decided.
    decide_by: Option<NaiveDate>,
    /// In how many working days of the campus an offer is answered.
    reply_days: i32,
    /// The last day on which a free place goes to the next on the waiting list; null for the day before the cohort begins.
    waiting_list_until: Option<NaiveDate>,
    /// How many months after their end applications that led nowhere are erased, unless the applicant agrees that they are kept.
    keep_months: i32,
    /// Rises with every change.
    version: i64,
}

impl From<(LocalIntake, IntakeState)> for IntakeSummaryView {
    fn from((local, state): (LocalIntake, IntakeState)) -> Self {
        let (opens_at, closes_at) = (local.opens_at(), local.closes_at());
        let LocalIntake { intake, cohort, zone } = local;
        Self {
            cohort_id: cohort.id,
            cohort_name: cohort.name,
            starts_on: cohort.starts_on,
            campus_id: cohort.campus_id,
            time_zone: zone,
            state,
            interest_from: intake.interest_from,
            opens_at,
            opens_local: intake.opens_local,
            closes_at,
            closes_local: intake.closes_local,
            closes_on: intake.closes_on(),
            interviews_from: intake.interviews_from,
            interviews_to: intake.interviews_to,
            trial_from: intake.trial_from,
            trial_to: intake.trial_to,
            places: intake.places,
            decide_by: intake.decide_by,
            reply_days: intake.reply_days,
            waiting_list_until: intake.waiting_list_until,
            keep_months: intake.keep_months,
            version: intake.version,
        }
    }
}

/// How people come into a cohort, with what they are asked.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Intake")]
pub(super) struct IntakeView {
    #[serde(flatten)]
    summary: IntakeSummaryView,
    /// What applicants are asked; null if the campus has not said yet.
    form: Option<FormView>,
    /// Where people come to in the trial week. Only the staff see it here; who is invited sees it with the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_place: Option<Line>,
    /// Where they meet online or read more, for the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_url: Option<Url>,
    /// When it begins on its first day, by the clocks of the campus, for the staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial_starts: Option<TimeOfDay>,
    /// What is done before the cohort begins. Only its staff see it here; who has accepted sees it with the application.
    #[serde(skip_serializing_if = "Option::is_none")]
    precourse: Option<Text>,
    /// Where that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    precourse_url: Option<Url>,
}

fn reply(shown: ShownIntake) -> Result<Reply<IntakeView>> {
    let version = shown.local.intake.version;
    let for_staff = shown.is_for_staff.then(|| shown.local.intake.clone());
    let view = IntakeView {
        form: shown.form.as_ref().map(FormView::from),
        trial_place: for_staff.as_ref().and_then(|intake| intake.trial_place.clone()),
        trial_url: for_staff.as_ref().and_then(|intake| intake.trial_url.clone()),
        trial_starts: for_staff.as_ref().and_then(|intake| intake.trial_starts.clone()),
        precourse: for_staff.as_ref().and_then(|intake| intake.precourse.clone()),
        precourse_url: for_staff.and_then(|intake| intake.precourse_url),
        summary: IntakeSummaryView::from((shown.local, shown.state)),
    };
    Ok(Reply::ok(&view)?.version(version))
}

list_query! {
    /// Which intakes.
    pub struct IntakesQuery {
        /// Only at this campus.
        campus_id: Option<Id>,
    }
}

/// `GET /v1/intakes`, by their cohorts
pub async fn list_intakes(call: Call<NoPath, IntakesQuery, NoBody>) -> Result<Reply<Page<IntakeSummaryView>>> {
    call.read(|conn, call| {
        let limit = call.query.limit;
        let (campus, after) = (call.query.campus_id, call.query.after()?);
        let intakes = actions::list_intakes(conn, campus, after, limit.plus_one(), call.now)?;
        let page = Page::of(intakes, limit, |(local, _)| local.intake.cohort_id);
        call.page(page.map(IntakeSummaryView::from))
    })
    .await
}

/// `GET /v1/cohorts/{id}/intake`
pub async fn get_intake(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<IntakeView>> {
    call.read(|conn, call| reply(actions::intake(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `PUT /v1/cohorts/{id}/intake`
pub async fn set_intake(call: Call<ById, NoQuery, Json<NewIntake>>) -> Result<Reply<IntakeView>> {
    call.write(|conn, call| {
        let (id, new) = (call.path.id, call.body.0.clone());
        reply(actions::save_intake(
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

/// `PUT /v1/cohorts/{id}/intake/form`
pub async fn set_application_form(call: Call<ById, NoQuery, Json<NewForm>>) -> Result<Reply<IntakeView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        reply(actions::set_form(
            conn,
            &call.actor,
            call.path.id,
            new,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `PUT /v1/cohorts/{id}/intake/interest/me`
pub async fn express_interest(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::express_interest(conn, &call.actor, call.path.id, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/intake/interest/me`
pub async fn withdraw_interest(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::withdraw_interest(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}
