//! A week's board, for the staff.

use chrono::NaiveDate;

use super::week_or_current;
use crate::{
    authz::Actor,
    cohorts::{CohortStaff, actions::WeekWithProject, model::Cohort},
    db::Conn,
    error::Result,
    mentoring::{self, actions::SlotWithMentors, model::SlotSelection},
    primitives::{Filter, Id, Instant, Period, Text},
    students::{self, actions::EnrolmentForViewer},
    team_plans::actions::of_week::{PlanOfWeek, of_week},
    teams::{self, model::Encounters},
    work::{
        self,
        actions::{ReviewWithTeams, TeamWork},
    },
};

/// All that the board of a week shows.
pub struct WeekBoard {
    /// The cohort.
    pub cohort: Cohort,
    /// The week, and what it builds.
    pub week: WeekWithProject,
    /// Everybody who is or was enrolled, by name.
    pub students: Vec<BoardStudent>,
    /// The plan that its teams come from, if it has any.
    pub plan: Option<PlanOfWeek>,
    /// Who has met whom in published rounds.
    pub encounters: Encounters,
    /// What the published teams have submitted.
    pub work: Vec<TeamWork>,
    /// Who reviews whose code.
    pub reviews: Vec<ReviewWithTeams>,
    /// What mentors are there for, and who.
    pub mentoring: Vec<SlotWithMentors>,
}

/// A student on a board.
pub struct BoardStudent {
    /// The enrolment.
    pub enrolment: EnrolmentForViewer,
    /// Whether they miss the week, and why if they said so.
    pub absence: Option<Option<Text>>,
    /// Which of its days they miss, and why if they said so.
    pub days: Vec<(NaiveDate, Option<Text>)>,
}

/// The board of a week; of the week that goes on, if none is named.
pub fn week_board(conn: &mut Conn, actor: &Actor, cohort: Id, number: Option<i32>, now: Instant) -> Result<WeekBoard> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let week = week_or_current(conn, cohort.id, number, now)?;
    let number = week.week.number;
    let enrolments = students::actions::list(conn, actor, cohort.id, &Filter::default(), None, i64::MAX)?;
    let absences = students::actions::absences(conn, actor, cohort.id, Some(number), None, i64::MAX)?;
    let days = Period {
        from: Some(week.week.starts_on),
        to: Some(week.week.ends_on),
    };
    let days = students::actions::day_absences(conn, actor, cohort.id, days, None, i64::MAX)?;
    let on_board = |enrolment: EnrolmentForViewer| BoardStudent {
        absence: absences
            .iter()
            .find(|(absence, _)| absence.person_id == enrolment.person.id)
            .map(|(absence, _)| absence.reason.clone()),
        days: days
            .iter()
            .filter(|(absence, _)| absence.person_id == enrolment.person.id)
            .map(|(absence, _)| (absence.day, absence.reason.clone()))
            .collect(),
        enrolment,
    };
    let selection = SlotSelection {
        week: Some(number),
        ..SlotSelection::default()
    };
    Ok(WeekBoard {
        students: enrolments.into_iter().map(on_board).collect(),
        plan: of_week(conn, actor, cohort.id, number)?,
        work: work::actions::list_week(conn, actor, cohort.id, number)?,
        reviews: work::actions::list_reviews(conn, actor, cohort.id, number, now)?.reviews,
        encounters: teams::actions::list_encounters(conn, actor, cohort.id)?,
        mentoring: mentoring::actions::list(conn, actor, cohort.id, selection, i64::MAX)?,
        cohort,
        week,
    })
}
