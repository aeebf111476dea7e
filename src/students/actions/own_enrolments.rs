//! What students tell of themselves.

use crate::{
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
    students::{model::Enrolment, rules::told::Told, store},
};

/// The caller's own enrolment in a cohort, also once they have left.
pub fn own_enrolment(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Enrolment> {
    let person = SignedIn::prove(actor)?.person();
    let own = store::enrolment(conn, cohort, person)?;
    own.map(|(enrolment, _)| enrolment).ok_or_else(Error::not_found)
}

/// Changes what is known of the caller. That it was done stands in their own audit trail, not in that of the campus.
pub fn change_own_enrolment(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    told: Told,
    seen: IfMatch,
    now: Instant,
) -> Result<Enrolment> {
    let before = own_enrolment(conn, actor, cohort)?;
    seen.check(before.version)?;
    let after = told.by_student(before.clone(), now)?;
    if after == before {
        return Ok(before);
    }
    audit::changed(&before, &after);
    store::update_own(conn, &SignedIn::prove(actor)?, &after)?;
    Ok(after)
}
