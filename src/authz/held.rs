//! Everything that somebody is, wherever: to tell later whether they still are.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{Actor, Administrator, CampusTerms, OnStaff, StaffRole};
use crate::{
    db::{
        Conn,
        schema::{campus_members, campus_staff, campuses, employer_contacts, enrolments, product_owners},
    },
    error::Result,
    primitives::Id,
};

/// What somebody was at some moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standings(BTreeSet<String>);

impl Standings {
    /// As [`Standings::to_stored`] wrote it.
    pub fn stored(text: &str) -> Self {
        Self(text.lines().map(Into::into).collect())
    }

    /// A line for each.
    pub fn to_stored(&self) -> String {
        let lines: Vec<&str> = self.0.iter().map(String::as_str).collect();
        lines.join("\n")
    }

    /// Whether whoever is this now has lost nothing of what they were.
    pub fn still_has(&self, before: &Self) -> bool {
        before.0.is_subset(&self.0)
    }
}

/// What the actor is as of this transaction. Whoever lacks the second factor that a role takes does not have it.
pub fn held(conn: &mut Conn, actor: &Actor) -> Result<Standings> {
    let Some(person) = actor.person() else {
        return Ok(Standings::default());
    };
    let staff = staff(conn, actor, person)?;
    let member_of: Vec<Id> = campus_members::table
        .filter(campus_members::person_id.eq(person))
        .filter(campus_members::status.eq("member"))
        .select(campus_members::campus_id)
        .load(conn)?;
    // Whoever graduates goes on seeing what students see.
    let studied_in: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.ne("withdrawn"))
        .select(enrolments::cohort_id)
        .load(conn)?;
    let owner_of: Vec<Id> = product_owners::table
        .filter(product_owners::person_id.eq(person))
        .select(product_owners::client_id)
        .load(conn)?;
    let acts_for: Vec<Id> = employer_contacts::table
        .filter(employer_contacts::person_id.eq(person))
        .filter(employer_contacts::left_at.is_null())
        .select(employer_contacts::employer_id)
        .load(conn)?;
    let is_admin = Administrator::prove(conn, actor).is_ok();
    let admin = is_admin.then(|| "admin".to_owned());
    let roles = staff.into_iter().flat_map(|(campus, role)| {
        let organiser = (role == StaffRole::Organiser).then(|| format!("organiser {campus}"));
        organiser.into_iter().chain([format!("staff {campus}")])
    });
    let members = member_of.into_iter().map(|campus| format!("member {campus}"));
    let students = studied_in.into_iter().map(|cohort| format!("student {cohort}"));
    let owners = owner_of.into_iter().map(|client| format!("owner {client}"));
    let contacts = acts_for.into_iter().map(|employer| format!("contact {employer}"));
    let outside = owners.chain(contacts);
    Ok(Standings(
        (admin.into_iter().chain(roles).chain(members).chain(students))
            .chain(outside)
            .collect(),
    ))
}

fn staff(conn: &mut Conn, actor: &Actor, person: Id) -> Result<Vec<(Id, StaffRole)>> {
    let rows: Vec<(Id, StaffRole, bool)> = campus_staff::table
        .inner_join(campuses::table)
        .filter(campuses::closed_at.is_null())
        .filter(campus_staff::person_id.eq(person))
        .select((
            campus_staff::campus_id,
            campus_staff::role,
            campuses::require_second_factor,
        ))
        .load(conn)?;
    let mut staff = Vec::new();
    for (campus, role, require_second_factor) in rows {
        let terms = CampusTerms {
            require_second_factor,
            is_closed: false,
        };
        if OnStaff::load(conn, actor, Some(role), terms)?.standing().is_some() {
            staff.push((campus, role));
        }
    }
    Ok(staff)
}
