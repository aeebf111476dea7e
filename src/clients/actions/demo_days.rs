//! Demo days: staff plan them, and product owners say whether they come.

use super::ballots::staff_of;
use crate::{
    audit,
    authz::Actor,
    clients::{
        model::{DemoDay, DemoDayPatch, InvitedClient, NewDemoDay},
        proofs::{ClientKeeper, SeenClient, SeenDemoDay},
        rules, store,
    },
    cohorts::{CohortInsider, store as cohorts},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant, time::TimeZone},
};

/// A demo day with the clients that are invited, as far as it is shown who is.
pub struct ShownDemoDay {
    pub day: DemoDay,
    pub zone: TimeZone,
    pub clients: Vec<InvitedClient>,
}

/// Plans one, and invites the owners of clients of the cohort.
pub fn plan_demo_day(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: NewDemoDay,
    now: Instant,
) -> Result<ShownDemoDay> {
    let (cohort, staff) = staff_of(conn, actor, cohort)?;
    let zone = store::zone_of(conn, cohort.id)?;
    let day = DemoDay {
        id: Id::new(),
        cohort_id: cohort.id,
        starts_local: new.starts_at.local(zone),
        ends_local: new.ends_at.local(zone),
        place: new.place,
        url: new.url,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    rules::check_demo_day(&day, zone, now)?;
    let there = store::demo_days(conn, cohort.id)?.len();
    rules::DEMO_DAYS.check_room(there)?;
    let invited = rules::invited(new.client_ids.as_deref(), &store::products(conn, cohort.id)?)?;
    audit::touched("demo_day");
    store::insert_demo_day(conn, &staff, (&cohort, zone), &day, now)?;
    store::invite_to(conn, &staff, (&cohort, zone), (&day, &invited), now)?;
    one_shown(conn, day, zone, |_| true)
}

fn one_shown(conn: &mut Conn, day: DemoDay, zone: TimeZone, sees: impl Fn(Id) -> bool) -> Result<ShownDemoDay> {
    let mut all = shown(conn, vec![(day, zone)], sees)?;
    all.pop().ok_or_else(Error::not_found)
}

/// Demo days, each with the clocks by which it is, and the clients that somebody sees to be invited.
fn shown(conn: &mut Conn, days: Vec<(DemoDay, TimeZone)>, sees: impl Fn(Id) -> bool) -> Result<Vec<ShownDemoDay>> {
    let ids: Vec<Id> = days.iter().map(|(day, _)| day.id).collect();
    let mut invited = store::invited(conn, &ids)?;
    let one = |(day, zone): (DemoDay, TimeZone)| {
        let mut clients = invited.remove(&day.id).unwrap_or_default();
        clients.retain(|one| sees(one.invitation.client_id));
        ShownDemoDay { day, zone, clients }
    };
    Ok(days.into_iter().map(one).collect())
}

/// Those of a cohort, for whoever sees inside it.
pub fn demo_days(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<ShownDemoDay>> {
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let there = store::demo_days(conn, cohort.id)?;
    let there = there.into_iter().map(|day| (day, insider.zone())).collect();
    shown(conn, there, |_| true)
}

/// Those to which a client is invited, for its owners: they see nothing of others.
pub fn demo_days_of_client(conn: &mut Conn, actor: &Actor, client: Id) -> Result<Vec<ShownDemoDay>> {
    let seen = SeenClient::of(conn, actor, client)?;
    let there = store::demo_days_of(conn, client)?;
    let mut all = shown(conn, there, |invited| invited == seen.client.id)?;
    all.retain(|shown| !shown.clients.is_empty());
    Ok(all)
}

/// One of them.
pub fn demo_day(conn: &mut Conn, actor: &Actor, id: Id) -> Result<ShownDemoDay> {
    let seen = SeenDemoDay::of(conn, actor, id)?;
    one_shown(conn, seen.day.clone(), seen.zone, |client| seen.sees(client))
}

/// Changes one that is still to come. Whoever is invited, and the cohort, is told.
pub fn change_demo_day(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: DemoDayPatch,
    known: IfMatch,
    now: Instant,
) -> Result<ShownDemoDay> {
    let seen = SeenDemoDay::of(conn, actor, id)?;
    let staff = seen.staff()?;
    let (before, zone) = (&seen.day, seen.zone);
    known.check(before.version)?;
    let mut meeting = before.meeting().at((patch.starts_at, patch.ends_at), zone);
    meeting.place = patch.place.or(meeting.place);
    meeting.url = patch.url.or(meeting.url);
    if meeting == before.meeting() {
        return demo_day(conn, actor, id);
    }
    rules::demo_day_must_be_to_come(before, zone, now)?;
    let after = DemoDay {
        version: before.version + 1,
        updated_at: now,
        ..before.clone().moved(meeting)
    };
    rules::check_demo_day(&after, zone, now)?;
    audit::changed(before, &after);
    store::update_demo_day(conn, &staff, (&seen.cohort, zone), (before, &after), now)?;
    one_shown(conn, after, zone, |_| true)
}

/// Cancels one that is still to come. Whoever is invited, and the cohort, is told.
pub fn cancel_demo_day(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let seen = SeenDemoDay::of(conn, actor, id)?;
    let staff = seen.staff()?;
    rules::demo_day_must_be_to_come(&seen.day, seen.zone, now)?;
    audit::touched("demo_day");
    store::delete_demo_day(conn, &staff, (&seen.cohort, seen.zone), &seen.day, now)
}

/// Invites the owners of another client to one that is still to come. Repeating it changes nothing.
pub fn invite_to_demo_day(conn: &mut Conn, actor: &Actor, (id, client): (Id, Id), now: Instant) -> Result<()> {
    let seen = SeenDemoDay::of(conn, actor, id)?;
    let staff = seen.staff()?;
    let products = store::products(conn, seen.cohort.id)?;
    let mut with_status = products.iter().filter(|one| one.product.client_id == client);
    if !with_status.any(|one| rules::can_be_invited(one.status)) {
        return Err(Error::not_found());
    }
    rules::demo_day_must_be_to_come(&seen.day, seen.zone, now)?;
    let there = store::invited(conn, &[id])?.remove(&id).unwrap_or_default();
    if there.iter().any(|one| one.invitation.client_id == client) {
        return Ok(());
    }
    audit::touched("invitation");
    store::invite_to(conn, &staff, (&seen.cohort, seen.zone), (&seen.day, &[client]), now)
}

/// Says whether the owners of a client come, until it begins. Repeating it changes nothing.
pub fn answer_demo_day(
    conn: &mut Conn,
    actor: &Actor,
    (id, client): (Id, Id),
    coming: bool,
    now: Instant,
) -> Result<ShownDemoDay> {
    let keeper = SeenClient::of(conn, actor, client)?.keeper()?;
    let day = store::demo_day(conn, id)?.ok_or_else(Error::not_found)?;
    let there = store::invited(conn, &[id])?.remove(&id).unwrap_or_default();
    let invited = there.into_iter().find(|one| one.invitation.client_id == client);
    let invitation = invited.ok_or_else(Error::not_found)?.invitation;
    let cohort = cohorts::cohort(conn, day.cohort_id)?;
    let zone = store::zone_of(conn, cohort.id)?;
    rules::demo_day_must_be_to_come(&day, zone, now)?;
    if invitation.coming != Some(coming) {
        audit::became("coming", invitation.coming, coming);
        store::save_answer(conn, &keeper, (&day, cohort.campus_id), &invitation, coming, now)?;
    }
    one_shown(conn, day, zone, |invited| invited == client)
}

/// The owners of a client that is withdrawn are invited no longer to those that are still to come, and told.
pub(super) fn end_invitations(conn: &mut Conn, client: &ClientKeeper, now: Instant) -> Result<()> {
    let mut to_come = store::invitations_of(conn, client.client())?;
    to_come.retain(|(_, day, _, zone)| !day.meeting().has_begun(*zone, now));
    store::delete_invitations(conn, client, &to_come, now)
}
