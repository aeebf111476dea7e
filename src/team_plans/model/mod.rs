//! Plans: what was asked, what was formed, and what it is worth.

mod arrangement;
mod asked;
mod curve;
mod demands;
mod formed;
mod forming_input;
mod report;
mod rerun;
mod search;
mod snapshot;
mod version;

use diesel::prelude::*;
use serde::Serialize;

pub use arrangement::Arrangement;
pub use asked::{Effort, Group, KeptTeam, KeptTeams, Lock, PlanRequest, PlanRules, TeamSize};
pub use curve::{Curve, CurveView, Measures, Point, TradeOff};
pub use demands::{DescribedDemand, Describer, Misfits};
pub use formed::{Change, Contradiction, Demand, Formed, WayOut, Why};
pub use forming_input::FormingInput;
pub use report::{
    Balance, Outside, PeopleMet, PersonTurns, RepeatedPair, Report, RoleNote, Roles, Spacing, TurnShares, WithLater,
};
pub use rerun::{Keep, RerunRequest};
pub use search::{PlanResult, Progress};
pub use snapshot::{Rule, Snapshot, Student, WeekDates, mostly_missed};
pub use version::{PlanAct, PlanChange, PlanVersion, VersionSeat, VersionTeam};

use crate::{
    db::schema::team_plans,
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// How far a team plan has come, which its rounds tell.
    pub enum PlanStatus {
        /// Staff may change it; students see nothing of it.
        Draft = "draft",
        /// Students see some of its rounds; staff may change the others.
        PartlyPublished = "partly_published",
        /// Students see all of its rounds.
        Published = "published",
    }
}

impl PlanStatus {
    /// The status of a plan, by which of its rounds are published.
    pub fn of(published: impl IntoIterator<Item = bool>) -> Self {
        let (mut some, mut all) = (false, true);
        for is_published in published {
            some |= is_published;
            all &= is_published;
        }
        match (some, all) {
            (true, true) => Self::Published,
            (true, false) => Self::PartlyPublished,
            _ => Self::Draft,
        }
    }
}

/// A draft that could be discarded, as a problem names it.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = team_plans)]
pub struct Draft {
    /// The plan.
    pub id: Id,
    /// Its first week.
    pub from_week: i32,
    /// Its last week.
    pub to_week: i32,
    /// When it was made.
    pub created_at: Instant,
}

/// A team plan.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = team_plans)]
pub struct TeamPlan {
    /// Its id.
    pub id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// The first week that was asked for.
    pub from_week: i32,
    /// Last week.
    pub to_week: i32,
    /// With the same students and the same seed the same teams come again.
    pub seed: i64,
    /// What was asked for, a [`PlanRequest`] as JSON.
    pub request: String,
    /// What it is worth, a [`Report`] as JSON.
    pub report: String,
    /// Who asked.
    pub created_by: Option<Id>,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The weeks after it as they were planned along, [`Seated`](crate::teams::model::Seated) rounds as JSON: what the
    /// next draft begins from.
    pub planned_along: String,
}
