//! What is right and what follows, without a database or a clock.

mod arrangements;
mod drafts;
mod edits;
mod explanation;
mod infeasible;
mod publication;
mod request;
mod rounds;

pub use arrangements::{arrange, check_arrangement, people_moved};
pub use drafts::{
    TeamMatch, are_same_teams, check_open, check_rerun, check_room, check_still_asked, kept, match_teams,
    roster_changed,
};
pub use edits::{Edit, apply, are_sizes_kept, repeats_from, swaps_of, wrong_sizes};
pub use explanation::{Explanation, explain, explain_pair};
pub use infeasible::infeasible;
pub use publication::{
    NewTeamOf, NewlyVisible, check_no_reading_week, check_not_begun, check_up_to_date, newly_seen, rounds_to_publish,
    weeks_published,
};
pub use request::{rounds_to_form, seed_of};
pub use rounds::rounds_ahead;
