//! Finding slots in several cohorts, and the graduates who come first.

use diesel::{dsl::sql, prelude::*, sql_types::Bool};

use crate::{
    cohorts::model::{Cohort, CohortStatus, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{cohorts, enrolments, mentor_slots, sign_ups, weeks},
    },
    error::Result,
    mentoring::{
        MentoringCampuses,
        model::{SignUpStatus, Slot, SlotSearch},
    },
    primitives::{Id, LocalTime, time::TimeZone},
    students::model::EnrolmentStatus,
};

/// Has a free place that nobody waits for.
const HAS_ROOM: &str = "mentor_slots.capacity > (SELECT count(*) FROM sign_ups WHERE slot_id = mentor_slots.id AND \
                        sign_ups.status IN ('confirmed', 'attended', 'no_show')) AND NOT EXISTS (SELECT 1 FROM \
                        sign_ups WHERE slot_id = mentor_slots.id AND sign_ups.status = 'waitlisted')";

/// Slots of the cohorts in which somebody may mentor, in order of their weeks' beginnings.
pub fn search(
    conn: &mut Conn,
    proof: &MentoringCampuses,
    search: &SlotSearch,
    limit: i64,
) -> Result<Vec<(Slot, Week, Cohort)>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let studied = enrolments::table
        .filter(enrolments::person_id.eq(proof.person()))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .select(enrolments::cohort_id);
    let own = sign_ups::table
        .filter(sign_ups::person_id.eq(proof.person()))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled))
        .select(sign_ups::slot_id);
    let campuses = proof.campuses().iter().copied();
    let campuses = campuses.filter(|campus| search.campus.is_none_or(|only| only == *campus));
    let mut query = mentor_slots::table
        .inner_join(cohorts::table)
        .inner_join(weeks::table.on(of_week))
        .filter(cohorts::campus_id.among(campuses))
        .filter(cohorts::id.ne_all(studied))
        .order((weeks::starts_on, mentor_slots::id))
        .limit(limit)
        .select((Slot::as_select(), Week::as_select(), Cohort::as_select()))
        .into_boxed();
    if search.open {
        // A day and an hour come at other times in other zones: what is over there is left out later.
        let earliest = LocalTime::of(search.now.plus(-chrono::TimeDelta::hours(13)), TimeZone::UTC);
        let later = mentor_slots::starts_local
            .is_null()
            .or(mentor_slots::starts_local.gt(earliest));
        query = query
            .filter(sql::<Bool>(HAS_ROOM))
            .filter(mentor_slots::id.ne_all(own))
            .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
            .filter(later)
            .filter(
                weeks::ends_on
                    .ge(earliest.date())
                    .or(mentor_slots::starts_local.gt(earliest)),
            );
    }
    if let Some(kinds) = &search.kinds {
        query = query.filter(mentor_slots::kind.among(kinds.clone()));
    }
    if let Some(from) = search.period.from {
        query = query.filter(weeks::ends_on.ge(from));
    }
    if let Some(to) = search.period.to {
        query = query.filter(weeks::starts_on.le(to));
    }
    if let Some((starts_on, id)) = search.after {
        let same_day = weeks::starts_on.eq(starts_on).and(mentor_slots::id.gt(id));
        query = query.filter(weeks::starts_on.gt(starts_on).or(same_day));
    }
    Ok(query.load(conn)?)
}

/// Those who graduated from the cohort of the same campus that began last before this one; nobody if it is the first.
pub fn graduates_of_previous_cohort(conn: &mut Conn, cohort: &Cohort) -> Result<Vec<Id>> {
    let previous: Option<Id> = cohorts::table
        .filter(cohorts::campus_id.eq(cohort.campus_id))
        .filter(cohorts::status.eq(CohortStatus::Graduated))
        .filter(cohorts::starts_on.lt(cohort.starts_on))
        .order((cohorts::starts_on.desc(), cohorts::id.desc()))
        .select(cohorts::id)
        .first(conn)
        .optional()?;
    let Some(previous) = previous else {
        return Ok(Vec::new());
    };
    Ok(enrolments::table
        .filter(enrolments::cohort_id.eq(previous))
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .select(enrolments::person_id)
        .load(conn)?)
}
