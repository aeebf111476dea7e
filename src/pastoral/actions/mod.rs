//! What organisers, carers and students do.

mod notes;
mod walks;

pub use notes::{ReadNote, change_note, create_note, delete_note, get_note, list_flags, list_notes};
pub use walks::{SeenOnWalk, cancel_walk, give_up_place, list_walks, offer_walk, take_place};

use super::{CarersReader, model::Carer, store};
use crate::{
    audit,
    authz::Actor,
    campuses::{CampusOrganiser, model::MemberStatus, store as campuses},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// Who cares for the students of a campus, for those who belong to it.
pub fn list_carers(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<Vec<Carer>> {
    let reader = CarersReader::of(conn, actor, campus)?;
    store::carers(conn, &reader)
}

/// Names a member of the campus; one who is a carer stays one.
pub fn name_carer(conn: &mut Conn, actor: &Actor, campus: Id, person: Id, now: Instant) -> Result<()> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    if campuses::member_status(conn, campus, person)? != Some(MemberStatus::Member) {
        return Err(Error::not_found());
    }
    if store::is_carer(conn, campus, person)? {
        return Ok(());
    }
    audit::became("carer", false, true);
    store::insert_carer(conn, &proof, person, now)
}

/// Somebody is no carer any more.
pub fn dismiss_carer(conn: &mut Conn, actor: &Actor, campus: Id, person: Id) -> Result<()> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    if !store::is_carer(conn, campus, person)? {
        return Err(Error::not_found());
    }
    audit::became("carer", true, false);
    store::delete_carer(conn, &proof, person)
}
