//! Clients and their product owners as they are stored.

mod ballot;
mod bodies;
mod brief;
mod client;
mod demo_day;
mod hand_over;
mod invitation;
mod offer;
mod product_team;
mod work;
mod workshop;

pub use ballot::{
    Ballot, BallotEnd, BallotResult, BallotStatus, CountedRound, NewBallot, NewProduct, PitchedProduct, Product,
    ProductCount, Ranking, Vote,
};
pub use bodies::{ClientPatch, NewClient, NewOwnerInvitation, NewStep, NewTerms, USUAL_FIRST_REFUSAL_DAYS};
pub use brief::{
    Brief, BriefPatch, BriefSelection, BriefStanding, BriefStatus, Interest, NamedBrief, NewBrief, NewBriefCampus,
    NewBriefStatus, NewBriefTeam, NewInterest, Pass, Rate,
};
pub use client::{Client, ClientSelection, ClientStatus, OverdueClient, Party, Step, Terms};
pub use demo_day::{DemoDay, DemoDayAnswer, DemoDayInvitation, DemoDayPatch, InvitedClient, NewDemoDay};
pub use hand_over::{HandOverItem, HandOverParty, NewTick, TickedItem};
pub use invitation::OwnerInvitation;
pub use offer::{ClientOffer, OfferedClient, OfferedTo};
pub use product_team::{
    NewProductTeam, NewProductTeams, ProductTeam, ProductTeamMember, ProductWish, TeamPlace, TeamsPerProduct, Wisher,
};
pub use work::{Availability, LinkKind, LinkPatch, NewAvailability, NewLink, OwnerHours, WorkLink, WorkParty};
pub use workshop::{Attendee, NewWorkshop, NewWorkshopAttendance, Workshop, WorkshopChoice, WorkshopPatch};
