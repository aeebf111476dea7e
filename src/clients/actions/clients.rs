//! Applying for an organisation, and its way to a product.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::{briefs::withdraw_briefs, demo_days::end_invitations};
use crate::{
    accounts::{
        model::{Audience, PersonView, Viewer},
        store as accounts,
    },
    audit,
    authz::{Actor, SignedIn},
    campuses::{CampusStaff, model::Campus, store as campuses},
    clients::{
        model::{
            Client, ClientPatch, ClientSelection, ClientStatus, NewClient, NewStep, NewTerms, OfferedTo, OverdueClient,
            Party, Step, Terms, USUAL_FIRST_REFUSAL_DAYS, Workshop,
        },
        proofs::{ClientApplicant, ClientKeeper, SeenClient},
        rules, store,
    },
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant, Line, LocalTime, time::TimeZone},
};

/// A client with what belongs to it.
pub struct WholeClient {
    pub client: Client,
    pub campus_name: Line,
    /// The clocks that its workshop goes by.
    pub zone: TimeZone,
    /// The workshop at which it has a place.
    pub workshop: Option<Workshop>,
    /// The campuses to which it is offered.
    pub offers: Vec<OfferedTo>,
    /// The steps that it has taken, in order.
    pub steps: Vec<Step>,
    pub owners: Vec<PersonView>,
}

/// On what terms a campus builds, for everybody. Until it has said so it takes no organisations.
///
/// # Errors
/// `404` if there is no such campus.
pub fn terms(conn: &mut Conn, campus: Id) -> Result<Terms> {
    let campus = campuses::campus(conn, campus)?;
    let not_set = || Terms {
        answer_days: rules::USUAL_DAYS,
        first_refusal_days: USUAL_FIRST_REFUSAL_DAYS,
        ..Terms::not_set(campus.id, campus.created_at)
    };
    Ok(store::terms(conn, campus.id)?.unwrap_or_else(not_set))
}

/// Says on what terms a campus builds.
pub fn save_terms(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    new: NewTerms,
    known: IfMatch,
    now: Instant,
) -> Result<Terms> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    let before = store::terms(conn, campus.id)?;
    known.check(before.as_ref().map_or(0, |before| before.version))?;
    let before = before.unwrap_or_else(|| Terms::not_set(campus.id, now));
    let after = Terms {
        is_open: new.open,
        about: new.about,
        answer_days: rules::check_days(new.answer_days)?,
        first_refusal_days: rules::check_first_refusal(new.first_refusal_days)?,
        ..before.clone()
    };
    if after == before {
        return Ok(before);
    }
    let after = Terms {
        version: before.version + 1,
        updated_at: now,
        ..after
    };
    audit::changed(&before, &after);
    store::save_terms(conn, &staff, &after)?;
    Ok(after)
}

/// The caller applies for an organisation, whose product owner they are.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    new: NewClient,
    proves_addresses: bool,
    now: Instant,
) -> Result<WholeClient> {
    let (campus, proof) = ClientApplicant::of(conn, actor, campus)?;
    rules::must_be_open(store::terms(conn, campus.id)?.as_ref())?;
    let account = accounts::person(conn, proof.person())?;
    account.must_have_proved_address(proves_addresses)?;
    let there = store::of_owner(conn, proof.person(), Some(campus.id))?;
    if let Some(first) = there.iter().find(|client| rules::is_active(client.status)) {
        return Err(rules::already_applied(first.id));
    }
    let yesterday = now.plus(-TimeDelta::days(1));
    rules::must_not_ask_too_often(store::applied_since(conn, &proof, yesterday)?)?;
    rules::CLIENTS.check_room(store::count(conn, campus.id, &rules::active())?)?;
    let client = Client {
        id: Id::new(),
        campus_id: campus.id,
        name: new.name,
        about: new.about,
        url: new.url,
        may_be_passed_on: new.may_be_passed_on,
        status: ClientStatus::Applied,
        status_since: now,
        reminded_at: None,
        applied_by: Some(proof.person()),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert(conn, &proof, &client, &step_of(&client, None, Party::Owner, now))?;
    audit::became("status", None::<ClientStatus>, client.status);
    whole(conn, client, campus, proof.person(), Audience::Cohort)
}

fn step_of(client: &Client, given: Option<NewStep>, taken_by: Party, now: Instant) -> Step {
    let (url, note) = given.map_or((None, None), |given| (given.url, given.note));
    Step {
        id: Id::new(),
        client_id: client.id,
        status: client.status,
        taken_by,
        url,
        note,
        created_at: now,
    }
}

/// One client, for its owners and the staff of its campus.
pub fn get(conn: &mut Conn, actor: &Actor, id: Id) -> Result<WholeClient> {
    let seen = SeenClient::of(conn, actor, id)?;
    whole_of_seen(conn, seen)
}

pub(super) fn whole_of_seen(conn: &mut Conn, seen: SeenClient) -> Result<WholeClient> {
    // Owners show themselves to the staff, who work with them, and to each other as those who work in one team do.
    let near = match seen.parties().contains(&Party::Staff) {
        true => Audience::Staff,
        false => Audience::Cohort,
    };
    let person = seen.person();
    whole(conn, seen.client, seen.campus, person, near)
}

/// A client as it is shown to somebody who sees of its owners what they show to `near`.
fn whole(conn: &mut Conn, client: Client, campus: Campus, person: Id, near: Audience) -> Result<WholeClient> {
    let owners = store::owners(conn, client.id)?;
    let viewer = Viewer {
        nearer: (near, owners.iter().map(|card| card.id).collect::<HashSet<Id>>()),
        ..Viewer::standing(Some(person), Audience::Network)
    };
    Ok(WholeClient {
        campus_name: campus.name,
        zone: campus.time_zone,
        workshop: store::workshop_of(conn, client.id)?,
        offers: store::offers(conn, client.id)?,
        steps: store::steps(conn, client.id)?,
        owners: owners.into_iter().map(|card| viewer.view(card)).collect(),
        client,
    })
}

/// Up to `limit` clients of a campus, for its staff.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    selection: &ClientSelection,
    limit: i64,
) -> Result<(Campus, Vec<Client>)> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    let clients = store::page(conn, &staff, selection, limit)?;
    Ok((campus, clients))
}

/// Those whose product owner the caller is, the latest first, with the names of their campuses.
pub fn list_own(conn: &mut Conn, actor: &Actor) -> Result<Vec<(Client, Line)>> {
    store::own(conn, &SignedIn::prove(actor)?)
}

/// Changes how a client is described.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: ClientPatch,
    known: IfMatch,
    now: Instant,
) -> Result<WholeClient> {
    let mut seen = SeenClient::of(conn, actor, id)?;
    let keeper = seen.keeper()?;
    let before = &seen.client;
    known.check(before.version)?;
    let after = Client {
        name: patch.name.or(before.name.clone()),
        about: patch.about.or(before.about.clone()),
        url: patch.url.or(before.url.clone()),
        may_be_passed_on: patch.may_be_passed_on.or(before.may_be_passed_on),
        ..before.clone()
    };
    rules::may_agree(before, &after, seen.parties())?;
    if after != *before {
        let after = Client {
            version: before.version + 1,
            updated_at: now,
            ..after
        };
        audit::changed(before, &after);
        store::update(conn, &keeper, &after)?;
        seen.client = after;
    }
    whole_of_seen(conn, seen)
}

/// Takes a step. Repeating it as it was taken changes nothing.
pub fn take_step(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    new: NewStep,
    known: IfMatch,
    now: Instant,
) -> Result<WholeClient> {
    let mut seen = SeenClient::of(conn, actor, id)?;
    seen.keeper()?;
    known.check(seen.client.version)?;
    if rules::skips_booking(seen.client.status, new.status, seen.parties()) {
        let local = LocalTime::of(now, seen.campus.time_zone);
        if !store::workshops_after(conn, seen.campus.id, local)?.is_empty() {
            return Err(rules::must_book_a_place());
        }
    }
    take_step_of(conn, &mut seen, new, now)?;
    whole_of_seen(conn, seen)
}

/// Takes a step of a client that was loaded for whoever takes it.
pub(super) fn take_step_of(conn: &mut Conn, seen: &mut SeenClient, new: NewStep, now: Instant) -> Result<()> {
    let keeper = seen.keeper()?;
    let before = &seen.client;
    let by = rules::takes(before.status, new.status, seen.parties()).map_err(|refusal| seen.explained(refusal))?;
    match by {
        Some(by) => {
            rules::must_be_complete(&new)?;
            if new.status == ClientStatus::Completed {
                rules::may_hand_over(&store::ticked(conn, before.id)?, new.note.as_ref())?;
            }
            if rules::goes_back(before.status, new.status) {
                rules::STEPS.check_room(store::count_steps(conn, before.id)?)?;
            }
            seen.client = move_on(conn, &keeper, before, new, by, now)?;
        }
        None => rules::must_be_the_same(store::steps(conn, before.id)?.last(), &new)?,
    }
    Ok(())
}

/// Notes that a client takes a step, which may set its place at a workshop free. If it is withdrawn, so are its briefs and its invitations
/// to demo days. After the last step nobody is invited any more, and codes that were sent stop working.
pub(super) fn move_on(
    conn: &mut Conn,
    keeper: &ClientKeeper,
    before: &Client,
    new: NewStep,
    by: Party,
    now: Instant,
) -> Result<Client> {
    let after = before.clone().becoming(new.status, now);
    audit::changed(before, &after);
    store::advance(conn, keeper, &after, &step_of(&after, Some(new), by, now))?;
    if rules::gives_place_up(before.status, after.status) {
        store::delete_booking(conn, keeper)?;
    }
    if after.status == ClientStatus::Withdrawn {
        withdraw_briefs(conn, keeper, by, now)?;
        end_invitations(conn, keeper, now)?;
    }
    if rules::is_over(after.status) {
        let waiting: Vec<Id> = store::invitations(conn, after.id)?.iter().map(|one| one.id).collect();
        store::revoke(conn, keeper, &after, &waiting, now)?;
    }
    Ok(after)
}

/// The clients of a campus whose next step is overdue, for its staff.
pub fn overdue(conn: &mut Conn, actor: &Actor, campus: Id, now: Instant) -> Result<Vec<OverdueClient>> {
    let (campus, _) = CampusStaff::of(conn, actor, campus)?;
    let Some(terms) = store::terms(conn, campus.id)? else {
        return Ok(Vec::new());
    };
    let before = now.plus(-TimeDelta::days(terms.answer_days.into()));
    let waiting = store::waiting(conn, campus.id, &rules::awaited(None), before)?;
    let overdue = |client: Client| {
        let waits_for = rules::overdue_party(&client, terms.answer_days, now)?;
        Some(OverdueClient {
            id: client.id,
            name: client.name,
            status: client.status,
            since: client.status_since.date_in(campus.time_zone),
            waits_for,
        })
    };
    Ok(waiting.into_iter().filter_map(overdue).collect())
}
