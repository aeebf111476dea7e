//! How many employers there are, and what is agreed with them.

use crate::{
    accounts::model::Person,
    careers::model::Agreement,
    error::{Code, Error, Result},
    primitives::Bound,
};

/// How many employers a campus has.
pub const EMPLOYERS: Bound = Bound {
    most: 1000,
    whose: "a campus",
    what: "employers",
    remedy: "Change one that is not needed any more instead.",
};

/// How many contacts an employer has.
pub const CONTACTS: Bound = Bound {
    most: 20,
    whose: "an employer",
    what: "contacts",
    remedy: "Remove one first.",
};

/// That an account may act for an employer: graduates' addresses go to nobody whose own is not proved.
///
/// # Errors
/// `409 conflict`
pub fn must_have_proved_address(account: &Person, proves_addresses: bool) -> Result<()> {
    match account.email_verified_at {
        None if proves_addresses => Err(Error::new(
            Code::Conflict,
            "They have not confirmed the address of their account. Ask them to do that first, in their account's settings.",
        )),
        _ => Ok(()),
    }
}

/// That an agreement does not end before it begins.
///
/// # Errors
/// `422` naming the field.
pub fn check_agreement(agreement: &Agreement) -> Result<()> {
    match (agreement.from, agreement.until) {
        (Some(from), Some(until)) if until < from => Err(Error::field(
            "/agreement_until",
            "invalid",
            "must not come before `agreement_from`",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn an_agreement_ends_when_it_has_begun() {
        let day = |day| NaiveDate::from_ymd_opt(2027, 1, day);
        for (from, until, may) in [
            (None, None, true),
            (day(2), None, true),
            (None, day(1), true),
            (day(1), day(1), true),
            (day(1), day(2), true),
            (day(2), day(1), false),
        ] {
            let agreement = Agreement { url: None, from, until };
            assert_eq!(check_agreement(&agreement).is_ok(), may, "{from:?} {until:?}");
        }
    }
}
