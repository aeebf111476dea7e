//! The mentors of two later weeks of the running cohort: alumni wish, the staff draw and confirm.

use super::{
    player::Player,
    scene::{Scene, WEEK, ask_for_mentors},
};
use crate::{
    db::Conn,
    error::Result,
    mentoring::actions::{self as mentors, NewWishes},
    primitives::{Filter, Id, IfMatch, Instant},
    state::State,
};

/// Four alumni wish for one of two weeks. Each week has room for two, and three like the first of them best.
pub fn wish(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let cohort = scene.running.id;
    let mut slots = Vec::new();
    for week in [WEEK + 3, WEEK + 4] {
        slots.push(ask_for_mentors(conn, scene.staff, cohort, week, now)?);
    }
    let turned: Vec<Id> = slots.iter().rev().copied().collect();
    for (mentor, ranked) in scene.graduated.students.iter().zip([&slots, &slots, &slots, &turned]) {
        let actor = mentor.actor(conn, now)?;
        let held = mentors::own_sign_ups(conn, &actor, &Filter::default(), None, i64::MAX)?.into_iter();
        let held = held.filter(|one| one.cohort.id == cohort && one.slot.booking_minutes.is_none());
        let wishes = NewWishes {
            ranked: ranked.clone(),
            together_with: Vec::new(),
            // One more than they have.
            at_most: Some(i32::try_from(held.count()).unwrap_or(i32::MAX).saturating_add(1)),
        };
        mentors::set_wishes(conn, &actor, cohort, &wishes, IfMatch::Absent, now)?;
    }
    Ok(())
}

/// Draws who gets what, and confirms it.
pub async fn share_out(state: &State, staff: Player, cohort: Id, now: Instant) -> Result<()> {
    let asked = move |conn: &mut Conn| {
        let actor = staff.actor(conn, now)?;
        mentors::prepare(conn, &actor, cohort, (None, 2), now)
    };
    let prepared = state.db.read(asked).await?;
    let allocated = mentors::allocate(&state.solver_pool, prepared.clone()).await?;
    let save = move |conn: &mut Conn| {
        let actor = staff.actor(conn, now)?;
        let made = mentors::save(conn, &actor, &prepared, &allocated, false, now)?;
        let seen = IfMatch::Version(made.allocation.version);
        mentors::confirm(conn, &actor, made.allocation.id, seen, now)?;
        Ok(())
    };
    state.db.write(save).await
}
