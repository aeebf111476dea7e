//! What students would like to build, and who builds what.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    clients::{
        events::{self, ProductBallotChange, ProductBallotEvent},
        model::{Ballot, ProductTeamMember, ProductWish},
        proofs::ProductVoter,
    },
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        schema::{enrolments, product_ballots as ballots, product_team_members as members, product_wishes as wishes},
    },
    error::Result,
    on_both, outbox,
    primitives::{Id, Instant, Stored},
    students::model::EnrolmentStatus,
};

/// Who studies in a cohort.
pub fn students(conn: &mut Conn, cohort: Id) -> Result<Vec<Id>> {
    Ok(enrolments::table
        .filter(enrolments::cohort_id.eq(cohort))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .order(enrolments::person_id)
        .select(enrolments::person_id)
        .load(conn)?)
}

/// What students wish.
pub fn wishes(conn: &mut Conn, ballot: Id) -> Result<Vec<ProductWish>> {
    Ok(wishes::table
        .filter(wishes::ballot_id.eq(ballot))
        .order(wishes::person_id)
        .select(ProductWish::as_select())
        .load(conn)?)
}

/// What one of them wishes.
pub fn wish_of(conn: &mut Conn, ballot: Id, person: Id) -> Result<Option<ProductWish>> {
    Ok(wishes::table
        .find((ballot, person))
        .select(ProductWish::as_select())
        .first(conn)
        .optional()?)
}

/// Notes what the caller wishes, in place of what they wished.
pub fn save_wish(
    conn: &mut Conn,
    proof: &ProductVoter,
    ballot: &Ballot,
    ranked: Stored<Vec<Id>>,
    campus: Id,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.cohort(), ballot.cohort_id, "the proof holds elsewhere");
    let wish = ProductWish {
        ballot_id: ballot.id,
        person_id: proof.person(),
        ranked,
        updated_at: now,
    };
    diesel::delete(wishes::table.find((wish.ballot_id, wish.person_id))).execute(conn)?;
    diesel::insert_into(wishes::table).values(&wish).execute(conn)?;
    events::wish(campus, ballot, proof.person()).updated(conn)
}

/// Who builds what.
pub fn team_members(conn: &mut Conn, ballot: Id) -> Result<Vec<ProductTeamMember>> {
    Ok(members::table
        .filter(members::ballot_id.eq(ballot))
        .order((members::client_id, members::number, members::person_id))
        .select(ProductTeamMember::as_select())
        .load(conn)?)
}

/// The teams of other ballots of the same cohort.
pub fn other_teams(conn: &mut Conn, than: &Ballot) -> Result<Vec<Vec<Id>>> {
    let found: Vec<ProductTeamMember> = members::table
        .inner_join(ballots::table)
        .filter(ballots::cohort_id.eq(than.cohort_id))
        .filter(ballots::id.ne(than.id))
        .select(ProductTeamMember::as_select())
        .load(conn)?;
    let mut teams: BTreeMap<(Id, Id, i32), Vec<Id>> = BTreeMap::new();
    for member in found {
        let team = (member.ballot_id, member.client_id, member.number);
        teams.entry(team).or_default().push(member.person_id);
    }
    Ok(teams.into_values().collect())
}

/// Says who builds what from now on.
pub fn replace_team_members(
    conn: &mut Conn,
    proof: &CohortStaff,
    (ballot, of): (&Ballot, &Cohort),
    all: &[ProductTeamMember],
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(
        (proof.cohort(), of.id),
        (ballot.cohort_id, ballot.cohort_id),
        "the proof holds elsewhere"
    );
    diesel::delete(members::table.filter(members::ballot_id.eq(ballot.id))).execute(conn)?;
    on_both!(conn, |conn| diesel::insert_into(members::table)
        .values(all)
        .execute(conn))?;
    let event = ProductBallotEvent {
        kind: ProductBallotChange::TeamsFormed,
        ballot_id: ballot.id,
        campus_id: of.campus_id,
        cohort_id: of.id,
    };
    outbox::record(conn, &event, Some(proof.person()), now)
}
