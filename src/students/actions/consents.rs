//! What people consent to, and withdraw their consent from.

use crate::{
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::Instant,
    students::{
        model::{Consent, Purpose},
        rules::consents::{Standpoint, standpoints},
        store,
    },
};

/// What the caller consents to, use by use.
pub fn consents(conn: &mut Conn, actor: &Actor) -> Result<[Standpoint; 2]> {
    let person = SignedIn::prove(actor)?.person();
    Ok(standpoints(&store::consents(conn, person)?))
}

/// The caller consents to a use, or does not want it any more.
pub fn decide(conn: &mut Conn, actor: &Actor, purpose: Purpose, given: bool, now: Instant) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    let before = store::consents(conn, proof.person())?;
    let before = before.iter().find(|decision| decision.purpose == purpose);
    if before.is_some_and(|decision| decision.given == given) {
        return Ok(());
    }
    audit::became(purpose.as_str(), before.map(|decision| decision.given), given);
    let consent = Consent {
        person_id: proof.person(),
        purpose,
        given,
        decided_at: now,
    };
    store::set_consent(conn, &proof, &consent)
}
