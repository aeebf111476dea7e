//! What browsers give: the `toJSON()` of a credential (level 3, section 5.1). It is theirs, so what they may add to it is
//! ignored.

use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{
    Bytes, PublicKey, Refusal, RelyingParty,
    authenticator_data::AuthenticatorData,
    bytes::decoded,
    client_data::{Ceremony, answered_challenge},
};

/// A new passkey: `toJSON()` of what `navigator.credentials.create()` gives.
#[derive(Clone, Deserialize, JsonSchema)]
#[schemars(rename = "NewPasskeyCredential")]
pub struct NewCredential {
    /// What the authenticator calls it.
    id: Bytes,
    /// What it is made of.
    response: Attested,
}

/// What a new passkey is made of.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "NewPasskeyResponse")]
struct Attested {
    /// What the browser says of where it asked.
    #[serde(rename = "clientDataJSON")]
    client_data_json: Bytes,
    /// What the authenticator says of it.
    authenticator_data: Bytes,
    /// Its public key (`SubjectPublicKeyInfo`, DER).
    public_key: Bytes,
}

/// A passkey that may be stored.
pub struct Registered {
    /// What the authenticator calls it.
    pub credential_id: String,
    /// Its public key.
    pub public_key: String,
    /// Signatures so far.
    pub sign_count: u32,
}

impl NewCredential {
    /// The challenge that it answers, if it was made for a new passkey on a page that `is_own`.
    pub fn challenge(&self, is_own: impl Fn(&str) -> bool) -> Result<String, Refusal> {
        answered_challenge(
            self.response.client_data_json.as_slice(),
            Ceremony::Registration,
            is_own,
        )
    }

    /// Looks at the rest.
    pub fn check(&self, party: &RelyingParty) -> Result<Registered, Refusal> {
        let data = AuthenticatorData::read(self.response.authenticator_data.as_slice(), &party.id)?;
        if data.credential_id != Some(self.id.as_slice()) || !(1..=1023).contains(&self.id.as_slice().len()) {
            return Err(Refusal::Unreadable);
        }
        PublicKey::read(self.response.public_key.as_slice())?;
        Ok(Registered {
            credential_id: self.id.text(),
            public_key: self.response.public_key.text(),
            sign_count: data.sign_count,
        })
    }
}

/// A log-in: `toJSON()` of what `navigator.credentials.get()` gives.
#[derive(Clone, Deserialize, JsonSchema)]
#[schemars(rename = "PasskeyCredential")]
pub struct Assertion {
    /// What the authenticator calls the passkey.
    id: Bytes,
    /// What it has signed.
    response: Signed,
}

/// What a passkey has signed.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PasskeyResponse")]
struct Signed {
    /// What the browser says of where it asked.
    #[serde(rename = "clientDataJSON")]
    client_data_json: Bytes,
    /// What the authenticator says of the signature.
    authenticator_data: Bytes,
    /// The signature.
    signature: Bytes,
    /// Whose passkey it is: the `user.id` that it was made with.
    user_handle: Bytes,
}

/// A log-in for us, by somebody who was verified; whose signature it is has still to be seen.
pub struct Login {
    /// What the authenticator calls the passkey.
    pub credential_id: String,
    /// The handle of the account that it was made with.
    pub user_handle: Vec<u8>,
    /// Signatures so far.
    pub sign_count: u32,
    message: Vec<u8>,
    signature: Bytes,
}

impl Assertion {
    /// The challenge that it answers, if it was made for a log-in on a page that `is_own`.
    pub fn challenge(&self, is_own: impl Fn(&str) -> bool) -> Result<String, Refusal> {
        answered_challenge(self.response.client_data_json.as_slice(), Ceremony::Login, is_own)
    }

    /// Looks at the rest, but for the signature.
    pub fn check(&self, party: &RelyingParty) -> Result<Login, Refusal> {
        let response = &self.response;
        let data = AuthenticatorData::read(response.authenticator_data.as_slice(), &party.id)?;
        let mut message = response.authenticator_data.as_slice().to_vec();
        message.extend(Sha256::digest(response.client_data_json.as_slice()));
        Ok(Login {
            credential_id: self.id.text(),
            user_handle: response.user_handle.as_slice().to_vec(),
            sign_count: data.sign_count,
            message,
            signature: response.signature.clone(),
        })
    }
}

impl Login {
    /// Whether it was signed with this key.
    pub fn verify(&self, public_key: &str) -> Result<(), Refusal> {
        PublicKey::read(&decoded(public_key).ok_or(Refusal::Unreadable)?)?
            .verify(&self.message, self.signature.as_slice())
    }
}
