//! Queries on places that have to be confirmed again.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    cohorts::model::CohortStatus,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, cohorts, mentor_slots, sign_ups, weeks},
    },
    error::Result,
    mentoring::{
        events,
        model::{SignUp, SignUpStatus, Slot},
    },
    primitives::{Id, Instant, time::TimeZone},
};

/// Places that are not confirmed again yet, of slots whose week begins between two days, with the week's first day.
pub fn unconfirmed(
    conn: &mut Conn,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(SignUp, Slot, NaiveDate, TimeZone)>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    Ok(sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table.inner_join(campuses::table)))
        .inner_join(weeks::table.on(of_week))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .filter(sign_ups::reconfirmed_at.is_null())
        .filter(mentor_slots::reconfirm_days.is_not_null())
        .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
        .filter(weeks::starts_on.ge(from))
        .filter(weeks::starts_on.le(to))
        .order(sign_ups::id)
        .select((
            SignUp::as_select(),
            Slot::as_select(),
            weeks::starts_on,
            campuses::time_zone,
        ))
        .load(conn)?)
}

/// Notes that whoever has a place was asked whether they still come.
pub fn set_asked(conn: &mut Conn, slot: &Slot, sign_up: &SignUp, now: Instant) -> Result<()> {
    diesel::update(sign_ups::table.find(sign_up.id))
        .set((
            sign_ups::reconfirm_asked_at.eq(now),
            sign_ups::version.eq(sign_ups::version + 1),
            sign_ups::updated_at.eq(now),
        ))
        .execute(conn)?;
    events::sign_up(slot, sign_up).updated(conn)
}

/// Notes that whoever has a place still comes.
pub fn set_reconfirmed(conn: &mut Conn, slot: &Slot, sign_up: &SignUp, now: Instant) -> Result<()> {
    diesel::update(sign_ups::table.find(sign_up.id))
        .set((
            sign_ups::reconfirmed_at.eq(now),
            sign_ups::version.eq(sign_ups::version + 1),
            sign_ups::updated_at.eq(now),
        ))
        .execute(conn)?;
    events::sign_up(slot, sign_up).updated(conn)
}

/// What was said of one time counts for no other.
pub fn forget_reconfirmations(conn: &mut Conn, slot: Id) -> Result<()> {
    let said = sign_ups::table
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .filter(
            sign_ups::reconfirm_asked_at
                .is_not_null()
                .or(sign_ups::reconfirmed_at.is_not_null()),
        );
    diesel::update(said)
        .set((
            sign_ups::reconfirm_asked_at.eq(None::<Instant>),
            sign_ups::reconfirmed_at.eq(None::<Instant>),
            sign_ups::version.eq(sign_ups::version + 1),
        ))
        .execute(conn)?;
    Ok(())
}

/// Those of these people who were asked whether they still come to a slot, and have not answered.
pub fn asked(conn: &mut Conn, slot: Id, people: &[Id]) -> Result<Vec<Id>> {
    Ok(sign_ups::table
        .filter(sign_ups::slot_id.eq(slot))
        .filter(sign_ups::person_id.among(people))
        .filter(sign_ups::status.eq(SignUpStatus::Confirmed))
        .filter(sign_ups::reconfirm_asked_at.is_not_null())
        .filter(sign_ups::reconfirmed_at.is_null())
        .order(sign_ups::turn)
        .select(sign_ups::person_id)
        .load(conn)?)
}
