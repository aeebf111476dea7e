//! Team plans over HTTP.

mod arrangements;
mod edits;
mod explanation;
mod operations;
mod plans;
mod publication;
mod reruns;
mod restorations;
mod trade_offs;

pub use arrangements::arrange_teams;
pub use edits::{move_person, preview_swap, swap_people};
pub use explanation::explain_team_plan;
pub use operations::operations;
pub use plans::{create_team_plan, discard_team_plan, get_team_plan, list_team_plans};
pub use publication::{publish_team_plan, unpublish_week};
pub use reruns::rerun_team_plan;
pub use restorations::{list_plan_versions, restore_team_plan};
pub use trade_offs::{choose_trade_off, find_trade_off, get_trade_off};
