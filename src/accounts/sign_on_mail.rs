//! What an owner should hear of the sign-ons of their account.

use serde::{Deserialize, Serialize};

use super::store;
use crate::{
    db::Conn,
    error::Result,
    mail::{Letter, Mailing},
    outbox::event,
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to a sign-on.
    pub enum SignOnChange {
        /// Somebody can log in with it from now on.
        Linked = "sign_on.linked",
        /// The same, and whoever opened the account without showing that the address is theirs can no longer.
        ClaimEnded = "sign_on.claim_ended",
        /// Nobody can log in with it any more.
        Unlinked = "sign_on.unlinked",
    }
}

/// Something that happened to a sign-on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignOnEvent {
    /// What happened.
    pub kind: SignOnChange,
    /// The sign-on.
    pub sign_on_id: Id,
    /// Whose account it is.
    pub person_id: Id,
    /// What the provider is called.
    pub provider: String,
}

event!(SignOnEvent, "sign_on", sign_on_id);

/// Tells the owner of an account.
pub fn sign_on_letters(conn: &mut Conn, event: &SignOnEvent, _secret: Option<&str>) -> Result<Mailing> {
    let Some(recipient) = store::addressees(conn, &[event.person_id])?
        .pop()
        .map(|owner| owner.email)
    else {
        return Ok(Mailing::default());
    };
    let provider = &event.provider;
    let (subject, text) = match event.kind {
        SignOnChange::Linked => (
            format!("You can log in with {provider}"),
            format!("From now on you can log in to your account with {provider}."),
        ),
        SignOnChange::ClaimEnded => (
            format!("Your account is yours by {provider}"),
            format!(
                "You have logged in with {provider}, which says that this address is yours. There was an account with it\n\
                 already, and whoever opened it had not shown that the address is theirs. So its password no longer\n\
                 works, its sessions have ended, and you alone can log in to it, with {provider}. If it was you who\n\
                 opened it, nothing is lost but the password: you can choose a new one."
            ),
        ),
        SignOnChange::Unlinked => (
            format!("You can no longer log in with {provider}"),
            format!("Your account at {provider} no longer logs in to your account here."),
        ),
    };
    let body = format!(
        "{text}\n\nIf it was not you, choose a new password, look at the sign-ons of your account, and tell the staff of\n\
         your campus.\n"
    );
    Ok(Mailing {
        letters: vec![Letter {
            unsubscribe: None,
            recipient,
            subject,
            body,
        }],
        ..Mailing::default()
    })
}
