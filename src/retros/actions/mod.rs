//! What people do in retros and with actions.

mod closing;
mod items;
mod owned;
mod retros;

pub use closing::{Closed, close};
pub use items::{SeenItem, change as change_item, delete as delete_item, get as get_item, unvote, vote, write};
pub use owned::{
    change as change_action, create as create_action, get as get_action, list as list_actions, open_actions,
};
pub use retros::{FullRetro, RetroInWeek, get as get_retro, list as list_retros, open, unpublished};
