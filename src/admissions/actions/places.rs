//! Giving places: offers, the waiting list, and who comes next. All that changes what somebody's application has come to goes
//! through here, so that a place that becomes free is offered at once.

use super::interviews::set_free;
use crate::{
    admissions::{
        events,
        model::{Application, ApplicationStatus, Changed, LocalIntake},
        proofs::ApplicationKeeper,
        rules::offers as rules,
        store,
    },
    campuses,
    cohorts::calendar,
    db::Conn,
    error::Result,
    primitives::{Instant, LocalTime},
};

/// Makes an application this, tells of it, and cancels an interview that it has no use for any more.
pub fn make(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    local: &LocalIntake,
    before: Application,
    status: ApplicationStatus,
    now: Instant,
) -> Result<Application> {
    let after = before.clone().becoming(status, now);
    let after = match status {
        ApplicationStatus::Offered => Application {
            reply_by_local: Some(reply_by(conn, local, now)?),
            ..after
        },
        ApplicationStatus::Waitlisted => Application {
            turn: Some(store::next_turn(conn, local.cohort.id)?),
            reply_by_local: None,
            ..after
        },
        _ => after,
    };
    replace(conn, keeper, local, Changed { before, after }, now)
}

/// Puts what an application has become in its place.
pub fn replace(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    local: &LocalIntake,
    changed: Changed,
    now: Instant,
) -> Result<Application> {
    store::update(conn, keeper, &changed, &local.cohort, now)?;
    set_free(conn, keeper, &changed.after, local, now)?;
    Ok(changed.after)
}

/// Until when an offer of now is answered, by the campus's calendar of now: it stays when that changes.
fn reply_by(conn: &mut Conn, local: &LocalIntake, now: Instant) -> Result<LocalTime> {
    let campus = campuses::store::campus(conn, local.cohort.campus_id)?;
    let calendar = calendar(conn, &campus)?;
    let today = now.date_in(local.zone);
    Ok(rules::reply_by(today, local.intake.reply_days, |day| {
        calendar.works_on(day)
    }))
}

/// Gives somebody a place, or one at the end of the waiting list: who else waits is not passed over.
pub fn give(
    conn: &mut Conn,
    keeper: &ApplicationKeeper,
    local: &LocalIntake,
    application: Application,
    now: Instant,
) -> Result<Application> {
    let status = store::places(conn, &local.intake)?.for_newcomer();
    make(conn, keeper, local, application, status, now)
}

/// Offers free places to those who wait, in their order, as long as the list is open. How many.
pub fn promote(conn: &mut Conn, local: &LocalIntake, now: Instant) -> Result<usize> {
    let places = store::places(conn, &local.intake)?;
    if places.waiting == 0 || places.free() == 0 || !rules::is_list_open(local, now) {
        return Ok(0);
    }
    let keeper = ApplicationKeeper::by_the_clock(local.cohort.id);
    let waiting = store::in_state(conn, local.cohort.id, ApplicationStatus::Waitlisted)?;
    let free = usize::try_from(places.free()).unwrap_or_default();
    let next: Vec<Application> = waiting.into_iter().take(free).collect();
    let promoted = next.len();
    for application in next {
        make(conn, &keeper, local, application, ApplicationStatus::Offered, now)?;
    }
    Ok(promoted)
}

/// Lets offers run out that were not answered in time, tells the staff, and offers the places to the next. Whether any did.
pub fn expire(conn: &mut Conn, local: &LocalIntake, now: Instant) -> Result<bool> {
    let keeper = ApplicationKeeper::by_the_clock(local.cohort.id);
    let mut offered = store::in_state(conn, local.cohort.id, ApplicationStatus::Offered)?;
    offered.retain(|application| rules::has_expired(application, local, now));
    let any = !offered.is_empty();
    for application in offered {
        make(conn, &keeper, local, application, ApplicationStatus::Expired, now)?;
    }
    if any {
        events::offers(local.cohort.id).happened(conn, "expired")?;
    }
    Ok(promote(conn, local, now)? > 0 || any)
}
