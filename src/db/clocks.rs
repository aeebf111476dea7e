//! What the clocks of a place show, as functions of SQL: SQLite itself knows no time zones.

use diesel::{SqliteConnection, sql_types};

use crate::primitives::{Instant, LocalTime, time::TimeZone};

#[diesel::declare_sql_function]
extern "SQL" {
    /// What the clocks of a zone show at an instant.
    fn local_time(
        at: sql_types::Nullable<sql_types::Timestamp>,
        zone: sql_types::Text,
    ) -> sql_types::Nullable<sql_types::Timestamp>;

    /// The instant at which they show it.
    fn instant(
        local: sql_types::Nullable<sql_types::Timestamp>,
        zone: sql_types::Text,
    ) -> sql_types::Nullable<sql_types::Timestamp>;
}

/// Lets statements of this connection ask.
pub fn install(conn: &mut SqliteConnection) -> diesel::QueryResult<()> {
    let zone = |name: &str| TimeZone::parse(name).unwrap_or(TimeZone::UTC);
    local_time_utils::register_impl(conn, move |at: Option<Instant>, name: String| {
        at.map(|at| LocalTime::of(at, zone(&name)))
    })?;
    instant_utils::register_impl(conn, move |local: Option<LocalTime>, name: String| {
        local.map(|local| local.in_zone(zone(&name)))
    })
}
