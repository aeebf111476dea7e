//! Queries on clients, their steps, owners and invitations.

mod clients;
mod invitations;
mod owners;

pub use clients::{
    advance, applied_since, client, count, count_steps, insert, own, page, remind, save_terms, steps, terms,
    unanswered, update, waiting,
};
pub use invitations::{
    accept, backers, invitation, invitation_by_token, invitation_event, invitations, invite, invited_by, revoke,
    revoke_all, sent_by_since, sent_to_since,
};
pub use owners::{delete_owner, of_owner, owner_ids, owners, owners_at};
