//! What people do about intakes and applications.

mod answers;
mod applications;
pub mod decisions;
mod evidence;
mod intakes;
pub mod interviews;
mod places;
pub mod reading;
mod times;
mod unfinished;

pub use answers::{accept, decline, withdraw};
pub use applications::{SeenApplicant, WholeApplication, begin, change, get, list, list_own, submit};
pub use evidence::note;
pub use intakes::{ShownIntake, express_interest, intake, list_intakes, save_intake, set_form, withdraw_interest};
pub use times::{forget, keep_time, leave_everywhere};
pub use unfinished::unfinished;
