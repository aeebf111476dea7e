//! Queries on progress logs.

use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    db::{
        Conn,
        schema::{people, progress_logs},
    },
    error::Result,
    primitives::Id,
    reflection::{
        events,
        model::{LogSelection, ProgressLog},
    },
};

/// Up to `limit` progress logs with whose they are, the newest first.
pub fn logs(conn: &mut Conn, selection: LogSelection, limit: i64) -> Result<Vec<(ProgressLog, PersonCard)>> {
    let mut query = progress_logs::table
        .inner_join(people::table)
        .order(progress_logs::id.desc())
        .limit(limit)
        .select((ProgressLog::as_select(), PersonCard::as_select()))
        .into_boxed();
    if let Some(cohort) = selection.cohort {
        query = query.filter(progress_logs::cohort_id.eq(cohort));
    }
    if let Some(person) = selection.person {
        query = query.filter(progress_logs::person_id.eq(person));
    }
    if selection.only_shared {
        query = query.filter(progress_logs::shared_with_staff.eq(true));
    }
    if let Some(before) = selection.before {
        query = query.filter(progress_logs::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// One's own progress log.
///
/// # Errors
/// `404` if there is none, or it is somebody else's.
pub fn log(conn: &mut Conn, proof: &SignedIn, id: Id) -> Result<ProgressLog> {
    Ok(progress_logs::table
        .filter(progress_logs::id.eq(id))
        .filter(progress_logs::person_id.eq(proof.person()))
        .select(ProgressLog::as_select())
        .first(conn)?)
}

/// How many one has written.
pub fn count_logs(conn: &mut Conn, proof: &SignedIn) -> Result<i64> {
    Ok(progress_logs::table
        .filter(progress_logs::person_id.eq(proof.person()))
        .count()
        .get_result(conn)?)
}

/// Adds one's own progress log.
pub fn insert_log(conn: &mut Conn, proof: &SignedIn, new: &ProgressLog) -> Result<()> {
    debug_assert_eq!(proof.person(), new.person_id, "nobody writes for another");
    diesel::insert_into(progress_logs::table).values(new).execute(conn)?;
    events::own_log(new).created(conn)?;
    match new.shared_with_staff {
        true => events::shared_log(new).created(conn),
        false => Ok(()),
    }
}

/// Changes one's own progress log to what is given.
pub fn update_log(conn: &mut Conn, proof: &SignedIn, before: &ProgressLog, after: &ProgressLog) -> Result<()> {
    debug_assert_eq!(proof.person(), after.person_id, "nobody writes for another");
    diesel::update(progress_logs::table.find(after.id))
        .set(after)
        .execute(conn)?;
    events::own_log(after).updated(conn)?;
    match (before.shared_with_staff, after.shared_with_staff) {
        (true, true) => events::shared_log(after).updated(conn),
        (false, true) => events::shared_log(after).created(conn),
        (true, false) => events::shared_log(after).deleted(conn),
        (false, false) => Ok(()),
    }
}

/// Removes one's own progress log.
pub fn delete_log(conn: &mut Conn, _: &SignedIn, log: &ProgressLog) -> Result<()> {
    diesel::delete(progress_logs::table.find(log.id)).execute(conn)?;
    events::own_log(log).deleted(conn)?;
    match log.shared_with_staff {
        true => events::shared_log(log).deleted(conn),
        false => Ok(()),
    }
}
