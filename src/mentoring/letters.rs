//! What mentors are told when something changes without them.

use super::model::Slot;
use crate::{
    campuses::model::Campus,
    cohorts::model::{Cohort, Week},
};

/// A message before it has a recipient.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

/// What a letter speaks of.
pub struct Occasion<'a> {
    /// The slot.
    pub slot: &'a Slot,
    /// Its week.
    pub week: &'a Week,
    /// Its cohort.
    pub cohort: &'a Cohort,
    /// Where.
    pub campus: &'a Campus,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum News {
    /// To the next in line.
    Promoted,
    /// To whoever loses a place, or their turn in line, by the hand of staff.
    CancelledByStaff,
    /// To all who signed up, when the slot goes.
    Removed,
    /// To all who signed up, when the times change.
    Moved,
    /// To all who signed up, when there will be no cohort.
    CalledOff,
}

impl News {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            News::Promoted => (
                "You have a place",
                "A place became free and you were next: it is yours now. If you cannot come after all, \
                 give it up, so that the next in line gets it.",
            ),
            News::CancelledByStaff => (
                "Your sign-up was cancelled",
                "The staff of the campus cancelled your sign-up as a mentor. Ask them if you do not know why.",
            ),
            News::Removed => (
                "No mentors needed after all",
                "The staff of the campus removed the slot you signed up for. Thank you for having offered to come.",
            ),
            News::CalledOff => (
                "The cohort was called off",
                "The cohort you signed up for will not take place, or ends early. Thank you for having offered to come.",
            ),
            News::Moved => (
                "New time",
                "The staff of the campus changed the time of the slot that you signed up for; the new one is below. \
                 If you cannot come then, give it up, so that the next in line gets it.",
            ),
        }
    }

    /// The message.
    pub fn letter(self, occasion: &Occasion) -> Letter {
        let Occasion {
            slot,
            week,
            cohort,
            campus,
        } = occasion;
        let (what, text) = self.words();
        let name = format!("week {} of {}", week.number, cohort.name);
        let zone = campus.time_zone;
        let when = match (slot.starts_at, slot.ends_at) {
            (Some(starts), Some(ends)) => format!("{} to {}", starts.local(zone), ends.local(zone)),
            _ => format!("{} to {}", week.starts_on, week.ends_on),
        };
        let kind = slot.kind.as_str();
        Letter {
            subject: format!("{what}: {name}"),
            body: format!("{text}\n\nMentoring ({kind}) in {name} at {}\n{when}\n", campus.name),
        }
    }
}
