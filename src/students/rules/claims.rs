//! What can be done with the place of a student without an account.

use chrono::TimeDelta;

use crate::{
    accounts::model::PersonCard,
    error::{Code, Error, Result},
    primitives::{Id, Instant, Line},
    students::model::{ClaimLink, Enrolment},
};

/// How long a claim link can be used.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// A name as it is compared with others: upper and lower case are not told apart.
pub fn folded(name: &Line) -> String {
    name.as_str().to_lowercase()
}

/// Names are all that tells students without an account apart.
///
/// # Errors
/// `409 already_enrolled` if one other than `but` has the name.
pub fn name_is_free(name: &Line, roster: &[(Enrolment, PersonCard)], but: Option<Id>) -> Result<()> {
    let is_other = |card: &PersonCard| !card.claimed && Some(card.id) != but && folded(&card.name) == folded(name);
    if !roster.iter().any(|(_, card)| is_other(card)) {
        return Ok(());
    }
    let detail = "A student of this cohort without an account has this name. For another person, add what tells the two apart, such as an initial.";
    Err(Error::new(Code::AlreadyEnrolled, detail))
}

/// Only a place that nobody has claimed can be handed over.
///
/// # Errors
/// `409 conflict`.
pub fn can_be_claimed(person: &PersonCard) -> Result<()> {
    match person.claimed {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "This student has an account. Claim links are for students entered by name alone.",
        )),
    }
}

/// A person's name is their own; the staff only correct that of somebody without an account.
///
/// # Errors
/// `409 conflict`.
pub fn can_be_renamed(person: &PersonCard) -> Result<()> {
    match person.claimed {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "This student has an account and changes their name themself: PATCH /v1/me.",
        )),
    }
}

/// It can be used.
///
/// # Errors
/// `409 claim_unusable`.
pub fn check_usable(link: &ClaimLink, now: Instant) -> Result<()> {
    let why = match link.used_at {
        None if link.expires_at > now => return Ok(()),
        None => "The claim link has expired. Ask the staff of the campus for a new one.",
        Some(_) => "The claim link has already been used; it can be used once.",
    };
    Err(Error::new(Code::ClaimUnusable, why))
}

/// The enrolment of whoever claims the place. Nobody is a student of one cohort twice.
///
/// # Errors
/// `409 already_enrolled`.
pub fn claimed(place: &Enrolment, person: Id, own: Option<&Enrolment>, now: Instant) -> Result<Enrolment> {
    if own.is_some() {
        let detail = "You have an enrolment in this cohort already, so you cannot take over another. Ask the staff of the campus.";
        return Err(Error::new(Code::AlreadyEnrolled, detail));
    }
    Ok(Enrolment {
        person_id: person,
        version: place.version + 1,
        updated_at: now,
        ..place.clone()
    })
}
