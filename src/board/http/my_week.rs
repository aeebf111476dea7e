//! A student's week over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MentoringInWeek, WorkView};
use crate::{
    accounts::model::PersonView,
    board::reads::{self, Mate, MyWeek, OfficeHours, OwnPlace, RetroInWeek, ReviewWithTeams, SeenOnWalk, ShownEvent},
    cohorts::model::{CohortStatus, WeekView},
    error::Result,
    events::model::{AttendanceStatus, CheckIn, EventStatus},
    mentoring::model::SlotTimes,
    primitives::{Id, Instant, Line, LocalTime, Text, Url, Word, time::TimeZone},
    retros::model::{ActionView, RetroScope, RetroStatus},
    teams::model::{PersonName, Team, TeamName},
    web::{Call, NoBody, NoPath, Number, Reply},
    work::model::{Hint, IssueCounts, ReviewStatus},
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

/// A walk in which the caller has a place.
#[derive(Serialize, JsonSchema)]
pub struct OwnWalk {
    /// The mentor slot.
    slot_id: Id,
    /// When it begins; null if it has no time.
    starts_at: Option<Instant>,
    /// The same by the clocks of the campus.
    starts_local: Option<LocalTime>,
    /// When it ends; null if it has no time.
    ends_at: Option<Instant>,
    /// The same by the clocks of the campus.
    ends_local: Option<LocalTime>,
    /// Of the campus.
    time_zone: TimeZone,
    /// Mentors who are confirmed or came.
    mentors: Vec<PersonName>,
    /// Where one meets.
    place: Option<Line>,
    /// Where one meets online.
    url: Option<Url>,
}

impl OwnWalk {
    fn of(SeenOnWalk { walk, mentors, .. }: SeenOnWalk, campus: TimeZone) -> Self {
        let times = walk.times();
        let local = |instant| LocalTime::of(instant, campus);
        Self {
            slot_id: walk.slot_id,
            starts_at: times.map(SlotTimes::starts_at),
            starts_local: times.map(|times| local(times.starts_at())),
            ends_at: times.map(SlotTimes::ends_at),
            ends_local: times.map(|times| local(times.ends_at())),
            time_zone: campus,
            mentors,
            place: walk.place,
            url: walk.url,
        }
    }
}

/// A time in office hours to which the caller comes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnOfficeHoursTime")]
pub struct OwnTime {
    /// The mentor slot.
    slot_id: Id,
    /// Which of its times.
    number: i32,
    /// When it begins.
    starts_at: Instant,
    /// The same by the clocks of `time_zone`.
    starts_local: LocalTime,
    /// When it ends.
    ends_at: Instant,
    /// The same by the clocks of `time_zone`.
    ends_local: LocalTime,
    /// Whose clocks.
    time_zone: TimeZone,
    /// Who is there.
    mentors: Vec<PersonName>,
    /// The team that comes along; null if the caller comes alone.
    team: Option<TeamName>,
    /// Where one meets.
    place: Option<Line>,
    /// Where one meets online.
    url: Option<Url>,
}

impl OwnTime {
    fn all_of(OfficeHours { slot, mentors, times }: OfficeHours) -> impl Iterator<Item = Self> {
        times.into_iter().map(move |time| Self {
            slot_id: slot.id,
            number: time.number,
            starts_at: time.times.starts_at(),
            starts_local: time.times.starts,
            ends_at: time.times.ends_at(),
            ends_local: time.times.ends,
            time_zone: time.times.zone,
            mentors: mentors.clone(),
            team: time.booked.and_then(|(_, team)| team),
            place: slot.place.clone(),
            url: slot.url.clone(),
        })
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

/// What takes place in a week.
#[derive(Serialize, JsonSchema)]
pub struct EventInWeek {
    /// The event's id.
    id: Id,
    /// What it is called.
    title: Line,
    /// What it is, in a word.
    kind: Word,
    /// When it begins.
    starts_at: Instant,
    /// The same by the clocks of the campus.
    starts_local: LocalTime,
    /// When it ends.
    ends_at: Instant,
    /// The same by the clocks of the campus.
    ends_local: LocalTime,
    /// The same by the caller's own clocks; null if they have no `time_zone`, or the campus's.
    in_my_time: Option<InMyTime>,
    /// Where people come to.
    place: Option<Line>,
    /// Where they meet online.
    url: Option<Url>,
    /// Whether nobody is expected.
    optional: bool,
    /// How people check in.
    check_in: CheckIn,
    /// Whether it takes place.
    status: EventStatus,
    /// What is known of the caller there; null if nothing is.
    my_attendance: Option<AttendanceStatus>,
}

/// When something is by the caller's own clocks.
#[derive(Serialize, JsonSchema)]
pub struct InMyTime {
    /// The caller's time zone.
    time_zone: TimeZone,
    /// When it begins there.
    starts_local: LocalTime,
    /// When it ends there.
    ends_local: LocalTime,
}

impl EventInWeek {
    fn of(shown: ShownEvent, own: Option<TimeZone>) -> Self {
        let (event, zone) = (shown.event, shown.zone);
        let (starts_at, ends_at) = (event.starts_at(zone), event.ends_at(zone));
        let in_my_time = own.filter(|own| *own != zone).map(|time_zone| InMyTime {
            time_zone,
            starts_local: LocalTime::of(starts_at, time_zone),
            ends_local: LocalTime::of(ends_at, time_zone),
        });
        Self {
            check_in: event.check_in(),
            id: event.id,
            title: event.title,
            kind: event.kind,
            starts_at,
            starts_local: event.starts_local,
            ends_at,
            ends_local: event.ends_local,
            in_my_time,
            place: event.place,
            url: event.url,
            optional: event.is_optional,
            status: event.status,
            my_attendance: shown.own,
        }
    }
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
    fn of(review: &ReviewWithTeams, other: &Team) -> Self {
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
