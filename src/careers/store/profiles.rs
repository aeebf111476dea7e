//! What graduates show of themselves, and what is counted for them.

use diesel::prelude::*;

use crate::{
    authz::SignedIn,
    careers::{events, model::Profile},
    db::{
        Conn,
        schema::{career_profiles as profiles, code_reviews, rounds, submissions, team_members},
    },
    error::Result,
    primitives::Id,
    work::model::Submission,
};

/// Somebody's profile, if they have made one.
pub fn profile(conn: &mut Conn, person: Id) -> Result<Option<Profile>> {
    Ok(profiles::table
        .find(person)
        .select(Profile::as_select())
        .first(conn)
        .optional()?)
}

/// Puts the caller's profile in place of what was there.
pub fn save_profile(conn: &mut Conn, proof: &SignedIn, profile: &Profile) -> Result<()> {
    debug_assert_eq!(proof.person(), profile.person_id, "the proof holds elsewhere");
    match profile.version {
        1 => diesel::insert_into(profiles::table).values(profile).execute(conn)?,
        _ => diesel::update(profiles::table.find(profile.person_id))
            .set(profile)
            .execute(conn)?,
    };
    events::profile(profile.person_id).updated(conn)
}

/// Deletes the caller's profile.
pub fn delete_profile(conn: &mut Conn, proof: &SignedIn) -> Result<()> {
    diesel::delete(profiles::table.find(proof.person())).execute(conn)?;
    events::profile(proof.person()).deleted(conn)
}

/// The submissions of teams that somebody is or was in, in order.
pub fn own_submissions(conn: &mut Conn, person: Id) -> Result<Vec<Submission>> {
    let own = team_members::table
        .filter(team_members::person_id.eq(person))
        .select(team_members::team_id);
    Ok(submissions::table
        .filter(submissions::team_id.eq_any(own))
        .order(submissions::id)
        .select(Submission::as_select())
        .load(conn)?)
}

/// How many code reviews the published teams of somebody have done.
pub fn reviews_done(conn: &mut Conn, person: Id) -> Result<i64> {
    let own = team_members::table
        .inner_join(rounds::table)
        .filter(team_members::person_id.eq(person))
        .filter(rounds::published_at.is_not_null())
        .select(team_members::team_id);
    Ok(code_reviews::table
        .filter(code_reviews::reviewing_team_id.eq_any(own))
        .filter(code_reviews::done_at.is_not_null())
        .count()
        .get_result(conn)?)
}
