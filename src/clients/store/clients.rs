//! Clients and the steps that they have come.

use diesel::prelude::*;

use crate::{
    authz::SignedIn,
    campuses::CampusStaff,
    clients::{
        events::{self, ClientChange, ClientEvent},
        model::{Client, ClientSelection, ClientStatus, Party, Step, Terms},
        proofs::{ClientApplicant, ClientKeeper},
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, client_steps as steps, client_terms as terms, clients, product_owners as owners},
    },
    error::Result,
    outbox,
    primitives::{Id, Instant, Line},
};

/// On what terms a campus builds, if it has said so.
pub fn terms(conn: &mut Conn, campus: Id) -> Result<Option<Terms>> {
    Ok(terms::table
        .find(campus)
        .select(Terms::as_select())
        .first(conn)
        .optional()?)
}

/// Says on what terms a campus builds.
pub fn save_terms(conn: &mut Conn, proof: &CampusStaff, new: &Terms) -> Result<()> {
    debug_assert_eq!(proof.campus(), new.campus_id, "the proof holds elsewhere");
    match new.version {
        1 => diesel::insert_into(terms::table).values(new).execute(conn)?,
        _ => diesel::update(terms::table.find(new.campus_id))
            .set(new)
            .execute(conn)?,
    };
    events::terms(new.campus_id).updated(conn)
}

/// A client.
pub fn client(conn: &mut Conn, id: Id) -> Result<Option<Client>> {
    Ok(clients::table
        .find(id)
        .select(Client::as_select())
        .first(conn)
        .optional()?)
}

/// How many of a campus are in these states.
pub fn count(conn: &mut Conn, campus: Id, states: &[ClientStatus]) -> Result<i64> {
    Ok(clients::table
        .filter(clients::campus_id.eq(campus))
        .filter(clients::status.among(states.to_vec()))
        .count()
        .get_result(conn)?)
}

/// For how many the applicant has applied since then, at whichever campus.
pub fn applied_since(conn: &mut Conn, proof: &ClientApplicant, then: Instant) -> Result<i64> {
    Ok(clients::table
        .filter(clients::applied_by.eq(proof.person()))
        .filter(clients::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// The steps that a client has taken, in order.
pub fn steps(conn: &mut Conn, client: Id) -> Result<Vec<Step>> {
    Ok(steps::table
        .filter(steps::client_id.eq(client))
        .order(steps::id)
        .select(Step::as_select())
        .load(conn)?)
}

/// How many steps a client has taken.
pub fn count_steps(conn: &mut Conn, client: Id) -> Result<i64> {
    Ok(steps::table
        .filter(steps::client_id.eq(client))
        .count()
        .get_result(conn)?)
}

/// Up to `limit` of a campus, in the order in which they applied.
pub fn page(conn: &mut Conn, proof: &CampusStaff, selection: &ClientSelection, limit: i64) -> Result<Vec<Client>> {
    let mut query = clients::table
        .filter(clients::campus_id.eq(proof.campus()))
        .order(clients::id)
        .limit(limit)
        .select(Client::as_select())
        .into_boxed();
    if let Some(states) = selection.states.clone() {
        query = query.filter(clients::status.among(states));
    }
    if let Some(after) = selection.after {
        query = query.filter(clients::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Those whose product owner the caller is, the latest first, with the names of their campuses.
pub fn own(conn: &mut Conn, proof: &SignedIn) -> Result<Vec<(Client, Line)>> {
    Ok(owners::table
        .inner_join(clients::table.inner_join(campuses::table))
        .filter(owners::person_id.eq(proof.person()))
        .order(clients::id.desc())
        .select((Client::as_select(), campuses::name))
        .load(conn)?)
}

/// Makes one of an application, whose owner the applicant is, with its first step, and tells so.
pub fn insert(conn: &mut Conn, proof: &ClientApplicant, client: &Client, step: &Step) -> Result<()> {
    debug_assert_eq!(proof.campus(), client.campus_id, "the proof holds elsewhere");
    diesel::insert_into(clients::table).values(client).execute(conn)?;
    diesel::insert_into(steps::table).values(step).execute(conn)?;
    diesel::insert_into(owners::table)
        .values((
            owners::client_id.eq(client.id),
            owners::person_id.eq(proof.person()),
            owners::created_at.eq(client.created_at),
        ))
        .execute(conn)?;
    let taken = (ClientChange::StepTaken, Some(step.taken_by));
    tell(conn, client, taken, Some(proof.person()), step.created_at)
}

/// Changes what is said of one.
pub fn update(conn: &mut Conn, proof: &ClientKeeper, client: &Client) -> Result<()> {
    save(conn, proof, client)?;
    let all = super::owner_ids(conn, client.id)?;
    events::client(client, &all).updated(conn)
}

fn save(conn: &mut Conn, proof: &ClientKeeper, client: &Client) -> Result<()> {
    debug_assert_eq!(proof.client(), client.id, "the proof holds elsewhere");
    diesel::update(clients::table.find(client.id))
        .set(client)
        .execute(conn)?;
    Ok(())
}

/// Notes that one has taken this step.
pub fn advance(conn: &mut Conn, proof: &ClientKeeper, client: &Client, step: &Step) -> Result<()> {
    save(conn, proof, client)?;
    diesel::insert_into(steps::table).values(step).execute(conn)?;
    let taken = (ClientChange::StepTaken, Some(step.taken_by));
    tell(conn, client, taken, proof.person(), step.created_at)
}

/// Notes that its owners are asked again for their step.
pub fn remind(conn: &mut Conn, proof: &ClientKeeper, client: &Client, now: Instant) -> Result<()> {
    save(conn, proof, client)?;
    tell(conn, client, (ClientChange::Reminded, None), proof.person(), now)
}

/// Tells what happened to a client, and which side did it.
fn tell(
    conn: &mut Conn,
    client: &Client,
    (kind, by): (ClientChange, Option<Party>),
    person: Option<Id>,
    now: Instant,
) -> Result<()> {
    let event = ClientEvent {
        kind,
        client_id: client.id,
        campus_id: client.campus_id,
        status: client.status,
        by,
        owners: super::owner_ids(conn, client.id)?,
    };
    outbox::record(conn, &event, person, now)
}

/// Those in these states whose owners were not asked again, at campuses that are open, each with the days of its campus. Where nobody
/// is left, nobody is asked.
pub fn unanswered(conn: &mut Conn, states: &[ClientStatus], before: Instant) -> Result<Vec<(Client, i32)>> {
    Ok(clients::table
        .inner_join(campuses::table)
        .inner_join(terms::table.on(terms::campus_id.eq(clients::campus_id)))
        .filter(clients::status.among(states.to_vec()))
        .filter(clients::reminded_at.is_null())
        .filter(clients::status_since.le(before))
        .filter(campuses::closed_at.is_null())
        .filter(clients::id.eq_any(owners::table.select(owners::client_id)))
        .order(clients::id)
        .select((Client::as_select(), terms::answer_days))
        .load(conn)?)
}

/// Those of a campus in these states that somebody looks after, since before then, the oldest first.
pub fn waiting(conn: &mut Conn, campus: Id, states: &[ClientStatus], before: Instant) -> Result<Vec<Client>> {
    Ok(clients::table
        .filter(clients::campus_id.eq(campus))
        .filter(clients::status.among(states.to_vec()))
        .filter(clients::status_since.le(before))
        .filter(clients::id.eq_any(owners::table.select(owners::client_id)))
        .order((clients::status_since, clients::id))
        .select(Client::as_select())
        .load(conn)?)
}
