//! Published teams: who works with whom in which week, who has met whom and had which role. They change by a
//! recorded repair and in no other way. Drafts are the feature [`team_plans`](crate::team_plans).

pub(crate) mod actions;
mod events;
pub mod http;
pub mod model;
mod notices;
mod rules;
pub mod store;

pub(crate) use notices::{round_notices, team_notices};
