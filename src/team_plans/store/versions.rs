//! Queries on the versions of plans.

use std::collections::BTreeMap;

use diesel::{dsl::max, prelude::*};

use crate::{
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{plan_version_seats as seats, plan_versions as versions},
    },
    error::Result,
    on_both,
    primitives::Id,
    team_plans::model::{PlanVersion, VersionSeat},
};

/// Versions of a plan that are kept. The oldest make room for new ones.
pub const MOST_VERSIONS: i64 = 200;

/// Rows that go into one statement: SQLite takes 32,766 values.
const BATCH: usize = 1000;

/// Keeps a version of a plan, with the teams that may have become others.
pub fn insert_version(
    conn: &mut Conn,
    _staff: &CohortStaff,
    version: &PlanVersion,
    taken: &[VersionSeat],
) -> Result<()> {
    diesel::insert_into(versions::table).values(version).execute(conn)?;
    for batch in taken.chunks(BATCH) {
        on_both!(conn, |conn| diesel::insert_into(seats::table)
            .values(batch)
            .execute(conn))?;
    }
    drop_oldest(conn, version.plan_id)
}

/// Drops the oldest version of a plan if there are too many. What it had kept of the rounds that the next one did not
/// change becomes the next one's, so that all later versions are what they were.
fn drop_oldest(conn: &mut Conn, plan: Id) -> Result<()> {
    let kept = versions::table.filter(versions::plan_id.eq(plan));
    if kept.count().get_result::<i64>(conn)? <= MOST_VERSIONS {
        return Ok(());
    }
    let oldest: Vec<(i64, Option<String>)> = kept
        .order(versions::version)
        .limit(2)
        .select((versions::version, versions::planned_along))
        .load(conn)?;
    let [(oldest, planned_along), (next, _)] = &oldest[..] else {
        return Ok(());
    };
    let changed: Vec<Id> = seats::table
        .filter(seats::plan_id.eq(plan))
        .filter(seats::version.eq(next))
        .select(seats::round_id)
        .distinct()
        .load(conn)?;
    let of_oldest = || {
        seats::table
            .filter(seats::plan_id.eq(plan))
            .filter(seats::version.eq(oldest))
    };
    diesel::delete(of_oldest().filter(seats::round_id.among(changed))).execute(conn)?;
    diesel::update(of_oldest()).set(seats::version.eq(next)).execute(conn)?;
    let untold = versions::table
        .find((plan, next))
        .filter(versions::planned_along.is_null());
    diesel::update(untold)
        .set(versions::planned_along.eq(planned_along))
        .execute(conn)?;
    diesel::delete(versions::table.find((plan, oldest))).execute(conn)?;
    Ok(())
}

/// The versions of a plan, newest first, from those before `before` on.
pub fn versions(conn: &mut Conn, plan: Id, before: Option<i64>, limit: i64) -> Result<Vec<PlanVersion>> {
    let mut query = versions::table.filter(versions::plan_id.eq(plan)).into_boxed();
    if let Some(before) = before {
        query = query.filter(versions::version.lt(before));
    }
    Ok(query
        .order(versions::version.desc())
        .limit(limit)
        .select(PlanVersion::as_select())
        .load(conn)?)
}

/// A version of a plan, if it was kept.
pub fn version(conn: &mut Conn, plan: Id, version: i64) -> Result<Option<PlanVersion>> {
    Ok(versions::table
        .find((plan, version))
        .select(PlanVersion::as_select())
        .first(conn)
        .optional()?)
}

/// The later weeks that were planned along with the teams of a version of a plan.
pub fn planned_along_at(conn: &mut Conn, plan: Id, version: i64) -> Result<Option<String>> {
    let told: Option<Option<String>> = versions::table
        .filter(versions::plan_id.eq(plan))
        .filter(versions::version.le(version))
        .filter(versions::planned_along.is_not_null())
        .order(versions::version.desc())
        .select(versions::planned_along)
        .first(conn)
        .optional()?;
    Ok(told.flatten())
}

/// Who was in which team at a version of a plan, by round, team and place.
pub fn seats_at(conn: &mut Conn, plan: Id, version: i64) -> Result<Vec<VersionSeat>> {
    // A version keeps the rounds that it changed; each of the others is as the last change before left it.
    let last: BTreeMap<Id, Option<i64>> = seats::table
        .filter(seats::plan_id.eq(plan))
        .filter(seats::version.le(version))
        .group_by(seats::round_id)
        .select((seats::round_id, max(seats::version)))
        .load::<(Id, Option<i64>)>(conn)?
        .into_iter()
        .collect();
    let of_these: Vec<i64> = last.values().copied().flatten().collect();
    let mut found: Vec<VersionSeat> = seats::table
        .filter(seats::plan_id.eq(plan))
        .filter(seats::version.among(of_these))
        .order((seats::round_id, seats::team_position, seats::position))
        .select(VersionSeat::as_select())
        .load(conn)?;
    found.retain(|seat| last.get(&seat.round_id) == Some(&Some(seat.version)));
    Ok(found)
}
