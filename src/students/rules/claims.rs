//! What can be done with the place of a student without an account.

use chrono::TimeDelta;

use crate::{
    accounts::model::PersonCard,
    authz::StaffRole,
    error::{Code, Error, Result},
    primitives::{Id, Instant, Line},
    students::model::{ClaimLink, Enrolment, EnrolmentStatus},
};

/// How long a claim link can be used.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// A name as it is compared with others: neither upper and lower case nor the width of spaces tell two apart.
pub fn folded(name: &Line) -> String {
    let words: Vec<&str> = name.as_str().split_whitespace().collect();
    words.join(" ").to_lowercase()
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
    let detail = "A student of this cohort without an account has this name. If it is the same person, give them a claim link; if not, add what tells the two apart, such as an initial.";
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

/// A code does not outlive the right of whoever made it.
///
/// # Errors
/// `409 claim_unusable`.
pub fn made_by_staff(role: Option<StaffRole>) -> Result<()> {
    role.map(drop).ok_or_else(|| {
        let why = "Whoever made this claim link is no longer on the staff of the campus. Ask its staff for a new one.";
        Error::new(Code::ClaimUnusable, why)
    })
}

/// A place that was withdrawn, or called off with its cohort, is none to take.
///
/// # Errors
/// `409 claim_unusable`.
pub fn place_is_open(place: &Enrolment) -> Result<()> {
    match place.status {
        EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated => Ok(()),
        EnrolmentStatus::Withdrawn => Err(Error::new(
            Code::ClaimUnusable,
            "This place was withdrawn. Ask the staff of the campus.",
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
            "This student has an account and changes their name themself.",
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
pub fn claimed(
    (place, card): (&Enrolment, &PersonCard),
    person: Id,
    own: Option<&Enrolment>,
    now: Instant,
) -> Result<Enrolment> {
    if own.is_some() {
        let detail = "You have an enrolment in this cohort already, so you cannot take over another. Ask the staff of the campus.";
        return Err(Error::new(Code::AlreadyEnrolled, detail));
    }
    Ok(Enrolment {
        person_id: person,
        claimed_id: Some(place.person_id),
        claimed_name: Some(card.name.clone()),
        version: place.version + 1,
        updated_at: now,
        ..place.clone()
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn place(name: &str, claimed: bool) -> (Enrolment, PersonCard) {
        let (card, now) = (PersonCard::named(name, claimed), Instant::now());
        let enrolment = Enrolment {
            cohort_id: Id::new(),
            person_id: card.id,
            status: EnrolmentStatus::Enrolled,
            experience: Some(2),
            attributes: "{}".into(),
            joined_on: NaiveDate::MIN,
            left_on: None,
            version: 3,
            created_at: now,
            updated_at: now,
            entered_as: None,
            claimed_id: None,
            claimed_name: None,
            told_at: None,
        };
        (enrolment, card)
    }

    #[test]
    fn a_name_is_given_once_among_those_without_an_account() {
        let roster = [place("Amal", false), place("Basma", true), place("Nia Ode", false)];
        let is_free = |name: &str, but| name_is_free(&Line::parse(name).unwrap(), &roster, but).is_ok();
        assert!(!is_free("AMAL", None) && is_free("Basma", None) && is_free("Amal H", None));
        assert!(!is_free("Nia  Ode", None) && !is_free("nia\u{a0}ode", None) && is_free("NiaOde", None));
        assert!(is_free("amal", Some(roster[0].1.id)) && !is_free("amal", Some(roster[1].1.id)));
    }

    #[test]
    fn a_link_is_good_once_and_for_a_while() {
        let now = Instant::now();
        let link = |used_at| ClaimLink {
            id: Id::new(),
            cohort_id: Id::new(),
            person_id: Id::new(),
            token_hash: String::new(),
            made_by: None,
            created_at: now,
            expires_at: now.plus(GOOD_FOR),
            used_at,
        };
        assert!(check_usable(&link(None), now).is_ok());
        assert!(check_usable(&link(None), now.plus(GOOD_FOR)).is_err());
        assert!(check_usable(&link(Some(now)), now).is_err());
    }

    #[test]
    fn a_place_keeps_all_but_its_person() {
        let ((place, card), person, now) = (place("Amal", false), Id::new(), Instant::now());
        let after = claimed((&place, &card), person, None, now).unwrap();
        assert_eq!((after.person_id, after.version, after.experience), (person, 4, Some(2)));
        assert_eq!(
            (after.claimed_id, after.claimed_name),
            (Some(card.id), Some(card.name.clone()))
        );
        assert!(claimed((&place, &card), card.id, Some(&place), now).is_err());
    }
}
