//! What can be done with a client, and when.

mod invitations;
mod repeats;
mod steps;

pub use invitations::{GOOD_FOR, Grounds, may_be_accepted, may_invite};
pub use repeats::{must_be_the_same, told_as};
pub use steps::{
    awaited, hangs, is_on_its_way, is_over, must_be_complete, needs_reminder, on_their_way, takes, waits_for,
};

use crate::{
    error::{Code, Error, Result},
    primitives::{Bound, Id},
};

use super::model::{ClientStatus, Terms};

/// How many clients of a campus are on their way.
pub const CLIENTS: Bound = Bound {
    most: 500,
    whose: "a campus",
    what: "clients on their way",
    remedy: "Ask the staff of the campus when there is room again.",
};

/// The days that a step may wait where a campus has not said any.
pub const USUAL_DAYS: i32 = 7;

/// For how many organisations somebody applies in a day, at whichever campus.
const MOST_IN_A_DAY: i64 = 5;

/// How many product owners a client has, with those who are invited.
pub const OWNERS: Bound = Bound {
    most: 20,
    whose: "a client",
    what: "product owners and invitations",
    remedy: "Remove one first.",
};

/// That organisations can apply.
///
/// # Errors
/// `409 applications_closed`
pub fn must_be_open(terms: Option<&Terms>) -> Result<()> {
    match terms {
        Some(terms) if terms.is_open => Ok(()),
        _ => Err(Error::new(
            Code::ApplicationsClosed,
            "The campus takes no organisations now. Ask its staff when it does again.",
        )),
    }
}

/// That an applicant has shown that the address of their account is theirs, where the service sends mail: it writes to them.
///
/// # Errors
/// `409 conflict`
pub fn must_have_proved(is_proved: bool, proves_addresses: bool) -> Result<()> {
    match is_proved || !proves_addresses {
        true => Ok(()),
        false => Err(Error::new(
            Code::Conflict,
            "Confirm first that the address of your account is yours. Ask for a code in your account's settings, and send it back.",
        )),
    }
}

/// What somebody who looks after a client that is on its way is answered when they apply for another one.
pub fn already_applied(first: Id) -> Error {
    let detail = "You look after an organisation at this campus already. Apply for another once that has ended or you have left it.";
    Error::new(Code::AlreadyApplied, detail).with("client_id", first)
}

/// That somebody who has applied so often within a day may do so again.
///
/// # Errors
/// `429`
pub fn must_not_ask_too_often(today: i64) -> Result<()> {
    if today < MOST_IN_A_DAY {
        return Ok(());
    }
    let detail = "You can apply for 5 organisations in a day. Apply for the next one tomorrow.";
    Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600))
}

/// The days that a step may wait.
///
/// # Errors
/// `422` naming the field.
pub fn check_days(days: i32) -> Result<i32> {
    match days {
        1..=90 => Ok(days),
        _ => Err(Error::field("/answer_days", "invalid", "must be from 1 to 90")),
    }
}

/// That one of so many owners may go. The last one may once the product is handed over, or nothing comes of it.
///
/// # Errors
/// `409 conflict`
pub fn may_leave(owners: usize, status: ClientStatus) -> Result<()> {
    match owners {
        0 | 1 if is_on_its_way(status) => Err(Error::new(
            Code::Conflict,
            "A client keeps at least one product owner. Invite another one, or withdraw the client.",
        )),
        _ => Ok(()),
    }
}
