//! What cohorts obey: where their status may go, how their weeks are dated, what may move.

pub mod calendar;
mod projects;
mod status;
mod weeks;

pub use projects::{check_outcomes, check_repository_name};
pub use status::{
    OF_A_CAMPUS, Step, check_open, may_be_planned, may_begin_as, may_still_step_back, mentor_sees_inside, step,
};
pub use weeks::{may_be_dated, may_be_dated_by_hand, may_be_inserted, may_move, moved, out_of_order};
