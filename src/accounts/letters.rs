//! Mail about accounts: codes, and what an owner should hear of.

use super::{
    events::{AccountChange, AccountEvent, CodeChange, CodeEvent},
    model::{MailedCode, Person},
    store,
};
use crate::{
    db::Conn,
    error::Result,
    mail::{Letter, Mailing},
    primitives::{Email, Instant, time::TimeZone},
};

/// Mails a code. Whether an account has the address is looked at here, after the request was answered: neither its
/// answer nor the time it takes tells.
pub fn code_letters(public_url: String) -> impl Fn(&mut Conn, &CodeEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, secret| {
        let code = store::find_code(conn, event.code_id)?
            .filter(|code| code.voided_at.is_none() && code.expires_at > Instant::now());
        let (Some(code), Some(secret)) = (code, secret) else {
            return Ok(Mailing::default());
        };
        let account = store::by_email(conn, &code.email)?;
        let written = words(event.kind, &code, account.as_ref(), secret, &public_url);
        Ok(written.map_or_else(Mailing::default, |(subject, body)| one(code.email, subject, body)))
    }
}

fn one(recipient: Email, subject: &str, body: String) -> Mailing {
    Mailing {
        letters: vec![Letter {
            unsubscribe: None,
            recipient,
            subject: subject.into(),
            body,
        }],
        ..Mailing::default()
    }
}

/// What the owner of the address reads, if anything. No name is in it: whoever asked may have chosen it.
fn words(
    kind: CodeChange,
    code: &MailedCode,
    account: Option<&Person>,
    secret: &str,
    public_url: &str,
) -> Option<(&'static str, String)> {
    let utc = TimeZone::parse("UTC").ok();
    let zone = account.and_then(|account| account.time_zone).or(utc)?;
    let until = format!("good once and until {}", code.expires_at.local(zone));
    let give = |path: &str| {
        format!(
            "    {secret}\n\nGive it in the app that your campus uses. (For programs: POST {public_url}{path}, described at\n\
             {public_url}/docs.)\n"
        )
    };
    let proved = account.is_some_and(|account| account.email_verified_at.is_some());
    Some(match kind {
        CodeChange::Registration if proved => (
            "You already have an account",
            "Somebody, probably you, wants to open an account for this address. There is one already: log in to it. If\n\
             you have forgotten the password, ask for a new one where you log in.\n\n\
             If it was not you, there is nothing to do.\n"
                .into(),
        ),
        CodeChange::Registration if account.is_some() => (
            "Your account",
            format!(
                "Somebody, probably you, wants to open an account for this address. There is one already, but nobody has \
                 shown that the address is theirs.\n\n\
                 With this code, {until}, that account becomes yours: with the password you have chosen now, and\n\
                 whoever was logged in to it is logged out.\n\n{}\n\
                 If it was not you, do nothing: without the code nothing happens.\n",
                give("/v1/people/verifications")
            ),
        ),
        CodeChange::Registration => (
            "Open your account",
            format!(
                "Somebody, probably you, wants to open an account for this address. This code, {until},\n\
                 opens the account:\n\n{}\n\
                 If it was not you, do nothing: without the code nothing happens.\n",
                give("/v1/people/verifications")
            ),
        ),
        CodeChange::Verification => (
            "Confirm your address",
            format!(
                "With this code, {until}, you show that this address is yours. Log in first:\n\n{}\n\
                 If you have no account here, do nothing.\n",
                give("/v1/me/verifications/redemptions")
            ),
        ),
        // Silence tells nobody whether there is an account.
        CodeChange::PasswordReset if account.is_none() => return None,
        CodeChange::PasswordReset => (
            "A new password",
            format!(
                "Somebody, probably you, has forgotten the password of the account with this address. With this code,\n\
                 {until}, you choose a new one:\n\n{}\n\
                 All sessions end then. If it was not you, do nothing: the password stays as it is.\n",
                give("/v1/auth/password-resets/redemptions")
            ),
        ),
        CodeChange::EmailChange => (
            "Confirm your new address",
            format!(
                "An account is to have this address from now on. If that is yours, give this code there, {until}:\n\n{}\n\
                 If it is not, do nothing: without the code nothing happens.\n",
                give("/v1/me/email-changes/redemptions")
            ),
        ),
        CodeChange::EmailChangeConsent => (
            "Agree to another address",
            format!(
                "Your account is to have another address. If that is what you want, give this code there, {until}:\n\n{}\n\
                 If it was not you, do nothing but change your password: somebody else knows it.\n",
                give("/v1/me/email-changes/redemptions")
            ),
        ),
    })
}

/// Tells the owner of an account what was done with it.
pub fn account_letters(conn: &mut Conn, event: &AccountEvent, secret: Option<&str>) -> Result<Mailing> {
    let to_owner = store::addressees(conn, &[event.person_id])?
        .pop()
        .map(|owner| owner.email);
    let (recipient, subject, text) = match event.kind {
        AccountChange::PasswordChanged => (
            to_owner,
            "Your password was changed",
            "The password of your account was changed, and its other sessions were ended.",
        ),
        AccountChange::PasswordReset => (
            to_owner,
            "You have a new password",
            "The password of your account was set anew with a code. All its sessions were ended, and its API tokens and \
             sign-ons were removed.",
        ),
        AccountChange::ApiTokenCreated => (
            to_owner,
            "Your account has a new API token",
            "A program can act for you with a new API token. Your account lists its tokens, and there you can delete it.",
        ),
        AccountChange::SecondFactorAdded => (
            to_owner,
            "Your account has a second factor",
            "Logging in to your account takes a code of an authenticator app from now on, as well as the password.",
        ),
        AccountChange::SecondFactorRemoved => (
            to_owner,
            "The second factor of your account was removed",
            "Logging in to your account takes the password alone from now on.",
        ),
        AccountChange::EmailChanged => (
            secret.and_then(|email| Email::parse(email).ok()),
            "Your account has another address",
            "Your account has another address from now on. Mail goes there, and you log in with it.",
        ),
        AccountChange::Merged => (
            secret.and_then(|email| Email::parse(email).ok()),
            "Your accounts are one now",
            "The account with this address was merged into another one, by somebody who has the passwords of both.",
        ),
        AccountChange::SessionReused => (
            to_owner,
            "A session was ended",
            "A session of your account was ended, because its refresh token was used a second time. That happens \
             when an app loses track of its tokens, or when somebody has stolen them.",
        ),
    };
    let otherwise = match event.kind {
        // Whoever did it has what is needed to undo what the owner does by themself.
        AccountChange::EmailChanged | AccountChange::Merged | AccountChange::SecondFactorAdded => {
            "tell whoever runs this service, or the staff of your campus: they can give the account back to you"
        }
        _ => "ask for a new password where you log in, and tell the staff of your campus",
    };
    let body = format!("{text}\n\nIf you know nothing of this, {otherwise}.\n");
    Ok(recipient.map_or_else(Mailing::default, |recipient| one(recipient, subject, body)))
}
