//! Queries on clients, their steps, owners, invitations and workshops, on what cohorts build, and on the work on it.

mod ballots;
mod brief_people;
mod briefs;
mod clients;
mod demo_days;
mod hand_over;
mod invitations;
mod offers;
mod owners;
mod product_teams;
mod work;
mod workshops;

pub use ballots::{
    ballot, ballots, clients_by_id, delete_product, end_ballot, insert_ballot, products, save_product, save_vote,
    vote_of, voters, votes,
};
pub use brief_people::{
    answered, brief_members, delete_interest, delete_interests, end_first_refusal, free_now, interests,
    replace_brief_team, reserved, save_interest,
};
pub use briefs::{
    Happening, advance_brief, brief, briefs_at, briefs_of, count_briefs, insert_brief, pass_brief_on, passes,
    update_brief,
};
pub use clients::{
    advance, applied_since, client, count, count_steps, insert, own, page, remind, save_terms, steps, terms,
    unanswered, update, waiting,
};
pub use demo_days::{
    delete_demo_day, delete_invitations, demo_day, demo_days, demo_days_of, insert_demo_day, invitations_of, invite_to,
    invited, is_invited, save_answer, update_demo_day, zone_of,
};
pub use hand_over::{tell_ready, tick, ticked, untick};
pub use invitations::{
    accept, backers, invitation, invitation_by_token, invitation_event, invitations, invite, invited_by, revoke,
    revoke_all, sent_by_since, sent_to_since,
};
pub use offers::{client_for, clients_for, delete_offer, has_team_at, insert_offer, is_offered, offered, offers};
pub use owners::{delete_owner, of_owner, owner_ids, owners, owners_at, owners_of};
pub use product_teams::{other_teams, replace_team_members, save_wish, students, team_members, wish_of, wishes};
pub use work::{
    availability, delete_availability_of, delete_link, insert_link, link, links, save_availability, update_link,
    work_readers,
};
pub use workshops::{
    attendees, delete_booking, delete_workshop, insert_booking, insert_workshop, tell_moved, update_workshop, workshop,
    workshop_at, workshop_of, workshops, workshops_after,
};
