//! What happens to intakes and applications.

use serde::{Deserialize, Serialize};

use super::model::{Application, ApplicationStatus, InterviewSlot};
use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// What happened to an application.
    pub enum ApplicationChange {
        /// It was handed in.
        Submitted = "application.submitted",
        /// It is on the waiting list.
        Waitlisted = "application.waitlisted",
        /// A place is offered.
        Offered = "application.offered",
        /// The applicant took the place.
        Accepted = "application.accepted",
        /// The applicant declined the offer.
        Declined = "application.declined",
        /// The offer was not answered in time.
        Expired = "application.expired",
        /// There is no place.
        Rejected = "application.rejected",
        /// The applicant withdrew it.
        Withdrawn = "application.withdrawn",
        /// The applicant is asked to come to the trial week.
        TrialInvited = "application.trial_invited",
        /// It goes on in another cohort.
        Deferred = "application.deferred",
        /// The applicant has booked an interview.
        InterviewBooked = "application.interview_booked",
        /// The staff have cancelled an interview.
        InterviewCancelled = "application.interview_cancelled",
    }
}

text_enum! {
    /// What happened to an interview.
    pub enum InterviewChange {
        /// An applicant has booked it.
        Booked = "interview.booked",
        /// It does not take place: whoever had booked it does not come, or the time was taken away.
        GivenUp = "interview.given_up",
    }
}

/// That an applicant has booked a time, or does not come: for whoever interviews.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct InterviewEvent {
    /// What happened.
    pub kind: InterviewChange,
    /// The time.
    pub slot_id: Id,
    /// The campus of the cohort.
    pub campus_id: Id,
    /// The cohort.
    pub cohort_id: Id,
    /// Who interviews.
    pub person_id: Id,
    /// When it begins.
    pub starts_at: Instant,
}

event!(InterviewEvent, "interview", slot_id; campus_id, cohort_id => |event| {
    vec![Audience::Person(event.person_id)]
}, at |event| format!("/v1/cohorts/{}/interview-slots", event.cohort_id));

text_enum! {
    /// What somebody is to the panel of a cohort from now on.
    pub enum PanelChange {
        /// They are on it.
        Joined = "admission_panel.joined",
        /// They are on it no longer.
        Left = "admission_panel.left",
    }
}

/// That somebody is on the panel of a cohort, or no longer: for them alone, with where they read.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct PanelEvent {
    /// What happened.
    pub kind: PanelChange,
    /// The campus of the cohort.
    pub campus_id: Id,
    /// The cohort.
    pub cohort_id: Id,
    /// Who.
    pub person_id: Id,
    /// Whether they did it themself.
    pub is_own_doing: bool,
}

event!(PanelEvent, "admission_panel", cohort_id; campus_id, cohort_id => |event| {
    vec![Audience::Person(event.person_id)]
}, at |event| format!("/v1/cohorts/{}/applications-to-read", event.cohort_id));

impl ApplicationChange {
    /// What happened to one that has this status now; nothing that others learn of a draft.
    pub fn to(status: ApplicationStatus) -> Option<Self> {
        match status {
            ApplicationStatus::Draft => None,
            ApplicationStatus::Submitted => Some(Self::Submitted),
            ApplicationStatus::Waitlisted => Some(Self::Waitlisted),
            ApplicationStatus::Offered => Some(Self::Offered),
            ApplicationStatus::Accepted => Some(Self::Accepted),
            ApplicationStatus::Declined => Some(Self::Declined),
            ApplicationStatus::Expired => Some(Self::Expired),
            ApplicationStatus::Rejected => Some(Self::Rejected),
            ApplicationStatus::Withdrawn => Some(Self::Withdrawn),
            ApplicationStatus::Deferred => Some(Self::Deferred),
        }
    }
}

/// Something that happened to an application.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ApplicationEvent {
    /// What happened.
    pub kind: ApplicationChange,
    /// The application.
    pub application_id: Id,
    /// The campus of the cohort.
    pub campus_id: Id,
    /// The cohort.
    pub cohort_id: Id,
    /// Whose it is.
    pub person_id: Id,
}

event!(ApplicationEvent, "application", application_id; campus_id, cohort_id => |event| {
    vec![Audience::Staff, Audience::Person(event.person_id)]
}, at |event| format!("/v1/applications/{}", event.application_id));

/// An application; of a draft only whose it is.
pub fn application(of: &Application) -> Told {
    let own = Audience::Person(of.person_id);
    Told {
        object: "application",
        id: of.id,
        campus: None,
        cohort: Some(of.cohort_id),
        href: format!("/v1/applications/{}", of.id),
        audience: match of.status {
            ApplicationStatus::Draft => vec![own],
            _ => vec![Audience::Staff, own],
        },
    }
}

/// The same for those on the staff who did not stand aside from it.
pub fn application_without(of: &Application, aside: impl Iterator<Item = Id>) -> Told {
    let mut told = application(of);
    told.audience.extend(aside.map(Audience::Except));
    told
}

/// A time for an interview, and whose it is. Who else could book it looks when they want to.
pub fn interview_slot(of: &InterviewSlot, person: Option<Id>) -> Told {
    let booked_by = person.map(Audience::Person);
    Told {
        object: "interview_slot",
        id: of.id,
        href: format!("/v1/cohorts/{}/interview-slots", of.cohort_id),
        audience: [Audience::Staff].into_iter().chain(booked_by).collect(),
        ..intake(of.cohort_id)
    }
}

/// The offers of a cohort, for its staff.
pub fn offers(cohort: Id) -> Told {
    Told {
        object: "admission_offers",
        href: format!("/v1/cohorts/{cohort}/applications"),
        audience: vec![Audience::Staff],
        ..intake(cohort)
    }
}

/// The intake of a cohort, which everybody may read.
pub fn intake(cohort: Id) -> Told {
    Told {
        object: "intake",
        id: cohort,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/cohorts/{cohort}/intake"),
        audience: vec![Audience::Everybody],
    }
}

/// Who reads the applications to a cohort, for its staff.
pub fn panel_member(cohort: Id, person: Id) -> Told {
    Told {
        object: "admission_panel_member",
        id: person,
        href: format!("/v1/cohorts/{cohort}/admission-panel"),
        audience: vec![Audience::Staff],
        ..intake(cohort)
    }
}

/// What somebody thinks of an application: that there is a score is told to them alone.
pub fn score(of: &Application, person: Id) -> Told {
    Told {
        object: "application_score",
        id: of.id,
        href: format!("/v1/applications/{}/reading", of.id),
        audience: vec![Audience::Person(person)],
        ..intake(of.cohort_id)
    }
}

/// That somebody is interested: how many are is for the staff, who it is for nobody.
pub fn interest(cohort: Id, person: Id) -> Told {
    Told {
        object: "admission_interest",
        id: person,
        audience: vec![Audience::Person(person)],
        ..intake(cohort)
    }
}
