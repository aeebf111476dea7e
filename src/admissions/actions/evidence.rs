//! Noting how far an applicant has come.

use super::{WholeApplication, get};
use crate::{
    admissions::{
        model::{NewReading, Reading},
        proofs::SeenApplication,
        rules::evidence as rules,
        store,
    },
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Bound, Id, Instant},
};

/// How often it is noted.
const READINGS: Bound = Bound {
    most: 200,
    whose: "an application",
    what: "readings of evidence",
    remedy: "Those that are there count.",
};

/// Notes how far an applicant has come, as they say themself or the staff saw.
pub fn note(conn: &mut Conn, actor: &Actor, id: Id, new: NewReading, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let form = store::form(conn, seen.application.form_id)?;
    rules::check_asked(&form.questions, &new.question)?;
    let there = store::readings(conn, id)?.len();
    READINGS.check_room(there)?;
    let reading = Reading {
        id: Id::new(),
        application_id: id,
        question: new.question,
        value: new.value,
        seen_at: rules::seen_at(new.seen_at, !seen.is_own(), now)?,
        is_checked: !seen.is_own(),
        noted_by: Some(seen.person()),
        created_at: now,
    };
    store::insert_reading(conn, &seen.keeper(), &seen.application, &reading)?;
    get(conn, actor, id)
}
