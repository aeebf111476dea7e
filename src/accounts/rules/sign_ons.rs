//! What follows from what an identity provider says.

use chrono::TimeDelta;

use crate::{
    accounts::model::{Person, SignOn},
    error::{Code, Error, Result},
    primitives::{Instant, Line},
};

/// How long somebody has for logging in at the provider.
pub const SIGN_ON_TIME: TimeDelta = TimeDelta::minutes(10);

/// Into which account a sign-on leads.
#[derive(Debug, PartialEq)]
pub enum WayIn {
    /// The one that it is linked to.
    Linked,
    /// The one with the address, whose owner has shown that it is theirs.
    SameAddress,
    /// The one with the address, which nobody has shown to be theirs until now: whoever opened it may be somebody else.
    UnprovedAddress,
    /// A new one.
    New,
}

/// Into which account a sign-on leads: `linked` to it, or `account` with the address that the provider has verified.
///
/// # Errors
/// `403` if the provider has verified no address, `409` if the account with the address runs the service and nobody has
/// shown that the address is theirs: whoever made that account an administrator meant somebody with its password.
pub fn way_in(
    linked: Option<&SignOn>,
    has_verified_email: bool,
    account: Option<&Person>,
    provider: &str,
) -> Result<WayIn> {
    match (linked, account) {
        (Some(_), _) => Ok(WayIn::Linked),
        (None, _) if !has_verified_email => Err(Error::new(
            Code::EmailNotVerified,
            format!(
                "{provider} has not verified an e-mail address of yours. Verify one there and begin again; or log in in \
                 another way and link {provider} to your account."
            ),
        )),
        (None, Some(person)) if person.email_verified_at.is_some() => Ok(WayIn::SameAddress),
        (None, Some(person)) if person.is_admin => Err(Error::new(
            Code::EmailTaken,
            format!(
                "The account with your address is an administrator's, and nobody has shown that the address is theirs. Log \
                 in with its password and link {provider} to your account."
            ),
        )),
        (None, Some(_)) => Ok(WayIn::UnprovedAddress),
        (None, None) => Ok(WayIn::New),
    }
}

/// Whether somebody may log in.
///
/// # Errors
/// `403` if the account is disabled.
pub fn may_enter(person: &Person) -> Result<()> {
    match person.disabled_at {
        None => Ok(()),
        Some(_) => Err(Error::new(
            Code::AccountDisabled,
            "The account was disabled. Ask whoever runs this service.",
        )),
    }
}

/// What others call somebody who comes from a provider: the first name that can be one, and is no address, which others
/// should not see.
pub fn first_name(names: &[String]) -> Result<Line> {
    let unnamed = || Line::parse("Unnamed").map_err(Error::internal);
    let mut usable = names.iter().filter(|name| !name.contains('@'));
    usable.find_map(|name| Line::parse(name).ok()).map_or_else(unnamed, Ok)
}

/// Ways into an account.
#[derive(Clone, Copy, Debug)]
pub struct WaysIn<'a> {
    /// Whether it has a password.
    pub has_password: bool,
    /// Its sign-ons.
    pub sign_ons: &'a [SignOn],
    /// How many passkeys it has.
    pub passkeys: usize,
}

/// Whether these ways are enough: what is left when one is to be taken away. A sign-on at a provider that is no longer
/// `offered` is no way in.
///
/// # Errors
/// `409 last_way_in`
pub fn may_remain(ways: WaysIn, offered: impl Fn(&str) -> bool) -> Result<()> {
    let by_sign_on = || ways.sign_ons.iter().any(|other| offered(&other.provider));
    match ways.has_password || ways.passkeys > 0 || by_sign_on() {
        true => Ok(()),
        false => Err(Error::new(
            Code::LastWayIn,
            "It is the only way into your account. Choose a password, add a passkey or link \
             an identity provider first.",
        )),
    }
}

/// For how long an account elsewhere must have been linked before it proves whose account this is: whoever has got hold
/// of a session could link one of theirs, which the owner is told by mail.
const PROVES_AFTER: TimeDelta = TimeDelta::days(1);

/// Whether coming back from a provider proves that it is this person, where the account there is `linked` to somebody's.
///
/// # Errors
/// `422` naming `/sign_on`.
pub fn proves(linked: Option<&SignOn>, person: &Person, provider: &str, now: Instant) -> Result<()> {
    let wrong = |detail: String| Err(Error::field("/sign_on", "wrong", detail));
    match linked.filter(|sign_on| sign_on.person_id == person.id) {
        None => wrong(format!(
            "is of an account at {provider} that is not linked to yours; sign on there with the one that is"
        )),
        Some(sign_on) if sign_on.created_at > person.created_at && now < sign_on.created_at.plus(PROVES_AFTER) => {
            let then = sign_on.created_at.plus(PROVES_AFTER);
            let detail = format!("is of an account at {provider} that was linked just now; it counts a day after that");
            Err(Error::field("/sign_on", "wrong", detail).with("counts_from", then))
        }
        Some(_) => Ok(()),
    }
}

/// Whether a sign-on that has begun can still be finished.
pub fn is_in_time(expires_at: Instant, now: Instant) -> bool {
    now < expires_at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Email, Id};

    fn at(time: &str) -> Instant {
        Instant::parse(time).unwrap()
    }

    fn person(proved: bool, disabled: bool) -> Person {
        let now = at("2026-03-02T09:00:00Z");
        Person {
            id: Id::parse("0ds8x2v4fmg00").unwrap(),
            email: Email::parse("amal@example.org").unwrap(),
            name: Line::parse("Amal").unwrap(),
            github: None,
            password_hash: None,
            is_admin: false,
            disabled_at: disabled.then_some(now),
            time_zone: None,
            language: None,
            email_verified_at: proved.then_some(now),
            version: 1,
            created_at: now,
        }
    }

    fn sign_on(id: &str, provider: &str) -> SignOn {
        let now = at("2026-03-02T09:00:00Z");
        SignOn {
            id: Id::parse(id).unwrap(),
            person_id: Id::parse("0ds8x2v4fmg00").unwrap(),
            provider: provider.into(),
            subject: "1".into(),
            email: None,
            created_at: now,
            last_used_at: now,
        }
    }

    #[test]
    fn only_a_link_or_a_verified_address_leads_into_an_account() {
        let linked = sign_on("0ds8x2v4fmg01", "https://a.example");
        let (proved, unproved) = (person(true, false), person(false, false));
        let admin = Person {
            is_admin: true,
            ..person(false, false)
        };
        let way = |linked: Option<&SignOn>, verified, account| {
            way_in(linked, verified, account, "A").map_err(|error| error.code())
        };
        for (linked, verified, account, expected) in [
            (Some(&linked), false, None, Ok(WayIn::Linked)),
            (Some(&linked), true, Some(&proved), Ok(WayIn::Linked)),
            (None, true, Some(&proved), Ok(WayIn::SameAddress)),
            (None, true, Some(&unproved), Ok(WayIn::UnprovedAddress)),
            (None, true, Some(&admin), Err(Code::EmailTaken)),
            (None, true, None, Ok(WayIn::New)),
            (None, false, Some(&proved), Err(Code::EmailNotVerified)),
            (None, false, Some(&unproved), Err(Code::EmailNotVerified)),
            (None, false, None, Err(Code::EmailNotVerified)),
        ] {
            assert_eq!(way(linked, verified, account), expected);
        }
        assert!(may_enter(&proved).is_ok());
        assert_eq!(
            may_enter(&person(true, true)).unwrap_err().code(),
            Code::AccountDisabled
        );
    }

    #[test]
    fn a_sign_on_proves_whose_account_it_opened_or_is_linked_to_for_a_day() {
        let owner = person(true, false);
        let opened = sign_on("0ds8x2v4fmg01", "https://a.example");
        let later = SignOn {
            created_at: at("2026-04-01T09:00:00Z"),
            ..opened.clone()
        };
        let others = SignOn {
            person_id: Id::parse("0ds8x2v4fmg02").unwrap(),
            ..opened.clone()
        };
        for (linked, now, expected) in [
            (Some(&opened), "2026-03-02T09:01:00Z", true),
            (Some(&later), "2026-04-02T08:59:59Z", false),
            (Some(&later), "2026-04-02T09:00:00Z", true),
            (Some(&others), "2026-05-01T09:00:00Z", false),
            (None, "2026-05-01T09:00:00Z", false),
        ] {
            assert_eq!(proves(linked, &owner, "A", at(now)).is_ok(), expected, "{now}");
        }
    }

    #[test]
    fn the_last_way_in_stays() {
        let linked = [sign_on("0ds8x2v4fmg01", "https://a.example")];
        let remain = |has_password, sign_ons, passkeys| {
            let ways = WaysIn {
                has_password,
                sign_ons,
                passkeys,
            };
            move |offered: &str| may_remain(ways, |url| url == offered).map_err(|error| error.code())
        };
        for (ways, offered, expected) in [
            (remain(true, &[], 0), "", Ok(())),
            (remain(false, &[], 1), "", Ok(())),
            (remain(false, &linked, 0), "https://a.example", Ok(())),
            (remain(false, &linked, 0), "https://b.example", Err(Code::LastWayIn)),
            (remain(false, &[], 0), "https://a.example", Err(Code::LastWayIn)),
        ] {
            assert_eq!(ways(offered), expected);
        }
    }

    #[test]
    fn a_name_is_the_first_that_can_be_one() {
        let name = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            first_name(&names).unwrap().to_string()
        };
        assert_eq!(name(&["Amal Haddad", "amal"]), "Amal Haddad");
        assert_eq!(name(&["  ", "a\u{0}b", "amal@example.org", "amal"]), "amal");
        assert_eq!(name(&[]), "Unnamed");
    }
}
