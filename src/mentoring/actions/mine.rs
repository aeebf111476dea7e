//! A mentor's front page.

use std::collections::BTreeMap;

use chrono::Days;

use super::{
    giving::{WeekHandOver, hand_over},
    office_hours::{OfficeHours, of_slots},
    sign_ups::{SignUpWithSlot, own_sign_ups},
    swaps::{LocatedSwapOffer, own_swap_offers},
};
use crate::{
    authz::{Actor, SignedIn},
    cohorts::model::FIRST_WEEK,
    db::Conn,
    error::{Code, Result},
    mentoring::model::{SignUpStatus, Slot},
    primitives::{Filter, Id, Instant, Period},
};

/// So long before their week mentors see inside the cohort.
const READ_BEFORE: Days = Days::new(3);

/// What somebody mentors, or is about to.
pub struct MyMentoring {
    /// Their places, and where they wait, in the order of the weeks; without weeks that are over.
    pub places: Vec<MentoredPlace>,
    /// Open offers of places that concern them.
    pub swap_offers: Vec<LocatedSwapOffer>,
}

/// A place, or a turn in the line for one.
pub struct MentoredPlace {
    pub sign_up: SignUpWithSlot,
    /// What the mentors of the week before tell, with what the cohort has still to do, once they may read it.
    pub hand_over: Option<WeekHandOver>,
    /// With their times, if these are office hours.
    pub office_hours: Option<OfficeHours>,
}

/// The caller's places from this week on, with what they need to know there.
pub fn my_mentoring(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<MyMentoring> {
    let person = SignedIn::prove(actor)?.person();
    let filter = Filter {
        states: Some(vec![
            SignUpStatus::Confirmed,
            SignUpStatus::Waitlisted,
            SignUpStatus::Attended,
        ]),
        // It may still be yesterday where the campus is.
        period: Period {
            from: now.date().checked_sub_days(Days::new(1)),
            to: None,
        },
    };
    let mut own = own_sign_ups(conn, actor, &filter, None, i64::MAX)?;
    own.retain(|one| one.week.ends_on >= now.date_in(one.campus.time_zone));
    own.sort_by_key(|one| {
        (
            one.week.starts_on,
            one.slot.times().map(|times| times.starts),
            one.sign_up.id,
        )
    });
    let hours: Vec<Slot> = own
        .iter()
        .filter(|one| one.sign_up.status != SignUpStatus::Waitlisted && one.slot.booking_minutes.is_some())
        .map(|one| one.slot.clone())
        .collect();
    let mut hours: BTreeMap<Id, OfficeHours> = of_slots(conn, hours, person)?
        .into_iter()
        .map(|hours| (hours.slot.id, hours))
        .collect();
    let mut places = Vec::new();
    for sign_up in own {
        places.push(MentoredPlace {
            hand_over: hand_over_to(conn, actor, &sign_up, now)?,
            office_hours: hours.remove(&sign_up.slot.id),
            sign_up,
        });
    }
    Ok(MyMentoring {
        places,
        swap_offers: own_swap_offers(conn, actor, now)?,
    })
}

/// What the mentors of the week before tell those of this one, from when these may read it.
fn hand_over_to(conn: &mut Conn, actor: &Actor, own: &SignUpWithSlot, now: Instant) -> Result<Option<WeekHandOver>> {
    let soon = now.date_in(own.campus.time_zone) + READ_BEFORE;
    if own.sign_up.status == SignUpStatus::Waitlisted || own.week.starts_on > soon || own.week.number == FIRST_WEEK {
        return Ok(None);
    }
    match hand_over(conn, actor, own.cohort.id, own.week.number - 1) {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.code(), Code::NotFound | Code::SecondFactorRequired) => Ok(None),
        Err(error) => Err(error),
    }
}
