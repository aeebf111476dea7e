//! What alumni wish for.

use super::{
    super::{
        model::{Companion, MentorWish, Preference, SignUpStatus, Slot},
        rules::{self, NewWishes},
        store,
    },
    must_be_open,
};
use crate::{
    accounts,
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, FieldError, Result},
    mentoring::{Mentor, SlotViewer},
    primitives::{Id, IfMatch, Instant},
    teams::model::{Names, PersonName},
};

/// Somebody's wishes in a cohort.
pub struct Wished {
    pub preference: Preference,
    pub person: PersonName,
    /// Slots, the best first.
    pub ranked: Vec<Id>,
    pub together_with: Vec<PersonName>,
    /// How many more slots of the cohort they would take.
    pub remaining: usize,
}

/// Puts the caller's wishes in place of those that they had.
pub fn set_wishes(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    wishes: &NewWishes,
    seen: IfMatch,
    now: Instant,
) -> Result<Wished> {
    let (cohort, mentor) = Mentor::of(conn, actor, cohort).map_err(super::not_alumni)?;
    let person = mentor.person();
    let before = store::preference(conn, cohort.id, person)?;
    seen.check(before.as_ref().map_or(0, |before| before.version))?;
    let slots = store::all_slots(conn, cohort.id)?;
    let mut asked = wishes.together_with.clone();
    asked.push(person);
    let mentors = store::may_mentor(conn, &cohort, &asked)?;
    let mut faults = rules::wish_faults(wishes, &slots);
    faults.extend(companion_faults(&wishes.together_with, person, &mentors));
    Error::check_fields(faults)?;
    must_be_open(&cohort)?;
    if !mentors.contains(&person) {
        let detail = "You study in this cohort, so you cannot mentor in it. Other cohorts look for mentors too.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let preference = Preference {
        cohort_id: cohort.id,
        person_id: person,
        at_most: wishes.at_most,
        version: before.as_ref().map_or(1, |before| before.version + 1),
        created_at: before.map_or(now, |before| before.created_at),
        updated_at: now,
    };
    let wish = |(ranked, slot): (i32, &Id)| MentorWish {
        slot_id: *slot,
        person_id: person,
        ranked,
    };
    let ranked: Vec<MentorWish> = (1..).zip(&wishes.ranked).map(wish).collect();
    let companion = |companion: &Id| Companion {
        cohort_id: cohort.id,
        person_id: person,
        companion_id: *companion,
    };
    let companions: Vec<Companion> = wishes.together_with.iter().map(companion).collect();
    store::replace_wishes(conn, &mentor, &preference, &ranked, &companions)?;
    own(conn, cohort.id, person)
}

fn companion_faults(companions: &[Id], person: Id, mentors: &[Id]) -> Vec<FieldError> {
    let fault = |(at, companion): (usize, &Id)| {
        let detail = match companion {
            companion if *companion == person => "must be somebody else",
            companion if companions.iter().take(at).any(|earlier| earlier == companion) => "is in the list already",
            companion if !mentors.contains(companion) => "must be somebody who may mentor in this cohort",
            _ => return None,
        };
        Some(FieldError::at(format!("/together_with/{at}"), "invalid", detail))
    };
    companions.iter().enumerate().filter_map(fault).collect()
}

/// The caller's wishes.
pub fn own_wishes(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Wished> {
    let (cohort, viewer) = SlotViewer::of(conn, actor, cohort)?;
    own(conn, cohort.id, viewer.person())
}

fn own(conn: &mut Conn, cohort: Id, person: Id) -> Result<Wished> {
    let mut found = all(conn, cohort)?;
    found.retain(|one| one.preference.person_id == person);
    found.pop().ok_or_else(Error::not_found)
}

/// Takes back the caller's wishes.
pub fn delete_wishes(conn: &mut Conn, actor: &Actor, cohort: Id, known: IfMatch) -> Result<()> {
    let (cohort, viewer) = SlotViewer::of(conn, actor, cohort)?;
    let own = own(conn, cohort.id, viewer.person())?;
    known.check(own.preference.version)?;
    store::delete_wishes(conn, &viewer, cohort.id)
}

/// Everybody's wishes, for the staff.
pub fn wishes(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<Wished>> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let mut found = all(conn, cohort.id)?;
    found.sort_by(|one, other| (&one.person.name, one.person.id).cmp(&(&other.person.name, other.person.id)));
    Ok(found)
}

fn all(conn: &mut Conn, cohort: Id) -> Result<Vec<Wished>> {
    let preferences = store::preferences(conn, cohort)?;
    let (ranked, companions) = (store::wishes(conn, cohort)?, store::companions(conn, cohort)?);
    let mut people: Vec<Id> = preferences.iter().map(|one| one.person_id).collect();
    let is_here = |status: SignUpStatus, slot: &Slot| {
        status != SignUpStatus::Waitlisted && slot.cohort_id == cohort && slot.booking_minutes.is_none()
    };
    let held = store::commitments(conn, &people)?.into_iter();
    let held: Vec<Id> = held
        .filter(|(_, status, slot, _)| is_here(*status, slot))
        .map(|(person, ..)| person)
        .collect();
    people.extend(companions.iter().map(|one| one.companion_id));
    let names: Names = accounts::store::cards(conn, &people)?
        .iter()
        .map(PersonName::from)
        .collect();
    let with_rest = |preference: Preference| {
        let person = preference.person_id;
        let own = ranked.iter().filter(|wish| wish.person_id == person);
        let together = companions.iter().filter(|one| one.person_id == person);
        let ranked: Vec<Id> = own.map(|wish| wish.slot_id).collect();
        let held = held.iter().filter(|one| **one == person).count();
        Wished {
            person: names.of(person),
            remaining: rules::remaining(preference.at_most, ranked.len(), held),
            ranked,
            together_with: together.map(|one| names.of(one.companion_id)).collect(),
            preference,
        }
    };
    Ok(preferences.into_iter().map(with_rest).collect())
}
