//! How far applicants had come.

use diesel::prelude::*;

use crate::{
    admissions::{
        events,
        model::{Application, Reading},
        proofs::ApplicationKeeper,
    },
    db::{Conn, schema::evidence_readings as readings_table},
    error::Result,
    primitives::Id,
};

/// All readings of an application.
pub fn readings(conn: &mut Conn, application: Id) -> Result<Vec<Reading>> {
    Ok(readings_table::table
        .filter(readings_table::application_id.eq(application))
        .order(readings_table::id)
        .select(Reading::as_select())
        .load(conn)?)
}

/// Notes one.
pub fn insert_reading(conn: &mut Conn, proof: &ApplicationKeeper, of: &Application, reading: &Reading) -> Result<()> {
    debug_assert_eq!(proof.cohort(), of.cohort_id, "the proof holds elsewhere");
    diesel::insert_into(readings_table::table)
        .values(reading)
        .execute(conn)?;
    events::application(of).updated(conn)
}
