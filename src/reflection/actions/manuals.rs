//! Writing and reading manuals.

use crate::{
    audit,
    authz::{Actor, SignedIn},
    cohorts::CohortStatus,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
    reflection::{
        model::{Manual, ManualTexts},
        proofs::ManualReader,
        store,
    },
    students::{self, model::EnrolmentStatus},
};

/// The caller's own; empty as long as they have written none.
pub fn get_own(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<Manual> {
    let person = SignedIn::prove(actor)?.person();
    let empty = || Manual {
        person_id: person,
        texts: ManualTexts::default(),
        version: 0,
        updated_at: now,
    };
    Ok(store::manual(conn, person)?.unwrap_or_else(empty))
}

/// Somebody's manual, for whoever shares a cohort with them. One that says nothing counts as none.
pub fn get_other(conn: &mut Conn, actor: &Actor, person: Id) -> Result<Manual> {
    let reader = ManualReader::of(conn, actor, person)?;
    store::manual(conn, reader.owner())?
        .filter(|manual| manual.texts.says_something())
        .ok_or_else(Error::not_found)
}

/// Those of these people whose manual says something. Whoever asks sees inside a cohort with them.
pub fn with_manuals(conn: &mut Conn, people: &[Id]) -> Result<Vec<Id>> {
    store::with_manuals(conn, people)
}

/// Writes the caller's own manual, in place of what was there.
pub fn set(conn: &mut Conn, actor: &Actor, texts: ManualTexts, known: IfMatch, now: Instant) -> Result<Manual> {
    let proof = SignedIn::prove(actor)?;
    let before = get_own(conn, actor, now)?;
    known.check(before.version)?;
    if texts == before.texts && before.version > 0 {
        return Ok(before);
    }
    let after = Manual {
        texts,
        version: before.version + 1,
        updated_at: now,
        ..before.clone()
    };
    audit::changed(&before, &after);
    let going_on = |status| matches!(status, CohortStatus::Planned | CohortStatus::Running);
    let own = students::store::cohorts_of(conn, &proof)?.into_iter();
    let own = own.filter(|own| own.enrolment == EnrolmentStatus::Enrolled && going_on(own.cohort.status));
    let cohorts: Vec<Id> = own.map(|own| own.cohort.id).collect();
    store::put_manual(conn, &proof, &after, &cohorts)?;
    Ok(after)
}
