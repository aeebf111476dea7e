//! Queries on retros, items, votes and actions.

mod actions;
mod items;
mod retros;
mod votes;

pub use actions::{action, actions, count_all, count_open, insert_actions, owners, update_action};
pub use items::{delete_item, end_items, insert_item, items, same_item, update_item, written_by};
pub use retros::{begin_voting, close_retro, count_of_teams, insert_retro, of_week, retro_of, week};
pub use votes::{delete_vote, insert_vote, own_votes};
