//! Who may be asked, how long a consent holds, what of an introduction is shown to whom, and which step may follow which.

use chrono::{Days, NaiveDate};

use crate::{
    careers::model::{
        Introduction,
        IntroductionStatus::{self, Asked, Declined, Hired, Interview, Introduced, Offer, Refused, Withdrawn},
        NewConsent, Party,
    },
    error::{Code, Error, Result},
    primitives::{Bound, Instant},
};

/// How many graduates are asked about a role.
pub const INTRODUCTIONS: Bound = Bound {
    most: 200,
    whose: "a role",
    what: "introductions",
    remedy: "Add the role once more if it is still to be filled.",
};

/// For how many days a consent can be given.
const LONGEST_DAYS: u64 = 90;

/// That somebody may be asked about a role.
///
/// # Errors
/// `422` if they are no graduate of the campus, `409` if they were asked before or the role is not public.
pub fn may_be_asked(is_graduate: bool, is_public: bool, earlier: Option<&Introduction>) -> Result<()> {
    if !is_graduate {
        let message = "must be somebody who graduated at the campus and is a member of it";
        return Err(Error::field("/person_id", "not_found", message));
    }
    if let Some(earlier) = earlier {
        let detail = "They have been asked about this role already. The introduction is named in `introduction_id`.";
        return Err(Error::new(Code::Conflict, detail).with("introduction_id", earlier.id));
    }
    must_be_public(is_public)
}

fn must_be_public(is_public: bool) -> Result<()> {
    match is_public {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "The role is not public: it waits for approval, has expired or is closed.",
        )),
    }
}

/// Whether the employer may see the graduate's profile now.
pub fn is_live(introduction: &Introduction, now: Instant) -> bool {
    introduction.consent_until.is_some_and(|until| now < until)
}

/// How far it has come, as the graduate and the staff see it: where the consent has run out it does not go on.
fn shown_as(introduction: &Introduction, now: Instant) -> IntroductionStatus {
    match introduction.status {
        Introduced | Interview | Offer if !is_live(introduction, now) => Withdrawn,
        status => status,
    }
}

/// The same as these see it. An employer without a consent sees nothing more, whatever came of it.
pub fn shown_to(parties: &[Party], introduction: &Introduction, now: Instant) -> IntroductionStatus {
    match is_live(introduction, now) || sees_all(parties) {
        true => shown_as(introduction, now),
        false => Withdrawn,
    }
}

fn sees_all(parties: &[Party]) -> bool {
    parties.contains(&Party::Staff) || parties.contains(&Party::Graduate)
}

/// What it becomes when the graduate agrees to this today. One whose consent has run out begins anew.
///
/// # Errors
/// `422` naming the field if the consent names something else or ends at another time, `409` if it is over or the role is not public.
pub fn consents(
    introduction: &Introduction,
    consent: &NewConsent,
    is_public: bool,
    today: NaiveDate,
    now: Instant,
) -> Result<IntroductionStatus> {
    let wrong = |pointer, message: &'static str| Err(Error::field(pointer, "invalid", message));
    if consent.employer_id != introduction.employer_id {
        return wrong("/employer_id", "must be the employer of the introduction");
    }
    if consent.role_id != introduction.role_id {
        return wrong("/role_id", "must be the role of the introduction");
    }
    let last = today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(today);
    if !(today..=last).contains(&consent.until.get()) {
        return wrong("/until", "must be a day from today to 90 days ahead");
    }
    match shown_as(introduction, now) {
        Asked | Refused | Withdrawn => must_be_public(is_public).map(|()| Introduced),
        status @ (Introduced | Interview | Offer) => Ok(status),
        status @ (Hired | Declined) => Err(over(status)),
    }
}

/// Whether a change is one that the employer may know of, by which alone the version rises: another would tell that the graduate had
/// refused before they agreed, or that the staff noted something after the consent had ended.
pub fn is_told(before: &Introduction, after: &Introduction, now: Instant) -> bool {
    is_live(before, now) || is_live(after, now)
}

fn over(status: IntroductionStatus) -> Error {
    let detail = format!("The introduction is `{}` and does not go on.", status.as_str());
    Error::new(Code::InvalidTransition, detail).with("next", Vec::<&str>::new())
}

/// What it becomes when the graduate does not agree, or no longer; nothing if that changes nothing. What has been decided stays.
pub fn ends_consent(introduction: &Introduction) -> Option<IntroductionStatus> {
    match introduction.status {
        Asked => Some(Refused),
        Introduced | Interview | Offer => Some(Withdrawn),
        status @ (Hired | Declined) => introduction.consent_until.map(|_| status),
        Refused | Withdrawn => None,
    }
}

/// The steps that may follow one.
fn following(status: IntroductionStatus) -> &'static [IntroductionStatus] {
    match status {
        Introduced => &[Interview, Declined],
        Interview => &[Offer, Declined],
        Offer => &[Hired, Declined],
        Asked | Refused | Hired | Declined | Withdrawn => &[],
    }
}

/// That somebody may take a step; nothing is to be done if it was taken. The staff may also note what became of it after the consent
/// has run out, the employer only as long as it holds.
///
/// # Errors
/// `403` for the graduate, `409 invalid_transition` with the steps that may follow.
pub fn takes(introduction: &Introduction, step: IntroductionStatus, parties: &[Party], now: Instant) -> Result<bool> {
    let is_staff = parties.contains(&Party::Staff);
    if !is_staff && !parties.contains(&Party::Contact) {
        return Err(Error::forbidden("the employer's contacts and the staff of the campus"));
    }
    if !is_staff && !is_live(introduction, now) {
        return Err(over(Withdrawn));
    }
    if step == introduction.status {
        return Ok(false);
    }
    let next = following(introduction.status);
    match next {
        _ if next.contains(&step) => Ok(true),
        [] => Err(over(introduction.status)),
        _ => {
            let words: Vec<&str> = next.iter().map(|status| status.as_str()).collect();
            let detail = format!(
                "The introduction is `{}`. The next step can be `{}`.",
                introduction.status.as_str(),
                words.join("` or `")
            );
            Err(Error::new(Code::InvalidTransition, detail).with("next", words))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::primitives::{Date, Id};

    const ALL: [IntroductionStatus; 8] = [Asked, Refused, Introduced, Interview, Offer, Hired, Declined, Withdrawn];

    fn introduction(status: IntroductionStatus, consent_until: Option<Instant>) -> Introduction {
        let now = Instant::now();
        Introduction {
            id: Id::new(),
            campus_id: Id::new(),
            employer_id: Id::new(),
            role_id: Id::new(),
            person_id: Id::new(),
            status,
            message: None,
            consented_at: consent_until,
            consent_until,
            hired_on: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn an_employer_sees_how_far_it_is_as_long_as_the_consent_holds_and_not_at_its_end() {
        let now = Instant::now();
        let (before, after) = (
            now.plus(TimeDelta::microseconds(-1)),
            now.plus(TimeDelta::microseconds(1)),
        );
        for status in [Introduced, Interview, Offer, Hired, Declined] {
            for (until, is_held) in [
                (Some(after), true),
                (Some(now), false),
                (Some(before), false),
                (None, false),
            ] {
                let one = introduction(status, until);
                let to_employer = if is_held { status } else { Withdrawn };
                assert_eq!(
                    shown_to(&[Party::Contact], &one, now),
                    to_employer,
                    "{status:?} {until:?}"
                );
                let is_decided = matches!(status, Hired | Declined);
                let to_others = if is_held || is_decided { status } else { Withdrawn };
                for party in [Party::Staff, Party::Graduate] {
                    assert_eq!(
                        shown_to(&[party, Party::Contact], &one, now),
                        to_others,
                        "{status:?} {until:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn steps_follow_each_other_and_the_employer_needs_a_consent() {
        let now = Instant::now();
        let (live, over) = (Some(now.plus(TimeDelta::days(1))), Some(now));
        let follows = [
            (Introduced, Interview),
            (Introduced, Declined),
            (Interview, Offer),
            (Interview, Declined),
            (Offer, Hired),
            (Offer, Declined),
        ];
        for from in ALL {
            for to in ALL {
                let code =
                    |until, party| takes(&introduction(from, until), to, &[party], now).map_err(|error| error.code());
                let expected = match (from == to, follows.contains(&(from, to))) {
                    (true, _) => Ok(false),
                    (_, true) => Ok(true),
                    _ => Err(Code::InvalidTransition),
                };
                assert_eq!(code(live, Party::Contact), expected, "{from:?} {to:?}");
                assert_eq!(code(live, Party::Staff), expected, "{from:?} {to:?}");
                assert_eq!(code(over, Party::Staff), expected, "{from:?} {to:?}");
                assert_eq!(
                    code(over, Party::Contact),
                    Err(Code::InvalidTransition),
                    "{from:?} {to:?}"
                );
                assert_eq!(code(live, Party::Graduate), Err(Code::Forbidden), "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn a_consent_names_employer_role_and_an_end_within_ninety_days() {
        let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let one = introduction(Asked, None);
        let (own, other) = ((one.employer_id, one.role_id), Id::new());
        for (employer_id, role_id, until, field) in [
            (own.0, own.1, "2027-01-01", None),
            (own.0, own.1, "2027-04-01", None),
            (own.0, own.1, "2027-04-02", Some("/until")),
            (own.0, own.1, "2026-12-31", Some("/until")),
            (other, own.1, "2027-01-02", Some("/employer_id")),
            (own.0, other, "2027-01-02", Some("/role_id")),
        ] {
            let until = Date::parse(until).unwrap();
            let consent = NewConsent {
                employer_id,
                role_id,
                until,
            };
            let found = consents(&one, &consent, true, today, Instant::now());
            assert_eq!(found.is_ok(), field.is_none(), "{consent:?}");
            assert!(
                field.is_none_or(|field| format!("{found:?}").contains(field)),
                "{found:?}"
            );
        }
    }

    #[test]
    fn a_graduate_agrees_withdraws_and_agrees_again_until_it_is_decided() {
        let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let now = Instant::now();
        let live = Some(now.plus(TimeDelta::microseconds(1)));
        for (status, public, hidden, ended) in [
            (Asked, Some(Introduced), None, Some(Refused)),
            (Refused, Some(Introduced), None, None),
            (Withdrawn, Some(Introduced), None, None),
            (Introduced, Some(Introduced), Some(Introduced), Some(Withdrawn)),
            (Interview, Some(Interview), Some(Interview), Some(Withdrawn)),
            (Offer, Some(Offer), Some(Offer), Some(Withdrawn)),
            (Hired, None, None, Some(Hired)),
            (Declined, None, None, Some(Declined)),
        ] {
            let one = introduction(status, live);
            let consent = NewConsent {
                employer_id: one.employer_id,
                role_id: one.role_id,
                until: Date::parse("2027-01-31").unwrap(),
            };
            assert_eq!(consents(&one, &consent, true, today, now).ok(), public, "{status:?}");
            assert_eq!(consents(&one, &consent, false, today, now).ok(), hidden, "{status:?}");
            assert_eq!(ends_consent(&one), ended, "{status:?}");
            // Once the consent has run out it begins anew, and only where the role is public.
            let over = Introduction {
                consent_until: Some(now),
                ..one.clone()
            };
            let anew = public.map(|_| Introduced);
            assert_eq!(consents(&over, &consent, true, today, now).ok(), anew, "{status:?}");
            assert_eq!(consents(&over, &consent, false, today, now).ok(), None, "{status:?}");
        }
        assert_eq!(ends_consent(&introduction(Hired, None)), None);
    }

    #[test]
    fn graduates_are_asked_once_about_what_is_public() {
        let earlier = introduction(Refused, None);
        for (is_graduate, is_public, earlier, code) in [
            (true, true, None, None),
            (false, true, None, Some(Code::InvalidFields)),
            (true, false, None, Some(Code::Conflict)),
            (true, true, Some(&earlier), Some(Code::Conflict)),
        ] {
            let found = may_be_asked(is_graduate, is_public, earlier)
                .err()
                .map(|error| error.code());
            assert_eq!(found, code, "{is_graduate} {is_public}");
        }
    }
}
