//! Clients and their product owners as they are stored.

mod bodies;
mod client;
mod invitation;
mod workshop;

pub use bodies::{ClientPatch, NewClient, NewOwnerInvitation, NewStep, NewTerms};
pub use client::{Client, ClientSelection, ClientStatus, OverdueClient, Party, Step, Terms};
pub use invitation::OwnerInvitation;
pub use workshop::{Attendee, NewWorkshop, NewWorkshopAttendance, Workshop, WorkshopChoice, WorkshopPatch};
