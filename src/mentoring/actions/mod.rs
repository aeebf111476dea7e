//! What people do with mentor slots.

mod cohort;
mod coverage;
mod sign_ups;
mod slots;

pub use cohort::{called_off, week_moved};
pub use coverage::coverage;
pub use sign_ups::{Given, Signed, cancel_of, cancel_own, given, mark, sign_up, sign_up_of, sign_ups};
pub use slots::{Changes, Filled, NewSlot, change, create, list, read, remove};

// What a slot is asked for with.
pub use super::rules::Wanted;

use super::{
    letters::{News, Occasion},
    model::{SignUp, SignUpStatus, Slot},
    rules, store,
};
use crate::{
    accounts, campuses,
    cohorts::{self, model::Cohort},
    db::Conn,
    error::{Code, Error, Result},
    mail,
    primitives::{Id, Instant},
};

/// A slot and the cohort it belongs to.
struct Place {
    slot: Slot,
    cohort: Cohort,
}

fn place(conn: &mut Conn, slot: Id) -> Result<Place> {
    let slot = store::slot(conn, slot)?;
    let cohort = cohorts::store::cohort(conn, slot.cohort_id)?;
    Ok(Place { slot, cohort })
}

fn must_be_open(cohort: &Cohort) -> Result<()> {
    if rules::is_open(cohort.status) {
        return Ok(());
    }
    let detail = format!(
        "The cohort is {}. Only planned and running cohorts take mentors.",
        cohort.status.as_str()
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Gives the free places to the first in line and tells them: in the transaction that freed a place.
fn promote(conn: &mut Conn, place: &Place, now: Instant) -> Result<()> {
    if !rules::is_open(place.cohort.status) {
        return Ok(());
    }
    let sign_ups = store::sign_ups(conn, place.slot.id)?;
    let next = rules::promoted(&sign_ups, place.slot.capacity);
    for sign_up in &next {
        store::set_status(conn, sign_up.id, SignUpStatus::Confirmed, now)?;
    }
    let people: Vec<Id> = next.iter().map(|sign_up| sign_up.person_id).collect();
    tell(conn, place, &people, News::Promoted, now)
}

/// Who would come or waits, and so has to know of a change.
fn affected(conn: &mut Conn, slot: Id) -> Result<Vec<SignUp>> {
    let mut sign_ups = store::sign_ups(conn, slot)?;
    sign_ups.retain(|sign_up| matches!(sign_up.status, SignUpStatus::Confirmed | SignUpStatus::Waitlisted));
    Ok(sign_ups)
}

fn tell_affected(conn: &mut Conn, place: &Place, news: News, now: Instant) -> Result<()> {
    let people: Vec<Id> = affected(conn, place.slot.id)?
        .iter()
        .map(|sign_up| sign_up.person_id)
        .collect();
    tell(conn, place, &people, news, now)
}

/// Puts a letter for each of these people into the outbox.
fn tell(conn: &mut Conn, place: &Place, people: &[Id], news: News, now: Instant) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let week = cohorts::store::week(conn, place.cohort.id, place.slot.week_number)?;
    let campus = campuses::store::campus(conn, place.cohort.campus_id)?;
    let letter = news.letter(&Occasion {
        slot: &place.slot,
        week: &week,
        cohort: &place.cohort,
        campus: &campus,
    });
    for person in people {
        let recipient = accounts::store::person(conn, *person)?.email;
        mail::post(conn, &recipient, &letter.subject, &letter.body, now)?;
    }
    Ok(())
}
