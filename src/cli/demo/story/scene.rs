//! Who and what the story is about.

use super::player::Player;
use crate::{
    db::Conn,
    error::Result,
    mentoring::{
        actions as mentors,
        model::{SlotDetails, SlotKind},
    },
    primitives::{Id, Instant},
};

/// The week in which the running cohort is.
pub const WEEK: i32 = 6;

/// A cohort with its students.
#[derive(Clone)]
pub struct CohortWithStudents {
    pub id: Id,
    pub students: Vec<Player>,
}

/// Who and what the story is about.
#[derive(Clone)]
pub struct Scene {
    pub rosa: Player,
    pub staff: Player,
    pub gaza: Player,
    pub london: Id,
    pub graduated: CohortWithStudents,
    pub running: CohortWithStudents,
    pub planned: CohortWithStudents,
    /// The next one in London, to which people apply.
    pub coming: Id,
}

/// Two mentors are wanted for the week.
pub fn ask_for_mentors(conn: &mut Conn, staff: Player, cohort: Id, week: i32, now: Instant) -> Result<Id> {
    let actor = staff.actor(conn, now)?;
    let details = SlotDetails::of_week(SlotKind::Week, 2, 2);
    Ok(mentors::create(conn, &actor, cohort, week, |_| details, now)?.slot.id)
}
