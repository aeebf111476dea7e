//! Queries on manuals, progress logs and feedback.

mod feedback;
mod logs;
mod manuals;

pub use feedback::{given, insert_feedback, last_day, release, released, teams_ended, waiting, withdraw_feedback};
pub use logs::{count_logs, delete_log, insert_log, log, logs, update_log};
pub use manuals::{manual, put_manual, with_manuals};
