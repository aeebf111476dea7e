//! What is read of several features at once. Each part is read for the caller by the feature that has it, which decides who
//! may.

mod attention;
mod fairness;
mod my_week;
mod week_board;

pub use attention::{StaffedCohort, attention, my_attention};
pub use fairness::{Fairness, OwnFairness, fairness, own_fairness};
pub use my_week::{Mate, MyWeek, OwnPlace, my_week};
pub use week_board::{BoardStudent, WeekBoard, week_board};

// What the reads of other features give.
pub use crate::{
    events::actions::ShownEvent,
    mentoring::actions::{OfficeHours, SlotWithMentors},
    pastoral::actions::SeenOnWalk,
    retros::actions::RetroInWeek,
    team_plans::actions::of_week::PlanOfWeek,
    work::actions::{Due, ReviewWithTeams, TeamWork},
};

use chrono::NaiveDate;

use crate::{
    cohorts::{self, actions::WeekWithProject, model::current_week},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// The week with this number, or the one that it is by the calendar of the campus.
fn week_or_current(conn: &mut Conn, cohort: Id, number: Option<i32>, now: Instant) -> Result<WeekWithProject> {
    if let Some(number) = number {
        return cohorts::actions::week(conn, cohort, number);
    }
    let mut weeks = cohorts::actions::weeks(conn, cohort)?;
    let first_days: Vec<NaiveDate> = weeks.iter().map(|week| week.week.starts_on).collect();
    let zone = weeks.first().map(|week| week.zone).ok_or_else(Error::not_found)?;
    let current = current_week(&first_days, now.date_in(zone));
    current.map(|at| weeks.swap_remove(at)).ok_or_else(Error::not_found)
}
