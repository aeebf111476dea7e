//! What belongs to handing a product over.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    db::schema::client_hand_over_items,
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// Something that belongs to handing a product over.
    pub enum HandOverItem {
        /// The product was demonstrated to its owners.
        Demonstration = "demonstration",
        /// A README says how it is run and changed.
        Readme = "readme",
        /// What is still to be done is written down.
        Backlog = "backlog",
        /// The owners have the logins of all services, and nobody else.
        Logins = "logins",
        /// Faults that are known are written down.
        Faults = "faults",
    }
}

impl HandOverItem {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Demonstration,
        Self::Readme,
        Self::Backlog,
        Self::Logins,
        Self::Faults,
    ];
}

text_enum! {
    /// Who has ticked something off.
    pub enum HandOverParty {
        /// The team that builds the product.
        Team = "team",
        /// The staff of the campus.
        Staff = "staff",
    }
}

/// That something was done.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_hand_over_items)]
pub struct TickedItem {
    pub client_id: Id,
    pub item: HandOverItem,
    pub ticked_by: HandOverParty,
    pub created_at: Instant,
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"done": true}))]
pub struct NewTick {
    /// `false` takes the tick back.
    pub done: bool,
}
