//! What may become of an enrolment.

use chrono::{Days, NaiveDate};

use crate::{
    cohorts::model::{Cohort, CohortStatus},
    error::{Code, Error, Result},
    primitives::{Email, Field, Id, Line},
    students::{
        model::{Enrolment, EnrolmentStatus},
        rules::told::Told,
    },
};

/// Students of a cohort: for so many the former forms teams.
pub const MOST_STUDENTS: usize = forming::MAX_PEOPLE;

/// How somebody is enrolled: at once, by an invitation that they must accept, or without an account.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Member(Id),
    Invitee(Email, Line),
    Named(Line),
    /// The place of a student without an account.
    Place(Id, Email),
}

/// Which of the forms a request has.
pub fn form(person: Option<Id>, email: Option<Email>, name: Option<Line>) -> Result<Form> {
    let required = |pointer: &str, detail: &str| Error::field(pointer, "required", detail);
    match (person, email, name) {
        (Some(person), None, None) => Ok(Form::Member(person)),
        (Some(person), Some(email), None) => Ok(Form::Place(person, email)),
        (None, Some(email), Some(name)) => Ok(Form::Invitee(email, name)),
        (None, Some(_), None) => Err(required("/name", "is required: the invitation addresses them by it")),
        (None, None, Some(name)) => Ok(Form::Named(name)),
        (None, None, None) => Err(required(
            "/person_id",
            "give person_id of a member of the campus, email and name of anybody else, or name alone",
        )),
        (Some(_), _, _) => Err(Error::field(
            "/person_id",
            "invalid",
            "cannot be combined with name: give person_id, or email and name, or name alone",
        )),
    }
}

/// Only a cohort that has not ended takes students.
pub fn takes_students(status: CohortStatus) -> Result<()> {
    match status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => Err(Error::new(
            Code::Conflict,
            format!("The cohort is {} and takes no more students.", status.as_str()),
        )),
    }
}

/// Whether somebody can be entered in a cohort with a status: as a student while it goes on, as one of its alumni once
/// it has graduated.
pub fn takes(cohort: CohortStatus, status: EnrolmentStatus) -> Result<()> {
    let wrong = |detail: &str| Err(Error::field("/status", "invalid", detail));
    match (status, cohort) {
        (EnrolmentStatus::Graduated, CohortStatus::Graduated) => Ok(()),
        (EnrolmentStatus::Graduated, CohortStatus::Planned | CohortStatus::Running) => {
            wrong("must be `enrolled`, because the cohort has not graduated; its students graduate together")
        }
        (EnrolmentStatus::Enrolled, CohortStatus::Graduated) => Err(Error::new(
            Code::Conflict,
            "The cohort has graduated and takes no more students. To enter somebody who graduated with it, send status `graduated`.",
        )),
        (EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated, _) => takes_students(cohort),
        (EnrolmentStatus::Withdrawn, _) => {
            wrong("must be `enrolled`, or `graduated` for somebody who graduated with the cohort")
        }
    }
}

/// Nobody joins after the end, or more than a year before the beginning: that is a slip of the pen.
pub fn is_joined_on_plausible(date: NaiveDate, cohort: &Cohort) -> bool {
    (year_before(cohort.starts_on)..=cohort.ends_on).contains(&date)
}

pub fn check_joined_on(date: Option<NaiveDate>, cohort: &Cohort) -> Result<()> {
    match date {
        Some(date) if !is_joined_on_plausible(date, cohort) => {
            let detail = format!("must not be after the cohort's last day, {}", cohort.ends_on);
            Err(Error::field("/joined_on", "invalid", detail))
        }
        _ => Ok(()),
    }
}

fn year_before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(366)).unwrap_or(date)
}

fn year_after(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(366)).unwrap_or(date)
}

/// What staff change about an enrolment.
#[derive(Clone, Default)]
pub struct Changes {
    /// Of a student without an account.
    pub name: Field<Line>,
    pub status: Field<EnrolmentStatus>,
    pub joined_on: Field<NaiveDate>,
    pub left_on: Field<Option<NaiveDate>>,
    pub told: Told,
}

/// The enrolment after the changes of a student who `objects` to being known better, or does not. `today` is the date at the
/// campus: the last day of somebody who leaves, unless another is given.
pub fn change(
    before: Enrolment,
    changes: Changes,
    objects: bool,
    cohort: &Cohort,
    today: NaiveDate,
) -> Result<Enrolment> {
    let status = changes.status.or(before.status);
    check_transition(before.status, status, cohort)?;
    let dates = changes.joined_on != Field::Absent || changes.left_on != Field::Absent;
    let joined_on = changes.joined_on.or(before.joined_on);
    let kept = match status {
        // Who leaves before they came was there on no day but the first.
        EnrolmentStatus::Withdrawn => before.left_on.or(Some(today.max(joined_on))),
        EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated => None,
    };
    let (experience, attributes) = changes.told.by_staff(&before, objects)?;
    let after = Enrolment {
        status,
        joined_on,
        left_on: changes.left_on.or(kept),
        experience,
        attributes,
        ..before
    };
    if dates {
        check_dates(&after, cohort)?;
    }
    Ok(after)
}

fn check_transition(from: EnrolmentStatus, to: EnrolmentStatus, cohort: &Cohort) -> Result<()> {
    use EnrolmentStatus::{Enrolled, Graduated, Withdrawn};
    match (from, to) {
        (Withdrawn, Enrolled) => takes_students(cohort.status),
        (Graduated, Graduated) | (Enrolled, Enrolled | Withdrawn) | (Withdrawn, Withdrawn) => Ok(()),
        (_, Graduated) => Err(Error::new(
            Code::InvalidTransition,
            "Students graduate together: give the cohort the status `graduated`.",
        )),
        (Graduated, _) => Err(Error::new(
            Code::InvalidTransition,
            "A graduated enrolment cannot change its status.",
        )),
    }
}

fn check_dates(enrolment: &Enrolment, cohort: &Cohort) -> Result<()> {
    check_joined_on(Some(enrolment.joined_on), cohort)?;
    let wrong = |code: &str, detail: &str| Err(Error::field("/left_on", code, detail));
    match (enrolment.status, enrolment.left_on) {
        (EnrolmentStatus::Withdrawn, None) => wrong("required", "is required for a withdrawn student"),
        (EnrolmentStatus::Withdrawn, Some(left)) if left < enrolment.joined_on => {
            wrong("invalid", "must not be before joined_on")
        }
        (EnrolmentStatus::Withdrawn, Some(left)) if left > year_after(cohort.ends_on) => {
            wrong("invalid", "must not be more than a year after the cohort's last day")
        }
        (EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated, Some(_)) => wrong(
            "invalid",
            "is only for withdrawn students; set status to `withdrawn` as well",
        ),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_while_it_goes_on_and_alumni_once_it_has_graduated() {
        use CohortStatus::{Cancelled, Graduated as Ended, Planned, Running};
        use EnrolmentStatus::{Enrolled, Graduated, Withdrawn};
        let code = |cohort, status| takes(cohort, status).map_err(|error| error.code());
        for cohort in [Planned, Running] {
            assert_eq!(code(cohort, Enrolled), Ok(()));
            assert_eq!(code(cohort, Graduated), Err(Code::InvalidFields));
        }
        assert_eq!(
            (code(Ended, Graduated), code(Ended, Enrolled)),
            (Ok(()), Err(Code::Conflict))
        );
        for status in [Enrolled, Graduated] {
            assert_eq!(code(Cancelled, status), Err(Code::Conflict));
        }
        for cohort in [Planned, Running, Ended, Cancelled] {
            assert_eq!(code(cohort, Withdrawn), Err(Code::InvalidFields));
        }
    }
}
