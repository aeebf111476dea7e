//! Queries on team plans, published teams and repairs.

mod plans;
mod published;
mod repairs;
mod trade_offs;

pub use plans::{
    NewRound, NewTeam, delete_plan, delete_unpublished_rounds, insert_plan, insert_teams, plan, plans, publish_rounds,
    remove_teams, replace_members, rounds, set_seed, update_plan,
};
pub use published::{
    TeamPlace, WeekOf, published_rounds, published_weeks, round, seed_of_published, set_team, team, teams_of,
    touch_teams, week_of,
};
pub use repairs::{insert_repair, repairs};
pub use trade_offs::{carry_trade_off, put_trade_off, trade_off};
