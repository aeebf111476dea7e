//! Submissions over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    error::Result,
    primitives::{Id, Instant, LocalTime, Page, Text, Url, list_query, time::TimeZone},
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Number, Reply},
    work::{
        actions::{self, Due, SubmissionWithDue, TeamWork},
        model::{NewSubmission, TeamName},
    },
};

/// When something is due.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueTime")]
pub struct DueView {
    /// The instant. It moves if the clocks of the campus do.
    at: Instant,
    /// The same by the clocks of the campus, as it was set.
    local: LocalTime,
    /// Of the campus.
    time_zone: TimeZone,
    /// Whether the team has this time for itself.
    extended: bool,
}

impl From<Due> for DueView {
    fn from(due: Due) -> Self {
        Self {
            at: due.instant(),
            local: due.local,
            time_zone: due.zone,
            extended: due.is_extended,
        }
    }
}

/// A team's work at a moment.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Submission")]
pub struct SubmissionView {
    /// The submission's id.
    id: Id,
    /// Whose work it is.
    team_id: Id,
    /// The team's cohort.
    cohort_id: Id,
    /// Of which week.
    week: i32,
    /// Which version it is, from 1 for each team and week.
    number: i32,
    /// Where the code is.
    repository_url: Url,
    /// Where the product runs; null if nowhere.
    deployed_url: Option<Url>,
    /// What whoever looks at it should know, in Markdown.
    notes: Option<Text>,
    /// Who handed it in; null if their account was removed.
    submitted_by: Option<PersonCard>,
    /// When it came in, by the clock of the server.
    submitted_at: Instant,
    /// Whether that was after the time at which it is due now.
    late: bool,
    /// When the team's work of the week is due; null if it has no due time.
    due: Option<DueView>,
}

impl From<SubmissionWithDue> for SubmissionView {
    fn from(SubmissionWithDue { submission, by, due }: SubmissionWithDue) -> Self {
        Self {
            late: due.is_some_and(|due| due.is_missed_by(submission.submitted_at)),
            due: due.map(DueView::from),
            id: submission.id,
            team_id: submission.team_id,
            cohort_id: submission.cohort_id,
            week: submission.week_number,
            number: submission.number,
            repository_url: submission.repository_url,
            deployed_url: submission.deployed_url,
            notes: submission.notes,
            submitted_by: by,
            submitted_at: submission.submitted_at,
        }
    }
}

/// `POST /v1/teams/{id}/submissions`
pub async fn submit_work(call: Call<ById, NoQuery, Json<NewSubmission>>) -> Result<Reply<SubmissionView>> {
    call.write(|conn, call| {
        let new = call.body.0.clone();
        let made = SubmissionView::from(actions::submit(conn, &call.actor, call.path.id, new, call.now)?);
        Reply::created(format!("/v1/submissions/{}", made.id), &made)
    })
    .await
}

/// `GET /v1/submissions/{id}`
pub async fn get_submission(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<SubmissionView>> {
    call.read(|conn, call| {
        let found = actions::get_submission(conn, &call.actor, call.path.id)?;
        Reply::ok(&SubmissionView::from(found))
    })
    .await
}

list_query! {
    /// Which submissions of a team.
    pub struct SubmissionQuery {
        /// Filter by week.
        week: Option<Number>,
    }
}

/// `GET /v1/teams/{id}/submissions`
pub async fn list_team_submissions(call: Call<ById, SubmissionQuery, NoBody>) -> Result<Reply<Page<SubmissionView>>> {
    call.read(|conn, call| {
        let (query, team) = (&call.query, call.path.id);
        let week = query.week.map(|Number(week)| week);
        let found = actions::list_submissions(conn, &call.actor, team, week, query.after()?, query.limit.plus_one())?;
        let page = Page::of(found, query.limit, |one| one.submission.id);
        call.page(page.map(SubmissionView::from))
    })
    .await
}

/// A team and its latest submission of a week.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamSubmission")]
pub struct TeamWorkView {
    /// The team.
    team: TeamName,
    /// When its work of the week is due; null if it has no due time.
    due: Option<DueView>,
    /// The latest; null if it has submitted nothing.
    submission: Option<SubmissionView>,
    /// How many hints of an open project it has asked for.
    hints_used: usize,
}

impl From<TeamWork> for TeamWorkView {
    fn from(work: TeamWork) -> Self {
        Self {
            team: work.team,
            due: work.due.map(DueView::from),
            submission: work.latest.map(SubmissionView::from),
            hints_used: work.hints_used,
        }
    }
}

/// `GET /v1/cohorts/{id}/weeks/{number}/submissions`
pub async fn list_week_submissions(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<Page<TeamWorkView>>> {
    call.read(|conn, call| {
        let ByWeek { id, number } = call.path;
        let teams = actions::list_week(conn, &call.actor, id, number.0)?;
        call.page(Page::whole(teams.into_iter().map(TeamWorkView::from).collect()))
    })
    .await
}
