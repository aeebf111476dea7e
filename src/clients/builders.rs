//! Who builds, or has built, products for clients: those in the teams who have not been withdrawn from the cohort.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{enrolments, people, product_ballots as ballots, product_team_members as members},
    },
    error::Result,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// Who builds, or has built, for a client, without those whose accounts are gone.
pub fn builders(conn: &mut Conn, client: Id) -> Result<Vec<Id>> {
    let teams: Vec<(Id, Id)> = members::table
        .inner_join(ballots::table)
        .filter(members::client_id.eq(client))
        .order(members::person_id)
        .select((members::person_id, ballots::cohort_id))
        .distinct()
        .load(conn)?;
    let (people, cohorts): (Vec<Id>, Vec<Id>) = teams.iter().copied().unzip();
    let studying: Vec<(Id, Id)> = enrolments::table
        .inner_join(people::table)
        .filter(enrolments::cohort_id.among(cohorts))
        .filter(enrolments::person_id.among(people))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
        .filter(people::erased_at.is_null())
        .select((enrolments::person_id, enrolments::cohort_id))
        .load(conn)?;
    let studying: HashSet<(Id, Id)> = studying.into_iter().collect();
    let mut builders: Vec<Id> = teams
        .into_iter()
        .filter(|one| studying.contains(one))
        .map(|(person, _)| person)
        .collect();
    builders.dedup();
    Ok(builders)
}

/// Whether somebody builds, or has built, for a client.
pub fn builds(conn: &mut Conn, client: Id, person: Id) -> Result<bool> {
    Ok(built_for(conn, person)?.contains(&client))
}

/// The clients for which somebody builds, or has built.
pub fn built_for(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let studied: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.ne(EnrolmentStatus::Withdrawn))
        .select(enrolments::cohort_id)
        .load(conn)?;
    Ok(members::table
        .inner_join(ballots::table)
        .filter(members::person_id.eq(person))
        .filter(ballots::cohort_id.among(studied))
        .select(members::client_id)
        .distinct()
        .load(conn)?)
}
