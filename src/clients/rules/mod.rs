//! What can be done with a client, and when.

mod ballots;
mod briefs;
mod demo_days;
mod following;
mod hand_over;
mod invitations;
mod meetings;
mod offers;
mod product_teams;
mod repeats;
mod steps;
mod team_history;
mod work;
mod workshops;

pub use ballots::{
    BALLOTS, PRODUCTS, can_be_built, check_ranking, check_summary, check_winners, count, ends, must_be_open_to_votes,
    must_be_ready,
};
pub use briefs::{
    BRIEFS, PASSES, becomes, check_brief, check_note, check_team, first_refusal, is_free, is_reserved, may_be_changed,
    may_be_passed_on, may_submit, must_be_answerable, must_be_interested, must_not_be_chosen, opens_to_all, reads_team,
    sees,
};
pub use demo_days::{DEMO_DAYS, can_be_invited, check_demo_day, demo_day_must_be_to_come, invited};
pub use hand_over::{may_hand_over, missing, must_be_building};
pub use invitations::{GOOD_FOR, may_be_accepted, may_invite, state};
pub use offers::{OFFERS, may_agree, may_be_offered, may_be_taken_back};
pub use product_teams::{check_students, check_teams, divide, must_be_without_teams, must_have_a_team, nothing_chosen};
pub use repeats::{must_be_the_same, told_as};
pub use steps::{
    active, awaited, goes_back, is_active, is_over, must_be_complete, needs_reminder, overdue_party, takes, waits_for,
};
pub use team_history::TeamHistory;
pub use work::{LINKS, check_hours, check_link};
pub use workshops::{
    WORKSHOPS, can_be_given_a_place, can_book, check_workshop, gives_place_up, is_to_attend, must_be_to_come,
    must_book_a_place, must_have_begun, skips_booking,
};

use crate::{
    error::{Code, Error, Result},
    primitives::{Bound, Id},
};

use super::model::{ClientStatus, Terms};

/// How many clients of a campus are active.
pub const CLIENTS: Bound = Bound {
    most: 500,
    whose: "a campus",
    what: "active clients",
    remedy: "Ask the staff of the campus when there is room again.",
};

/// The days that a step may wait where a campus has not said any.
pub const USUAL_DAYS: i32 = 7;

/// How many steps a client takes before it can no longer go back to an earlier one.
pub const STEPS: Bound = Bound {
    most: 100,
    whose: "a client that can still go back",
    what: "steps",
    remedy: "Take the next step, or withdraw the client.",
};

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
            "The campus takes no applications of organisations now. Ask its staff when it will.",
        )),
    }
}

/// What somebody who looks after an active client is answered when they apply for another one.
pub fn already_applied(first: Id) -> Error {
    let detail = "You look after an organisation at this campus already. Finish or withdraw that one, or leave it, \
                  before you apply again.";
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

/// The days of first refusal.
///
/// # Errors
/// `422` naming the field.
pub fn check_first_refusal(days: i32) -> Result<i32> {
    match days {
        0..=90 => Ok(days),
        _ => Err(Error::field("/first_refusal_days", "invalid", "must be from 0 to 90")),
    }
}

/// That one of so many owners may go: the last one only once the product is handed over or the client is withdrawn, and none of so
/// many briefs goes on.
///
/// # Errors
/// `409 conflict`
pub fn may_leave(owners: usize, status: ClientStatus, briefs: i64) -> Result<()> {
    let detail = match owners {
        0 | 1 if is_active(status) => {
            "A client keeps at least one product owner. Invite another one, or withdraw the client."
        }
        0 | 1 if briefs > 0 => {
            "Somebody has to look after the client's briefs. Withdraw them first, or have the staff note what became of them."
        }
        _ => return Ok(()),
    };
    Err(Error::new(Code::Conflict, detail))
}
