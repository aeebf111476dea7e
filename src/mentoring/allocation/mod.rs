//! Who mentors when: places given to wishes, exactly and always the same for one seed. Pure: data in, data out.
//!
//! What comes first, and decides before anything that follows is looked at ([`cost::Cost`]):
//!
//! 1. as many slots as possible reach their minimum,
//! 2. as many people as possible get one of their wishes; where not all can, those first who lost a draw before,
//! 3. load is even: the sum of its squares is as small as it can be,
//! 4. wishes of a high rank,
//! 5. what is left equal is drawn by the seed.
//!
//! Nobody takes two slots that compete, more slots than they want, or too many weeks in a row, and two who want to come
//! together take a slot that both wish for both or not at all.
//!
//! Most of this is a minimum-cost flow from people over wishes to places ([`relaxed`]). What is not (all of a minimum or
//! nothing, slots that compete, weeks in a row, together) is decided by branch and bound ([`solve`]), in which the flow
//! bounds what can still be reached.

mod cost;
mod explain;
mod hall;
mod marks;
mod problem;
mod relaxed;
mod solve;
#[cfg(test)]
mod tests;

pub use explain::{Outcome, draws_lost, explain};
pub use hall::{Contest, contests};
pub use problem::{Applicant, Barred, OpenSlot, Problem, Why, Wish};
pub use solve::{Solution, WORK_LIMIT, solve};
