//! Steps that are sent again, and those that are taken again.

use crate::{
    clients::model::{
        ClientStatus::{self, Invited},
        NewStep, Step,
    },
    error::{Code, Error, Result},
};

/// That whoever repeats a step says nothing else with it: two owners can give feedback, and the step has room for that of one.
///
/// # Errors
/// `409 conflict`
pub fn must_be_the_same(taken: Option<&Step>, again: &NewStep) -> Result<()> {
    let differs = taken.is_some_and(|taken| {
        (again.note.is_some() && again.note != taken.note) || (again.url.is_some() && again.url != taken.url)
    });
    match differs {
        true => Err(Error::new(
            Code::Conflict,
            "This step has been taken already, with another `note` or `url`, and these stay. Write to the other side what you want to add.",
        )),
        false => Ok(()),
    }
}

/// The word by which letters and notices choose what they say: the status, and of a workshop that is to be booked once more its own.
pub fn told_as(status: ClientStatus, steps: &[Step]) -> &'static str {
    let invited = steps.iter().filter(|step| step.status == Invited).count();
    match status {
        Invited if invited > 1 => "workshop_given_up",
        _ => status.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clients::model::{
            ClientStatus::{AgreementSent, Applied, WorkshopBooked},
            Party,
        },
        primitives::{Id, Instant, Text, Url},
    };

    #[test]
    fn a_step_that_is_repeated_says_the_same_or_nothing() {
        let taken = Step {
            id: Id::new(),
            client_id: Id::new(),
            status: AgreementSent,
            taken_by: Party::Staff,
            url: Some(Url::parse("https://example.org/a").unwrap()),
            note: None,
            created_at: Instant::now(),
        };
        for (url, note, is_same) in [
            (None, None, true),
            (Some("https://example.org/a"), None, true),
            (Some("https://example.org/b"), None, false),
            (Some("https://example.org/a"), Some("Please sign"), false),
        ] {
            let again = NewStep {
                status: AgreementSent,
                url: url.map(|url| Url::parse(url).unwrap()),
                note: note.map(|note| Text::parse(note).unwrap()),
            };
            assert_eq!(
                must_be_the_same(Some(&taken), &again).is_ok(),
                is_same,
                "{url:?} {note:?}"
            );
        }
    }

    #[test]
    fn a_workshop_that_is_given_up_is_told_as_that() {
        let step = |status| Step {
            id: Id::new(),
            client_id: Id::new(),
            status,
            taken_by: Party::Owner,
            url: None,
            note: None,
            created_at: Instant::now(),
        };
        let once = [Applied, Invited].map(step);
        assert_eq!(told_as(Invited, &once), "invited");
        let again = [Invited, WorkshopBooked, Invited].map(step);
        assert_eq!(told_as(Invited, &again), "workshop_given_up");
        assert_eq!(told_as(WorkshopBooked, &again), "workshop_booked");
    }
}
