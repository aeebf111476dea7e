//! Places that have to be confirmed again.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{
    super::{
        events::SlotChange,
        model::{SignUp, SignUpStatus},
        rules, store,
    },
    SlotInCohort, forget_question, must_be_to_come, promote,
    sign_ups::{SignUpWithPerson, with_person},
    target, tell,
};
use crate::{
    audit,
    authz::{Actor, SignedIn},
    campuses, cohorts,
    db::{Conn, Db},
    error::{Code, Error, Result},
    primitives::{Id, Instant},
};

/// So long ahead of a slot places can have to be confirmed, and mentors asked before that.
const HORIZON: Days = Days::new(70);

/// The caller still comes.
pub fn reconfirm(conn: &mut Conn, actor: &Actor, slot: Id, now: Instant) -> Result<SignUpWithPerson> {
    let person = SignedIn::prove(actor)?.person();
    let target = target(conn, slot)?;
    audit::at_campus(target.cohort.campus_id);
    let (sign_up, _) = store::sign_up(conn, slot, person)?;
    if sign_up.status != SignUpStatus::Confirmed {
        let detail =
            "Only a place can be confirmed again; this sign-up is on the waiting list, or attendance was noted.";
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    must_be_to_come(conn, &target, now)?;
    if let Some(by) = reconfirm_by(conn, &target)? {
        let from = rules::asked_from(by);
        if now < from {
            let detail = format!("The place can be confirmed again from {from} on. You will be asked by mail.");
            return Err(Error::new(Code::Conflict, detail));
        }
        if rules::expires_at(&sign_up, by).is_some_and(|expires| expires <= now) {
            let detail = "The time to confirm the place is over, so it goes to the next in line. Sign up again if there \
                          is room.";
            return Err(Error::new(Code::Conflict, detail));
        }
    }
    if sign_up.reconfirmed_at.is_none() {
        store::set_reconfirmed(conn, &target.slot, &sign_up, now)?;
        audit::became("reconfirmed_at", None::<Instant>, now);
        forget_question(conn, &sign_up)?;
    }
    with_person(conn, actor, &target.cohort, slot, person)
}

fn reconfirm_by(conn: &mut Conn, SlotInCohort { slot, cohort }: &SlotInCohort) -> Result<Option<Instant>> {
    if slot.reconfirm_days.is_none() {
        return Ok(None);
    }
    let week = cohorts::store::week(conn, cohort.id, slot.week_number)?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    Ok(rules::reconfirm_by(slot, week.starts_on, zone))
}

/// Asks whoever has to confirm a place, and gives places that were not confirmed in time to the next in line: once,
/// however many processes do this. Whether anything was done.
///
/// # Errors
/// `503`
pub async fn ask_and_expire(db: &Db, now: Instant) -> Result<bool> {
    let due = db.read(move |conn| slots_due(conn, now)).await?;
    for slot in &due {
        let slot = *slot;
        // Read again in the transaction: another process may have done it, or somebody answered.
        db.write(move |conn| ask_and_expire_in(conn, slot, now)).await?;
    }
    Ok(!due.is_empty())
}

fn slots_due(conn: &mut Conn, now: Instant) -> Result<BTreeSet<Id>> {
    let found = store::unconfirmed(conn, days_around(now))?.into_iter();
    let due = found.filter(|(sign_up, slot, starts_on, zone)| {
        let by = rules::reconfirm_by(slot, *starts_on, *zone);
        by.is_some_and(|by| rules::is_to_be_asked(sign_up, by, now) || is_expired(sign_up, by, now))
    });
    Ok(due.map(|(_, slot, ..)| slot.id).collect())
}

fn is_expired(sign_up: &SignUp, by: Instant, now: Instant) -> bool {
    rules::expires_at(sign_up, by).is_some_and(|expires| expires <= now)
}

fn days_around(now: Instant) -> (NaiveDate, NaiveDate) {
    let today = now.date();
    // What has begun by then is over, or its week is.
    let past = today.checked_sub_days(Days::new(8)).unwrap_or(today);
    (past, today.checked_add_days(HORIZON).unwrap_or(today))
}

fn ask_and_expire_in(conn: &mut Conn, slot: Id, now: Instant) -> Result<()> {
    let target = match target(conn, slot) {
        Err(gone) if gone.code() == Code::NotFound => return Ok(()),
        found => found?,
    };
    let Some(by) = reconfirm_by(conn, &target)?.filter(|_| rules::is_open(target.cohort.status)) else {
        return Ok(());
    };
    if super::is_over(conn, &target, now)? {
        return Ok(());
    }
    let (mut asked, mut expired) = (Vec::new(), Vec::new());
    for sign_up in store::sign_ups(conn, slot)? {
        if rules::is_to_be_asked(&sign_up, by, now) {
            store::set_asked(conn, &target.slot, &sign_up, now)?;
            asked.push(sign_up.person_id);
        } else if is_expired(&sign_up, by, now) {
            store::set_status(conn, &target.slot, &sign_up, SignUpStatus::Cancelled, now)?;
            expired.push(sign_up.person_id);
        }
    }
    tell(conn, &target, &asked, SlotChange::ReconfirmationAsked, None, now)?;
    tell(conn, &target, &expired, SlotChange::PlaceExpired, None, now)?;
    promote(conn, &target, None, now)
}
