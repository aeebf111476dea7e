//! Queries on accounts and sessions.

mod access;
mod api_tokens;
mod codes;
mod own_sessions;
mod passkeys;
mod passwords;
mod people;
mod places;
mod resets;
mod second_factors;
mod sessions;
mod sign_ons;
mod vault;

pub use access::{ban, disable, enable, is_banned, lift_ban, set_admin};
pub use api_tokens::{
    api_tokens, count_api_tokens, delete_api_token, delete_api_tokens, forget_api_tokens, insert_api_token,
};
pub use codes::{
    assign_code, change_codes, codes_of_since, codes_since, confirm_code, count_current_codes, current_code, find_code,
    forget_codes, insert_code, void_codes_of, void_codes_to,
};
pub use own_sessions::{live_session, live_sessions, rename_session};
pub use passkeys::{
    delete_passkey, delete_passkeys_of, forget_passkey_challenges, insert_passkey, insert_passkey_challenge, passkey,
    passkey_by_credential, passkeys, rename_passkey, take_passkey_challenge, use_passkey,
};
pub use passwords::renew_password_hash;
pub use people::{
    addressees, by_email, card, cards, find_person, forget_choices, insert, is_disabled, language_at, owned_clients,
    person, prove_address, represented_employers, roles, set_email, set_password, tell_of, tell_of_change, update,
};
pub use places::place_names;
pub use resets::{STANDING_COLUMNS, standing};
pub use second_factors::{
    confirm_second_factor, count_recovery_codes, count_wrong_code, delete_second_factor, replace_second_factor,
    second_factor, spend_recovery_code, spend_step,
};
pub use sessions::{
    RefreshToken, begin_session, delete_calendar_feeds, end_session, end_sessions, forget_sessions,
    forget_spent_tokens, insert_refresh_token, refresh_token, spend,
};
pub use sign_ons::{
    delete_sign_on, delete_sign_ons_of, forget_attempts, insert_attempt, insert_sign_on, sign_on, sign_ons,
    take_attempt, use_sign_on,
};
pub use vault::{WrappedSecret, delete_wrapped_secret, replace_wrapped_secret, wrapped_secrets};
