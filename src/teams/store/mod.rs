//! Queries on rounds, teams and repairs.

mod published;
mod repairs;
mod rounds;

pub use published::{
    TeamPlace, WeekOf, by_ids, members, members_there, published_rounds, published_rounds_from, published_weeks, team,
    team_of, teams_in, teams_of, teams_with, touch_teams, update_team, week_of,
};
pub use repairs::{count_repairs, insert_repair, repairs};
pub use rounds::{
    NewRound, NewTeam, delete_teams, delete_unpublished_rounds, insert_rounds, insert_teams, publish_rounds,
    replace_members, round, rounds, unpublish_round,
};
