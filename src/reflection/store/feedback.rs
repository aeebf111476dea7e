//! Queries on feedback. Nothing is told of it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    accounts::model::PersonCard,
    authz::SignedIn,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{peer_feedback, people, rounds, team_members, teams, weeks},
    },
    error::Result,
    on_both,
    primitives::{Id, Line},
    reflection::{
        model::{Feedback, Released},
        proofs::{FeedbackGiver, TeamMate},
    },
};

/// The last day of the round of a team.
///
/// # Errors
/// `404` if there is no such week.
pub fn last_day(conn: &mut Conn, mate: &TeamMate) -> Result<NaiveDate> {
    Ok(weeks::table
        .filter(weeks::cohort_id.eq(mate.round().cohort_id))
        .filter(weeks::number.eq(mate.round().last_week))
        .select(weeks::ends_on)
        .first(conn)?)
}

/// The teams of somebody in a cohort whose round ended on one of these days, with the day, the earliest first.
pub fn teams_ended(
    conn: &mut Conn,
    proof: &SignedIn,
    cohort: Id,
    [from, until]: [NaiveDate; 2],
) -> Result<Vec<(Id, Line, NaiveDate)>> {
    let last_week = weeks::cohort_id
        .eq(rounds::cohort_id)
        .and(weeks::number.eq(rounds::last_week));
    Ok(team_members::table
        .inner_join(teams::table)
        .inner_join(rounds::table.on(rounds::id.eq(teams::round_id)))
        .inner_join(weeks::table.on(last_week))
        .filter(team_members::person_id.eq(proof.person()))
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::published_at.is_not_null())
        .filter(weeks::ends_on.between(from, until))
        .order(weeks::ends_on)
        .select((teams::id, teams::name, weeks::ends_on))
        .load(conn)?)
}

/// What a member has given to others of the team.
pub fn given(conn: &mut Conn, mate: &TeamMate) -> Result<Vec<Feedback>> {
    Ok(peer_feedback::table
        .filter(peer_feedback::team_id.eq(mate.team()))
        .filter(peer_feedback::giver_id.eq(mate.person()))
        .select(Feedback::as_select())
        .load(conn)?)
}

/// Puts what a member gives in place of what they gave to the same person before.
pub fn insert_feedback(conn: &mut Conn, mate: &TeamMate, new: &Feedback) -> Result<()> {
    delete_feedback(conn, mate, new.receiver_id)?;
    on_both!(conn, |conn| diesel::insert_into(peer_feedback::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Removes what a member gave to somebody.
fn delete_feedback(conn: &mut Conn, mate: &TeamMate, receiver: Id) -> Result<()> {
    let own = peer_feedback::table
        .filter(peer_feedback::team_id.eq(mate.team()))
        .filter(peer_feedback::giver_id.eq(mate.person()))
        .filter(peer_feedback::receiver_id.eq(receiver));
    diesel::delete(own).execute(conn)?;
    Ok(())
}

/// Removes what somebody gave, if it still waits.
pub fn withdraw_feedback(conn: &mut Conn, giver: &FeedbackGiver, id: Id) -> Result<()> {
    let own = peer_feedback::table
        .filter(peer_feedback::id.eq(id))
        .filter(peer_feedback::giver_id.eq(giver.person()))
        .filter(peer_feedback::batch.is_null());
    diesel::delete(own).execute(conn)?;
    Ok(())
}

/// What waits for somebody in a cohort: by whom, and whether anonymously.
pub fn waiting(conn: &mut Conn, cohort: Id, receiver: Id) -> Result<Vec<(Id, bool)>> {
    Ok(peer_feedback::table
        .filter(peer_feedback::cohort_id.eq(cohort))
        .filter(peer_feedback::receiver_id.eq(receiver))
        .filter(peer_feedback::batch.is_null())
        .select((peer_feedback::giver_id, peer_feedback::anonymous))
        .load(conn)?)
}

/// Shows somebody all that waits for them in a cohort.
pub fn release(conn: &mut Conn, mate: &TeamMate, receiver: Id, week: NaiveDate) -> Result<()> {
    let last: Option<i32> = peer_feedback::table
        .filter(peer_feedback::receiver_id.eq(receiver))
        .select(diesel::dsl::max(peer_feedback::batch))
        .first(conn)?;
    let waiting = peer_feedback::table
        .filter(peer_feedback::cohort_id.eq(mate.round().cohort_id))
        .filter(peer_feedback::receiver_id.eq(receiver))
        .filter(peer_feedback::batch.is_null());
    diesel::update(waiting)
        .set((
            peer_feedback::batch.eq(last.unwrap_or_default() + 1),
            peer_feedback::released_on.eq(week),
        ))
        .execute(conn)?;
    Ok(())
}

/// Up to `limit` of what is shown to somebody, what was shown last first; in one batch by ids, which are random.
pub fn released(conn: &mut Conn, proof: &SignedIn, after: Option<(i32, Id)>, limit: i64) -> Result<Vec<Released>> {
    let mut query = peer_feedback::table
        .filter(peer_feedback::receiver_id.eq(proof.person()))
        .filter(peer_feedback::batch.is_not_null())
        .order((peer_feedback::batch.desc(), peer_feedback::id))
        .limit(limit)
        .select(Feedback::as_select())
        .into_boxed();
    if let Some((batch, id)) = after {
        let same = peer_feedback::batch.eq(batch).and(peer_feedback::id.gt(id));
        query = query.filter(peer_feedback::batch.lt(batch).or(same));
    }
    let found: Vec<Feedback> = query.load(conn)?;
    let named = found.iter().filter(|one| !one.anonymous).map(|one| one.giver_id);
    let cards: Vec<PersonCard> = people::table
        .filter(people::id.among(named))
        .select(PersonCard::as_select())
        .load(conn)?;
    let with_giver = |feedback: Feedback| Released {
        giver: match feedback.anonymous {
            true => None,
            false => cards.iter().find(|card| card.id == feedback.giver_id).cloned(),
        },
        feedback,
    };
    Ok(found.into_iter().map(with_giver).collect())
}
