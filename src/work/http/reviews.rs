//! Code reviews over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    primitives::{GivenTime, Id, Instant, LocalTime, Page, Url, page::PageInfo, time::TimeZone},
    teams::model::Team,
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, OptionalJson, Reply},
    work::{
        actions::{self, ReviewWithTeams, WeekReviews},
        model::{AssignmentReason, CodeReviewPatch, IssueCounts, ReviewStatus, TeamName},
    },
};

/// How code reviews are shared out.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"due_at": "2026-03-09T17:00"}))]
pub struct NewRotation {
    /// Until when the reviewing teams have time; 17:00 on the first day of the next week if left out, and at least two
    /// days.
    #[serde(default)]
    due_at: Option<GivenTime>,
}

/// A team whose code is read.
#[derive(Serialize, JsonSchema)]
pub struct ReviewedTeam {
    /// The team.
    #[serde(flatten)]
    team: TeamName,
    /// Where its code is.
    repository_url: Option<Url>,
    /// Where its product runs.
    deployed_url: Option<Url>,
}

impl From<Team> for ReviewedTeam {
    fn from(team: Team) -> Self {
        Self {
            team: TeamName::from(&team),
            repository_url: team.repository_url,
            deployed_url: team.deployed_url,
        }
    }
}

/// One team reads the code of another.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CodeReview")]
pub struct ReviewView {
    /// The review's id.
    id: Id,
    /// The cohort of both teams.
    cohort_id: Id,
    /// Of which week.
    week: i32,
    /// Who reads.
    reviewer_team: TeamName,
    /// Whose code is read.
    reviewed_team: ReviewedTeam,
    /// Where it stands.
    status: ReviewStatus,
    /// Until when the reviewing team has time.
    due_at: Instant,
    /// The same by the clocks of the campus, as it was set.
    due_local: LocalTime,
    /// Of the campus.
    time_zone: TimeZone,
    /// When it was done.
    done_at: Option<Instant>,
    /// The team that had it first and let its time pass.
    abandoned_by: Option<TeamName>,
    /// Issues that were raised in it.
    issues: IssueCounts,
    /// Why this team reviews that one.
    reason: AssignmentReason,
    /// Pairs of a reviewer and somebody reviewed, when it was given to the team.
    pairs: i32,
    /// Those of them that had reviewed so in another week.
    repeats: i32,
    /// Why, in sentences.
    explanation: String,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<ReviewWithTeams> for ReviewView {
    fn from(found: ReviewWithTeams) -> Self {
        let ReviewWithTeams { review, zone, .. } = found;
        Self {
            id: review.id,
            cohort_id: review.cohort_id,
            week: review.week_number,
            reviewer_team: TeamName::from(&found.reviewing),
            reviewed_team: ReviewedTeam::from(found.reviewed),
            status: found.status,
            due_at: review.due_local.in_zone(zone),
            due_local: review.due_local,
            time_zone: zone,
            done_at: review.done_at,
            abandoned_by: found.abandoned_by,
            issues: found.issues,
            reason: review.reason,
            pairs: review.pairs,
            repeats: review.repeats,
            explanation: found.why,
            version: review.version,
        }
    }
}

/// What a team was given to review, and what of it it did.
#[derive(Serialize, JsonSchema)]
pub struct ReviewLoad {
    /// The team.
    team: TeamName,
    /// Given to it or taken over by it.
    assigned: usize,
    /// Done by it.
    done: usize,
}

/// The code reviews of a week.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CodeReviews")]
pub struct ReviewsView {
    /// The reviews; empty until they are shared out.
    data: Vec<ReviewView>,
    /// Always the whole list.
    page: PageInfo,
    /// What each team was given, and what of it it did.
    load: Vec<ReviewLoad>,
}

impl From<WeekReviews> for ReviewsView {
    fn from(found: WeekReviews) -> Self {
        let Page { data, page } = Page::whole(found.reviews.into_iter().map(ReviewView::from).collect());
        let load = |(team, assigned, done)| ReviewLoad { team, assigned, done };
        Self {
            data,
            page,
            load: found.load.into_iter().map(load).collect(),
        }
    }
}

/// `POST /v1/cohorts/{id}/weeks/{number}/code-reviews`
pub async fn assign_code_reviews(call: Call<ByWeek, NoQuery, OptionalJson<NewRotation>>) -> Result<Reply<ReviewsView>> {
    call.write(|conn, call| {
        let ByWeek { id, number } = call.path;
        let found = actions::assign(conn, &call.actor, id, number.0, call.body.due_at, call.now)?;
        let path = format!("/v1/cohorts/{id}/weeks/{}/code-reviews", number.0);
        Reply::created(path, &ReviewsView::from(found))
    })
    .await
}

/// `GET /v1/cohorts/{id}/weeks/{number}/code-reviews`
pub async fn list_code_reviews(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<ReviewsView>> {
    call.read(|conn, call| {
        let ByWeek { id, number } = call.path;
        let found = actions::list_reviews(conn, &call.actor, id, number.0, call.now)?;
        Reply::ok(&ReviewsView::from(found))
    })
    .await
}

fn reply(found: ReviewWithTeams) -> Result<Reply<ReviewView>> {
    let version = found.review.version;
    Ok(Reply::ok(&ReviewView::from(found))?.version(version))
}

/// `GET /v1/code-reviews/{id}`
pub async fn get_code_review(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ReviewView>> {
    call.read(|conn, call| reply(actions::get_review(conn, &call.actor, call.path.id, call.now)?))
        .await
}

/// `PATCH /v1/code-reviews/{id}`
pub async fn change_code_review(call: Call<ById, NoQuery, Json<CodeReviewPatch>>) -> Result<Reply<ReviewView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, &call.body);
        reply(actions::change_review(
            conn,
            &call.actor,
            id,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `POST /v1/code-reviews/{id}/takeovers`
pub async fn take_over_code_review(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<ReviewView>> {
    call.write(|conn, call| {
        let found = actions::take_over(conn, &call.actor, call.path.id, call.now)?;
        let (path, version) = (format!("/v1/code-reviews/{}", call.path.id), found.review.version);
        Ok(Reply::created(path, &ReviewView::from(found))?.version(version))
    })
    .await
}
