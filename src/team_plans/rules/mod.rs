//! What is right and what follows, without a database or a clock.

mod drafts;
mod edits;
mod explanation;
mod infeasible;
mod publication;
mod request;
mod rounds;

pub use drafts::{are_same_teams, changed_meanwhile, check_open, check_rerun, check_still_asked, gone_on_as, kept};
pub use edits::{Edit, apply, repeats_from, wrong_sizes};
pub use explanation::{Explained, explain, tell_why};
pub use infeasible::infeasible;
pub use publication::{check_no_reading_week, check_still_true, rounds_to_publish, weeks_published};
pub use request::{rounds_to_form, seed_of};
pub use rounds::rounds_ahead;
