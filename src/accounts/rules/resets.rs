//! When somebody other than its owner may hand out a new password for an account.

use crate::{
    accounts::model::{Person, Standing},
    error::{Code, Error, Result},
};

/// Why it is for whoever runs the service.
const STANDS_ELSEWHERE: &str = "They are on the staff, a pastoral carer or on a panel of a campus, have written pastoral notes or \
                                read applications, or are known at another campus.";

/// Whether an organiser may hand a member a code for a new password: whoever gets it can do all that the member can, so
/// that must be nothing beyond the campus, and the member must have no way of their own.
///
/// # Errors
/// `404` if they are no member, `409 reset_not_allowed`.
pub fn may_grant_reset(person: &Person, standing: Standing) -> Result<()> {
    let refuse = |detail: &str| Err(Error::new(Code::ResetNotAllowed, detail));
    if !standing.is_member {
        return Err(Error::not_found());
    }
    if person.email_verified_at.is_some() {
        return refuse("Their address is verified: they can ask for a new password themselves, by mail.");
    }
    if person.is_admin || standing.is_elsewhere {
        return refuse(&format!(
            "{STANDS_ELSEWHERE} Whoever runs the service can make a code for them."
        ));
    }
    Ok(())
}

/// Whether an organiser may remove the second factor of a member who is kept out by it: who has also lost the password gets
/// in by mail then, so the member must be nothing beyond the campus.
///
/// # Errors
/// `404` if they are no member, `409`.
pub fn may_remove_second_factor(person: &Person, standing: Standing) -> Result<()> {
    if !standing.is_member {
        return Err(Error::not_found());
    }
    match person.is_admin || standing.is_elsewhere {
        false => Ok(()),
        true => {
            let how = "Whoever runs the service can remove it on the server with `peerled reset-second-factor`.";
            Err(Error::new(Code::Conflict, format!("{STANDS_ELSEWHERE} {how}")))
        }
    }
}

/// Whether an account that nobody has proved can become that of whoever proves its address. That of somebody who runs the
/// whole service does not by a letter alone, and one that is disabled stays so.
///
/// # Errors
/// `403 account_disabled`, `409 email_taken`.
pub fn may_take_over(person: &Person) -> Result<()> {
    if person.disabled_at.is_some() {
        let detail = "The account with this address was disabled by whoever runs this service. Ask them.";
        return Err(Error::new(Code::AccountDisabled, detail));
    }
    match person.is_admin {
        false => Ok(()),
        true => Err(Error::new(
            Code::EmailTaken,
            "The account with this address runs the service. Log in to it, or have a code made on the server with \
             `peerled reset-password`.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Email, Id, Instant, Line};

    #[test]
    fn only_for_a_member_who_is_nothing_anywhere_else() {
        let person = |proved: bool, is_admin| Person {
            id: Id::new(),
            email: Email::parse("amal@example.org").unwrap(),
            name: Line::parse("Amal").unwrap(),
            github: None,
            password_hash: None,
            is_admin,
            disabled_at: None,
            time_zone: None,
            language: None,
            email_verified_at: proved.then(Instant::now),
            version: 1,
            created_at: Instant::now(),
        };
        let code = |proved, is_admin, is_member, is_elsewhere| {
            let standing = Standing {
                is_member,
                is_elsewhere,
            };
            may_grant_reset(&person(proved, is_admin), standing)
                .err()
                .map(|error| error.code())
        };
        assert_eq!(code(false, false, true, false), None);
        assert_eq!(code(false, false, false, false), Some(Code::NotFound));
        assert_eq!(code(true, false, true, false), Some(Code::ResetNotAllowed));
        assert_eq!(code(false, true, true, false), Some(Code::ResetNotAllowed));
        assert_eq!(code(false, false, true, true), Some(Code::ResetNotAllowed));
        let removal = |is_admin, is_member, is_elsewhere| {
            let standing = Standing {
                is_member,
                is_elsewhere,
            };
            may_remove_second_factor(&person(true, is_admin), standing)
                .err()
                .map(|error| error.code())
        };
        assert_eq!(removal(false, true, false), None);
        assert_eq!(removal(false, false, false), Some(Code::NotFound));
        assert_eq!(removal(true, true, false), Some(Code::Conflict));
        assert_eq!(removal(false, true, true), Some(Code::Conflict));
    }
}
