//! Demo days, and who is invited to them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    clients::{
        events::{self, DemoDayChange, DemoDayEvent, DemoDayInvitationChange, DemoDayInvitationEvent},
        model::{ClientStatus, DemoDay, DemoDayInvitation, InvitedClient},
        proofs::ClientKeeper,
    },
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, clients, cohorts, demo_day_invitations as invitations, demo_days as days},
    },
    error::Result,
    on_both, outbox,
    primitives::{Id, Instant, Line, time::TimeZone},
};

/// Where a demo day is: its cohort, and the clocks of the campus.
pub type Host<'c> = (&'c Cohort, TimeZone);

/// A demo day, if it has not been cancelled.
pub fn demo_day(conn: &mut Conn, id: Id) -> Result<Option<DemoDay>> {
    Ok(days::table
        .find(id)
        .select(DemoDay::as_select())
        .first(conn)
        .optional()?)
}

/// Those of a cohort, as they come.
pub fn demo_days(conn: &mut Conn, cohort: Id) -> Result<Vec<DemoDay>> {
    Ok(days::table
        .filter(days::cohort_id.eq(cohort))
        .order((days::starts_local, days::id))
        .select(DemoDay::as_select())
        .load(conn)?)
}

/// Those to which the owners of a client are invited, as they come, each with the clocks by which it is.
pub fn demo_days_of(conn: &mut Conn, client: Id) -> Result<Vec<(DemoDay, TimeZone)>> {
    let invited = invitations::table
        .filter(invitations::client_id.eq(client))
        .select(invitations::demo_day_id);
    Ok(days::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(days::id.eq_any(invited))
        .order((days::starts_local, days::id))
        .select((DemoDay::as_select(), campuses::time_zone))
        .load(conn)?)
}

/// The clocks by which the demo days of a cohort are.
///
/// # Errors
/// `404` if there is no such cohort.
pub fn zone_of(conn: &mut Conn, cohort: Id) -> Result<TimeZone> {
    Ok(cohorts::table
        .inner_join(campuses::table)
        .filter(cohorts::id.eq(cohort))
        .select(campuses::time_zone)
        .first(conn)?)
}

/// The clients that are invited to each of these, in the order in which they applied; not those that have withdrawn.
pub fn invited(conn: &mut Conn, of: &[Id]) -> Result<HashMap<Id, Vec<InvitedClient>>> {
    let found: Vec<(DemoDayInvitation, Line)> = invitations::table
        .inner_join(clients::table)
        .filter(invitations::demo_day_id.among(of.to_vec()))
        .filter(clients::status.ne(ClientStatus::Withdrawn))
        .order(clients::id)
        .select((DemoDayInvitation::as_select(), clients::name))
        .load(conn)?;
    let mut all: HashMap<Id, Vec<InvitedClient>> = HashMap::new();
    for (invitation, name) in found {
        let of_day = all.entry(invitation.demo_day_id).or_default();
        of_day.push(InvitedClient { invitation, name });
    }
    Ok(all)
}

/// Whether the owners of a client are still invited.
pub fn is_invited(conn: &mut Conn, invitation: Id) -> Result<bool> {
    let row = invitations::table
        .inner_join(clients::table)
        .filter(invitations::id.eq(invitation))
        .filter(clients::status.ne(ClientStatus::Withdrawn));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(conn)?)
}

/// Plans one.
pub fn insert_demo_day(conn: &mut Conn, proof: &CohortStaff, of: Host<'_>, day: &DemoDay, now: Instant) -> Result<()> {
    diesel::insert_into(days::table).values(day).execute(conn)?;
    tell(conn, proof, of, (day, DemoDayChange::Planned), now)
}

/// Invites the owners of these clients.
pub fn invite_to(
    conn: &mut Conn,
    proof: &CohortStaff,
    of: Host<'_>,
    (day, clients): (&DemoDay, &[Id]),
    now: Instant,
) -> Result<()> {
    let invitation = |client: &Id| DemoDayInvitation {
        id: Id::new(),
        demo_day_id: day.id,
        client_id: *client,
        coming: None,
        created_at: now,
        updated_at: now,
    };
    let new: Vec<DemoDayInvitation> = clients.iter().map(invitation).collect();
    on_both!(conn, |conn| diesel::insert_into(invitations::table)
        .values(&new)
        .execute(conn))?;
    tell_invited(conn, proof, of, (day, DemoDayInvitationChange::Sent, &new), now)
}

/// Changes one, of which whoever is invited is told.
pub fn update_demo_day(
    conn: &mut Conn,
    proof: &CohortStaff,
    of: Host<'_>,
    (before, after): (&DemoDay, &DemoDay),
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.cohort(), before.cohort_id, "the proof holds elsewhere");
    diesel::update(days::table.find(after.id)).set(after).execute(conn)?;
    tell(conn, proof, of, (after, DemoDayChange::Moved), now)?;
    let told = standing(conn, after.id)?;
    tell_invited(conn, proof, of, (after, DemoDayInvitationChange::Moved, &told), now)
}

/// Cancels one.
pub fn delete_demo_day(conn: &mut Conn, proof: &CohortStaff, of: Host<'_>, day: &DemoDay, now: Instant) -> Result<()> {
    let told = standing(conn, day.id)?;
    diesel::delete(days::table.find(day.id)).execute(conn)?;
    tell(conn, proof, of, (day, DemoDayChange::Cancelled), now)?;
    tell_invited(conn, proof, of, (day, DemoDayInvitationChange::Cancelled, &told), now)
}

/// The invitations to a demo day that stand.
fn standing(conn: &mut Conn, day: Id) -> Result<Vec<DemoDayInvitation>> {
    let invited = invited(conn, &[day])?.remove(&day).unwrap_or_default();
    Ok(invited.into_iter().map(|one| one.invitation).collect())
}

fn tell(
    conn: &mut Conn,
    proof: &CohortStaff,
    (cohort, _): Host<'_>,
    (day, kind): (&DemoDay, DemoDayChange),
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(
        (proof.cohort(), cohort.id),
        (day.cohort_id, day.cohort_id),
        "the proof holds elsewhere"
    );
    let event = DemoDayEvent {
        kind,
        demo_day_id: day.id,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
    };
    outbox::record(conn, &event, Some(proof.person()), now)
}

fn tell_invited(
    conn: &mut Conn,
    proof: &CohortStaff,
    (cohort, zone): Host<'_>,
    (day, kind, told): (&DemoDay, DemoDayInvitationChange, &[DemoDayInvitation]),
    now: Instant,
) -> Result<()> {
    let clients: Vec<Id> = told.iter().map(|invitation| invitation.client_id).collect();
    let owners = super::owners_of(conn, &clients)?;
    let event = |invitation: &DemoDayInvitation| {
        let owners = owners.get(&invitation.client_id).cloned().unwrap_or_default();
        happened((invitation, kind), (day, cohort, zone), owners)
    };
    let all: Vec<DemoDayInvitationEvent> = told.iter().map(event).collect();
    outbox::record_all(conn, &all, Some(proof.person()), now)
}

fn happened(
    (invitation, kind): (&DemoDayInvitation, DemoDayInvitationChange),
    (day, cohort, zone): (&DemoDay, &Cohort, TimeZone),
    owners: Vec<Id>,
) -> DemoDayInvitationEvent {
    DemoDayInvitationEvent {
        kind,
        invitation_id: invitation.id,
        demo_day_id: day.id,
        client_id: invitation.client_id,
        cohort_id: cohort.id,
        campus_id: cohort.campus_id,
        owners,
        starts_at: day.meeting().span(zone).0,
    }
}

/// An invitation with what it is to, and where.
pub type InvitedTo = (DemoDayInvitation, DemoDay, Cohort, TimeZone);

/// All invitations of a client, in the order in which they were made.
pub fn invitations_of(conn: &mut Conn, client: Id) -> Result<Vec<InvitedTo>> {
    Ok(invitations::table
        .inner_join(days::table.inner_join(cohorts::table.inner_join(campuses::table)))
        .filter(invitations::client_id.eq(client))
        .order(invitations::id)
        .select((
            DemoDayInvitation::as_select(),
            DemoDay::as_select(),
            Cohort::as_select(),
            campuses::time_zone,
        ))
        .load(conn)?)
}

/// The owners of a client are invited to these no longer: they and whoever sees inside the cohorts are told.
pub fn delete_invitations(conn: &mut Conn, proof: &ClientKeeper, to: &[InvitedTo], now: Instant) -> Result<()> {
    if to.is_empty() {
        return Ok(());
    }
    let ids: Vec<Id> = to.iter().map(|(invitation, ..)| invitation.id).collect();
    let own = invitations::table
        .filter(invitations::client_id.eq(proof.client()))
        .filter(invitations::id.among(ids));
    diesel::delete(own).execute(conn)?;
    let owners = super::owner_ids(conn, proof.client())?;
    let event = |(invitation, day, cohort, zone): &InvitedTo| {
        let is_over = (invitation, DemoDayInvitationChange::Cancelled);
        happened(is_over, (day, cohort, *zone), owners.clone())
    };
    let all: Vec<DemoDayInvitationEvent> = to.iter().map(event).collect();
    outbox::record_all(conn, &all, proof.person(), now)?;
    let guests_changed = |(_, day, cohort, _): &InvitedTo| DemoDayEvent {
        kind: DemoDayChange::GuestsChanged,
        demo_day_id: day.id,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
    };
    let all: Vec<DemoDayEvent> = to.iter().map(guests_changed).collect();
    outbox::record_all(conn, &all, proof.person(), now)
}

/// Notes whether the owners of a client come.
pub fn save_answer(
    conn: &mut Conn,
    proof: &ClientKeeper,
    (day, campus): (&DemoDay, Id),
    invitation: &DemoDayInvitation,
    coming: bool,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.client(), invitation.client_id, "the proof holds elsewhere");
    diesel::update(invitations::table.find(invitation.id))
        .set((invitations::coming.eq(coming), invitations::updated_at.eq(now)))
        .execute(conn)?;
    let owners = super::owner_ids(conn, invitation.client_id)?;
    events::answer(campus, day, &owners).updated(conn)
}
