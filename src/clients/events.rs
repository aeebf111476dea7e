//! What happens to clients.

mod demo_days;
mod offers;

pub use demo_days::{DemoDayChange, DemoDayEvent, DemoDayInvitationChange, DemoDayInvitationEvent, answer};
pub use offers::{ClientOfferChange, ClientOfferEvent, ProductChange, ProductEvent};

use serde::{Deserialize, Serialize};

use super::model::{Ballot, BallotStatus, Brief, BriefStatus, Client, ClientStatus, Party, Product, Workshop};
use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to a client.
    pub enum ClientChange {
        /// It took a step, or was withdrawn.
        StepTaken = "client.step_taken",
        /// Its owners were asked again for their step.
        Reminded = "client.reminded",
    }
}

text_enum! {
    /// What happened to an invitation to be a product owner.
    pub enum OwnerInvitationChange {
        /// Somebody was invited. The event's secret is the code.
        Sent = "owner_invitation.sent",
        /// The code was used.
        Accepted = "owner_invitation.accepted",
        /// It was taken back, or another one takes its place.
        Revoked = "owner_invitation.revoked",
    }
}

text_enum! {
    /// What happened to the place of a client at a workshop.
    pub enum WorkshopBookingChange {
        /// The workshop is at another time or place.
        Moved = "workshop_booking.moved",
    }
}

text_enum! {
    /// What happened to a cohort's ballot on products.
    pub enum ProductBallotChange {
        /// Students vote.
        Opened = "product_ballot.opened",
        /// The votes are counted.
        Closed = "product_ballot.closed",
        /// There is no result.
        Cancelled = "product_ballot.cancelled",
        /// It was said who builds what.
        TeamsFormed = "product_ballot.teams_formed",
    }
}

impl From<BallotStatus> for ProductBallotChange {
    fn from(status: BallotStatus) -> Self {
        match status {
            BallotStatus::Open => Self::Opened,
            BallotStatus::Closed => Self::Closed,
            BallotStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// Something that happened to a ballot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProductBallotEvent {
    /// What happened.
    pub kind: ProductBallotChange,
    /// The ballot.
    pub ballot_id: Id,
    /// The campus.
    pub campus_id: Id,
    /// The cohort.
    pub cohort_id: Id,
}

event!(ProductBallotEvent, "product_ballot", ballot_id; campus_id, cohort_id => |_| vec![Audience::Insiders], at |event| {
    format!("/v1/product-ballots/{}", event.ballot_id)
});

text_enum! {
    /// What happened to the hand-over of a product.
    pub enum HandOverChange {
        /// All that belongs to it is done.
        Ready = "product_hand_over.ready",
    }
}

/// Something that happened to the hand-over of a product.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandOverEvent {
    /// What happened.
    pub kind: HandOverChange,
    /// The client.
    pub client_id: Id,
    /// Its campus.
    pub campus_id: Id,
}

event!(HandOverEvent, "product_hand_over", client_id; campus_id => |_| vec![Audience::Staff], at |event| {
    hand_over_href(event.client_id)
});

fn hand_over_href(client: Id) -> String {
    format!("{}/hand-over", href(client))
}

/// Something that happened to a client.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClientEvent {
    /// What happened.
    pub kind: ClientChange,
    /// The client.
    pub client_id: Id,
    /// Its campus.
    pub campus_id: Id,
    /// What it was then.
    pub status: ClientStatus,
    /// Who did it; nobody if a time has come.
    pub by: Option<Party>,
    /// Its owners then.
    pub owners: Vec<Id>,
}

impl ClientEvent {
    /// Whether the client is still where it was then, as it is by now: whoever has taken a step is not asked for it.
    pub fn still_holds(&self, client: &Client) -> bool {
        client.status == self.status && (self.kind != ClientChange::Reminded || client.reminded_at.is_some())
    }
}

event!(ClientEvent, "client", client_id; campus_id => |event| audience(&event.owners), at |event| href(event.client_id));

/// Something that happened to an invitation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnerInvitationEvent {
    /// What it is about.
    pub kind: OwnerInvitationChange,
    /// The invitation.
    pub invitation_id: Id,
    /// The client.
    pub client_id: Id,
    /// Its campus.
    pub campus_id: Id,
    /// Its owners then.
    pub owners: Vec<Id>,
}

event!(OwnerInvitationEvent, "owner_invitation", invitation_id; campus_id => |event| audience(&event.owners), at invitation_href);

/// Something that happened to the place of a client at a workshop.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkshopBookingEvent {
    /// What happened.
    pub kind: WorkshopBookingChange,
    /// The client.
    pub client_id: Id,
    /// Its campus.
    pub campus_id: Id,
    /// Its owners then.
    pub owners: Vec<Id>,
}

event!(WorkshopBookingEvent, "workshop_booking", client_id; campus_id => |event| audience(&event.owners), at |event| href(event.client_id));

/// Once it is accepted it waits no longer: what has changed is the client.
fn invitation_href(event: &OwnerInvitationEvent) -> String {
    let client = href(event.client_id);
    match event.kind {
        OwnerInvitationChange::Accepted => client,
        OwnerInvitationChange::Sent | OwnerInvitationChange::Revoked => format!("{client}/owner-invitations"),
    }
}

/// The staff, and the owners.
fn audience(owners: &[Id]) -> Vec<Audience> {
    let owners = owners.iter().copied().map(Audience::Person);
    [Audience::Staff].into_iter().chain(owners).collect()
}

fn href(client: Id) -> String {
    format!("/v1/clients/{client}")
}

text_enum! {
    /// What happened to a brief.
    pub enum BriefChange {
        /// It waits for the staff to approve it.
        Submitted = "brief.submitted",
        /// People can say that they would like it.
        Opened = "brief.opened",
        /// A team was chosen, or another one.
        Staffed = "brief.staffed",
        /// The work is done.
        Done = "brief.done",
        /// Nothing comes of it.
        Withdrawn = "brief.withdrawn",
        /// It is open to all graduates, because those who built the product have declined or have had their time.
        OpenedToAll = "brief.opened_to_all",
        /// The campus has passed it on to another one.
        PassedOn = "brief.passed_on",
    }
}

impl From<BriefStatus> for BriefChange {
    fn from(status: BriefStatus) -> Self {
        match status {
            BriefStatus::Submitted => Self::Submitted,
            BriefStatus::Open => Self::Opened,
            BriefStatus::Staffed => Self::Staffed,
            BriefStatus::Done => Self::Done,
            BriefStatus::Withdrawn => Self::Withdrawn,
        }
    }
}

/// Something that happened to a brief.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BriefEvent {
    /// What happened.
    pub kind: BriefChange,
    /// The brief.
    pub brief_id: Id,
    /// The campus at which it was then.
    pub campus_id: Id,
    /// Who did it; as staff, if they own the client too.
    pub by: Party,
    /// Whether another campus has passed it on to this one.
    pub is_passed_on: bool,
    /// The owners of the client then.
    pub owners: Vec<Id>,
    /// Who has come into the team with it.
    pub joined: Vec<Id>,
    /// Who was in the team and stays, or was until this ended it.
    pub members: Vec<Id>,
    /// Who is not in the team any more.
    pub left: Vec<Id>,
}

event!(BriefEvent, "brief", brief_id; campus_id => |event| {
    audience(&[event.owners.as_slice(), &event.joined, &event.members, &event.left].concat())
}, at |event| brief_href(event.brief_id));

fn brief_href(brief: Id) -> String {
    format!("/v1/briefs/{brief}")
}

/// A brief, for those who own its client and the staff.
pub fn brief(of: &Brief, owners: &[Id]) -> Told {
    Told {
        object: "brief",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: brief_href(of.id),
        audience: audience(owners),
    }
}

/// What somebody has answered to a brief, for them and the staff.
pub fn interest(of: &Brief, person: Id) -> Told {
    Told {
        object: "brief_interest",
        id: person,
        ..brief(of, &[person])
    }
}

/// A client, for those who own it and the staff.
pub fn client(of: &Client, owners: &[Id]) -> Told {
    Told {
        object: "client",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: href(of.id),
        audience: audience(owners),
    }
}

/// That somebody is a product owner, also for them.
pub fn owner(of: &Client, person: Id, owners: &[Id]) -> Told {
    let mut all = owners.to_vec();
    if !all.contains(&person) {
        all.push(person);
    }
    Told {
        object: "product_owner",
        id: person,
        ..client(of, &all)
    }
}

/// A workshop, for the staff.
pub fn workshop(of: &Workshop) -> Told {
    Told {
        object: "client_workshop",
        id: of.id,
        campus: Some(of.campus_id),
        cohort: None,
        href: format!("/v1/client-workshops/{}", of.id),
        audience: vec![Audience::Staff],
    }
}

/// What of handing a product over is done, for its owners, its team and the staff.
pub fn hand_over(of: &Client, readers: &[Id]) -> Told {
    Told {
        object: "product_hand_over",
        href: hand_over_href(of.id),
        ..client(of, readers)
    }
}

/// How product owners are reached, for them, the team of the product and the staff.
pub fn availability(of: &Client, readers: &[Id]) -> Told {
    Told {
        object: "client_availability",
        href: format!("{}/availability", href(of.id)),
        ..client(of, readers)
    }
}

/// A link of the work on a product, for its owners, its team and the staff.
pub fn link(of: &Client, link: Id, readers: &[Id]) -> Told {
    Told {
        object: "client_link",
        id: link,
        href: format!("{}/links", href(of.id)),
        ..client(of, readers)
    }
}

/// A product, for whoever sees inside the cohort.
pub fn product(campus: Id, of: &Product) -> Told {
    Told {
        object: "product",
        id: of.client_id,
        campus: Some(campus),
        cohort: Some(of.cohort_id),
        href: format!("/v1/cohorts/{}/products", of.cohort_id),
        audience: vec![Audience::Insiders],
    }
}

/// What a student would like to build, for them and the staff.
pub fn wish(campus: Id, of: &Ballot, person: Id) -> Told {
    Told {
        object: "product_wish",
        id: person,
        campus: Some(campus),
        cohort: Some(of.cohort_id),
        href: format!("/v1/product-ballots/{}/wishes", of.id),
        audience: vec![Audience::Staff, Audience::Person(person)],
    }
}

/// On what terms a campus builds, which everybody may read.
pub fn terms(campus: Id) -> Told {
    Told {
        object: "client_terms",
        id: campus,
        campus: Some(campus),
        cohort: None,
        href: format!("/v1/campuses/{campus}/client-terms"),
        audience: vec![Audience::Everybody],
    }
}
