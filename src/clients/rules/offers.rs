//! When a client can be offered to another campus.

use super::steps::is_over;
use crate::{
    clients::model::{Client, Party},
    error::{Code, Error, Result},
    primitives::Bound,
};

/// To how many campuses a client is offered.
pub const OFFERS: Bound = Bound {
    most: 20,
    whose: "a client",
    what: "campuses to which it is offered",
    remedy: "Take one offer back first.",
};

/// That whoever says that a client may be offered to other campuses may: the agreement is its owners' to give, and anybody's who looks
/// after it to take back.
///
/// # Errors
/// `403`
pub fn may_agree(before: &Client, after: &Client, parties: &[Party]) -> Result<()> {
    match after.may_be_passed_on && !before.may_be_passed_on && !parties.contains(&Party::Owner) {
        false => Ok(()),
        true => Err(Error::forbidden("a product owner of the client")),
    }
}

/// That a client can be offered to another campus now.
///
/// # Errors
/// `409 conflict`
pub fn may_be_offered(client: &Client) -> Result<()> {
    let detail = match client.may_be_passed_on {
        _ if is_over(client.status) => format!(
            "The client is `{}`: nothing is built for it any more.",
            client.status.as_str()
        ),
        false => "Its product owners have not agreed to that. Ask them to set `may_be_passed_on`.".to_owned(),
        true => return Ok(()),
    };
    Err(Error::new(Code::Conflict, detail))
}

/// That an offer can be taken back.
///
/// # Errors
/// `409 conflict` if a team of the campus builds for the client.
pub fn may_be_taken_back(has_team: bool) -> Result<()> {
    match has_team {
        false => Ok(()),
        true => Err(Error::new(
            Code::Conflict,
            "A team of that campus builds for the client. Ask its staff to dissolve the team first.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clients::model::ClientStatus::{self, Applied, ExitFeedback, Project, ResearchReceived, Withdrawn},
        primitives::{Id, Instant, Line, Text},
    };

    fn client(status: ClientStatus, may_be_passed_on: bool) -> Client {
        let now = Instant::now();
        Client {
            id: Id::new(),
            campus_id: Id::new(),
            name: Line::parse("Food Bank").unwrap(),
            about: Text::parse("Shifts").unwrap(),
            url: None,
            may_be_passed_on,
            status,
            status_since: now,
            reminded_at: None,
            applied_by: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn only_owners_agree_and_anybody_takes_it_back() {
        let (no, yes) = (client(Applied, false), client(Applied, true));
        for (before, after, party, may) in [
            (&no, &yes, Party::Owner, true),
            (&no, &yes, Party::Staff, false),
            (&yes, &no, Party::Staff, true),
            (&yes, &yes, Party::Staff, true),
        ] {
            assert_eq!(may_agree(before, after, &[party]).is_ok(), may, "{party:?}");
        }
        assert!(may_agree(&no, &yes, &[Party::Staff, Party::Owner]).is_ok());
    }

    #[test]
    fn a_client_that_goes_on_is_offered_if_its_owners_agree() {
        for (status, agreed, may) in [
            (Applied, true, true),
            (ResearchReceived, true, true),
            (Project, true, true),
            (ResearchReceived, false, false),
            (ExitFeedback, true, false),
            (Withdrawn, true, false),
        ] {
            assert_eq!(
                may_be_offered(&client(status, agreed)).is_ok(),
                may,
                "{status:?} {agreed}"
            );
        }
        assert!(may_be_taken_back(false).is_ok() && may_be_taken_back(true).is_err());
    }
}
