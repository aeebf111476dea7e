//! The operations of this feature.

use super::registration::PendingAccount;
use super::{
    addresses, api_tokens, me, merging, methods, own_sessions, passkey_operations, passwords, registration, sessions,
    sign_on_operations, totp,
};
use crate::{
    error::Code,
    web::{Operation, Rate, Tag, Who, delete, get, patch, post, put},
};

static TAG: Tag = Tag {
    name: "accounts",
    about: "Accounts and sessions.",
};

/// Each declared once.
pub fn operations() -> Vec<Operation> {
    let further = [
        TAG.operations(own_sessions::operations()),
        TAG.operations(totp::operations()),
        TAG.operations(api_tokens::operations()),
        TAG.operations(sign_on_operations::operations()),
        TAG.operations(passkey_operations::operations()),
    ];
    let mut operations = TAG.operations([
        post("/v1/people", "open_account", registration::open_account)
            .summary("Open an account")
            .about(
                "\
                Opens an account for the address, in which the person can then log in. Where the service sends mail, the \
                answer is the same `202` for every address: a code is mailed there, and \
                `POST /v1/people/verifications` opens the account. Whoever sends the code of an \
                `invitation` to the address has shown that it is theirs, so their account is opened at once. Where \
                registration is closed, `invitation` is required, from a campus that an administrator has approved; \
                accepting the invitation is a separate step. An access token sent along is ignored.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Registrations)
            .or_later::<PendingAccount>()
            .problems(&[Code::AccountDisabled, Code::EmailTaken, Code::RegistrationClosed, Code::AddressBanned]),
        post("/v1/people/verifications", "verify_account", registration::verify_account)
            .summary("Open an account by code")
            .about(
                "\
                Opens the account that a mailed code is for, with the name and the password that were sent with \
                `POST /v1/people`. Where an account for the address was asked for more than once, the password has to \
                be sent again. If there is an account with the address that nobody has verified, the code makes \
                that one theirs: its password and name are replaced and its sessions end.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Verifications)
            .problems(&[Code::EmailTaken, Code::AddressBanned]),
        get("/v1/auth/methods", "get_auth_methods", methods::get_auth_methods)
            .summary("Show how to log in")
            .about(
                "\
                What a page for logging in and signing up has to know: whether the service sends mail, who may open an \
                account, which identity providers there are, and the languages of mail.",
            )
            .who(Who::Anyone)
            .no_store(),
        post("/v1/auth/password-resets", "request_password_reset", passwords::request_password_reset)
            .summary("Ask for a new password")
            .about(
                "\
                Mails a code to the address, if an account has it. The answer is the same for every address, and so is \
                the time it takes. The code is good for an hour. An address gets at most five codes an hour. Where the \
                service sends no mail, the operator can make a code, or an organiser of the campus.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Resets)
            .answers(&[202])
            .no_store(),
        post("/v1/auth/password-resets/redemptions", "reset_password", passwords::reset_password)
            .summary("Set a new password")
            .about(
                "\
                Sets a new password with a code, and ends all sessions of the account; its API tokens, passkeys and sign-ons are removed. A code that was mailed also \
                verifies the account's address. The account's second factor stays as it is.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Resets)
            .answers(&[204])
            .no_store(),
        post("/v1/auth/login", "log_in", sessions::log_in)
            .summary("Log in")
            .about(
                "\
                Begins a session and answers with an access token, good for 15 minutes, and a refresh token. An \
                unknown address and a wrong password are answered alike. Whoever has a second factor is asked for `otp` once \
                the password is right (`401 otp_required`). `Idempotency-Key` is ignored, because \
                tokens are not kept: a log-in that is sent twice makes two sessions. With `transport` `cookie` the tokens are \
                in cookies instead of in the answer, for web pages on the same site as this service.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::LogIns)
            .answers(&[200])
            .uses_cookies()
            .without_replay()
            .no_store()
            .problems(&[Code::AccountDisabled, Code::InvalidCredentials, Code::OtpRequired, Code::InvalidOtp]),
        post("/v1/auth/refresh", "refresh_session", sessions::refresh_session)
            .summary("Refresh a session")
            .about(
                "\
                Exchanges a refresh token for the next pair of tokens. If the answer is lost, or two tabs refresh \
                at once, the same token gives the same successor for 30 seconds, or for as long as the operator \
                has set. After that, or once the successor has been used, a token that comes again counts as \
                stolen and the whole session ends. Where the session is kept in cookies, no body is needed, and the next \
                tokens are set as cookies. `Idempotency-Key` is ignored.",
            )
            .who(Who::CredentialsInBody)
            .rate(Rate::Refreshes)
            .answers(&[200])
            .uses_cookies()
            .without_replay()
            .no_store()
            .problems(&[Code::CrossSiteRequest, Code::InvalidRefreshToken]),
        post("/v1/auth/logout", "log_out", sessions::log_out)
            .summary("Log out")
            .about(
                "\
                Ends the session of the access token at once. Its access tokens and its refresh token stop \
                working. Where the session is kept in cookies, the refresh token's does too, and both are taken away.",
            )
            .answers(&[204])
            .uses_cookies()
            .without_replay()
            .no_store(),
        get("/v1/me", "get_me", me::get_me)
            .summary("Show my account")
            .about(
                "\
                The caller's own account, with what they are at which campus or in which cohort, and the clients and employers that \
                they act for.",
            )
            .open_to_programs()
            .no_store(),
        patch("/v1/me", "change_me", me::change_me)
            .summary("Change my account")
            .about(
                "\
                Changes the caller's name or GitHub user name, which others see wherever the caller is named, and the time \
                zone and the language of their mail.",
            )
            .no_store(),
        post("/v1/me/verifications", "request_verification", addresses::request_verification)
            .summary("Ask to verify my address")
            .about(
                "\
                Mails a code to the caller's address. Accounts that were opened where the service sends mail are \
                verified already.",
            )
            .answers(&[202])
            .no_store()
            .problems(&[Code::Conflict]),
        post("/v1/me/verifications/redemptions", "verify_email", addresses::verify_email)
            .summary("Verify my address")
            .about("Shows with the mailed code that the caller's address is theirs.")
            .answers(&[200])
            .no_store(),
        put("/v1/me/password", "change_password", passwords::change_password)
            .summary("Change my password")
            .about(
                "\
                Sets another password and ends all other sessions. The caller is told by mail. Wrong passwords are \
                counted as at log-in.",
            )
            .answers(&[204])
            .no_store()
            .problems(&[Code::OtpRequired, Code::InvalidOtp]),
        post("/v1/me/merges", "merge_accounts", merging::merge_accounts)
            .summary("Merge another account")
            .about(
                "\
                Makes everything of another account of the caller's theirs, and removes that account: memberships, \
                enrolments, teams, sign-ups, sign-ons, passkeys. The other account's password, second factor, sessions and API \
                tokens are gone. Both addresses must be verified, and the two may not be students or mentors in one \
                cohort. It takes a log-in of the last hour, and both addresses are told. This cannot be undone.",
            )
            .answers(&[200])
            .no_store()
            .problems(&[Code::Conflict, Code::FreshLogInRequired, Code::OtpRequired, Code::InvalidOtp]),
        post("/v1/me/email-changes", "request_email_change", addresses::request_email_change)
            .summary("Change my address")
            .about(
                "\
                Mails a code to the new address and, if the present one is verified, another one there; once each was \
                sent to `POST /v1/me/email-changes/redemptions`, the account has the new address. Whether another account \
                has it shows only then. Where the service sends no mail, the address is changed at once and is not verified.",
            )
            .answers(&[200, 202])
            .no_store()
            .problems(&[Code::OtpRequired, Code::InvalidOtp, Code::AddressBanned, Code::EmailTaken, Code::AccountDisabled]),
        post("/v1/me/email-changes/redemptions", "confirm_email_change", addresses::confirm_email_change)
            .summary("Confirm my new address")
            .about(
                "\
                Sends back one of the mailed codes; the last one changes the address. An account that claims the new address \
                without having verified it becomes part of the caller's, and nobody gets in to it any more; one that is a student \
                or mentor in a cohort of the caller's is `409 conflict`.",
            )
            .answers(&[200, 202])
            .no_store()
            .problems(&[Code::AddressBanned, Code::EmailTaken, Code::AccountDisabled, Code::Conflict]),
        post(
            "/v1/campuses/{id}/members/{person_id}/password-resets",
            "grant_password_reset",
            passwords::grant_password_reset,
        )
        .summary("Let a member back in")
        .about(
            "\
            Makes a code with which a member can set a new password, for the organiser to hand over. Only for \
            members whose address is not verified and who are nothing more: no staff, no pastoral carers, on no panel \
            that reads applications, no authors of pastoral notes or scores, and not known at another campus. The code \
            is good once, for a day; the one before it stops working.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .without_replay()
        .problems(&[Code::ResetNotAllowed]),
        delete(
            "/v1/campuses/{id}/members/{person_id}/second-factor",
            "remove_member_second_factor",
            totp::remove_member_second_factor,
        )
        .summary("Remove a member's second factor")
        .about(
            "\
            For a member who has lost it, or in whose account somebody else has set one up. Make sure that it is them. Their \
            sessions end, and they are told by mail; the password is still asked for. Only for members who are nothing \
            more: no staff, no pastoral carers, on no panel that reads applications, with no pastoral notes or scores of \
            theirs, and not known at another campus.",
        )
        .who(Who::CampusOrganisers)
        .takes_session()
        .answers(&[204])
        .problems(&[Code::Conflict]),
    ]);
    operations.extend(further.into_iter().flatten());
    operations
}
