//! Proofs about an event. Their fields are private to this file: whoever holds one was permitted.

use diesel::prelude::*;

use super::model::Event;
use crate::{
    authz::Actor,
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::{Conn, schema::scheduled_events},
    error::Result,
    on_both,
    primitives::{Id, time::TimeZone},
};

/// Sees an event: whoever sees inside its cohort.
pub struct SeenEvent {
    pub cohort: Cohort,
    pub event: Event,
    insider: CohortInsider,
}

impl SeenEvent {
    /// The event, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let event = on_both!(conn, |conn| scheduled_events::table
            .find(id)
            .select(Event::as_select())
            .first(conn))?;
        let (cohort, insider) = CohortInsider::of(conn, actor, event.cohort_id)?;
        Ok(Self { cohort, event, insider })
    }

    /// That they see it.
    pub fn insider(&self) -> CohortInsider {
        self.insider
    }

    /// The time zone of the campus.
    pub fn zone(&self) -> TimeZone {
        self.insider.zone()
    }

    /// The proof that they are on the staff.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.insider.staff()
    }
}
