//! The operations of passkeys.

use super::passkeys;
use crate::{
    error::Code,
    web::{Operation, Rate, Who, delete, get, patch, post},
};

/// Each declared once.
pub fn operations() -> [Operation; 7] {
    [
        post("/v1/auth/passkeys", "begin_passkey_log_in", passkeys::begin_passkey_log_in)
            .summary("Begin a log-in with a passkey")
            .about(
                "\
                Answers with what a browser is to be asked (`navigator.credentials.get()`), the same for everybody: no user \
                name is needed, and nothing tells which accounts there are. Its answer goes to \
                `POST /v1/auth/passkeys/log-ins` within five minutes. `Idempotency-Key` and an access token sent along are \
                ignored.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Passkeys)
            .without_replay()
            .no_store()
            .problems(&[Code::PasskeysUnavailable]),
        post("/v1/auth/passkeys/log-ins", "log_in_with_passkey", passkeys::log_in_with_passkey)
            .summary("Log in with a passkey")
            .about(
                "\
                Begins a session for whoever holds a passkey, and answers as a log-in does. A passkey is both factors in \
                one, so nobody is asked for `otp`. With `transport` `cookie` the tokens are in cookies. A challenge is \
                answered once, also if that fails: then begin again.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Passkeys)
            .answers(&[200])
            .uses_cookies()
            .without_replay()
            .no_store()
            .problems(&[Code::InvalidPasskey, Code::AccountDisabled, Code::PasskeysUnavailable]),
        get("/v1/me/passkeys", "list_passkeys", passkeys::list_passkeys)
            .summary("List my passkeys")
            .about("The passkeys that the caller can log in with, the oldest first.")
            .no_store(),
        post("/v1/me/passkeys", "begin_passkey", passkeys::begin_passkey)
            .summary("Begin to add a passkey")
            .about(
                "\
                Answers with what a browser is to be asked (`navigator.credentials.create()`) for another passkey of the \
                caller's. Its answer goes to `POST /v1/me/passkeys/confirmation` within five minutes. Takes a log-in of the \
                last hour. A person has at most 20. `Idempotency-Key` is ignored.",
            )
            .without_replay()
            .no_store()
            .problems(&[Code::FreshLogInRequired, Code::TooManyPasskeys, Code::PasskeysUnavailable]),
        post("/v1/me/passkeys/confirmation", "confirm_passkey", passkeys::confirm_passkey)
            .summary("Add a passkey")
            .about(
                "\
                Takes the new passkey from the browser. From now on the caller can log in with it, and hears of that by \
                mail. A challenge is answered once, also if that fails: then begin again.",
            )
            .no_store()
            .problems(&[Code::PasskeyTaken, Code::TooManyPasskeys, Code::PasskeysUnavailable]),
        patch("/v1/me/passkeys/{id}", "change_passkey", passkeys::change_passkey)
            .summary("Rename a passkey")
            .about("Gives one of the caller's passkeys another name, by which to know it in the list.")
            .no_store(),
        delete("/v1/me/passkeys/{id}", "delete_passkey", passkeys::delete_passkey)
            .summary("Remove a passkey")
            .about(
                "\
                Nobody can log in with it any more, and its owner hears of that by mail. Sessions go on. The last way into \
                an account stays: choose a password first.",
            )
            .no_store()
            .problems(&[Code::LastWayIn]).takes_if_match(),
    ]
}
