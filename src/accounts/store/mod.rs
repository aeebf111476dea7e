//! Queries on accounts and sessions.

mod own_sessions;
mod people;
mod second_factors;
mod sessions;
mod vault;

pub use own_sessions::{live_session, live_sessions, rename_session};
pub use people::{by_email, cards, emails, grant_admin, insert, person, roles, update};
pub use second_factors::{
    confirm_second_factor, count_wrong_code, delete_second_factor, has_second_factor, replace_second_factor,
    second_factor, spend_recovery_code, spend_step,
};
pub use sessions::{
    RefreshToken, begin_session, end_session, end_sessions, forget_sessions, forget_spent_tokens, insert_refresh_token,
    refresh_token, spend,
};
pub use vault::{WrappedSecret, replace_wrapped_secret, wrapped_secrets};
