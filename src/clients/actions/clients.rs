//! Applying for an organisation, and its way to a product.

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::{
    accounts::{
        model::{Audience, PersonView, Viewer},
        store as accounts,
    },
    audit,
    authz::{Actor, SignedIn},
    campuses::{CampusStaff, model::Campus, store as campuses},
    clients::{
        events::ClientChange,
        model::{
            Client, ClientPatch, ClientSelection, ClientStatus, Hanging, NewClient, NewStep, NewTerms, Party, Step,
            Terms,
        },
        proofs::{ClientApplicant, ClientKeeper, SeenClient},
        rules, store,
    },
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant, Line},
};

/// A client with what belongs to it.
pub struct WholeClient {
    pub client: Client,
    pub campus_name: Line,
    /// The steps that it has come, in order.
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
    rules::must_have_proved(account.email_verified_at.is_some(), proves_addresses)?;
    let there = store::of_owner(conn, proof.person(), Some(campus.id))?;
    if let Some(first) = there.iter().find(|client| rules::is_on_its_way(client.status)) {
        return Err(rules::already_applied(first.id));
    }
    let yesterday = now.plus(-TimeDelta::days(1));
    rules::must_not_ask_too_often(store::applied_since(conn, &proof, yesterday)?)?;
    rules::CLIENTS.check_room(store::count(conn, campus.id, &rules::on_their_way())?)?;
    let client = Client {
        id: Id::new(),
        campus_id: campus.id,
        name: new.name,
        about: new.about,
        url: new.url,
        status: ClientStatus::Applied,
        status_since: now,
        reminded_at: None,
        applied_by: Some(proof.person()),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let by = Party::Owner;
    store::insert(conn, &proof, &client, &step_of(&client, None, by, now))?;
    let keeper = SeenClient::of(conn, actor, client.id)?.keeper()?;
    store::tell(conn, &keeper, &client, ClientChange::StepTaken, Some(by), now)?;
    audit::became("status", None::<ClientStatus>, client.status);
    get(conn, actor, client.id)
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
    let owners = store::owners(conn, id)?;
    // Owners show themselves to the staff, who work with them, and to each other as those who work in one team do.
    let near = match seen.parties().contains(&Party::Staff) {
        true => Audience::Staff,
        false => Audience::Cohort,
    };
    let viewer = Viewer {
        nearer: (near, owners.iter().map(|card| card.id).collect::<HashSet<Id>>()),
        ..Viewer::standing(Some(seen.person()), Audience::Network)
    };
    Ok(WholeClient {
        campus_name: campuses::campus(conn, seen.client.campus_id)?.name,
        steps: store::steps(conn, id)?,
        owners: owners.into_iter().map(|card| viewer.view(card)).collect(),
        client: seen.client,
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

/// Changes what is said of a client.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: ClientPatch,
    known: IfMatch,
    now: Instant,
) -> Result<WholeClient> {
    let seen = SeenClient::of(conn, actor, id)?;
    let keeper = seen.keeper()?;
    let before = &seen.client;
    known.check(before.version)?;
    let after = Client {
        name: patch.name.or(before.name.clone()),
        about: patch.about.or(before.about.clone()),
        url: patch.url.or(before.url.clone()),
        ..before.clone()
    };
    if after != *before {
        let after = Client {
            version: before.version + 1,
            updated_at: now,
            ..after
        };
        audit::changed(before, &after);
        store::update(conn, &keeper, &after)?;
    }
    get(conn, actor, id)
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
    let seen = SeenClient::of(conn, actor, id)?;
    let keeper = seen.keeper()?;
    known.check(seen.client.version)?;
    let by = rules::takes(seen.client.status, new.status, seen.parties()).map_err(|refusal| seen.explained(refusal))?;
    match by {
        Some(by) => {
            rules::must_be_complete(&new)?;
            move_on(conn, &keeper, seen.client, new, by, now)?;
        }
        None => rules::must_be_the_same(store::steps(conn, id)?.last(), &new)?,
    }
    get(conn, actor, id)
}

/// Notes that a client has come a step further. After the last nobody is invited any more, and codes that were sent stop working.
pub(super) fn move_on(
    conn: &mut Conn,
    keeper: &ClientKeeper,
    before: Client,
    new: NewStep,
    by: Party,
    now: Instant,
) -> Result<()> {
    let after = before.clone().becoming(new.status, now);
    audit::changed(&before, &after);
    let step = step_of(&after, Some(new), by, now);
    store::advance(conn, keeper, &after, &step, by, now)?;
    if rules::is_over(after.status) {
        for waiting in store::invitations(conn, after.id)? {
            store::revoke(conn, keeper, &after, waiting.id, now)?;
        }
    }
    Ok(())
}

/// The clients of a campus for whose next step somebody waits longer than its days, for its staff.
pub fn hanging(conn: &mut Conn, actor: &Actor, campus: Id, now: Instant) -> Result<Vec<Hanging>> {
    let (campus, _) = CampusStaff::of(conn, actor, campus)?;
    let Some(terms) = store::terms(conn, campus.id)? else {
        return Ok(Vec::new());
    };
    let before = now.plus(-TimeDelta::days(terms.answer_days.into()));
    let waiting = store::waiting(conn, campus.id, &rules::awaited(None), before)?;
    let hanging = |client: Client| {
        let waits_for = rules::hangs(&client, terms.answer_days, now)?;
        Some(Hanging {
            id: client.id,
            name: client.name,
            status: client.status,
            since: client.status_since.date_in(campus.time_zone),
            waits_for,
        })
    };
    Ok(waiting.into_iter().filter_map(hanging).collect())
}
