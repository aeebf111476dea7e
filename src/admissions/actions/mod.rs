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
pub use applications::{SeenApplicant, WholeApplication, begin, change, get, list, list_own, submit, take_back};
pub use evidence::note;
pub use intakes::{ShownIntake, express_interest, intake, list_intakes, save_intake, set_form, withdraw_interest};
pub use times::{forget, keep_time, leave_everywhere};
pub use unfinished::unfinished;

use crate::{
    admissions::proofs::SeenApplication,
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch},
};

/// That an application is as the caller has seen it, if they say which version that is.
///
/// # Errors
/// `412` if it has changed since.
pub fn check_known(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    match known {
        IfMatch::Absent => Ok(()),
        known => known.check(SeenApplication::of(conn, actor, id)?.application.version),
    }
}
