//! Queries on what people show of themselves.

use diesel::prelude::*;

use crate::{
    authz::SignedIn,
    db::{Conn, schema::people},
    error::Result,
    primitives::Instant,
    privacy::model::Visibility,
};

/// What whoever asks shows to whom.
pub fn visibility(conn: &mut Conn, proof: &SignedIn) -> Result<Visibility> {
    Ok(people::table
        .find(proof.person())
        .select(Visibility::as_select())
        .first(conn)?)
}

/// Changes it; counts the account's version up.
pub fn update_visibility(conn: &mut Conn, proof: &SignedIn, chosen: &Visibility, now: Instant) -> Result<()> {
    diesel::update(people::table.find(proof.person()))
        .set((
            people::email_audience.eq(chosen.email),
            people::github_audience.eq(chosen.github),
            people::time_zone_audience.eq(chosen.time_zone),
            people::version.eq(people::version + 1),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
