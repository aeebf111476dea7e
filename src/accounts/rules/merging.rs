//! Which accounts can become one.

use crate::{
    accounts::model::Person,
    error::{Code, Error, Result},
    primitives::Line,
};

/// What whoever has not shown that another account is theirs is answered, whether there is one or not.
pub fn no_such_account() -> Error {
    Error::field(
        "/password",
        "wrong",
        "is not the password of an account with this address",
    )
}

/// Whether the other account can become part of one's own. `cohorts` are those in which both are students or mentors.
pub fn may_merge(own: &Person, other: &Person, cohorts: &[Line]) -> Result<()> {
    if own.id == other.id {
        return Err(Error::field(
            "/email",
            "invalid",
            "is the address of the account that you are logged in to",
        ));
    }
    let refuse = |detail: String| Err(Error::new(Code::Conflict, detail));
    if own.email_verified_at.is_none() || other.email_verified_at.is_none() {
        return refuse(
            "The addresses of both accounts have to be verified first: log in to each, and verify its address.".into(),
        );
    }
    if !cohorts.is_empty() {
        let names: Vec<&str> = cohorts.iter().map(Line::as_str).collect();
        return refuse(format!(
            "Both accounts are students or mentors in {}, so they cannot be one person there.",
            names.join(" and ")
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Email, Id, Instant};

    #[test]
    fn both_are_proved_and_nowhere_together() {
        let person = |proved: bool| Person {
            id: Id::new(),
            email: Email::parse("amal@example.org").unwrap(),
            name: Line::parse("Amal").unwrap(),
            github: None,
            password_hash: None,
            is_admin: false,
            disabled_at: None,
            email_verified_at: proved.then(Instant::now),
            time_zone: None,
            language: None,
            version: 1,
            created_at: Instant::now(),
        };
        let cohort = [Line::parse("FAC14").unwrap()];
        assert!(may_merge(&person(true), &person(true), &[]).is_ok());
        assert!(may_merge(&person(true), &person(true), &cohort).is_err());
        assert!(may_merge(&person(false), &person(true), &[]).is_err());
        assert!(may_merge(&person(true), &person(false), &[]).is_err());
        let own = person(true);
        assert!(may_merge(&own, &own, &[]).is_err());
    }
}
