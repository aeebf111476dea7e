//! Who and what the story is about.

use super::player::Player;
use crate::primitives::Id;

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
}
