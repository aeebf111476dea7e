//! What students of a campus let be counted.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    campuses::CampusOrganiser,
    db::{
        Conn,
        schema::{cohorts, consents, enrolments},
    },
    error::Result,
    primitives::{Id, Instant},
    students::model::Purpose,
};

/// Somebody's place in a cohort, with what is known of them.
#[derive(Queryable)]
pub struct Place {
    /// The first day of the cohort.
    pub starts_on: NaiveDate,
    /// When they were enrolled.
    pub enrolled_at: Instant,
    pub person: Id,
    pub experience: Option<i32>,
    pub attributes: String,
    /// What they have decided about being counted.
    pub counts: Option<bool>,
}

/// Everybody who is or was enrolled at the campus, in the order in which their cohorts began.
pub fn places(conn: &mut Conn, proof: &CampusOrganiser) -> Result<Vec<Place>> {
    let decision = consents::person_id
        .eq(enrolments::person_id)
        .and(consents::purpose.eq(Purpose::DiversityReports));
    Ok(enrolments::table
        .inner_join(cohorts::table)
        .left_join(consents::table.on(decision))
        .filter(cohorts::campus_id.eq(proof.campus()))
        .order((cohorts::starts_on, cohorts::id, enrolments::person_id))
        .select((
            cohorts::starts_on,
            enrolments::created_at,
            enrolments::person_id,
            enrolments::experience,
            enrolments::attributes,
            consents::given.nullable(),
        ))
        .load(conn)?)
}
