//! Proofs that somebody may do something at a campus. Their fields are private to this file: whoever
//! holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::{Campus, MemberStatus};
use crate::{
    audit,
    authz::{Action, Actor, CampusTerms, OnStaff, SignedIn, StaffRole, permits},
    db::{
        Conn,
        schema::{campus_members, campus_staff, campuses, cohorts, enrolments},
    },
    error::Result,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// Whether somebody graduated from a cohort of the campus and is one of its members, whom its staff may turn to.
pub fn graduated_at(conn: &mut Conn, campus: Id, person: Id) -> Result<bool> {
    let graduated = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .filter(cohorts::campus_id.eq(campus));
    let joined = campus_members::table
        .find((campus, person))
        .filter(campus_members::status.eq(MemberStatus::Member));
    Ok(diesel::select(exists(graduated)).get_result(conn)? && diesel::select(exists(joined)).get_result(conn)?)
}

/// A campus, if whoever asks is on its staff and may do this. Everybody may see it.
fn load(conn: &mut Conn, actor: &Actor, id: Id, action: Action, who: &str) -> Result<Campus> {
    let person = SignedIn::prove(actor)?.person();
    let own_role = campus_staff::campus_id
        .eq(campuses::id)
        .and(campus_staff::person_id.eq(person));
    let (campus, role): (Campus, Option<StaffRole>) = campuses::table
        .left_join(campus_staff::table.on(own_role))
        .filter(campuses::id.eq(id))
        .select((Campus::as_select(), campus_staff::role.nullable()))
        .first(conn)?;
    audit::at_campus(campus.id);
    let terms = CampusTerms {
        require_second_factor: campus.require_second_factor,
        is_closed: campus.closed_at.is_some(),
    };
    let staff = OnStaff::load(conn, actor, role, terms)?;
    match staff.standing() {
        Some(standing) if permits(standing, action) => Ok(campus),
        _ => Err(staff.refusal(who)),
    }
}

macro_rules! campus_proofs {
    ($($(#[$meta:meta])* $name:ident = $action:ident, $who:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name { campus: Id, person: Id }

        impl $name {
            /// The campus, with the proof.
            ///
            /// # Errors
            /// `404` if there is no such campus, `401` for nobody, `403` for those who may not.
            pub fn of(conn: &mut Conn, actor: &Actor, campus: Id) -> Result<(Campus, Self)> {
                let person = SignedIn::prove(actor)?.person();
                let campus = load(conn, actor, campus, Action::$action, $who)?;
                let proof = Self { campus: campus.id, person };
                Ok((campus, proof))
            }

            /// The campus it holds for.
            pub fn campus(&self) -> Id { self.campus }

            /// Who it is.
            pub fn person(&self) -> Id { self.person }
        }
    )*};
}

campus_proofs! {
    /// May change the campus and its staff.
    CampusOrganiser = GovernCampus, "an organiser of the campus";
    /// May take all data of the campus along, close it and open it again, also while it is closed.
    CampusKeeper = HandOverCampus, "an organiser of the campus";
    /// Is on the staff of the campus.
    CampusStaff = RunCampus, "staff of the campus";
}

impl CampusKeeper {
    /// For somebody who goes for good, and is the only one who has joined the campus or asked to: what becomes of it is
    /// nobody else's business.
    ///
    /// # Errors
    /// `404` if there is no such campus.
    pub fn of_the_last(conn: &mut Conn, campus: Id, person: Id) -> Result<Option<(Campus, Self)>> {
        let others = campus_members::table
            .filter(campus_members::campus_id.eq(campus))
            .filter(campus_members::person_id.ne(person));
        if diesel::select(exists(others)).get_result(conn)? {
            return Ok(None);
        }
        let campus: Campus = campuses::table.find(campus).select(Campus::as_select()).first(conn)?;
        let proof = Self {
            campus: campus.id,
            person,
        };
        Ok(Some((campus, proof)))
    }
}
