//! Walks: staff offer them, students choose a place.

use crate::{
    accounts::{model::PersonCard, store as accounts},
    authz::Actor,
    campuses::store as campuses,
    cohorts::store as cohorts,
    db::Conn,
    error::{Error, Result},
    mentoring::store as mentoring,
    pastoral::{
        RosterReader, SeenWalk,
        model::{Walk, WalkChange, WalkNews, WalkPlace},
        rules, sees_walkers, store,
    },
    primitives::{Id, Instant},
    teams::model::PersonName,
};

/// A walk as somebody sees it.
pub struct SeenOnWalk {
    /// The walk.
    pub walk: Walk,
    /// How many places are taken.
    pub taken: usize,
    /// Whether the caller has one.
    pub is_mine: bool,
    /// Mentors who are confirmed or came.
    pub mentors: Vec<PersonName>,
    /// Who comes along, for the carers of the campus and the mentors of the slot.
    pub walkers: Option<Vec<PersonCard>>,
}

/// The walks of a cohort, for those who may read its roster.
pub fn list_walks(conn: &mut Conn, actor: &Actor, cohort: Id, now: Instant) -> Result<Vec<SeenOnWalk>> {
    let (cohort, reader) = RosterReader::of(conn, actor, cohort)?;
    let walks = store::cohort_walks(conn, cohort.id)?;
    let places = store::places_in(conn, cohort.id)?;
    let slots: Vec<Id> = walks.iter().map(|walk| walk.slot_id).collect();
    let mentors = mentoring::coming(conn, &slots)?;
    let since = sees_walkers(conn, actor, cohort.id, &slots, reader.person())?;
    let zone = campuses::campus(conn, cohort.campus_id)?.time_zone;
    let today = (zone, now.date_in(zone));
    let people: Vec<Id> = places.iter().map(|place| place.person_id).collect();
    let cards = match since.is_empty() {
        true => Vec::new(),
        false => accounts::cards(conn, &people)?,
    };
    let seen = |walk: Walk| {
        let there: Vec<&WalkPlace> = places.iter().filter(|place| place.slot_id == walk.slot_id).collect();
        let card = |place: &&WalkPlace| cards.iter().find(|card| card.id == place.person_id).cloned();
        SeenOnWalk {
            taken: there.len(),
            mentors: (mentors.iter().filter(|(slot, _)| *slot == walk.slot_id))
                .map(|(_, mentor)| mentor.clone())
                .collect(),
            is_mine: there.iter().any(|place| place.person_id == reader.person()),
            walkers: since.get(&walk.slot_id).map(|since| {
                let told = there.iter().filter(|place| rules::is_told(place, *since, &walk, today));
                told.filter_map(card).collect()
            }),
            walk,
        }
    };
    Ok(walks.into_iter().map(seen).collect())
}

/// Makes a walk of a pastoral slot, or gives it another number of places.
pub fn offer_walk(conn: &mut Conn, actor: &Actor, slot: Id, places: i32) -> Result<()> {
    let seen = SeenWalk::of(conn, actor, slot)?;
    let staff = seen.staff()?;
    rules::can_be_walk(seen.is_office_hours)?;
    let there = store::places_in(conn, seen.cohort.id)?;
    let taken = there.iter().filter(|place| place.slot_id == slot).count();
    rules::may_offer(places, taken)?;
    store::replace_walk(conn, &staff, slot, places)
}

/// The slot is no walk any more.
pub fn cancel_walk(conn: &mut Conn, actor: &Actor, slot: Id, now: Instant) -> Result<()> {
    let seen = SeenWalk::of(conn, actor, slot)?;
    let staff = seen.staff()?;
    let walk = seen.walk.ok_or_else(rules::no_walk)?;
    let mut people = store::walkers(conn, slot)?;
    people.extend(mentoring::held_by(conn, slot)?);
    let week = cohorts::week(conn, walk.cohort_id, walk.week)?;
    let news = WalkNews::of(WalkChange::CalledOff, walk.times(), &week, people);
    store::delete_walk(conn, &staff, slot, &news, now)
}

/// The caller comes along; one who does already goes on to.
pub fn take_place(conn: &mut Conn, actor: &Actor, slot: Id, now: Instant) -> Result<()> {
    let seen = SeenWalk::of(conn, actor, slot)?;
    let walker = seen.walker()?;
    let walk = seen.walk.ok_or_else(rules::no_walk)?;
    let there = store::places_in(conn, seen.cohort.id)?;
    let is_own = |place: &WalkPlace| place.slot_id == slot && place.person_id == walker.person();
    if there.iter().any(is_own) {
        return Ok(());
    }
    let zone = campuses::campus(conn, seen.cohort.campus_id)?.time_zone;
    rules::is_to_come(&walk, now.date_in(zone), now)?;
    rules::may_take(&walk, walker.person(), &there)?;
    let booked = mentoring::bookings_of(conn, &[walker.person()])?;
    rules::is_free(
        &walk,
        booked.iter().filter_map(|(booking, slot)| slot.time(booking.number)),
    )?;
    store::insert_place(conn, &walker, seen.cohort.id, now)
}

/// The caller does not come along.
pub fn give_up_place(conn: &mut Conn, actor: &Actor, slot: Id, now: Instant) -> Result<()> {
    let seen = SeenWalk::of(conn, actor, slot)?;
    let walker = seen.walker()?;
    match store::delete_place(conn, &walker, seen.cohort.id, now)? {
        true => Ok(()),
        false => Err(Error::not_found()),
    }
}
