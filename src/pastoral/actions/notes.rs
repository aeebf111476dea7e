//! Notes about students, and the flags on them. The trail of what was done tells that a note was written, not what is in it.

use crate::{
    accounts::{model::PersonCard, store as accounts},
    audit,
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    pastoral::{
        PastoralCarer, SeenNote,
        model::{NewNote, Note, NotePatch},
        rules, store,
    },
    primitives::{Id, IfMatch, Instant, Limit, Page},
    students::store as students,
};

/// A note with whom it is about and who wrote it.
pub struct ReadNote {
    /// The note.
    pub note: Note,
    /// The student.
    pub about: PersonCard,
    /// The carer; none if their account is gone.
    pub written_by: Option<PersonCard>,
}

fn read(conn: &mut Conn, notes: Vec<Note>) -> Result<Vec<ReadNote>> {
    let ids: Vec<Id> = notes
        .iter()
        .flat_map(|note| [Some(note.person_id), note.written_by])
        .flatten()
        .collect();
    let cards = accounts::cards(conn, &ids)?;
    let card = |id: Id| cards.iter().find(|card| card.id == id).cloned();
    let read = |note: Note| {
        Ok(ReadNote {
            about: card(note.person_id).ok_or_else(Error::not_found)?,
            written_by: note.written_by.and_then(card),
            note,
        })
    };
    notes.into_iter().map(read).collect()
}

fn read_one(conn: &mut Conn, note: Note) -> Result<ReadNote> {
    read(conn, vec![note])?.pop().ok_or_else(Error::not_found)
}

/// The notes about a student, the newest first.
pub fn list_notes(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, person): (Id, Id),
    before: Option<Id>,
    limit: Limit,
) -> Result<Page<ReadNote>> {
    let carer = about(conn, actor, cohort, person)?;
    let notes = store::notes(conn, &carer, Some(person), before, limit.plus_one())?;
    Ok(Page::of(read(conn, notes)?, limit, |one| one.note.id))
}

/// That the caller may note something about somebody who is or was a student of the cohort.
fn about(conn: &mut Conn, actor: &Actor, cohort: Id, person: Id) -> Result<PastoralCarer> {
    let (cohort, carer) = PastoralCarer::of(conn, actor, cohort)?;
    rules::may_note(person, carer.person())?;
    students::enrolment(conn, cohort.id, person)?.ok_or_else(Error::not_found)?;
    Ok(carer)
}

/// Writes a note about a student.
pub fn create_note(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, person): (Id, Id),
    new: NewNote,
    now: Instant,
) -> Result<ReadNote> {
    let carer = about(conn, actor, cohort, person)?;
    rules::NOTES.check_room(store::count(conn, &carer, person)?)?;
    let note = Note {
        id: Id::new(),
        cohort_id: cohort,
        person_id: person,
        text: new.text,
        flag: new.flag,
        written_by: Some(carer.person()),
        version: 1,
        created_at: now,
        updated_at: now,
        shared_at: None,
    };
    store::insert_note(conn, &carer, &note)?;
    read_one(conn, note)
}

/// One note.
pub fn get_note(conn: &mut Conn, actor: &Actor, id: Id) -> Result<ReadNote> {
    let seen = SeenNote::of(conn, actor, id)?;
    read_one(conn, seen.note)
}

/// Changes the words of one's own note, or the flag of any.
pub fn change_note(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: NotePatch,
    known: IfMatch,
    now: Instant,
) -> Result<ReadNote> {
    let seen = SeenNote::of(conn, actor, id)?;
    rules::may_change(&patch, seen.is_own())?;
    let (carer, before) = (seen.carer(), seen.note);
    known.check(before.version)?;
    let changed = before.clone().patched(patch, now);
    if changed == before {
        return read_one(conn, before);
    }
    let after = Note {
        version: before.version + 1,
        updated_at: now,
        ..changed
    };
    audit::touched("note");
    store::update_note(conn, &carer, &after)?;
    read_one(conn, after)
}

/// Removes one's own note, or one of somebody who is no carer any more and could not do it.
pub fn delete_note(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch) -> Result<()> {
    let seen = SeenNote::of(conn, actor, id)?;
    let may = match seen.note.written_by {
        Some(author) if !seen.is_own() => !store::is_carer(conn, seen.campus(), author)?,
        _ => true,
    };
    if !may {
        return Err(Error::forbidden("whoever wrote the note"));
    }
    known.check(seen.note.version)?;
    store::delete_note(conn, &seen.carer(), &seen.note)
}

/// The notes of a cohort that have a flag, the newest first.
pub fn list_flags(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    before: Option<Id>,
    limit: Limit,
) -> Result<Page<ReadNote>> {
    let (_, carer) = PastoralCarer::of(conn, actor, cohort)?;
    let notes = store::notes(conn, &carer, None, before, limit.plus_one())?;
    Ok(Page::of(read(conn, notes)?, limit, |one| one.note.id))
}
