//! Who is not there in a week.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    authz::Actor,
    cohorts::{CohortInsider, model::Week},
    db::Conn,
    error::Result,
    primitives::{Id, Period},
    students::{model::EnrolmentStatus, store},
};

/// In what a student is not there. Why, only staff know.
#[derive(Clone, Debug, Default)]
pub struct Away {
    /// Their last day, if they have left the cohort.
    pub left_on: Option<NaiveDate>,
    /// Whether they miss the week.
    pub misses_week: bool,
    /// Which of its days they miss.
    pub days: Vec<NaiveDate>,
}

/// In what each of these students is not there in a week, for those inside the cohort. Whoever is there all the time is left
/// out.
pub fn away(conn: &mut Conn, actor: &Actor, week: &Week, people: &[Id]) -> Result<BTreeMap<Id, Away>> {
    let (cohort, _) = CohortInsider::of(conn, actor, week.cohort_id)?;
    let mut away: BTreeMap<Id, Away> = BTreeMap::new();
    for (enrolment, _) in store::roster(conn, cohort.id)? {
        if enrolment.status == EnrolmentStatus::Withdrawn {
            away.entry(enrolment.person_id).or_default().left_on = enrolment.left_on;
        }
    }
    for absence in store::absences_page(conn, cohort.id, Some(week.number), None, None, i64::MAX)? {
        away.entry(absence.person_id).or_default().misses_week = true;
    }
    let days = Period {
        from: Some(week.starts_on),
        to: Some(week.ends_on),
    };
    for absence in store::day_absences_page(conn, cohort.id, days, None, None, i64::MAX)? {
        away.entry(absence.person_id).or_default().days.push(absence.day);
    }
    away.retain(|person, _| people.contains(person));
    Ok(away)
}
