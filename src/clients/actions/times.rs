//! What is done when a time has come, and when somebody goes.

use chrono::TimeDelta;

use super::{brief_people::nobody_wants, briefs::withdraw_briefs, clients::move_on};
use crate::{
    clients::{
        model::{Brief, Client, ClientStatus, NewStep, Party},
        proofs::{ClientKeeper, RefusalEnd},
        rules, store,
    },
    db::{Conn, Db},
    error::Result,
    primitives::{Id, Instant},
};

/// Asks product owners again for a step that they have not taken, and opens briefs to all graduates whose days of first refusal are over: once,
/// however many processes do this. Whether anything was done.
///
/// # Errors
/// `503`
pub async fn send_reminders(db: &Db, now: Instant) -> Result<bool> {
    let late = move |conn: &mut Conn| {
        let states = rules::awaited(Some(Party::Owner));
        // No campus waits for less than a day.
        store::unanswered(conn, &states, now.plus(-TimeDelta::days(1)))
    };
    let mut done = false;
    for (client, days) in db.read(late).await? {
        if rules::needs_reminder(&client, days, now) {
            done |= db.write(move |conn| remind(conn, client.id, now)).await?;
        }
    }
    let free = move |conn: &mut Conn| {
        let mut free = store::free_now(conn, now)?;
        for brief in store::reserved(conn, now)? {
            if nobody_wants(conn, &brief)? {
                free.push(brief.id);
            }
        }
        Ok(free)
    };
    for brief in db.read(free).await? {
        done |= db.write(move |conn| open_to_all(conn, brief, now)).await?;
    }
    Ok(done)
}

/// Opens a brief to all graduates once those who built the product have had their time, or none of them is left who may want it: others
/// have declined, were withdrawn from the cohort, or are gone. Read again in the transaction, as [`remind`] does.
fn open_to_all(conn: &mut Conn, id: Id, now: Instant) -> Result<bool> {
    let Some((brief, proof)) = RefusalEnd::for_system(conn, id)? else {
        return Ok(false);
    };
    let is_free = rules::is_reserved(&brief, now) && nobody_wants(conn, &brief)?;
    if !is_free && !rules::opens_to_all(&brief, now) {
        return Ok(false);
    }
    // Its version does not rise: the owners are not told of it, and would learn that nobody has had the first refusal.
    let open = Brief {
        opened_to_all_at: Some(now),
        reserved_until: brief.reserved_until.map(|until| until.min(now)),
        ..brief
    };
    store::end_first_refusal(conn, &proof, &open, now)?;
    Ok(true)
}

/// Read again in the transaction: another process may have done it, or the owners have taken the step.
fn remind(conn: &mut Conn, id: Id, now: Instant) -> Result<bool> {
    let Some((client, keeper)) = ClientKeeper::for_system(conn, id)? else {
        return Ok(false);
    };
    let terms = store::terms(conn, client.campus_id)?;
    if !terms.is_some_and(|terms| rules::needs_reminder(&client, terms.answer_days, now)) {
        return Ok(false);
    }
    let reminded = Client {
        reminded_at: Some(now),
        ..client
    };
    store::remind(conn, &keeper, &reminded, now)?;
    Ok(true)
}

/// Withdraws the clients that nobody looks after once somebody goes for good, and their briefs.
pub fn leave_everywhere(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    for client in store::of_owner(conn, person, None)? {
        let Some(keeper) = ClientKeeper::of_the_last(conn, client.id, person)? else {
            continue;
        };
        withdraw_briefs(conn, &keeper, Party::Owner, now)?;
        if rules::is_active(client.status) {
            let step = NewStep::to(ClientStatus::Withdrawn);
            move_on(conn, &keeper, &client, step, Party::Owner, now)?;
        }
    }
    Ok(())
}
