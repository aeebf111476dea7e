//! When a role is public, and what it says.

use chrono::NaiveDate;

use crate::{
    careers::model::{Role, RoleStatus},
    error::{Code, Error, Result},
    primitives::{Bound, MOST_MONEY},
};

/// How many roles of an employer are not closed.
pub const ROLES: Bound = Bound {
    most: 100,
    whose: "an employer",
    what: "roles that are not closed",
    remedy: "Close one first.",
};

/// Whether everybody may read it on this day.
pub fn is_public(role: &Role, today: NaiveDate) -> bool {
    role.status == RoleStatus::Published && today <= role.expires_on
}

/// That what it says fits together, as it would be public from today on.
///
/// # Errors
/// `422` naming the field.
pub fn check_role(role: &Role, today: NaiveDate) -> Result<()> {
    if role.place.is_none() && !role.is_remote {
        return Err(Error::field(
            "/place",
            "required",
            "must say where it is, unless `remote` is true",
        ));
    }
    if role.expires_on < today {
        return Err(Error::field("/expires_on", "invalid", "must not be a day that is over"));
    }
    let Some(pay) = role.pay() else {
        return Ok(());
    };
    let wrong = |pointer, message: &'static str| Err(Error::field(pointer, "invalid", message));
    match (pay.minimum, pay.maximum) {
        (..=0, _) => wrong("/pay/minimum", "must be at least 1"),
        (_, maximum) if maximum > MOST_MONEY => wrong("/pay/maximum", "must be at most 1000000000000"),
        (minimum, maximum) if maximum < minimum => wrong("/pay/maximum", "must not be less than `minimum`"),
        _ => Ok(()),
    }
}

/// That a role may become this, as staff or not; nothing is to be done if it is that.
///
/// # Errors
/// `403` if only the staff may, `409` if it has expired or may not follow.
pub fn becomes(role: &Role, status: RoleStatus, is_staff: bool, today: NaiveDate) -> Result<bool> {
    use RoleStatus::{Closed, Published, Submitted};
    match (role.status, status) {
        (before, after) if before == after => Ok(false),
        (_, Published) if !is_staff => Err(Error::forbidden("staff of the campus")),
        (Closed, Published) => Err(Error::new(
            Code::InvalidTransition,
            "The role is `closed`. Make it `submitted` first, so that it is read again before it is public.",
        )),
        (_, Published | Submitted) if role.expires_on < today => Err(Error::new(
            Code::Conflict,
            "The role has expired. Give it a later `expires_on` first.",
        )),
        _ => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use RoleStatus::{Closed, Published, Submitted};
    use serde_json::json;

    use super::*;
    use crate::{
        careers::model::NewRole,
        primitives::{Date, Id, Instant, Line, Text},
    };

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn role(status: RoleStatus, pay: Option<(i64, i64)>) -> Role {
        let new = NewRole {
            title: Line::parse("Developer").unwrap(),
            text: Text::parse("You build.").unwrap(),
            place: Line::parse("London").ok(),
            remote: false,
            pay: pay.map(|(minimum, maximum)| {
                let pay = json!({"minimum": minimum, "maximum": maximum, "currency": "GBP", "per": "year"});
                serde_json::from_value(pay).unwrap()
            }),
            expires_on: Date::parse("2027-03-15").unwrap(),
        };
        let now = Instant::now();
        Role::submitted(new, Id::new(), Id::new(), now).becoming(status, now)
    }

    #[test]
    fn public_is_what_was_approved_until_the_end_of_its_last_day() {
        for (status, today, public) in [
            (Published, day(1), true),
            (Published, day(15), true),
            (Published, day(16), false),
            (Submitted, day(1), false),
            (Closed, day(1), false),
        ] {
            assert_eq!(is_public(&role(status, None), today), public, "{status:?} {today}");
        }
    }

    #[test]
    fn the_staff_approve_and_nothing_is_public_unread_or_late() {
        for (from, to, is_staff, today, outcome) in [
            (Submitted, Published, true, day(15), Ok(true)),
            (Submitted, Published, false, day(15), Err(Code::Forbidden)),
            (Submitted, Published, true, day(16), Err(Code::Conflict)),
            (Published, Published, false, day(16), Ok(false)),
            (Published, Closed, false, day(16), Ok(true)),
            (Published, Submitted, false, day(1), Ok(true)),
            (Submitted, Closed, false, day(1), Ok(true)),
            (Closed, Published, true, day(1), Err(Code::InvalidTransition)),
            (Closed, Submitted, false, day(1), Ok(true)),
            (Closed, Submitted, true, day(16), Err(Code::Conflict)),
        ] {
            let found = becomes(&role(from, None), to, is_staff, today).map_err(|error| error.code());
            assert_eq!(found, outcome, "{from:?} {to:?} {is_staff} {today}");
        }
    }

    #[test]
    fn a_role_says_where_until_when_and_for_how_much() {
        let good = role(Submitted, Some((1, MOST_MONEY)));
        assert!(check_role(&good, day(15)).is_ok());
        assert!(check_role(&good, day(16)).is_err());
        assert_eq!(good.pay().unwrap().maximum, MOST_MONEY);
        for pay in [(0, 1), (-1, 1), (2, 1), (1, MOST_MONEY + 1)] {
            assert!(check_role(&role(Submitted, Some(pay)), day(1)).is_err(), "{pay:?}");
        }
        for (place, is_remote, may) in [
            (None, false, false),
            (None, true, true),
            (Line::parse("Gaza").ok(), true, true),
        ] {
            let role = Role {
                place,
                is_remote,
                ..good.clone()
            };
            assert_eq!(check_role(&role, day(1)).is_ok(), may, "{role:?}");
        }
    }
}
