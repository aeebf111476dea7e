//! Retros and actions over HTTP.

mod actions;
mod items;
mod operations;
mod retros;

pub use actions::{change_action, create_action, get_action, list_actions};
pub use items::{
    change_retro_item, delete_retro_item, get_retro_item, vote_for_retro_item, withdraw_retro_vote, write_retro_item,
};
pub use operations::operations;
pub use retros::{close_retro, get_retro, list_retros, open_retro};
