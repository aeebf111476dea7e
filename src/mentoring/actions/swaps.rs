//! Places that change hands: offered by whoever has one, taken by somebody else, both sides in one transaction.

use std::collections::BTreeMap;

use chrono::Days;

use super::{
    super::{
        events::{SlotChange, SwapOfferChange, SwapOfferEvent},
        model::{SignUp, SignUpStatus, Slot, SwapOffer, SwapStatus},
        rules, store,
    },
    SlotInCohort, busy_besides, must_be_open, must_be_to_come, not_alumni,
    sign_ups::{must_not_come_too_early, must_not_study},
    target, tell, tell_bookers,
};
use crate::{
    accounts::{self, model::PersonCard},
    audit,
    authz::{Actor, SignedIn},
    cohorts::model::{Cohort, Week},
    db::Conn,
    error::{Code, Error, Result},
    mentoring::{MentoringCampuses, SlotViewer},
    outbox,
    primitives::{Id, IfMatch, Instant},
};

/// An offer of a place, with who is in it.
pub struct SwapOfferWithPeople {
    pub offer: SwapOffer,
    /// The slot of the place.
    pub slot: Id,
    /// Whose place it is, or was.
    pub person: PersonCard,
    /// Whether it can still be taken up, as far as the place goes.
    pub is_open: bool,
    /// Who took it up.
    pub accepted_by: Option<PersonCard>,
}

fn with_people(conn: &mut Conn, found: Vec<(SwapOffer, SignUp, PersonCard)>) -> Result<Vec<SwapOfferWithPeople>> {
    let takers: Vec<Id> = found.iter().filter_map(|(offer, ..)| offer.accepted_by).collect();
    let takers = accounts::store::cards(conn, &takers)?;
    let with_people = |(offer, sign_up, person): (SwapOffer, SignUp, PersonCard)| SwapOfferWithPeople {
        slot: sign_up.slot_id,
        person,
        is_open: offer.status == SwapStatus::Open && sign_up.status == SignUpStatus::Confirmed,
        accepted_by: takers.iter().find(|taker| Some(taker.id) == offer.accepted_by).cloned(),
        offer,
    };
    Ok(found.into_iter().map(with_people).collect())
}

fn one(conn: &mut Conn, id: Id) -> Result<SwapOfferWithPeople> {
    let found = store::swap_offer(conn, id)?;
    with_people(conn, vec![found])?.pop().ok_or_else(Error::not_found)
}

/// Offers the caller's place, for one in another slot or to whoever takes it.
pub fn offer_swap(
    conn: &mut Conn,
    actor: &Actor,
    slot: Id,
    wanted: Option<Id>,
    now: Instant,
) -> Result<SwapOfferWithPeople> {
    let person = SignedIn::prove(actor)?.person();
    let offered = target(conn, slot)?;
    audit::at_campus(offered.cohort.campus_id);
    let (sign_up, _) = store::sign_up(conn, slot, person)?;
    if sign_up.status != SignUpStatus::Confirmed {
        let detail = "Only a confirmed place can be offered.";
        return Err(Error::new(Code::InvalidTransition, detail));
    }
    must_be_open(&offered.cohort)?;
    must_be_to_come(conn, &offered, now)?;
    if let Some(wanted) = wanted {
        let is_other = wanted != slot;
        let seen = SlotInCohort::seen(conn, actor, wanted).ok().filter(|_| is_other);
        let Some((wanted, _)) = seen else {
            let detail = "must be another slot that you may see";
            return Err(Error::field("/wanted_slot_id", "not_found", detail));
        };
        must_be_open(&wanted.cohort)?;
        must_be_to_come(conn, &wanted, now)?;
        must_be_able_to_take(conn, person, &wanted, &[slot], now)?;
    }
    rules::OFFERS.check_room(store::count_swap_offers(conn, sign_up.id)?)?;
    let offer = SwapOffer {
        id: Id::new(),
        sign_up_id: sign_up.id,
        wanted_slot_id: wanted,
        status: SwapStatus::Open,
        accepted_by: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert_swap_offer(conn, &offered.slot, &offer)?;
    tell_those_who_could_take(conn, &offered, &offer, person, now)?;
    one(conn, offer.id)
}

/// Whoever has a place in the slot that is wanted, or waits first for the place that is offered to anybody.
fn tell_those_who_could_take(
    conn: &mut Conn,
    offered: &SlotInCohort,
    offer: &SwapOffer,
    by: Id,
    now: Instant,
) -> Result<()> {
    let (kind, slot) = match offer.wanted_slot_id {
        Some(wanted) => (SwapOfferChange::ForYours, wanted),
        None => (SwapOfferChange::ForWhoWaits, offered.slot.id),
    };
    let sign_ups = store::sign_ups(conn, slot)?;
    let people: Vec<Id> = match kind {
        SwapOfferChange::ForYours => {
            let theirs = sign_ups.iter().filter(|one| one.status == SignUpStatus::Confirmed);
            theirs.map(|one| one.person_id).filter(|person| *person != by).collect()
        }
        SwapOfferChange::ForWhoWaits => {
            let first = sign_ups.iter().find(|one| one.status == SignUpStatus::Waitlisted);
            first.map(|one| one.person_id).into_iter().collect()
        }
    };
    if people.is_empty() {
        return Ok(());
    }
    let event = SwapOfferEvent {
        kind,
        offer_id: offer.id,
        campus_id: offered.cohort.campus_id,
        cohort_id: offered.cohort.id,
        week: offered.slot.week_number,
        people,
    };
    outbox::record(conn, &event, Some(by), now)
}

/// Open offers of places in a slot, and for one in it.
pub fn swap_offers(conn: &mut Conn, actor: &Actor, slot: Id) -> Result<Vec<SwapOfferWithPeople>> {
    let (SlotInCohort { slot, cohort }, _) = SlotInCohort::seen(conn, actor, slot)?;
    let mut seen = BTreeMap::from([(cohort.id, true)]);
    let mut found = Vec::new();
    for (offer, sign_up, person, cohort) in store::open_swap_offers(conn, slot.id)? {
        // A place for one in this slot may be in a cohort of which the caller sees nothing.
        let is_seen = match seen.get(&cohort) {
            Some(known) => *known,
            None => sees_slots(conn, actor, cohort)?,
        };
        seen.insert(cohort, is_seen);
        if is_seen {
            found.push((offer, sign_up, person));
        }
    }
    with_people(conn, found)
}

fn sees_slots(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<bool> {
    match SlotViewer::of(conn, actor, cohort) {
        Ok(_) => Ok(true),
        Err(error)
            if matches!(
                error.code(),
                Code::NotFound | Code::Forbidden | Code::SecondFactorRequired
            ) =>
        {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// An offer, with where the place is.
pub struct LocatedSwapOffer {
    pub offer: SwapOfferWithPeople,
    pub slot: Slot,
    pub week: Week,
    pub cohort: Cohort,
}

/// Open offers of the caller, for a place of theirs, of places that they wait for, and of those that they could take at once; of
/// weeks that are not over.
pub fn own_swap_offers(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<Vec<LocatedSwapOffer>> {
    let person = SignedIn::prove(actor)?.person();
    // It may still be yesterday where the campus is.
    let campuses = MentoringCampuses::of(conn, actor)?;
    let mut found = store::swap_offers_of(conn, person, campuses.campuses(), now.date() - Days::new(1))?;
    // A place for theirs may be where they may not mentor.
    found.retain(|(offer, sign_up, _, _, _, cohort)| {
        sign_up.person_id == person || offer.wanted_slot_id.is_none() || campuses.campuses().contains(&cohort.campus_id)
    });
    let (found, places): (Vec<_>, Vec<_>) = found
        .into_iter()
        .map(|(offer, sign_up, person, slot, week, cohort)| ((offer, sign_up, person), (slot, week, cohort)))
        .unzip();
    let offers = with_people(conn, found)?.into_iter().zip(places);
    let located = |(offer, (slot, week, cohort))| LocatedSwapOffer {
        offer,
        slot,
        week,
        cohort,
    };
    Ok(offers.map(located).collect())
}

pub fn swap_offer(conn: &mut Conn, actor: &Actor, id: Id) -> Result<SwapOfferWithPeople> {
    let found = one(conn, id)?;
    SlotInCohort::seen(conn, actor, found.slot)?;
    Ok(found)
}

/// Takes an offer back: whoever made it, or staff.
pub fn withdraw_swap(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch, now: Instant) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    let found = one(conn, id)?;
    let offered = target(conn, found.slot)?;
    audit::at_campus(offered.cohort.campus_id);
    if found.person.id != person {
        let (_, viewer) = SlotViewer::of(conn, actor, offered.cohort.id)?;
        viewer.staff()?;
    }
    known.check(found.offer.version)?;
    if found.offer.status != SwapStatus::Open {
        return Err(no_longer_open(found.offer.status));
    }
    store::set_swap_status(conn, &offered.slot, id, SwapStatus::Withdrawn, None, now)?;
    audit::became("status", SwapStatus::Open, SwapStatus::Withdrawn);
    Ok(())
}

fn no_longer_open(status: SwapStatus) -> Error {
    let detail = format!("The offer is {}.", status.as_str());
    Error::new(Code::InvalidTransition, detail)
}

/// Takes an offer up: the caller gets the place, and gives theirs for it if one was asked for.
pub fn accept_swap(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<SwapOfferWithPeople> {
    let (offer, given, offerer) = store::swap_offer(conn, id)?;
    let (offered, taker) = SlotInCohort::to_mentor_in(conn, actor, given.slot_id).map_err(not_alumni)?;
    let taker = taker.person();
    if offer.status != SwapStatus::Open {
        return Err(no_longer_open(offer.status));
    }
    if offerer.id == taker {
        return Err(Error::new(
            Code::Conflict,
            "It is your own offer. Withdraw it to keep the place.",
        ));
    }
    if given.status != SignUpStatus::Confirmed {
        let detail = format!("{} does not have this place any more.", offerer.name);
        return Err(Error::new(Code::Conflict, detail));
    }
    if accounts::store::is_disabled(conn, offerer.id)? {
        return Err(Error::new(
            Code::Conflict,
            "Whoever offers the place has no account that can be used.",
        ));
    }
    must_be_open(&offered.cohort)?;
    must_be_to_come(conn, &offered, now)?;
    match offer.wanted_slot_id {
        None => {
            must_be_next_in_line(conn, offered.slot.id, taker)?;
            must_be_able_to_take(conn, taker, &offered, &[], now)?;
            hand_over(conn, &offered.slot, &given, taker, now)?;
        }
        Some(wanted) => {
            let wanted = target(conn, wanted)?;
            must_be_open(&wanted.cohort)?;
            must_be_to_come(conn, &wanted, now)?;
            let theirs = store::sign_ups(conn, wanted.slot.id)?.into_iter();
            let mut theirs = theirs.filter(|one| one.person_id == taker && one.status == SignUpStatus::Confirmed);
            let Some(theirs) = theirs.next() else {
                let detail = format!(
                    "Only whoever has a place in {} can accept this offer.",
                    rules::named(&wanted.slot)
                );
                return Err(Error::new(Code::Conflict, detail));
            };
            must_be_able_to_take(conn, taker, &offered, &[wanted.slot.id], now)?;
            must_be_able_to_take(conn, offerer.id, &wanted, &[offered.slot.id], now)?;
            hand_over(conn, &offered.slot, &given, taker, now)?;
            hand_over(conn, &wanted.slot, &theirs, offerer.id, now)?;
            tell(conn, &wanted, &[offerer.id], SlotChange::TakenOver, Some(taker), now)?;
            tell_bookers(conn, &wanted, SlotChange::BookingHandedOver, taker, now)?;
        }
    }
    store::set_swap_status(conn, &offered.slot, id, SwapStatus::Accepted, Some(taker), now)?;
    audit::became("status", SwapStatus::Open, SwapStatus::Accepted);
    // Whoever takes it up knows what they have done.
    tell(conn, &offered, &[offerer.id], SlotChange::HandedOver, Some(taker), now)?;
    tell_bookers(conn, &offered, SlotChange::BookingHandedOver, taker, now)?;
    one(conn, id)
}

/// Nobody overtakes those who wait for a place.
fn must_be_next_in_line(conn: &mut Conn, slot: Id, person: Id) -> Result<()> {
    let sign_ups = store::sign_ups(conn, slot)?;
    let first = sign_ups.iter().find(|one| one.status == SignUpStatus::Waitlisted);
    if first.is_none_or(|first| first.person_id == person) {
        return Ok(());
    }
    let detail = "Others wait for a place in this slot, so only the first in line can take this one.";
    Err(Error::new(Code::Conflict, detail))
}

/// Whether somebody may mentor there, does not study there, has no place there yet and is free at that time, but for
/// what they give up.
fn must_be_able_to_take(
    conn: &mut Conn,
    person: Id,
    target: &SlotInCohort,
    given_up: &[Id],
    now: Instant,
) -> Result<()> {
    let SlotInCohort { slot, cohort } = target;
    must_not_study(conn, cohort.id, person)?;
    must_not_come_too_early(conn, cohort, slot, person, now)?;
    if !store::may_mentor(conn, cohort, &[person])?.contains(&person) {
        let detail = format!("Whoever offers the place may not mentor in {}.", cohort.name);
        return Err(Error::new(Code::Conflict, detail));
    }
    let has_place = store::sign_ups(conn, slot.id)?
        .iter()
        .any(|one| one.person_id == person && rules::holds_a_place(one.status));
    if has_place {
        let detail = "Whoever would get the place has one in the same slot already.";
        return Err(Error::new(Code::AlreadySignedUp, detail));
    }
    let besides: Vec<Id> = given_up.iter().copied().chain([slot.id]).collect();
    match busy_besides(conn, &[person], slot, &besides)? {
        None => Ok(()),
        Some((_, other)) => {
            let detail = format!(
                "Whoever would get the place has signed up for {}, at an overlapping time or to look after the same week.",
                rules::named(&other)
            );
            Err(Error::new(Code::Conflict, detail).with("slot_id", other.id))
        }
    }
}

/// Ends a sign-up and makes one for somebody else in its place. If they wait in the same slot, they wait no more.
fn hand_over(conn: &mut Conn, slot: &Slot, given: &SignUp, to: Id, now: Instant) -> Result<()> {
    for own in store::sign_ups(conn, given.slot_id)? {
        if own.id == given.id || own.person_id == to {
            store::set_status(conn, slot, &own, SignUpStatus::Cancelled, now)?;
        }
    }
    let turn = store::next_turn(conn, given.slot_id)?;
    let new = SignUp {
        // They have just said that they come.
        reconfirmed_at: Some(now),
        ..SignUp::new(Id::new(), (given.slot_id, to), turn, given.status, now)
    };
    store::insert_swapped(conn, slot, &new)
}
