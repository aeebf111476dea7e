//! Office hours in the week that comes, with a time that a student has booked.

use serde_json::json;

use super::{
    player::of,
    scene::{Scene, WEEK},
};
use crate::{
    db::Conn,
    error::Result,
    mentoring::{
        actions::{self as mentors, HoursDay, NewOfficeHours, WeekChoice},
        model::{SlotDetails, SlotKind},
    },
    primitives::Instant,
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
