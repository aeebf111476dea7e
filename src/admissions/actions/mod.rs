//! What people do about intakes and applications.

mod applications;
mod evidence;
mod intakes;
pub mod reading;
mod times;

pub use applications::{SeenApplicant, WholeApplication, begin, change, get, list, list_own, submit, withdraw};
pub use evidence::note;
pub use intakes::{ShownIntake, express_interest, intake, list_intakes, save_intake, set_form, withdraw_interest};
pub use times::{forget, keep_time, leave_everywhere};
