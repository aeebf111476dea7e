//! A student's week over HTTP.

mod taking_place;
mod team;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use taking_place::{EventInWeek, OwnTime, OwnWalk};
use team::{OwnTeamView, ReviewView};

use super::{MentoringInWeek, WorkView};
use crate::{
    board::reads::{self, MyWeek, RetroInWeek},
    cohorts::model::{CohortStatus, WeekView},
    error::Result,
    primitives::{Id, Instant, Line, Text, time::TimeZone},
    retros::model::{ActionView, RetroScope, RetroStatus},
    teams::model::TeamName,
    web::{Call, NoBody, NoPath, Number, Reply},
    work::model::Hint,
};

/// Which cohort and week.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MyWeekQuery {
    /// A cohort that the caller studies in or graduated from; if left out, the one that is running.
    cohort_id: Option<Id>,
    /// The number of a week; the week that it is if left out.
    week: Option<Number>,
}

/// What a week holds for one of its students.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MyWeek")]
pub struct MyWeekView {
    /// Where the caller studies.
    cohort: OwnCohortView,
    /// The week, with its project and when that is due.
    week: WeekView,
    /// The caller's team; null while the week is not published, or if they are in no team.
    team: Option<OwnTeamView>,
    /// When the team's work is due, and what it has submitted; null without a team.
    work: Option<WorkView>,
    /// The hints of an open project that the team has asked for, in order.
    hints: Vec<RevealedHint>,
    /// How many hints the project has.
    hint_count: usize,
    /// Code reviews that the team does for others.
    reviewing: Vec<ReviewView>,
    /// Code reviews of the team's work by others.
    reviewed_by: Vec<ReviewView>,
    /// What the caller, their team and the whole cohort have still to do.
    open_actions: Vec<ActionView>,
    /// What mentors are there for in the week, and who.
    mentoring: Vec<MentoringInWeek>,
    /// What takes place in the week, in the order in which it begins, also what staff have cancelled.
    timetable: Vec<EventInWeek>,
    /// The retros of the caller's team and of the whole cohort in the week, in the order they were opened.
    retros: Vec<RetroOfWeek>,
    /// The walk of the week in which the caller has a place; null if they have none.
    walk: Option<OwnWalk>,
    /// Times in office hours that the caller or their team has booked.
    office_hours: Vec<OwnTime>,
    /// When the members of the team give each other feedback; null without a team.
    feedback: Option<FeedbackWindow>,
    /// The caller's teams of rounds that have ended, if their members can still be told something; the first that ends first.
    feedback_open: Vec<OpenFeedback>,
    /// How many notices the caller has not read, of whatever week.
    unread_notifications: i64,
    /// The weeks of the whole cohort for which an absence of the caller is noted, in order.
    absent_in: Vec<i32>,
    /// The days of the whole cohort for which one is, in order: dates alone, as those of `mates`, which are of this week only.
    absent_on: Vec<NaiveDate>,
}

/// A retro of a week.
#[derive(Serialize, JsonSchema)]
pub struct RetroOfWeek {
    /// The retro's id.
    id: Id,
    /// Whether it is the team's or the cohort's.
    scope: RetroScope,
    /// Where it stands.
    status: RetroStatus,
}

impl From<RetroInWeek> for RetroOfWeek {
    fn from(found: RetroInWeek) -> Self {
        Self {
            id: found.retro.id,
            scope: found.retro.scope(),
            status: found.retro.status,
        }
    }
}

/// When the members of a team give each other feedback.
#[derive(Serialize, JsonSchema)]
pub struct FeedbackWindow {
    /// The first day, at the campus.
    from: NaiveDate,
    /// The last day.
    until: NaiveDate,
}

/// A team whose members the caller can still tell something.
#[derive(Serialize, JsonSchema)]
pub struct OpenFeedback {
    /// The team.
    team: TeamName,
    /// The last day for it, at the campus.
    until: NaiveDate,
}

/// A hint that the team has asked for.
#[derive(Serialize, JsonSchema)]
pub struct RevealedHint {
    /// From 1, in the order in which hints are revealed.
    number: i32,
    /// What it says, in Markdown.
    body: Text,
    /// When it last became another than a team had been shown; null if it never did.
    changed_at: Option<Instant>,
}

impl From<Hint> for RevealedHint {
    fn from(hint: Hint) -> Self {
        Self {
            number: hint.number,
            body: hint.body,
            changed_at: hint.changed_at,
        }
    }
}

/// A cohort that somebody studies in.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnCohort")]
pub struct OwnCohortView {
    /// The cohort's id.
    id: Id,
    /// What it is called.
    name: Line,
    /// Where it is on its way.
    status: CohortStatus,
    /// The campus it belongs to.
    campus_id: Id,
    /// The campus's IANA time zone, in which the week's days are.
    time_zone: TimeZone,
}

fn view(found: MyWeek) -> Result<MyWeekView> {
    let cohort = found.own.cohort;
    let own = found.place.as_ref().map(|place| place.team.team.id);
    let (reviewing, reviewed): (Vec<_>, Vec<_>) = found
        .reviews
        .iter()
        .partition(|review| Some(review.reviewing.id) == own);
    Ok(MyWeekView {
        reviewing: reviewing
            .into_iter()
            .map(|review| ReviewView::of(review, &review.reviewed))
            .collect(),
        reviewed_by: reviewed
            .into_iter()
            .map(|review| ReviewView::of(review, &review.reviewing))
            .collect(),
        work: found.work.map(|work| WorkView::of(work, found.own.time_zone)),
        hints: found.hints.into_iter().map(RevealedHint::from).collect(),
        hint_count: found.hint_count,
        cohort: OwnCohortView {
            id: cohort.id,
            name: cohort.name,
            status: cohort.status,
            campus_id: cohort.campus_id,
            time_zone: found.own.time_zone,
        },
        week: WeekView::of(found.week, found.project, found.own.time_zone)?,
        team: found.place.map(OwnTeamView::from),
        open_actions: found.open_actions.into_iter().map(ActionView::from).collect(),
        mentoring: found.mentoring.into_iter().map(MentoringInWeek::from).collect(),
        timetable: found
            .timetable
            .into_iter()
            .map(|event| EventInWeek::of(event, found.own_zone))
            .collect(),
        retros: found.retros.into_iter().map(RetroOfWeek::from).collect(),
        walk: found.walk.map(|walk| OwnWalk::of(walk, found.own.time_zone)),
        office_hours: found.office_hours.into_iter().flat_map(OwnTime::all_of).collect(),
        feedback_open: found
            .feedback_open
            .into_iter()
            .map(|(team, until)| OpenFeedback { team, until })
            .collect(),
        feedback: found.feedback.map(|[from, until]| FeedbackWindow { from, until }),
        unread_notifications: found.unread,
        absent_in: found.absent_in,
        absent_on: found.absent_on,
    })
}

/// `GET /v1/me/week`
pub async fn get_my_week(call: Call<NoPath, MyWeekQuery, NoBody>) -> Result<Reply<MyWeekView>> {
    call.read(|conn, call| {
        let MyWeekQuery { cohort_id, week } = &call.query;
        let number = week.as_ref().map(|number| number.0);
        Reply::ok(&view(reads::my_week(conn, &call.actor, *cohort_id, number, call.now)?)?)
    })
    .await
}
