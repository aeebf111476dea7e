//! What can be done with an application.

use crate::{
    admissions::model::{Application, ApplicationStatus, Applied, Form},
    error::{Code, Error, Result},
    primitives::{Bound, Email, Id},
};

/// How many applications a cohort takes, drafts among them.
pub const APPLICATIONS: Bound = Bound {
    most: 5000,
    whose: "a cohort",
    what: "applications",
    remedy: "Ask the staff of the campus.",
};

/// The same mailbox, however it is written: without what follows a `+`.
fn mailbox(email: &Email) -> String {
    let text = email.as_str();
    let (local, domain) = text.rsplit_once('@').unwrap_or((text, ""));
    let local = local.split_once('+').map_or(local, |(local, _)| local);
    format!("{local}@{domain}")
}

/// The application of a person, or of another account of theirs, among those that there are.
pub fn already<'a>(there: &'a [Applied], person: Id, email: &Email) -> Option<&'a Applied> {
    let own = mailbox(email);
    let is_theirs =
        |one: &&Applied| one.person_id == person || one.email.as_ref().is_some_and(|address| mailbox(address) == own);
    there.iter().find(is_theirs)
}

/// What a second application to the same cohort is answered.
pub fn already_applied(first: &Applied) -> Error {
    let detail = match first.status {
        ApplicationStatus::Draft => "You have begun an application to this cohort: go on with that one.",
        ApplicationStatus::Submitted => {
            "You have applied to this cohort. While applications are open, you can take the application back and change it."
        }
        ApplicationStatus::Withdrawn => {
            "You have withdrawn your application to this cohort. While applications are open, you can take it up again."
        }
        _ => "Your application to this cohort has been decided about.",
    };
    Error::new(Code::AlreadyApplied, detail).with("application_id", first.application_id)
}

/// That it can still be written.
///
/// # Errors
/// `409 invalid_transition`
pub fn must_be_draft(application: &Application) -> Result<()> {
    match application.status {
        ApplicationStatus::Draft => Ok(()),
        status => {
            let detail = format!(
                "The application is {}, so its answers stay as they are.",
                status.as_str()
            );
            Err(Error::new(Code::InvalidTransition, detail))
        }
    }
}

/// That the applicant can have it back as a draft.
///
/// # Errors
/// `409 invalid_transition`
pub fn can_be_taken_back(application: &Application) -> Result<()> {
    let why = match application.status {
        ApplicationStatus::Submitted if application.trial.is_some() => {
            "You are invited to the trial week, so the application stays as it is. You can withdraw it.".to_owned()
        }
        ApplicationStatus::Submitted | ApplicationStatus::Withdrawn => return Ok(()),
        status => format!("The application is {}, so it cannot be taken back.", status.as_str()),
    };
    Err(Error::new(Code::InvalidTransition, why))
}

/// That its answers are to the questions of now.
///
/// # Errors
/// `409 conflict`
pub fn must_answer(application: &Application, current: &Form) -> Result<()> {
    match application.form_id == current.id {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "The questions have changed since you saved the answers. Read them, save the answers again, and then apply.",
        )),
    }
}

/// That it can be withdrawn, which it can be until its end, and also once a place was accepted. Whether there is anything to do: who has withdrawn, has.
///
/// # Errors
/// `409 invalid_transition`
pub fn can_be_withdrawn(status: ApplicationStatus) -> Result<bool> {
    match status {
        ApplicationStatus::Withdrawn => Ok(false),
        ApplicationStatus::Accepted => Ok(true),
        status if status.is_over() => {
            let detail = format!("The application is {} already.", status.as_str());
            Err(Error::new(Code::InvalidTransition, detail))
        }
        _ => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_applies_once_whatever_is_added_to_it() {
        let email = |text: &str| Email::parse(text).unwrap();
        let (first, amal, other) = (Id::new(), Id::new(), Id::new());
        let applied = |email: Option<Email>| Applied {
            application_id: first,
            status: ApplicationStatus::Draft,
            person_id: amal,
            email,
        };
        let there = [applied(Some(email("amal@example.org")))];
        let found =
            |there: &[Applied], person, text| already(there, person, &email(text)).map(|one| one.application_id);
        assert_eq!(found(&there, amal, "new@example.org"), Some(first));
        assert_eq!(found(&there, other, "Amal+2@example.org"), Some(first));
        assert_eq!(found(&there, other, "amal@example.com"), None);
        assert_eq!(found(&there, other, "amala@example.org"), None);
        assert_eq!(found(&[applied(None)], other, "amal@example.org"), None);
    }

    #[test]
    fn an_application_is_withdrawn_in_every_state_until_its_end() {
        use ApplicationStatus::{
            Accepted, Declined, Deferred, Draft, Expired, Offered, Rejected, Submitted, Waitlisted, Withdrawn,
        };
        for status in [Draft, Submitted, Waitlisted, Offered, Accepted] {
            assert_eq!(can_be_withdrawn(status).ok(), Some(true), "{status:?}");
        }
        assert_eq!(can_be_withdrawn(Withdrawn).ok(), Some(false));
        for status in [Declined, Expired, Rejected, Deferred] {
            assert_eq!(
                can_be_withdrawn(status).err().map(|error| error.code()),
                Some(Code::InvalidTransition)
            );
        }
    }
}
