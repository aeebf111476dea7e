//! Noting one's own progress.

use crate::{
    accounts::model::PersonCard,
    audit,
    authz::{Actor, SignedIn},
    cohorts::CohortStaff,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
    reflection::{
        model::{LogPatch, LogSelection, NewLog, ProgressLog},
        rules, store,
    },
    students,
};

/// What somebody can do who studies nowhere.
const INSTEAD: &str = "To note something for a cohort that you graduated from, name it as `cohort_id`.";

/// Writes a note, for a cohort that the caller studies in.
pub fn write(conn: &mut Conn, actor: &Actor, new: NewLog, now: Instant) -> Result<ProgressLog> {
    let proof = SignedIn::prove(actor)?;
    let own = students::store::cohorts_of(conn, &proof)?;
    let cohort = match new.cohort_id {
        Some(named) if own.iter().any(|own| own.cohort.id == named) => named,
        Some(_) => {
            let detail = "must be a cohort that you study in or graduated from";
            return Err(Error::field("/cohort_id", "not_found", detail));
        }
        None => students::own_cohort(own, INSTEAD)?.cohort.id,
    };
    rules::LOGS.check_room(store::count_logs(conn, &proof)?)?;
    let log = ProgressLog {
        id: Id::new(),
        person_id: proof.person(),
        cohort_id: cohort,
        text: new.text,
        shared_with_staff: new.shared_with_staff,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert_log(conn, &proof, &log)?;
    Ok(log)
}

/// Up to `limit` of the caller's own, the newest first.
pub fn list_own(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Option<Id>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<ProgressLog>> {
    let selection = LogSelection {
        cohort,
        person: Some(SignedIn::prove(actor)?.person()),
        only_shared: false,
        before,
    };
    let found = store::logs(conn, selection, limit)?;
    Ok(found.into_iter().map(|(log, _)| log).collect())
}

/// Up to `limit` of those that students of a cohort share with its staff, the newest first.
pub fn list_shared(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    person: Option<Id>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<(ProgressLog, PersonCard)>> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let selection = LogSelection {
        cohort: Some(cohort.id),
        person,
        only_shared: true,
        before,
    };
    store::logs(conn, selection, limit)
}

/// One of the caller's own.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<ProgressLog> {
    store::log(conn, &SignedIn::prove(actor)?, id)
}

/// Changes one of the caller's own.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: LogPatch,
    known: IfMatch,
    now: Instant,
) -> Result<ProgressLog> {
    let proof = SignedIn::prove(actor)?;
    let before = store::log(conn, &proof, id)?;
    known.check(before.version)?;
    let changed = ProgressLog {
        text: patch.text.or(before.text.clone()),
        shared_with_staff: patch.shared_with_staff.or(before.shared_with_staff),
        ..before.clone()
    };
    if changed == before {
        return Ok(before);
    }
    let after = ProgressLog {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    audit::changed(&before, &after);
    store::update_log(conn, &proof, &before, &after)?;
    Ok(after)
}

/// Removes one of the caller's own.
pub fn delete(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    let log = store::log(conn, &proof, id)?;
    known.check(log.version)?;
    store::delete_log(conn, &proof, &log)
}
