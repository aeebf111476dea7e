//! Which step may follow which, who takes it, and how long it may wait.

use chrono::TimeDelta;

use super::following::Following;
use crate::{
    clients::model::{
        Client,
        ClientStatus::{self, *},
        NewStep, Party,
    },
    error::{Error, Result},
    primitives::Instant,
};

/// The states of a client that nobody withdraws, in order.
const PIPELINE: [ClientStatus; 12] = [
    Applied,
    Acknowledged,
    Invited,
    WorkshopBooked,
    AgreementSent,
    AgreementSigned,
    Attended,
    ResearchAsked,
    ResearchReceived,
    Project,
    Completed,
    ExitFeedback,
];

/// For how long the staff are told that feedback is missing: nobody owes it.
const FEEDBACK_AWAITED: TimeDelta = TimeDelta::days(30);

/// The steps that may follow one, and who takes each; withdrawing may follow any until the product is handed over.
fn following(status: ClientStatus) -> &'static [(ClientStatus, &'static [Party])] {
    use Party::{Owner, Staff};
    match status {
        Applied => &[(Acknowledged, &[Staff]), (Invited, &[Staff])],
        Acknowledged => &[(Invited, &[Staff])],
        Invited => &[(WorkshopBooked, &[Staff, Owner])],
        // A workshop that was missed or is given up is booked again.
        WorkshopBooked => &[(AgreementSent, &[Staff]), (Invited, &[Staff, Owner])],
        AgreementSent => &[(AgreementSigned, &[Staff, Owner]), (Invited, &[Staff, Owner])],
        AgreementSigned => &[(Attended, &[Staff]), (Invited, &[Staff, Owner])],
        Attended => &[(ResearchAsked, &[Staff])],
        ResearchAsked => &[(ResearchReceived, &[Staff, Owner])],
        ResearchReceived => &[(Project, &[Staff]), (ResearchAsked, &[Staff])],
        Project => &[(Completed, &[Staff])],
        // Nobody gives feedback for them.
        Completed => &[(ExitFeedback, &[Owner])],
        ExitFeedback | Withdrawn => &[],
    }
}

/// Whether nothing follows any more.
pub fn is_over(status: ClientStatus) -> bool {
    following(status).is_empty()
}

/// Whether a product is still to come: until it is handed over, or the client is withdrawn.
pub fn is_active(status: ClientStatus) -> bool {
    !matches!(status, Completed | ExitFeedback | Withdrawn)
}

/// Where a client is while a product is still to come.
pub fn active() -> Vec<ClientStatus> {
    PIPELINE.into_iter().filter(|status| is_active(*status)).collect()
}

/// Whose step is awaited; nobody's while a team builds, and at the end.
pub fn waits_for(status: ClientStatus) -> Option<Party> {
    match status {
        Applied | Acknowledged | WorkshopBooked | AgreementSigned | Attended | ResearchReceived => Some(Party::Staff),
        Invited | AgreementSent | ResearchAsked | Completed => Some(Party::Owner),
        Project | ExitFeedback | Withdrawn => None,
    }
}

/// Where a step is awaited: of this side, or of either.
pub fn awaited(of: Option<Party>) -> Vec<ClientStatus> {
    let is_awaited = |status: &ClientStatus| {
        let party = waits_for(*status);
        party.is_some() && (of.is_none() || party == of)
    };
    PIPELINE.into_iter().filter(is_awaited).collect()
}

/// As which of what they are somebody takes a step; nothing is to be done if it was taken.
///
/// # Errors
/// `409 invalid_transition` with the steps that they can take instead if it does not follow, `403` if others take it.
pub fn takes(status: ClientStatus, step: ClientStatus, parties: &[Party]) -> Result<Option<Party>> {
    let both: &[Party] = &[Party::Staff, Party::Owner];
    let withdrawing = is_active(status).then_some((Withdrawn, both));
    Following {
        what: "client",
        status,
        next: following(status).iter().copied().chain(withdrawing).collect(),
        word: ClientStatus::as_str,
    }
    .takes(step, parties)
}

/// Whether a step leads back. Each turn back and on is mailed, so turns back are bounded by [`super::STEPS`]; going on and withdrawing
/// are not.
pub fn goes_back(from: ClientStatus, to: ClientStatus) -> bool {
    let place = |status: ClientStatus| PIPELINE.iter().position(|one| *one == status);
    place(to).zip(place(from)).is_some_and(|(to, from)| to < from)
}

/// That what belongs to a step comes with it.
///
/// # Errors
/// `422` naming the field.
pub fn must_be_complete(step: &NewStep) -> Result<()> {
    let missing = |pointer, what: &'static str| Err(Error::field(pointer, "required", what));
    match step.status {
        AgreementSent if step.url.is_none() => missing("/url", "must be the address of the agreement"),
        ResearchReceived if step.url.is_none() && step.note.is_none() => {
            missing("/url", "must be the address of the research, unless `note` has it")
        }
        ExitFeedback if step.note.is_none() => missing("/note", "is required: your feedback"),
        _ => Ok(()),
    }
}

/// Whether its owners are to be asked again now for their step.
pub fn needs_reminder(client: &Client, days: i32, now: Instant) -> bool {
    waits_for(client.status) == Some(Party::Owner) && client.reminded_at.is_none() && is_late(client, days, now)
}

/// Whose step is overdue, if one is.
pub fn overdue_party(client: &Client, days: i32, now: Instant) -> Option<Party> {
    let is_told = match client.status {
        Completed => !is_late(client, days, now.plus(-FEEDBACK_AWAITED)),
        _ => true,
    };
    waits_for(client.status).filter(|_| is_told && is_late(client, days, now))
}

fn is_late(client: &Client, days: i32, now: Instant) -> bool {
    client.status_since.plus(TimeDelta::days(days.into())) <= now
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::Code,
        primitives::{Id, Line, Text},
    };

    fn code(outcome: Result<Option<Party>>) -> Option<Code> {
        outcome.err().map(|error| error.code())
    }

    #[test]
    fn each_step_follows_the_one_before_and_few_others() {
        use Party::{Owner, Staff};
        let both = [Staff, Owner];
        let also = [
            (Applied, Invited),
            (WorkshopBooked, Invited),
            (AgreementSent, Invited),
            (AgreementSigned, Invited),
            (ResearchReceived, ResearchAsked),
        ];
        for (at, from) in PIPELINE.into_iter().enumerate() {
            for (to_at, to) in PIPELINE.into_iter().enumerate() {
                let may = to_at == at + 1 || also.contains(&(from, to));
                let outcome = takes(from, to, &both);
                match from == to {
                    true => assert_eq!(outcome.ok(), Some(None), "{from:?}"),
                    false => assert_eq!(outcome.is_ok(), may, "{from:?} to {to:?}"),
                }
            }
            assert_eq!(
                takes(from, Withdrawn, &[Owner]).is_ok(),
                ![Completed, ExitFeedback].contains(&from),
                "{from:?}"
            );
            assert_eq!(code(takes(Withdrawn, from, &both)), Some(Code::InvalidTransition));
        }
    }

    #[test]
    fn each_side_takes_its_own_steps() {
        use Party::{Owner, Staff};
        for (from, to, by_staff, by_owner) in [
            (Applied, Acknowledged, true, false),
            (Invited, WorkshopBooked, true, true),
            (WorkshopBooked, AgreementSent, true, false),
            (WorkshopBooked, Invited, true, true),
            (AgreementSent, Invited, true, true),
            (AgreementSigned, Invited, true, true),
            (AgreementSent, AgreementSigned, true, true),
            (AgreementSigned, Attended, true, false),
            (ResearchAsked, ResearchReceived, true, true),
            (Project, Completed, true, false),
            (Completed, ExitFeedback, false, true),
            (Project, Withdrawn, true, true),
        ] {
            for (party, may) in [(Staff, by_staff), (Owner, by_owner)] {
                let refused = (!may).then_some(Code::Forbidden);
                assert_eq!(
                    code(takes(from, to, &[party])),
                    refused,
                    "{from:?} to {to:?} by {party:?}"
                );
            }
            assert!(takes(from, to, &[Staff, Owner]).is_ok());
        }
    }

    #[test]
    fn whoever_takes_a_step_that_does_not_follow_is_told_their_own() {
        use Party::{Owner, Staff};
        for (from, parties, expected) in [
            (
                Applied,
                vec![Staff],
                "Your next step can be `acknowledged`, `invited` or `withdrawn`.",
            ),
            (Applied, vec![Owner], "Your next step can be `withdrawn`."),
            (
                Invited,
                vec![Owner],
                "Your next step can be `workshop_booked` or `withdrawn`.",
            ),
            (Completed, vec![Owner], "Your next step can be `exit_feedback`."),
            (
                Completed,
                vec![Staff],
                "Only its product owners can take the next step.",
            ),
        ] {
            let refused = takes(from, ResearchReceived, &parties).unwrap_err();
            assert_eq!(refused.code(), Code::InvalidTransition);
            let told = refused.to_string();
            assert!(told.ends_with(expected), "{told}");
        }
        let over = takes(Withdrawn, Project, &[Staff, Owner]).unwrap_err().to_string();
        assert!(
            over.ends_with("The client is `withdrawn` and cannot be changed any more."),
            "{over}"
        );
    }

    #[test]
    fn few_steps_lead_back() {
        for (from, to, leads_back) in [
            (WorkshopBooked, Invited, true),
            (AgreementSigned, Invited, true),
            (ResearchReceived, ResearchAsked, true),
            (Invited, WorkshopBooked, false),
            (Completed, ExitFeedback, false),
            (WorkshopBooked, Withdrawn, false),
        ] {
            assert_eq!(goes_back(from, to), leads_back, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn owners_are_asked_again_once_and_staff_see_what_is_overdue() {
        let then = Instant::parse("2027-03-01T10:00:00Z").unwrap();
        let late = then.plus(TimeDelta::days(7));
        let client = |status| Client {
            id: Id::new(),
            campus_id: Id::new(),
            name: Line::parse("Food Bank").unwrap(),
            about: Text::parse("Shifts").unwrap(),
            url: None,
            may_be_passed_on: false,
            status,
            status_since: then,
            reminded_at: None,
            applied_by: None,
            version: 1,
            created_at: then,
            updated_at: then,
        };
        for (status, waits) in [
            (Applied, Some(Party::Staff)),
            (Invited, Some(Party::Owner)),
            (AgreementSent, Some(Party::Owner)),
            (ResearchAsked, Some(Party::Owner)),
            (Completed, Some(Party::Owner)),
            (Project, None),
            (ExitFeedback, None),
            (Withdrawn, None),
        ] {
            let client = client(status);
            assert_eq!(overdue_party(&client, 7, late), waits, "{status:?}");
            assert_eq!(overdue_party(&client, 8, late), None, "{status:?}");
            assert_eq!(
                needs_reminder(&client, 7, late),
                waits == Some(Party::Owner),
                "{status:?}"
            );
            assert!(!needs_reminder(&client, 8, late));
            let reminded = Client {
                reminded_at: Some(late),
                ..client
            };
            assert!(!needs_reminder(&reminded, 7, late));
            assert_eq!(reminded.becoming(Invited, late).reminded_at, None);
        }
        // Only missing feedback is not told of for ever.
        let much_later = late.plus(FEEDBACK_AWAITED);
        assert_eq!(overdue_party(&client(Invited), 7, much_later), Some(Party::Owner));
        assert_eq!(overdue_party(&client(Completed), 7, much_later), None);
    }

    #[test]
    fn what_belongs_to_a_step_comes_with_it() {
        let step = |status, url: bool, note: bool| NewStep {
            status,
            url: url.then(|| crate::primitives::Url::parse("https://example.org/a").unwrap()),
            note: note.then(|| Text::parse("Said").unwrap()),
        };
        for (status, url, note, is_complete) in [
            (AgreementSent, false, true, false),
            (AgreementSent, true, false, true),
            (ResearchReceived, false, false, false),
            (ResearchReceived, false, true, true),
            (ResearchReceived, true, false, true),
            (ExitFeedback, true, false, false),
            (ExitFeedback, false, true, true),
            (Withdrawn, false, false, true),
        ] {
            assert_eq!(
                must_be_complete(&step(status, url, note)).is_ok(),
                is_complete,
                "{status:?}"
            );
        }
    }
}
