//! Proofs about demo days.

use diesel::prelude::*;

use crate::{
    audit,
    authz::{Actor, SignedIn},
    clients::model::{ClientStatus, DemoDay},
    cohorts::{CohortInsider, CohortStaff, model::Cohort},
    db::{
        Conn,
        schema::{campuses, clients, cohorts, demo_day_invitations as invitations, demo_days, product_owners},
    },
    error::{Error, Result},
    primitives::{Id, time::TimeZone},
};

/// Sees a demo day: whoever sees inside the cohort, and product owners who are invited.
#[derive(Clone, Debug)]
pub struct SeenDemoDay {
    pub day: DemoDay,
    pub cohort: Cohort,
    pub zone: TimeZone,
    insider: Option<CohortInsider>,
    own: Vec<Id>,
}

impl SeenDemoDay {
    /// The demo day, with the proof. For others it does not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let (day, cohort, zone): (DemoDay, Cohort, TimeZone) = demo_days::table
            .inner_join(cohorts::table.inner_join(campuses::table))
            .filter(demo_days::id.eq(id))
            .select((DemoDay::as_select(), Cohort::as_select(), campuses::time_zone))
            .first(conn)?;
        let owned = product_owners::table
            .filter(product_owners::person_id.eq(person))
            .select(product_owners::client_id);
        let own: Vec<Id> = invitations::table
            .inner_join(clients::table)
            .filter(invitations::demo_day_id.eq(id))
            .filter(clients::status.ne(ClientStatus::Withdrawn))
            .filter(invitations::client_id.eq_any(owned))
            .select(invitations::client_id)
            .load(conn)?;
        let insider = match CohortInsider::of(conn, actor, day.cohort_id) {
            Ok((_, insider)) => Some(insider),
            Err(error) if own.is_empty() => return Err(error),
            Err(_) => None,
        };
        audit::at_campus(cohort.campus_id);
        Ok(Self {
            day,
            cohort,
            zone,
            insider,
            own,
        })
    }

    /// That they are on the staff, too.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        match self.insider {
            Some(insider) => insider.staff(),
            None => Err(Error::forbidden("staff of the campus")),
        }
    }

    /// Whether they see that this client is invited, and what it has answered.
    pub fn sees(&self, client: Id) -> bool {
        self.insider.is_some() || self.own.contains(&client)
    }
}
