//! What is to be done.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonCard,
    audit::audited,
    db::schema::actions,
    primitives::{Field, Id, Instant, Line, Text, text_enum},
    teams::model::TeamName,
};

text_enum! {
    /// What has become of an action.
    pub enum ActionStatus {
        /// It is to be done.
        Open = "open",
        /// It is done.
        Done = "done",
        /// It will not be done; the note says why.
        Dropped = "dropped",
    }
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = actions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Action {
    pub id: Id,
    pub cohort_id: Id,
    /// None if it is the whole cohort's.
    pub team_id: Option<Id>,
    /// The retro that it came of.
    pub retro_id: Option<Id>,
    pub text: Line,
    pub status: ActionStatus,
    /// Who looks after it; they may have left since.
    pub owner_id: Option<Id>,
    pub note: Option<Text>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub ended_at: Option<Instant>,
}

audited!(Action { status, owner_id; text, note });

/// How long somebody has to do it.
const DUE_AFTER: chrono::Days = chrono::Days::new(14);

impl Action {
    /// The day by which it is to be done.
    pub fn due_on(&self) -> NaiveDate {
        self.created_at.date() + DUE_AFTER
    }
}

/// An action with its team and whoever looks after it, as long as they are in the cohort or on its staff.
#[derive(Clone, Debug)]
pub struct OwnedAction {
    pub action: Action,
    pub team: Option<TeamName>,
    pub owner: Option<PersonCard>,
}

/// Something to be done.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Action")]
pub struct ActionView {
    /// The action's id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// The team that is to do it; null if it is the whole cohort's.
    team: Option<TeamName>,
    /// The retro that it came of; null if it was made by hand.
    retro_id: Option<Id>,
    /// What is to be done.
    text: Line,
    /// What has become of it.
    status: ActionStatus,
    /// Who looks after it; null if nobody does, or they have left the cohort.
    owner: Option<PersonCard>,
    /// Whether somebody looked after it who has left the cohort.
    owner_left: bool,
    /// What came of it, or why it was dropped.
    note: Option<Text>,
    /// The day by which it is to be done: two weeks after it was made.
    due_on: NaiveDate,
    /// When it was made.
    created_at: Instant,
    /// When it was done or dropped; null while it is open.
    ended_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    pub version: i64,
}

impl From<OwnedAction> for ActionView {
    fn from(OwnedAction { action, team, owner }: OwnedAction) -> Self {
        Self {
            due_on: action.due_on(),
            owner_left: owner.is_none() && action.owner_id.is_some(),
            id: action.id,
            cohort_id: action.cohort_id,
            team,
            retro_id: action.retro_id,
            text: action.text,
            status: action.status,
            owner,
            note: action.note,
            created_at: action.created_at,
            ended_at: action.ended_at,
            version: action.version,
        }
    }
}

/// Something to be done, as it is made by hand.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"text": "Write down how to set up the database"}))]
pub struct NewAction {
    /// What is to be done.
    pub text: Line,
    /// The team that is to do it; the whole cohort if left out.
    #[serde(default)]
    pub team_id: Option<Id>,
    /// Who looks after it: a student of the cohort, or somebody on its staff.
    #[serde(default)]
    pub owner_id: Option<Id>,
}

/// What of an action can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "done", "note": "It is in the README."}))]
pub struct ActionPatch {
    /// What has become of it.
    #[serde(default)]
    pub status: Field<ActionStatus>,
    /// Who looks after it: a student of the cohort, or somebody on its staff; `null` for nobody.
    #[serde(default)]
    pub owner_id: Field<Option<Id>>,
    /// What came of it; a dropped action needs it.
    #[serde(default)]
    pub note: Field<Option<Text>>,
    /// What is to be done.
    #[serde(default)]
    pub text: Field<Line>,
}

/// Which actions of a cohort.
#[derive(Clone, Debug, Default)]
pub struct ActionSelection {
    pub states: Option<Vec<ActionStatus>>,
    pub team: Option<Id>,
    pub owner: Option<Id>,
    /// Those that came of it.
    pub retro: Option<Id>,
    pub after: Option<Id>,
}

impl ActionSelection {
    /// Those that are still to be done.
    pub fn open() -> Self {
        Self {
            states: Some(vec![ActionStatus::Open]),
            ..Self::default()
        }
    }
}
