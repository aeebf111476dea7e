//! What a page needs of a week, in one answer.

mod attention;
mod fairness;
pub mod my_week;
pub mod samples;
mod week_board;
