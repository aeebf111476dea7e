//! What membership and staff of a campus obey.

mod closing;
mod staff_invitations;

pub use closing::{REOPENED_WITHIN, may_close, may_reopen};
pub use staff_invitations::{STAFF_INVITATION_GOOD_FOR, may_invite_staff, may_join_staff, staff_invitation_state};

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    authz::StaffRole,
    campuses::model::MemberStatus,
    error::{Code, Error, Result},
    primitives::{Id, Line, text::folded},
};

/// Campuses that one person may organise, unless they run the whole service.
const MOST_CAMPUSES: i64 = 20;

/// Whether somebody who organises so many campuses may open one more.
///
/// # Errors
/// `409 conflict`.
pub fn may_open(organised: i64) -> Result<()> {
    if organised < MOST_CAMPUSES {
        return Ok(());
    }
    let detail = format!(
        "You organise {organised} campuses, which is as many as one account can. Make somebody else the organiser of \
         one, or ask an administrator to open this one."
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Days off of a campus: those of twenty years and more.
const MOST_DAYS_OFF: usize = 1000;

/// Whether one more date may be a day off.
///
/// # Errors
/// `409 conflict`.
pub fn may_be_off(days_off: &BTreeMap<NaiveDate, Line>, day: NaiveDate) -> Result<()> {
    if days_off.len() < MOST_DAYS_OFF || days_off.contains_key(&day) {
        return Ok(());
    }
    let detail = format!("A campus has at most {MOST_DAYS_OFF} days off. Remove those of the past first.");
    Err(Error::new(Code::Conflict, detail))
}

/// What somebody becomes who joins: whoever is a member stays one, whatever the campus asks now. Whom the staff have
/// removed, or turned down, asks for their approval everywhere.
pub fn joins_as(now: Option<MemberStatus>, approves_members: bool, was_removed: bool) -> MemberStatus {
    match (now, approves_members || was_removed) {
        (Some(MemberStatus::Member), _) | (_, false) => MemberStatus::Member,
        (_, true) => MemberStatus::Pending,
    }
}

/// A campus keeps at least one organiser, whoever `person` becomes.
///
/// # Errors
/// `409 last_organiser`.
pub fn keeps_an_organiser(staff: &[(Id, StaffRole)], person: Id, becomes: Option<StaffRole>) -> Result<()> {
    let organises = |(_, role): &&(Id, StaffRole)| *role == StaffRole::Organiser;
    let was = staff.iter().filter(organises).any(|(id, _)| *id == person);
    let others = staff.iter().filter(organises).any(|(id, _)| *id != person);
    if was && !others && becomes != Some(StaffRole::Organiser) {
        return Err(Error::new(
            Code::LastOrganiser,
            "Make another member an organiser first.",
        ));
    }
    Ok(())
}

/// Whoever goes for good leaves no campus without an organiser.
///
/// # Errors
/// `409 last_organiser` that names the campuses.
pub fn leaves_none_alone(campuses: &[String]) -> Result<()> {
    if campuses.is_empty() {
        return Ok(());
    }
    let detail = format!(
        "Nobody else organises {}. Make another member an organiser first. \
         Where there is nobody else, ask whoever runs this service.",
        campuses.join(", ")
    );
    Err(Error::new(Code::LastOrganiser, detail))
}

/// Whether somebody is called so: every word that is looked for is somewhere in the name, in whatever case and with
/// whatever accents.
pub fn is_called(name: &Line, selection: &Line) -> bool {
    let name = folded(name.as_str());
    folded(selection.as_str())
        .split_whitespace()
        .all(|word| name.contains(word))
}

/// Who ends a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// The member, by leaving.
    Member,
    /// The staff, by removing them.
    Staff,
}

/// Nobody leaves a campus in which they still study: their cohort would lose a student without
/// its staff knowing, and their teams a member.
///
/// # Errors
/// `409 conflict` that names the cohorts.
pub fn studies_nowhere(cohorts: &[String], ended_by: EndedBy) -> Result<()> {
    if cohorts.is_empty() {
        return Ok(());
    }
    let cohorts = cohorts.join(", ");
    let detail = match ended_by {
        EndedBy::Member => {
            format!("You are a student of {cohorts}. Ask the staff of the campus to withdraw you first.")
        }
        EndedBy::Staff => {
            format!("This person is a student of {cohorts}. Withdraw them from it first.")
        }
    };
    Err(Error::new(Code::Conflict, detail))
}

/// Who is on the staff is an organiser's to remove, not any colleague's by way of the membership.
///
/// # Errors
/// `409 conflict`.
pub fn is_not_staff(role: Option<StaffRole>) -> Result<()> {
    match role {
        None => Ok(()),
        Some(_) => Err(Error::new(
            Code::Conflict,
            "This person is on the staff. An organiser must remove them from the staff first.",
        )),
    }
}

/// Who is a pastoral carer is an organiser's to remove: what whoever is none is answered.
pub fn carers_are_for_organisers(refused: Error) -> Error {
    match refused.code() {
        Code::Forbidden => Error::new(
            Code::Forbidden,
            "This person is a pastoral carer. Only an organiser of the campus can remove them.",
        ),
        _ => refused,
    }
}

/// Whether somebody may require a second factor of the campus's staff: they must not lock themselves out.
///
/// # Errors
/// `403` if they have none.
pub fn may_require_second_factor(has_one: bool) -> Result<()> {
    match has_one {
        true => Ok(()),
        false => Err(Error::new(
            Code::SecondFactorRequired,
            "Log in with a passkey first, or set up a second factor of your own.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_a_member_stays_one() {
        use MemberStatus::{Member, Pending};
        assert_eq!(joins_as(None, false, false), Member);
        assert_eq!(joins_as(None, true, false), Pending);
        assert_eq!(joins_as(Some(Pending), true, false), Pending);
        assert_eq!(joins_as(Some(Pending), false, false), Member);
        assert_eq!(joins_as(Some(Member), true, false), Member);
        assert_eq!(joins_as(None, false, true), Pending);
        assert_eq!(joins_as(Some(Pending), false, true), Pending);
        assert_eq!(joins_as(Some(Member), false, true), Member);
    }

    #[test]
    fn people_are_found_by_any_part_of_their_name() {
        let is_called =
            |name: &str, selection: &str| is_called(&Line::parse(name).unwrap(), &Line::parse(selection).unwrap());
        for (name, selection) in [
            ("José Núñez", "jose nun"),
            ("Jose Nunez", "NÚÑEZ"),
            ("İlker Aydın", "ilker"),
            ("ﬁona", "FI"),
            ("مُحَمَّد", "محمد"),
            ("Amal Haddad", "haddad amal"),
        ] {
            assert!(is_called(name, selection), "{name} {selection}");
        }
        assert!(!is_called("Amal Haddad", "amal basma") && !is_called("Amal", "%"));
    }

    #[test]
    fn one_account_organises_so_many_campuses_and_no_more() {
        assert!(may_open(MOST_CAMPUSES - 1).is_ok());
        assert_eq!(may_open(MOST_CAMPUSES).unwrap_err().code(), Code::Conflict);
    }

    #[test]
    fn the_last_organiser_stays() {
        use StaffRole::{Facilitator, Organiser};
        let (a, b) = (Id::new(), Id::new());
        let one = [(a, Organiser), (b, Facilitator)];
        assert!(keeps_an_organiser(&one, a, None).is_err());
        assert!(keeps_an_organiser(&one, a, Some(Facilitator)).is_err());
        assert!(keeps_an_organiser(&one, a, Some(Organiser)).is_ok());
        assert!(keeps_an_organiser(&one, b, None).is_ok());
        let two = [(a, Organiser), (b, Organiser)];
        assert!(keeps_an_organiser(&two, a, None).is_ok());
    }
}
