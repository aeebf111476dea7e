//! Manuals, progress logs and feedback over HTTP.

mod feedback;
mod logs;
mod manuals;
mod operations;

pub use feedback::{give_feedback, list_given_feedback, list_my_feedback, withdraw_feedback};
pub use logs::{
    change_progress_log, delete_progress_log, get_progress_log, list_my_progress_logs, list_shared_progress_logs,
    write_progress_log,
};
pub use manuals::{get_manual, get_my_manual, set_my_manual};
pub use operations::operations;
