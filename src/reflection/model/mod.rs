//! Manuals, progress logs and feedback as they are stored and asked for.

mod feedback;
mod log;
mod manual;

pub use feedback::{Feedback, NewFeedback, Released};
pub use log::{LogPatch, LogSelection, NewLog, ProgressLog};
pub use manual::{Manual, ManualTexts};
