//! What graduates show of themselves.

use crate::{
    audit,
    authz::{Actor, SignedIn},
    careers::{
        model::{Profile, ProfileTexts},
        rules, store,
    },
    db::Conn,
    error::Result,
    mentoring,
    primitives::{Id, IfMatch, Instant, Stored},
    work::model::Submission,
};

/// A profile with what is counted and looked up when it is read.
pub struct WholeProfile {
    pub profile: Profile,
    /// Those that are still there, of teams in which the person is still named.
    pub submissions: Vec<Submission>,
    /// How many code reviews their teams have done, if the profile shows it.
    pub reviews_done: Option<i64>,
    /// In how many weeks they have mentored, if the profile shows it.
    pub weeks_mentored: Option<usize>,
}

/// Somebody's profile with what it shows.
pub fn whole_profile(conn: &mut Conn, profile: Profile, now: Instant) -> Result<WholeProfile> {
    let person = profile.person_id;
    let mut submissions = Vec::new();
    if !profile.submission_ids.is_empty() {
        submissions = store::own_submissions(conn, person)?;
        submissions.retain(|submission| profile.submission_ids.contains(&submission.id));
    }
    let reviews_done = match profile.shows_reviews {
        true => Some(store::reviews_done(conn, person)?),
        false => None,
    };
    let weeks_mentored = match profile.shows_mentoring {
        true => Some(mentoring::weeks_mentored(conn, person, now)?),
        false => None,
    };
    Ok(WholeProfile {
        profile,
        submissions,
        reviews_done,
        weeks_mentored,
    })
}

/// That of somebody who has written none says nothing.
pub(super) fn stored_profile(conn: &mut Conn, person: Id, now: Instant) -> Result<Profile> {
    match store::profile(conn, person)? {
        Some(profile) => Ok(profile),
        None => Ok(Profile {
            person_id: person,
            headline: None,
            about: None,
            looking_for: None,
            cv_url: None,
            skills: Stored::new(Vec::new())?,
            submission_ids: Stored::new(Vec::new())?,
            shows_reviews: false,
            shows_mentoring: false,
            version: 0,
            created_at: now,
            updated_at: now,
        }),
    }
}

/// The caller's own; empty as long as they have written none.
pub fn own_profile(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<WholeProfile> {
    let person = SignedIn::prove(actor)?.person();
    let profile = stored_profile(conn, person, now)?;
    whole_profile(conn, profile, now)
}

/// Writes the caller's own in place of what was there.
pub fn save_profile(
    conn: &mut Conn,
    actor: &Actor,
    texts: ProfileTexts,
    known: IfMatch,
    now: Instant,
) -> Result<WholeProfile> {
    let proof = SignedIn::prove(actor)?;
    let before = stored_profile(conn, proof.person(), now)?;
    known.check(before.version)?;
    let own: Vec<Id> = match texts.submission_ids.is_empty() {
        true => Vec::new(),
        false => store::own_submissions(conn, proof.person())?
            .iter()
            .map(|one| one.id)
            .collect(),
    };
    rules::check_profile(&texts, &own)?;
    let after = Profile {
        headline: texts.headline,
        about: texts.about,
        looking_for: texts.looking_for,
        cv_url: texts.cv_url,
        skills: Stored::new(texts.skills)?,
        submission_ids: Stored::new(texts.submission_ids)?,
        shows_reviews: texts.shows_reviews,
        shows_mentoring: texts.shows_mentoring,
        ..before.clone()
    };
    if after == before && before.version > 0 {
        return whole_profile(conn, before, now);
    }
    let after = Profile {
        version: before.version + 1,
        updated_at: now,
        ..after
    };
    audit::changed(&before, &after);
    store::save_profile(conn, &proof, &after)?;
    whole_profile(conn, after, now)
}

/// Deletes the caller's own: an employer who may see it sees an empty one. Repeating it changes nothing.
pub fn delete_profile(conn: &mut Conn, actor: &Actor, known: IfMatch) -> Result<()> {
    let proof = SignedIn::prove(actor)?;
    let before = store::profile(conn, proof.person())?;
    known.check(before.as_ref().map_or(0, |before| before.version))?;
    if before.is_none() {
        return Ok(());
    }
    audit::touched("career_profile");
    store::delete_profile(conn, &proof)
}
