//! Queries on team plans, published teams and repairs.

mod plans;
mod published;
mod repairs;

pub use plans::{
    NewRound, delete_plan, delete_unpublished_rounds, insert_plan, plan, plans, publish_rounds, replace_members,
    rounds, update_plan,
};
pub use published::{
    TeamPlace, WeekOf, published_rounds, published_weeks, round, set_team, team, teams_of, touch_teams, week_of,
};
pub use repairs::{insert_repair, repairs};
