//! What can be done about intakes and applications, and when.

pub mod applications;
pub mod evidence;
pub mod forms;
pub mod intakes;
pub mod interviews;
pub mod offers;
pub mod ranking;
pub mod reading;
pub mod trials;
pub mod unfinished;
