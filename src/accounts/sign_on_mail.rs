//! What an owner should hear of the sign-ons of their account.

use serde::{Deserialize, Serialize};

use super::store;
use crate::{
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, Text, Value},
    outbox::event,
    primitives::{Id, Language, text_enum},
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
    let Some(owner) = store::addressees(conn, &[event.person_id])?.pop() else {
        return Ok(Mailing::default());
    };
    let text = match event.kind {
        SignOnChange::Linked => Text::SignOnLinked,
        SignOnChange::ClaimEnded => Text::SignOnClaimEnded,
        SignOnChange::Unlinked => Text::SignOnUnlinked,
    };
    let language = Language::first([owner.language]);
    let provider = [("provider", Value::name(&event.provider))];
    Ok(Mailing::one(Letter::write(owner.email, language, text, &provider)?))
}
