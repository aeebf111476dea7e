//! Queries on notes. Each leaves out what is about the carer who asks.

use diesel::prelude::*;

use crate::{
    db::{
        Conn, SWEPT,
        schema::{cohorts, pastoral_carers as carers, pastoral_notes as notes},
    },
    error::Result,
    pastoral::{PastoralCarer, events, model::Note},
    primitives::{Id, Instant},
};

/// Up to `limit` notes from before another, the newest first: about one student, or all of the cohort with a flag. What is
/// about the carer themself is not for them.
pub fn notes(
    conn: &mut Conn,
    proof: &PastoralCarer,
    about: Option<Id>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Note>> {
    let mut query = notes::table
        .filter(notes::cohort_id.eq(proof.cohort()))
        .filter(notes::person_id.ne(proof.person()))
        .filter(
            notes::created_at
                .ge(proof.since())
                .or(notes::shared_at.ge(proof.since()))
                .or(notes::written_by.eq(proof.person())),
        )
        .order(notes::id.desc())
        .limit(limit)
        .select(Note::as_select())
        .into_boxed();
    query = match about {
        Some(person) => query.filter(notes::person_id.eq(person)),
        None => query.filter(notes::flag.is_not_null()),
    };
    if let Some(before) = before {
        query = query.filter(notes::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// How many there are about a student of the cohort.
pub fn count(conn: &mut Conn, proof: &PastoralCarer, person: Id) -> Result<i64> {
    Ok(notes::table
        .filter(notes::cohort_id.eq(proof.cohort()))
        .filter(notes::person_id.eq(person))
        .count()
        .get_result(conn)?)
}

/// Who may know of a note: the carers of its cohort's campus who read it.
fn readers(conn: &mut Conn, note: &Note) -> Result<Vec<Id>> {
    let campus: Id = cohorts::table
        .find(note.cohort_id)
        .select(cohorts::campus_id)
        .first(conn)?;
    let there: Vec<(Id, Instant)> = carers::table
        .filter(carers::campus_id.eq(campus))
        .select((carers::person_id, carers::created_at))
        .load(conn)?;
    let readers = there
        .into_iter()
        .filter(|(carer, since)| note.is_read_by(*carer, *since));
    Ok(readers.map(|(carer, _)| carer).collect())
}

/// Writes a note.
pub fn insert_note(conn: &mut Conn, proof: &PastoralCarer, new: &Note) -> Result<()> {
    debug_assert_eq!(proof.cohort(), new.cohort_id, "the proof holds elsewhere");
    diesel::insert_into(notes::table).values(new).execute(conn)?;
    let readers = readers(conn, new)?;
    events::note(new.id, new.cohort_id, &readers).created(conn)
}

/// Puts another text or flag in place of what was.
pub fn update_note(conn: &mut Conn, proof: &PastoralCarer, changed: &Note) -> Result<()> {
    let own = notes::table
        .find(changed.id)
        .filter(notes::cohort_id.eq(proof.cohort()));
    diesel::update(own)
        .set((
            notes::text.eq(&changed.text),
            notes::flag.eq(changed.flag),
            notes::version.eq(changed.version),
            notes::updated_at.eq(changed.updated_at),
            notes::shared_at.eq(changed.shared_at),
        ))
        .execute(conn)?;
    let readers = readers(conn, changed)?;
    events::note(changed.id, changed.cohort_id, &readers).updated(conn)
}

/// Removes a note.
pub fn delete_note(conn: &mut Conn, proof: &PastoralCarer, note: &Note) -> Result<()> {
    let own = notes::table.find(note.id).filter(notes::cohort_id.eq(proof.cohort()));
    diesel::delete(own).execute(conn)?;
    let readers = readers(conn, note)?;
    events::note(note.id, note.cohort_id, &readers).deleted(conn)
}

/// Deletes some of the notes of cohorts that ended before a moment. Returns how many.
pub fn delete_old(conn: &mut Conn, before: Instant) -> Result<usize> {
    let old: Vec<Id> = notes::table
        .inner_join(cohorts::table.on(cohorts::id.eq(notes::cohort_id)))
        .filter(cohorts::ends_on.lt(before.date()))
        .select(notes::id)
        .limit(SWEPT)
        .load(conn)?;
    Ok(diesel::delete(notes::table.filter(notes::id.eq_any(old))).execute(conn)?)
}
