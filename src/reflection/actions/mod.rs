//! What people say of themselves and each other.

mod feedback;
mod logs;
mod manuals;

pub use feedback::{GivenFeedback, give, list_given, list_received, open_teams, window, withdraw};
pub use logs::{change as change_log, delete as delete_log, get as get_log, list_own, list_shared, write as write_log};
pub use manuals::{get_other as get_manual, get_own as get_own_manual, set as set_manual, with_manuals};
