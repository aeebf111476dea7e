//! A student's team in a week, and the code reviews that it does and gets.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonView,
    board::reads::{Mate, OwnPlace, ReviewWithTeams},
    primitives::{Id, Instant, Line, LocalTime, Url, time::TimeZone},
    teams::model::{Team, TeamName},
    work::model::{IssueCounts, ReviewStatus},
};

/// The caller's place in a team.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnPlace")]
pub struct OwnTeamView {
    /// The team's id.
    id: Id,
    /// What it is called.
    name: Line,
    /// Where its code is.
    repository_url: Option<Url>,
    /// Where its product runs.
    deployed_url: Option<Url>,
    /// Rises with every change of the team.
    version: i64,
    /// What the caller looks after; null if the programme has no roles.
    role: Option<String>,
    /// In how many earlier rounds they looked after it.
    role_before: usize,
    /// The others in the team.
    mates: Vec<MateView>,
    /// Why the caller is in this team, in sentences; told from published teams alone.
    explanation: String,
}

/// A code review as one of its two teams sees it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnReview")]
pub struct ReviewView {
    /// The review's id.
    id: Id,
    /// The other team: in `reviewing` the one whose work is reviewed, in `reviewed_by` the one that reviews.
    team: TeamName,
    /// Where the other team's code is; null until it has submitted something or set it.
    repository_url: Option<Url>,
    /// Where the other team's product runs; null until it has said so.
    deployed_url: Option<Url>,
    /// Where the review stands.
    status: ReviewStatus,
    /// Until when the reviewing team has time.
    due_at: Instant,
    /// The same by the clocks of the campus, as it was set.
    due_local: LocalTime,
    /// Of the campus.
    time_zone: TimeZone,
    /// Issues that were raised in it.
    issues: IssueCounts,
}

impl ReviewView {
    pub(super) fn of(review: &ReviewWithTeams, other: &Team) -> Self {
        Self {
            id: review.review.id,
            team: TeamName::from(other),
            repository_url: other.repository_url.clone(),
            deployed_url: other.deployed_url.clone(),
            status: review.status,
            due_at: review.review.due_local.in_zone(review.zone),
            due_local: review.review.due_local,
            time_zone: review.zone,
            issues: review.issues,
        }
    }
}

/// Somebody in the caller's team.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnMate")]
pub struct MateView {
    /// Who it is.
    person: PersonView,
    /// What they look after; null if the programme has no roles.
    role: Option<String>,
    /// In how many earlier rounds they were in one team.
    met_before: usize,
    /// The first week of the last round in which they were; null if this is the first.
    last_met_in: Option<i32>,
    /// The path of what they tell of how they work; null if they have told nothing.
    manual: Option<String>,
    /// Their last day in the cohort, if they have left it; null if they have not.
    left_on: Option<NaiveDate>,
    /// Whether they miss this week.
    absent: bool,
    /// The days of this week alone that they miss, in order; dates without reasons.
    absent_on: Vec<NaiveDate>,
}

impl MateView {
    fn of(mate: Mate, with_manuals: &[Id]) -> Self {
        let has_manual = with_manuals.contains(&mate.person.id);
        Self {
            manual: has_manual.then(|| format!("/v1/people/{}/manual", mate.person.id)),
            person: mate.person,
            role: mate.role,
            met_before: mate.met.met_before,
            last_met_in: mate.met.weeks.iter().max().copied(),
            left_on: mate.away.left_on,
            absent: mate.away.misses_week,
            absent_on: mate.away.days,
        }
    }
}

impl From<OwnPlace> for OwnTeamView {
    fn from(place: OwnPlace) -> Self {
        let team = place.team.team;
        Self {
            id: team.id,
            name: team.name,
            repository_url: team.repository_url,
            deployed_url: team.deployed_url,
            version: team.version,
            role: place.role,
            role_before: place.role_before,
            mates: (place.mates.into_iter())
                .map(|mate| MateView::of(mate, &place.with_manuals))
                .collect(),
            explanation: place.explanation,
        }
    }
}
