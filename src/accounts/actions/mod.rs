//! What people do with their accounts.

mod addresses;
mod api_tokens;
mod codes;
mod log_in;
mod merging;
mod own_sessions;
mod own_sign_ons;
mod passkeys;
mod passwords;
mod profile;
mod registration;
mod renewal;
mod second_factor;
mod sessions;
mod sign_ons;
mod telling;
mod tries;

pub use addresses::{AddressChange, confirm_change, request_change, request_verification, verify};
pub use api_tokens::{api_tokens, create_api_token, delete_api_token};
pub use log_in::{Candidate, LoggedIn, log_in};
pub use merging::merge;
pub use own_sessions::{end_other_sessions, end_own_session, own_sessions, rename_session};
pub use own_sign_ons::{link, prove_by_sign_on, sign_ons, unlink};
pub use passkeys::{
    PasskeyHolder, begin_passkey, begin_passkey_log_in, confirm_passkey, log_in_with_passkey, passkeys, remove_passkey,
    rename_passkey, take_passkey_challenge,
};
pub use passwords::{change_password, grant_reset, insert_granted, known_words, request_reset, reset, reset_by};
pub use profile::{OwnAccount, account, change_me, me};
pub use registration::{Registration, may_register, open_requested, register, request_account, requested_account};
pub use second_factor::{
    Asked, ask_second_factor, begin_totp, confirm_totp, prove_by_code_alone, remove_member_second_factor, remove_totp,
};
pub use sessions::{
    Exchange, Granted, Refreshed, SESSION, begin_session, log_out, log_out_by, note_session, refresh, session_name,
    with_address,
};
pub use sign_ons::{Admission, Returning, begin_sign_on, sign_on, take_attempt, waiting};
pub use tries::{Tried, count_try, count_wrong, forget_tries};
