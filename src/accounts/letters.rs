//! Mail about accounts: codes, and what an owner should hear of.

use super::{
    events::{AccountChange, AccountEvent, CodeChange, CodeEvent},
    model::Person,
    store,
};
use crate::{
    db::Conn,
    error::Result,
    mail::{CodePages, Letter, Mailing, Text, Value},
    primitives::{Email, Instant, Language, time::TimeZone},
};

/// Mails a code. Whether an account has the address is looked at here, after the request was answered: neither its
/// answer nor the time it takes tells. No name is in it: whoever asked may have chosen it.
pub fn code_letters(pages: CodePages) -> impl Fn(&mut Conn, &CodeEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, secret| {
        let code = store::find_code(conn, event.code_id)?
            .filter(|code| code.voided_at.is_none() && code.expires_at > Instant::now());
        let (Some(code), Some(secret)) = (code, secret) else {
            return Ok(Mailing::default());
        };
        let account = store::by_email(conn, &code.email)?;
        let Some((text, path)) = code_text(event.kind, account.as_ref()) else {
            return Ok(Mailing::default());
        };
        let chosen = account.as_ref().and_then(|account| account.language);
        let language = Language::first([chosen, code.language]);
        let zone = account.and_then(|account| account.time_zone).unwrap_or(TimeZone::UTC);
        let values = [
            ("code", Value::Code(secret.into())),
            ("until", Value::Moment(code.expires_at, zone)),
            ("how", pages.how(language, &route(event.kind, secret), path)?),
        ];
        Ok(Mailing::one(Letter::write(code.email, language, text, &values)?))
    }
}

/// What the owner of the address reads, if anything, and where programs send the code.
fn code_text(kind: CodeChange, account: Option<&Person>) -> Option<(Text, &'static str)> {
    let is_proved = account.map(|account| account.email_verified_at.is_some());
    Some(match (kind, is_proved) {
        (CodeChange::Registration, None) => (Text::CodeRegistration, "/v1/people/verifications"),
        (CodeChange::Registration, Some(false)) => (Text::CodeRegistrationUnproved, "/v1/people/verifications"),
        (CodeChange::Registration, Some(true)) => (Text::CodeRegistrationKnown, ""),
        (CodeChange::Verification, _) => (Text::CodeVerification, "/v1/me/verifications/redemptions"),
        // Silence tells nobody whether there is an account.
        (CodeChange::PasswordReset, None) => return None,
        (CodeChange::PasswordReset, _) => (Text::CodePasswordReset, "/v1/auth/password-resets/redemptions"),
        (CodeChange::EmailChange, _) => (Text::CodeEmailChange, "/v1/me/email-changes/redemptions"),
        (CodeChange::EmailChangeConsent, _) => (Text::CodeEmailChangeConsent, "/v1/me/email-changes/redemptions"),
    })
}

/// The page of the console that takes the code. Whoever shows that an address of their account is theirs is logged in there,
/// and gives it where they have asked for it.
fn route(kind: CodeChange, code: &str) -> String {
    match kind {
        CodeChange::Registration => format!("verify?code={code}"),
        CodeChange::PasswordReset => format!("reset?code={code}"),
        CodeChange::Verification | CodeChange::EmailChange | CodeChange::EmailChangeConsent => "account/profile".into(),
    }
}

/// Tells the owner of an account what was done with it.
pub fn account_letters(conn: &mut Conn, event: &AccountEvent, secret: Option<&str>) -> Result<Mailing> {
    let owner = store::addressees(conn, &[event.person_id])?.pop();
    let language = Language::first([owner.as_ref().and_then(|owner| owner.language)]);
    let zone = owner
        .as_ref()
        .and_then(|owner| owner.time_zone)
        .unwrap_or(TimeZone::UTC);
    let recipient = match event.kind {
        // To an address that the event names: one that the account has no more, had not, or has after all.
        AccountChange::EmailChanged | AccountChange::Merged | AccountChange::MergedInto => {
            secret.and_then(|email| Email::parse(email).ok())
        }
        _ => owner.map(|owner| owner.email),
    };
    let Some(recipient) = recipient else {
        return Ok(Mailing::default());
    };
    let factor = match event.kind {
        AccountChange::PasswordReset => store::second_factor(conn, event.person_id)?,
        _ => None,
    };
    // Somebody else may have set it up: then its owner has the new password and does not get in.
    let (text, values) = match factor.and_then(|factor| factor.confirmed_at) {
        Some(since) => (
            Text::AccountPasswordResetFactor,
            vec![("since", Value::Moment(since, zone))],
        ),
        None => (account_text(event.kind), Vec::new()),
    };
    Ok(Mailing::one(Letter::write(recipient, language, text, &values)?))
}

fn account_text(kind: AccountChange) -> Text {
    match kind {
        AccountChange::PasswordChanged => Text::AccountPasswordChanged,
        AccountChange::PasswordReset => Text::AccountPasswordReset,
        AccountChange::PasskeyAdded => Text::AccountPasskeyAdded,
        AccountChange::PasskeyRemoved => Text::AccountPasskeyRemoved,
        AccountChange::ApiTokenCreated => Text::AccountApiTokenCreated,
        AccountChange::CalendarFeedCreated => Text::AccountCalendarFeedCreated,
        AccountChange::SecondFactorAdded => Text::AccountSecondFactorAdded,
        AccountChange::SecondFactorRemoved => Text::AccountSecondFactorRemoved,
        AccountChange::EmailChanged => Text::AccountEmailChanged,
        AccountChange::Merged => Text::AccountMerged,
        AccountChange::MergedInto => Text::AccountMergedInto,
        AccountChange::SessionReused => Text::AccountSessionReused,
    }
}
