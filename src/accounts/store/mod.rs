//! Queries on accounts and sessions.

mod people;
mod sessions;

pub use people::{by_email, cards, emails, grant_admin, insert, person, roles, update};
pub use sessions::{
    RefreshToken, begin_session, end_session, forget_sessions, forget_spent_tokens, insert_refresh_token,
    refresh_token, spend,
};
