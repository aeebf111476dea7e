//! An application.

use diesel::prelude::*;

use super::{Answers, InterviewSlot, LocalIntake};
use crate::{
    audit::audited,
    db::schema::applications,
    primitives::{Email, Id, Instant, LocalTime, Stored, text_enum},
};

text_enum! {
    /// Where an application is on its way.
    pub enum ApplicationStatus {
        /// Being written; nobody else sees it.
        Draft = "draft",
        /// Handed in, and not decided.
        Submitted = "submitted",
        /// On the waiting list.
        Waitlisted = "waitlisted",
        /// There is an offer to answer.
        Offered = "offered",
        /// The applicant has taken the place.
        Accepted = "accepted",
        /// The applicant has declined the offer, or taken another one.
        Declined = "declined",
        /// The offer was not answered in time.
        Expired = "expired",
        /// The campus has no place for them.
        Rejected = "rejected",
        /// The applicant does not apply any more.
        Withdrawn = "withdrawn",
        /// It goes on in another cohort.
        Deferred = "deferred",
    }
}

text_enum! {
    /// What became of an applicant in the trial week.
    pub enum Trial {
        /// They are asked to come.
        Invited = "invited",
        /// They took part.
        Attended = "attended",
        /// They did not come.
        Missed = "missed",
    }
}

impl ApplicationStatus {
    /// Whether nothing comes of it any more.
    pub fn is_over(self) -> bool {
        match self {
            Self::Draft | Self::Submitted | Self::Waitlisted | Self::Offered => false,
            Self::Accepted | Self::Declined | Self::Expired | Self::Rejected | Self::Withdrawn | Self::Deferred => true,
        }
    }
}

/// One person's application to one cohort.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = applications, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Application {
    pub id: Id,
    pub cohort_id: Id,
    pub person_id: Id,
    /// The version of the form that it answers.
    pub form_id: Id,
    pub answers: Stored<Answers>,
    pub status: ApplicationStatus,
    pub may_be_kept: bool,
    pub submitted_at: Option<Instant>,
    /// When it came to an end.
    pub ended_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Until when an offer is answered, by the clocks of the campus; it stays as it was when the offer was made.
    pub reply_by_local: Option<LocalTime>,
    /// The place in the waiting list.
    pub turn: Option<i64>,
    /// The application with which it goes on in another cohort.
    pub deferred_to: Option<Id>,
    /// How far they are with the trial week.
    pub trial: Option<Trial>,
}

audited!(Application { status, may_be_kept, trial; answers });

impl Application {
    /// Until when there is an offer to answer.
    pub fn open_until(&self) -> Option<LocalTime> {
        self.reply_by_local
            .filter(|_| self.status == ApplicationStatus::Offered)
    }

    /// The same with another status from then on.
    #[must_use]
    pub fn becoming(self, status: ApplicationStatus, now: Instant) -> Self {
        Self {
            status,
            ended_at: status.is_over().then_some(now),
            version: self.version + 1,
            updated_at: now,
            ..self
        }
    }
}

/// That somebody has applied, or has begun to.
#[derive(Clone, Debug, Queryable)]
pub struct Applied {
    pub application_id: Id,
    pub status: ApplicationStatus,
    pub person_id: Id,
    pub email: Option<Email>,
}

/// Where somebody stands on a waiting list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitingPlace {
    /// Their place, from 1.
    pub position: usize,
    /// How many wait.
    pub length: usize,
}

/// One's own application with what one is shown of it in a list.
#[derive(Clone, Debug)]
pub struct ListedApplication {
    pub application: Application,
    pub local: LocalIntake,
    /// What they have booked.
    pub interview: Option<InterviewSlot>,
    /// Where they stand, if they wait.
    pub waiting: Option<WaitingPlace>,
}

/// An application before and after it was changed.
#[derive(Clone, Debug)]
pub struct Changed {
    pub before: Application,
    pub after: Application,
}

/// Which applications of a cohort a list shows.
#[derive(Clone, Debug, Default)]
pub struct ApplicationSelection {
    /// In one of these states.
    pub states: Option<Vec<ApplicationStatus>>,
    /// At one of these points of the trial week.
    pub trials: Option<Vec<Trial>>,
    /// Made after this one.
    pub after: Option<Id>,
}
