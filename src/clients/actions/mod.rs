//! Terms, clients and the steps that they take, their owners, workshops, the work on products, briefs, and what is done when a time has come.

mod ballots;
mod brief_people;
mod briefs;
mod clients;
mod demo_days;
mod hand_over;
mod offers;
mod owners;
mod product_teams;
mod times;
mod work;
mod workshops;

pub use ballots::{
    ShownBallot, ballot, ballots, delete_product, end_ballot, open_for_votes, own_vote, products, save_product, vote,
};
pub use brief_people::{SeenInterest, answer_brief, delete_answer, interests, set_brief_team};
pub use briefs::{
    WholeBrief, brief, briefs_at, briefs_of, change_brief, create_brief, pass_brief_on, set_brief_status,
};
pub use clients::{WholeClient, apply, change, get, list, list_own, overdue, save_terms, take_step, terms};
pub use demo_days::{
    ShownDemoDay, answer_demo_day, cancel_demo_day, change_demo_day, demo_day, demo_days, demo_days_of_client,
    invite_to_demo_day, plan_demo_day,
};
pub use hand_over::{hand_over, tick};
pub use offers::{offer_client, offered_clients, withdraw_offer};
pub use owners::{accept, delete_owner, invitations, invite, revoke, withdraw_invitations};
pub use product_teams::{
    NamedTeams, NamedWishes, own_wish, prepare_teams, save_teams, save_wish, suggest, teams, wishes, work_teams_out,
};
pub use times::{leave_everywhere, send_reminders};
pub use work::{add_link, availability, change_link, delete_link, links, save_availability};
pub use workshops::{
    ShownWorkshop, book, cancel_workshop, change_workshop, get_workshop, give_up, list_at, list_for, note_attendance,
    offer,
};
