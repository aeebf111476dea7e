//! Repairs, as they are stored.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Seat;
use crate::{
    db::schema::team_repairs,
    primitives::{Id, Instant, Line, Text},
};

/// A change to a published round.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = team_repairs)]
pub struct TeamRepair {
    /// Its id.
    pub id: Id,
    /// What was changed.
    pub round_id: Id,
    /// Why.
    pub reason: Text,
    /// The teams concerned before, [`TeamRecord`]s as JSON.
    pub before: String,
    /// And after.
    pub after: String,
    /// Who did it.
    pub made_by: Option<Id>,
    /// When it was made.
    pub created_at: Instant,
}

/// A team as a repair found or left it. Without names: who is erased must not stay behind in here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamRecord {
    /// The team's id.
    pub id: Id,
    /// Its name at the time.
    pub name: Line,
    /// Who was in it.
    pub members: Vec<Seat>,
}
