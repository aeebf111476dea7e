//! Queries on accounts and sessions.

mod people;
mod sessions;
mod sign_ons;

pub use people::{by_email, cards, emails, grant_admin, insert, person, roles, update};
pub use sessions::{
    RefreshToken, begin_session, end_session, forget_sessions, forget_spent_tokens, insert_refresh_token,
    refresh_token, spend,
};
pub use sign_ons::{
    delete_sign_on, end_claim, forget_attempts, insert_attempt, insert_sign_on, prove_address, sign_on, sign_ons,
    take_attempt, use_sign_on,
};
