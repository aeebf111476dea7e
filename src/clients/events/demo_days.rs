//! What happens to demo days, and to invitations to them.

use serde::{Deserialize, Serialize};

use crate::{
    clients::model::DemoDay,
    outbox::{Audience, Told, event},
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// What happened to a demo day.
    pub enum DemoDayChange {
        /// It is to be.
        Planned = "demo_day.planned",
        /// It is at another time or place.
        Moved = "demo_day.moved",
        /// It was cancelled.
        Cancelled = "demo_day.cancelled",
        /// Others are invited, of which nobody is sent anything.
        GuestsChanged = "demo_day.updated",
    }
}

impl DemoDayChange {
    /// By which texts choose what they say; none if they say nothing.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Planned => Some("planned"),
            Self::Moved => Some("moved"),
            Self::Cancelled => Some("cancelled"),
            Self::GuestsChanged => None,
        }
    }
}

/// Something that happened to a demo day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoDayEvent {
    /// What happened.
    pub kind: DemoDayChange,
    /// The demo day.
    pub demo_day_id: Id,
    /// The campus.
    pub campus_id: Id,
    /// The cohort.
    pub cohort_id: Id,
}

event!(DemoDayEvent, "demo_day", demo_day_id; campus_id, cohort_id => |_| vec![Audience::Insiders], at |event| {
    match event.kind {
        DemoDayChange::Planned | DemoDayChange::Moved | DemoDayChange::GuestsChanged => href(event.demo_day_id),
        DemoDayChange::Cancelled => format!("/v1/cohorts/{}/demo-days", event.cohort_id),
    }
});

text_enum! {
    /// What happened to the invitation of a client to a demo day.
    pub enum DemoDayInvitationChange {
        /// Its owners are invited.
        Sent = "demo_day_invitation.sent",
        /// What they are invited to is at another time or place.
        Moved = "demo_day_invitation.moved",
        /// It was cancelled, or the client is withdrawn.
        Cancelled = "demo_day_invitation.cancelled",
    }
}

impl DemoDayInvitationChange {
    /// By which texts choose what they say: also whether the demo day takes place without the client.
    pub fn word(self, takes_place: bool) -> &'static str {
        match self {
            Self::Sent => "planned",
            Self::Moved => "moved",
            Self::Cancelled if takes_place => "uninvited",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Something that happened to the invitation of a client to a demo day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoDayInvitationEvent {
    /// What happened.
    pub kind: DemoDayInvitationChange,
    /// The invitation.
    pub invitation_id: Id,
    /// The demo day.
    pub demo_day_id: Id,
    /// The client.
    pub client_id: Id,
    /// The cohort.
    pub cohort_id: Id,
    /// The campus of the cohort.
    pub campus_id: Id,
    /// The client's owners then.
    pub owners: Vec<Id>,
    /// When it begins, or would have begun.
    pub starts_at: Instant,
}

event!(DemoDayInvitationEvent, "demo_day_invitation", invitation_id; campus_id => |event| super::audience(&event.owners), at |event| {
    match event.kind {
        DemoDayInvitationChange::Sent | DemoDayInvitationChange::Moved => href(event.demo_day_id),
        DemoDayInvitationChange::Cancelled => format!("/v1/clients/{}/demo-days", event.client_id),
    }
});

fn href(demo_day: Id) -> String {
    format!("/v1/demo-days/{demo_day}")
}

/// What a client has answered, for whoever sees inside the cohort, and its owners.
pub fn answer(campus: Id, of: &DemoDay, owners: &[Id]) -> Told {
    let owners = owners.iter().copied().map(Audience::Person);
    Told {
        object: "demo_day",
        id: of.id,
        campus: Some(campus),
        cohort: Some(of.cohort_id),
        href: href(of.id),
        audience: [Audience::Insiders].into_iter().chain(owners).collect(),
    }
}
