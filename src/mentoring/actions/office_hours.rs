//! Office hours: mentors offer them by a pattern, and everybody who sees the slots sees which times are free.

use super::{
    super::{
        model::{Booking, LeftOut, SignUp, SignUpStatus, Slot, SlotDetails, SlotSelection, SlotTimes},
        rules::{self, HoursDay, WeekChoice},
        store,
    },
    batch::MadeSlots,
    must_be_open, not_alumni,
    sign_ups::must_not_study,
};
use crate::{
    accounts::model::PersonCard,
    authz::Actor,
    campuses,
    cohorts::{self, model::Week},
    db::Conn,
    error::{Error, Result},
    mentoring::{Mentor, SlotViewer},
    primitives::{Id, Instant, TimeOfDay, time::TimeZone},
    teams::{
        self,
        model::{PersonName, TeamName},
    },
};

/// Office hours as a mentor offers them.
pub struct NewOfficeHours {
    pub weeks: WeekChoice,
    pub day: HoursDay,
    pub starts: TimeOfDay,
    pub ends: TimeOfDay,
    /// Whose clocks; the campus's if nothing is said.
    pub time_zone: Option<TimeZone>,
    /// What else is said of each slot.
    pub details: SlotDetails,
}

/// Offers office hours of the caller: a slot in each week, in which they have the place. Weeks in which they cannot be are
/// left out.
pub fn offer(conn: &mut Conn, actor: &Actor, cohort: Id, new: &NewOfficeHours, now: Instant) -> Result<MadeSlots> {
    let (cohort, mentor) = Mentor::of(conn, actor, cohort).map_err(not_alumni)?;
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let weeks = cohorts::store::weeks(conn, cohort.id)?;
    let mut faults = rules::faults_of_hours(new.details.booking_minutes, &new.starts, &new.ends);
    let chosen = rules::chosen_weeks(&new.weeks, &weeks).unwrap_or_else(|wrong| {
        faults.extend(wrong);
        Vec::new()
    });
    Error::check_fields(faults)?;
    must_be_open(&cohort)?;
    must_not_study(conn, cohort.id, mentor.person())?;
    let calendar = cohorts::calendar(conn, &campus)?;
    let zone = new.time_zone.unwrap_or(campus.time_zone);
    let taken = taken_by(conn, mentor.person())?;
    let in_week = |week: &Week| -> std::result::Result<Slot, LeftOut> {
        let works_on = |day| calendar.works_on(day);
        let times = rules::hours_in(week, new.day, (&new.starts, &new.ends), zone, works_on, now)?;
        if rules::outside(&at(&new.details, times), week, campus.time_zone).is_some() {
            return Err(LeftOut::NoSuchTime);
        }
        let slot = Slot {
            is_offered: true,
            ..Slot::new(Id::new(), cohort.id, week.number, at(&new.details, times), now)
        };
        match taken.iter().find(|other| rules::overlap(&slot, other)) {
            Some(other) if rules::is_same(&slot, other) => Err(LeftOut::Exists),
            Some(_) => Err(LeftOut::Busy),
            None => Ok(slot),
        }
    };
    let (mut slots, mut left_out) = (Vec::new(), Vec::new());
    for week in weeks.iter().filter(|week| chosen.contains(&week.number)) {
        match in_week(week) {
            Ok(slot) => slots.push(slot),
            Err(why) => left_out.push((week.number, why)),
        }
    }
    let is_to_come = |slot: &&Slot| slot.is_offered && slot.times().is_some_and(|times| times.ends_at() > now);
    let offered = taken
        .iter()
        .filter(|slot| slot.cohort_id == cohort.id)
        .filter(is_to_come);
    rules::OFFERED.check_room_for(slots.len(), i64::try_from(offered.count()).unwrap_or(i64::MAX))?;
    rules::OF_A_COHORT.check_room_for(slots.len(), store::count_slots(conn, cohort.id)?)?;
    store::insert_office_hours(conn, &mentor, &slots)?;
    for slot in &slots {
        let place = SignUp::new(Id::new(), (slot.id, mentor.person()), 1, SignUpStatus::Confirmed, now);
        store::insert_sign_up(conn, &mentor, slot, &place)?;
    }
    Ok(MadeSlots {
        made: super::slots::with_mentors(conn, slots)?,
        left_out,
    })
}

/// The slots that somebody has a place in or waits for.
fn taken_by(conn: &mut Conn, person: Id) -> Result<Vec<Slot>> {
    let taken = store::commitments(conn, &[person])?;
    Ok(taken.into_iter().map(|(_, _, slot, _)| slot).collect())
}

fn at(details: &SlotDetails, times: SlotTimes) -> SlotDetails {
    SlotDetails {
        starts_local: Some(times.starts),
        ends_local: Some(times.ends),
        time_zone: Some(times.zone),
        ..details.clone()
    }
}

/// Office hours with their times.
pub struct OfficeHours {
    pub slot: Slot,
    /// Who holds them.
    pub mentors: Vec<PersonName>,
    pub times: Vec<BookableTime>,
}

/// A time of office hours.
pub struct BookableTime {
    pub number: i32,
    pub times: SlotTimes,
    pub is_booked: bool,
    /// Whether the caller comes to it.
    pub is_mine: bool,
    /// Who booked it and for which team, for those who come, the mentors and staff.
    pub booked: Option<(PersonName, Option<TeamName>)>,
}

/// The office hours of a cohort, or of one of its weeks.
pub fn list_office_hours(conn: &mut Conn, actor: &Actor, cohort: Id, week: Option<i32>) -> Result<Vec<OfficeHours>> {
    let (cohort, viewer) = SlotViewer::of(conn, actor, cohort)?;
    let selection = SlotSelection {
        week,
        office_hours: Some(true),
        ..SlotSelection::default()
    };
    let slots = store::slots(conn, cohort.id, selection, i64::MAX)?;
    if slots.is_empty() {
        return Ok(Vec::new());
    }
    let own_teams = teams::store::teams_with(conn, cohort.id, &[viewer.person()])?;
    seen(conn, slots, (viewer.person(), &own_teams), viewer.staff().is_ok())
}

/// Some office hours as whoever holds them sees them.
pub(super) fn of_slots(conn: &mut Conn, slots: Vec<Slot>, mentor: Id) -> Result<Vec<OfficeHours>> {
    match slots.is_empty() {
        true => Ok(Vec::new()),
        false => seen(conn, slots, (mentor, &[]), false),
    }
}

fn seen(
    conn: &mut Conn,
    slots: Vec<Slot>,
    (person, own_teams): (Id, &[Id]),
    is_staff: bool,
) -> Result<Vec<OfficeHours>> {
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let coming = store::coming(conn, &ids)?;
    let bookings = store::bookings_with_people(conn, &ids)?;
    let named: Vec<Id> = bookings.iter().filter_map(|(booking, _)| booking.team_id).collect();
    let teams = teams::store::by_ids(conn, &named)?;
    // Whoever has left a team comes along with it no more.
    let is_mine = |booking: &Booking| match booking.team_id {
        Some(team) => own_teams.contains(&team),
        None => booking.person_id == person,
    };
    let told = |(booking, card): &(Booking, PersonCard)| {
        let team = teams.iter().find(|team| Some(team.id) == booking.team_id);
        (PersonName::from(card), team.map(TeamName::from))
    };
    let with_times = |slot: Slot| {
        let mentors: Vec<PersonName> = coming
            .iter()
            .filter(|(id, _)| *id == slot.id)
            .map(|(_, mentor)| mentor.clone())
            .collect();
        let sees_all = is_staff || mentors.iter().any(|mentor| mentor.id == person);
        let time = |number: i32| {
            let booked = bookings
                .iter()
                .find(|(booking, _)| booking.slot_id == slot.id && booking.number == number);
            let is_mine = booked.is_some_and(|(booking, _)| is_mine(booking));
            Some(BookableTime {
                number,
                times: slot.time(number)?,
                is_booked: booked.is_some(),
                is_mine,
                booked: booked.filter(|_| is_mine || sees_all).map(told),
            })
        };
        OfficeHours {
            times: (1..=slot.time_count()).filter_map(time).collect(),
            mentors,
            slot,
        }
    };
    Ok(slots.into_iter().map(with_times).collect())
}
