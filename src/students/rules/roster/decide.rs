//! What becomes of a row, given what is known of the person in it.

use super::Row;
use crate::{
    accounts::model::PersonCard,
    cohorts::model::{Cohort, CohortStatus},
    error::Result,
    primitives::{Email, Id, Line},
    students::{
        model::{Attributes, CellError, Enrolment, EnrolmentStatus, Experience, Invitation, RowResult},
        rules::enrolments::is_joined_on_plausible,
    },
};

/// Who the person in a row is to the cohort.
#[derive(Clone, Copy, Debug)]
pub enum Known<'a> {
    /// Is or was its student.
    Student(&'a Enrolment, &'a PersonCard),
    /// Is a student without an account of whom the table has the address; whether they have been invited to their
    /// place at it.
    Place(&'a Enrolment, &'a PersonCard, bool),
    /// Has joined its campus, and the table names them by their id or by an address that they have proved.
    Member(Id),
    /// Has an invitation that waits.
    Invited(&'a Invitation),
    /// Anybody else, with an account or without.
    Nobody,
}

/// What is to be done for a row.
#[derive(Clone, Debug)]
pub enum Step {
    Enrol(Id),
    /// Somebody of whom only the name is known.
    Enter(Line),
    /// A student.
    Update(Box<Update>),
    Invite(Email, Line),
    /// Invites a student without an account to their place, and does what else the row says of them.
    Offer(Email, Line, Id, Box<Step>),
    Amend(Box<Invitation>),
    Nothing(RowResult),
    Refuse(Vec<CellError>),
}

/// What is to become of a student.
#[derive(Clone, Debug)]
pub struct Update {
    pub after: Enrolment,
    /// The name they get.
    pub renamed: Option<Line>,
    /// Whether others than staff see a difference.
    pub is_seen: bool,
}

impl Step {
    /// What the caller is told of it.
    pub fn result(&self) -> RowResult {
        match self {
            Self::Enrol(_) | Self::Enter(_) => RowResult::Enrolled,
            Self::Update(..) | Self::Amend(_) => RowResult::Updated,
            Self::Invite(..) | Self::Offer(..) => RowResult::Invited,
            Self::Nothing(result) => *result,
            Self::Refuse(_) => RowResult::Error,
        }
    }
}

/// Decides on a row. Nobody is ever removed, and nobody who has left is taken back: a roster from
/// last month must not undo what happened since.
pub fn decide(row: &Row, known: Known<'_>, cohort: &Cohort) -> Result<Step> {
    let errors = check(row, known, cohort);
    if !errors.is_empty() {
        return Ok(Step::Refuse(errors));
    }
    match known {
        Known::Student(enrolment, person) => of_student(row, enrolment, person),
        Known::Place(enrolment, person, is_invited) => {
            let step = of_student(row, enrolment, person)?;
            let name = row.name.clone().unwrap_or_else(|| person.name.clone());
            Ok(match (step, row.email.clone()) {
                (Step::Nothing(RowResult::AlreadyEnrolled), _) if is_invited => {
                    Step::Nothing(RowResult::AlreadyInvited)
                }
                (Step::Nothing(RowResult::Withdrawn), _) => Step::Nothing(RowResult::Withdrawn),
                (step, Some(email)) if !is_invited => Step::Offer(email, name, person.id, Box::new(step)),
                (step, _) => step,
            })
        }
        Known::Member(person) => Ok(checked(&row.attributes, Step::Enrol(person))),
        Known::Invited(invitation) if invitation.graduated == is_graduated(row) => amend(row, invitation),
        Known::Invited(_) | Known::Nobody => Ok(match (row.email.clone(), row.name.clone()) {
            (Some(email), Some(name)) => checked(&row.attributes, Step::Invite(email, name)),
            (None, Some(name)) => checked(&row.attributes, Step::Enter(name)),
            (_, None) => Step::Refuse(vec![CellError::at("name", "required", "must not be empty")]),
        }),
    }
}

fn is_graduated(row: &Row) -> bool {
    row.status == Some(EnrolmentStatus::Graduated)
}

fn of_student(row: &Row, enrolment: &Enrolment, person: &PersonCard) -> Result<Step> {
    match enrolment.status {
        EnrolmentStatus::Enrolled => update(row, enrolment, person),
        EnrolmentStatus::Withdrawn => Ok(Step::Nothing(RowResult::Withdrawn)),
        EnrolmentStatus::Graduated => Ok(Step::Nothing(RowResult::AlreadyEnrolled)),
    }
}

/// What an export says of those who left or graduated must be as it is: an import changes none of it.
fn check(row: &Row, known: Known<'_>, cohort: &Cohort) -> Vec<CellError> {
    let now = match known {
        Known::Student(enrolment, _) | Known::Place(enrolment, ..) => Some(enrolment),
        Known::Member(_) | Known::Invited(_) | Known::Nobody => None,
    };
    let mut errors = Vec::new();
    let ended = row.status.filter(|status| *status != EnrolmentStatus::Enrolled);
    let takes_alumni = now.is_none() && cohort.status == CohortStatus::Graduated;
    if takes_alumni && !is_graduated(row) {
        let detail = "must be `graduated`: the cohort has graduated and takes no more students";
        errors.push(CellError::at("status", "required", detail));
    } else if !takes_alumni && ended.is_some() && ended != now.map(|now| now.status) {
        let detail = "must be empty or `enrolled`: an import does not withdraw or graduate students; change the enrolment instead";
        errors.push(CellError::at("status", "read_only", detail));
    }
    if row.left_on.is_some() && row.left_on != now.and_then(|now| now.left_on) {
        let detail = "must be empty or what it is already: an import does not change it; change the enrolment instead";
        errors.push(CellError::at("left_on", "read_only", detail));
    }
    if let Some(date) = row.joined_on.filter(|date| !is_joined_on_plausible(*date, cohort)) {
        let unchanged = now.is_some_and(|now| now.joined_on == date);
        if !unchanged {
            let detail = format!("must not be after the cohort's last day, {}", cohort.ends_on);
            errors.push(CellError::at("joined_on", "invalid", detail));
        }
    }
    errors
}

fn checked(attributes: &Attributes, step: Step) -> Step {
    match attributes.check() {
        Ok(()) => step,
        Err(why) => Step::Refuse(vec![CellError {
            column: None,
            code: "invalid".into(),
            detail: why,
        }]),
    }
}

/// With what the row says; where it says nothing, what is known stays.
fn merged(stored: &str, row: &Row) -> Result<Attributes> {
    let mut attributes = Attributes::stored(stored)?;
    for (name, value) in row.attributes.iter() {
        attributes.set(name.clone(), value.clone());
    }
    Ok(attributes)
}

/// The name a row gives to a student without an account whom it names by their id.
fn renamed(row: &Row, person: &PersonCard) -> Option<Line> {
    let is_theirs = !person.claimed && row.person == Some(person.id);
    row.name.clone().filter(|name| is_theirs && *name != person.name)
}

fn update(row: &Row, enrolment: &Enrolment, person: &PersonCard) -> Result<Step> {
    let renamed = renamed(row, person);
    // What the student has told themself, a table does not change.
    let (attributes, experience) = match enrolment.told_at {
        Some(_) => (Attributes::stored(&enrolment.attributes)?, enrolment.experience),
        None => {
            let experience = row.experience.map(Experience::get).or(enrolment.experience);
            (merged(&enrolment.attributes, row)?, experience)
        }
    };
    let after = Enrolment {
        experience,
        joined_on: row.joined_on.unwrap_or(enrolment.joined_on),
        attributes: attributes.to_stored(),
        ..enrolment.clone()
    };
    let same = renamed.is_none()
        && after.experience == enrolment.experience
        && after.joined_on == enrolment.joined_on
        && attributes == Attributes::stored(&enrolment.attributes)?;
    if same {
        return Ok(Step::Nothing(RowResult::AlreadyEnrolled));
    }
    let update = Update {
        is_seen: renamed.is_some() || !after.looks_like(enrolment),
        after,
        renamed,
    };
    Ok(checked(&attributes, Step::Update(Box::new(update))))
}

fn amend(row: &Row, invitation: &Invitation) -> Result<Step> {
    let attributes = merged(&invitation.attributes, row)?;
    let after = Invitation {
        experience: row.experience.map(Experience::get).or(invitation.experience),
        joined_on: row.joined_on.or(invitation.joined_on),
        attributes: attributes.to_stored(),
        ..invitation.clone()
    };
    let same = after.experience == invitation.experience
        && after.joined_on == invitation.joined_on
        && attributes == Attributes::stored(&invitation.attributes)?;
    if same {
        return Ok(Step::Nothing(RowResult::AlreadyInvited));
    }
    Ok(checked(&attributes, Step::Amend(Box::new(after))))
}
