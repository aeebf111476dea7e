//! Queries on rounds, teams and repairs.

mod published;
mod repairs;
mod rounds;

pub use published::{
    TeamPlace, WeekOf, published_rounds, published_rounds_from, published_weeks, set_team, team, teams_in, teams_of,
    touch_teams, week_of,
};
pub use repairs::{insert_repair, repairs};
pub use rounds::{
    NewRound, NewTeam, delete_unpublished_rounds, insert_rounds, insert_teams, publish_rounds, remove_teams,
    replace_members, rounds, unpublish_round,
};
