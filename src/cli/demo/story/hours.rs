//! Office hours in the week that comes, with a time that a student has booked; and a walk in it.

use chrono::{Days, NaiveTime, TimeDelta};
use serde_json::json;

use super::{
    player::of,
    scene::{Scene, WEEK},
};
use crate::{
    cohorts::actions as cohorts,
    db::Conn,
    error::Result,
    mentoring::{
        actions::{self as mentors, HoursDay, NewOfficeHours, WeekChoice},
        model::{SlotDetails, SlotKind},
    },
    pastoral::actions as pastoral,
    primitives::{Instant, LocalTime},
};

/// Of an alumna of the cohort before.
pub fn hold_office_hours(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let (Some(mentor), Some(student)) = (scene.graduated.students.first(), scene.running.students.first()) else {
        return Ok(());
    };
    let hours = NewOfficeHours {
        weeks: WeekChoice::Numbers(vec![WEEK + 1]),
        day: HoursDay::Every(of(json!("wed"))?),
        starts: of(json!("14:00"))?,
        ends: of(json!("16:00"))?,
        time_zone: None,
        details: SlotDetails {
            booking_minutes: Some(20),
            url: Some(of(json!("https://meet.example.org/office-hours"))?),
            ..SlotDetails::of_week(SlotKind::Project, 0, 1)
        },
    };
    let mentor = mentor.actor(conn, now)?;
    let made = mentors::offer(conn, &mentor, scene.running.id, &hours, now)?.made;
    let student = student.actor(conn, now)?;
    match made.first() {
        Some(first) => mentors::book(conn, &student, (first.slot.id, 2), false, now),
        None => Ok(()),
    }
}

/// When the walk begins.
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

/// On the second day of the week, with an alumnus of the cohort before.
pub fn go_for_a_walk(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let cohort = scene.running.id;
    let weeks = cohorts::weeks(conn, cohort)?;
    let next = weeks.iter().find(|week| week.week.number == WEEK + 1);
    let (Some(mentor), Some(next)) = (scene.graduated.students.last(), next) else {
        return Ok(());
    };
    let noon = LocalTime::on(next.week.starts_on + Days::new(1), NOON);
    let place = of(json!("The gate of Finsbury Park"))?;
    let details = |zone| SlotDetails {
        starts_local: Some(noon),
        ends_local: Some(noon.plus(TimeDelta::minutes(45))),
        time_zone: Some(zone),
        place: Some(place),
        ..SlotDetails::of_week(SlotKind::Pastoral, 0, 1)
    };
    let (staff, mentor) = (scene.staff.actor(conn, now)?, mentor.actor(conn, now)?);
    let slot = mentors::create(conn, &staff, cohort, WEEK + 1, details, now)?.slot;
    mentors::sign_up(conn, &mentor, slot.id, now)?;
    pastoral::offer_walk(conn, &staff, slot.id, 3)
}
