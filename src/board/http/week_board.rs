//! A week's board over HTTP.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MentoringInWeek, WorkView};
use crate::{
    accounts::model::PersonView,
    board::reads::{self, BoardStudent, PlanOfWeek, ReviewWithTeams, TeamWork, WeekBoard},
    cohorts::model::{CohortStatus, WeekView},
    error::Result,
    primitives::{Id, Instant, Line, Text, Url, time::TimeZone},
    students::model::EnrolmentStatus,
    team_plans::model::DescribedDemand,
    teams::model::{Encounter, FullTeam, TeamName},
    web::{ById, Call, NoBody, Number, Reply},
    work::model::ReviewStatus,
};

/// Which week.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardQuery {
    /// The number of a week; the week that goes on or comes next if left out.
    week: Option<Number>,
}

/// All that the board of a week shows.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WeekBoard")]
pub struct BoardView {
    /// The cohort's id.
    cohort_id: Id,
    /// What the cohort is called.
    cohort_name: Line,
    /// Where the cohort is on its way.
    cohort_status: CohortStatus,
    /// The week, with its project.
    week: WeekView,
    /// Everybody who is or was enrolled, by name.
    students: Vec<StudentView>,
    /// The plan that the teams come from: the published one, or else the draft made last; null if there is none.
    plan: Option<PlanView>,
    /// The week's teams, in order; empty without a plan.
    teams: Vec<TeamOnBoard>,
    /// When the work of each published team is due, and what it has submitted.
    work: Vec<TeamWorkOnBoard>,
    /// Who reviews whose code in the week.
    code_reviews: Vec<ReviewOnBoard>,
    /// Pairs that were in one team in published rounds, this week's included once it is published.
    encounters: Vec<EncounterView>,
    /// What mentors are there for in the week, and who.
    mentoring: Vec<MentoringInWeek>,
}

/// A student on the board.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BoardStudent")]
pub struct StudentView {
    /// Who it is.
    person: PersonView,
    /// Where they are on their way.
    status: EnrolmentStatus,
    /// First day.
    joined_on: NaiveDate,
    /// Last day, of those who left.
    left_on: Option<NaiveDate>,
    /// Whether they miss this week.
    absent: bool,
    /// Why they miss it, if they said so.
    absence_reason: Option<Text>,
    /// Days of this week that they miss, in order.
    absent_on: Vec<AbsentDay>,
}

/// A day that a student misses.
#[derive(Serialize, JsonSchema)]
pub struct AbsentDay {
    /// The day.
    date: NaiveDate,
    /// Why they miss it, if they said so.
    reason: Option<Text>,
}

/// The plan that a week's teams come from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BoardPlan")]
pub struct PlanView {
    /// The plan's id.
    id: Id,
    /// Its version, which edits send as `If-Match`.
    version: i64,
    /// The first week of the round.
    first_week: i32,
    /// The last week of the round.
    last_week: i32,
    /// Since when students see the round; null while they do not.
    published_at: Option<Instant>,
    /// Sum over all pairs of m(m − 1)/2, where m is the number of rounds they are together in.
    repeats: i64,
    /// The number that `repeats` cannot go below.
    bound: i64,
    /// What the week's teams break as the cohort stands now: pair rules, locks and sizes; and who in them has left or misses
    /// the whole round, or is in none.
    broken: Vec<DescribedDemand>,
    /// Other drafts with teams for the week, newest first.
    other_drafts: Vec<Id>,
}

/// A team on the board.
#[derive(Serialize, JsonSchema)]
pub struct TeamOnBoard {
    /// The team's id.
    id: Id,
    /// What it is called.
    name: Line,
    /// Where its code is.
    repository_url: Option<Url>,
    /// Where its product runs.
    deployed_url: Option<Url>,
    /// Rises with every change of the published team.
    version: i64,
    /// Who is in it.
    members: Vec<MemberOnBoard>,
}

/// Somebody in a team on the board.
#[derive(Serialize, JsonSchema)]
pub struct MemberOnBoard {
    /// Who it is, among `students`.
    person_id: Id,
    /// What they look after; null if the programme has no roles.
    role: Option<String>,
}

/// What a team has submitted.
#[derive(Serialize, JsonSchema)]
pub struct TeamWorkOnBoard {
    /// The team's id.
    team_id: Id,
    /// When it is due, and the latest submission.
    #[serde(flatten)]
    work: WorkView,
}

impl TeamWorkOnBoard {
    fn of(work: TeamWork, zone: TimeZone) -> Self {
        Self {
            team_id: work.team.id,
            work: WorkView::of(work, zone),
        }
    }
}

/// Who reviews whose code.
#[derive(Serialize, JsonSchema)]
pub struct ReviewOnBoard {
    /// The review's id.
    id: Id,
    /// The team that reviews.
    reviewer_team: TeamName,
    /// The team whose code it reads.
    reviewed_team: TeamName,
    /// Where the review stands.
    status: ReviewStatus,
}

impl From<ReviewWithTeams> for ReviewOnBoard {
    fn from(review: ReviewWithTeams) -> Self {
        Self {
            id: review.review.id,
            reviewer_team: TeamName::from(&review.reviewing),
            reviewed_team: TeamName::from(&review.reviewed),
            status: review.status,
        }
    }
}

/// A pair that was in one team.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BoardEncounter")]
pub struct EncounterView {
    /// The two, among `students`.
    people: [Id; 2],
    /// The first week of each round in which they were.
    weeks: Vec<i32>,
}

impl From<BoardStudent> for StudentView {
    fn from(student: BoardStudent) -> Self {
        let BoardStudent {
            enrolment,
            absence,
            days,
        } = student;
        Self {
            absent_on: days
                .into_iter()
                .map(|(date, reason)| AbsentDay { date, reason })
                .collect(),
            person: enrolment.person,
            status: enrolment.enrolment.status,
            joined_on: enrolment.enrolment.joined_on,
            left_on: enrolment.enrolment.left_on,
            absent: absence.is_some(),
            absence_reason: absence.flatten(),
        }
    }
}

impl From<FullTeam> for TeamOnBoard {
    fn from(full: FullTeam) -> Self {
        let members = full.members.into_iter().map(|(member, _)| MemberOnBoard {
            person_id: member.person_id,
            role: member.role,
        });
        Self {
            id: full.team.id,
            name: full.team.name,
            repository_url: full.team.repository_url,
            deployed_url: full.team.deployed_url,
            version: full.team.version,
            members: members.collect(),
        }
    }
}

impl From<Encounter> for EncounterView {
    fn from(Encounter { pair, weeks }: Encounter) -> Self {
        Self { people: pair, weeks }
    }
}

fn plan(found: PlanOfWeek) -> (PlanView, Vec<TeamOnBoard>) {
    let round = found.round.round;
    let plan = PlanView {
        id: found.plan.id,
        version: found.plan.version,
        first_week: round.first_week,
        last_week: round.last_week,
        published_at: round.published_at,
        repeats: found.report.repeats,
        bound: found.report.bound,
        broken: found.broken,
        other_drafts: found.other_drafts,
    };
    (plan, found.round.teams.into_iter().map(TeamOnBoard::from).collect())
}

fn view(board: WeekBoard) -> Result<BoardView> {
    let (plan, teams) = board.plan.map(plan).unzip();
    let zone = board.week.zone;
    Ok(BoardView {
        cohort_id: board.cohort.id,
        cohort_name: board.cohort.name,
        cohort_status: board.cohort.status,
        week: WeekView::of(board.week.week, board.week.project, zone)?,
        students: board.students.into_iter().map(StudentView::from).collect(),
        plan,
        teams: teams.unwrap_or_default(),
        work: board
            .work
            .into_iter()
            .map(|work| TeamWorkOnBoard::of(work, zone))
            .collect(),
        code_reviews: board.reviews.into_iter().map(ReviewOnBoard::from).collect(),
        encounters: board.encounters.met.into_iter().map(EncounterView::from).collect(),
        mentoring: board.mentoring.into_iter().map(MentoringInWeek::from).collect(),
    })
}

/// `GET /v1/cohorts/{id}/board`
pub async fn get_week_board(call: Call<ById, BoardQuery, NoBody>) -> Result<Reply<BoardView>> {
    call.read(|conn, call| {
        let number = call.query.week.as_ref().map(|number| number.0);
        Reply::ok(&view(reads::week_board(
            conn,
            &call.actor,
            call.path.id,
            number,
            call.now,
        )?)?)
    })
    .await
}
