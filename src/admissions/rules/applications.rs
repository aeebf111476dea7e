//! What can be done with an application.

use crate::{
    admissions::model::{Application, ApplicationStatus, Form},
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
pub fn already<'a>(there: &'a [(Id, Id, Option<Email>)], person: Id, email: &Email) -> Option<&'a Id> {
    let own = mailbox(email);
    let is_theirs = |(_, of, address): &&(Id, Id, Option<Email>)| {
        *of == person || address.as_ref().is_some_and(|address| mailbox(address) == own)
    };
    there.iter().find(is_theirs).map(|(id, ..)| id)
}

/// What a second application to the same cohort is answered.
pub fn already_applied(first: Id) -> Error {
    let detail = "You have an application to this cohort: go on with that one.";
    Error::new(Code::AlreadyApplied, detail).with("application_id", first)
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
        let there = [(first, amal, Some(email("amal@example.org")))];
        assert_eq!(already(&there, amal, &email("new@example.org")), Some(&first));
        assert_eq!(already(&there, other, &email("Amal+2@example.org")), Some(&first));
        assert_eq!(already(&there, other, &email("amal@example.com")), None);
        assert_eq!(already(&there, other, &email("amala@example.org")), None);
        assert_eq!(already(&[(first, amal, None)], other, &email("amal@example.org")), None);
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
