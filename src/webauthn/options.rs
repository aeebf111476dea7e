//! What a page hands to the browser: the JSON forms of level 3, section 5.

use schemars::JsonSchema;
use serde::Serialize;

use super::{RelyingParty, bytes::encoded, public_key::ALGORITHMS};

/// The one kind of credential that there is.
const KIND: &str = "public-key";
const REQUIRED: &str = "required";

/// For `PublicKeyCredential.parseCreationOptionsFromJSON()`, which `navigator.credentials.create()` takes as `publicKey`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PasskeyCreationOptions")]
pub struct CreationOptions {
    /// To be signed; good once, and for as long as `timeout` says.
    challenge: String,
    /// This service.
    rp: Rp,
    /// Whose passkey it is to be.
    user: User,
    /// The kinds of keys that are taken, the best first.
    pub_key_cred_params: Vec<KeyKind>,
    /// Milliseconds until the challenge cannot be answered any more.
    timeout: i64,
    /// The passkeys that the account has: no authenticator makes a second one.
    exclude_credentials: Vec<Descriptor>,
    /// What the passkey has to be capable of.
    authenticator_selection: Selection,
    /// Always `none`.
    attestation: &'static str,
}

/// This service, as authenticators know it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PasskeyRelyingParty")]
struct Rp {
    /// The host of the public URL.
    id: String,
    /// The same, to be shown.
    name: String,
}

/// Whose passkey it is to be.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PasskeyUser")]
struct User {
    /// The account's id, in base 64 for URLs.
    id: String,
    /// The account's address.
    name: String,
    /// What others call them.
    display_name: String,
}

/// A kind of keys.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PasskeyKeyKind")]
struct KeyKind {
    /// Always `public-key`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The algorithm's number in COSE: -8 EdDSA, -7 ES256, -257 RS256.
    alg: i32,
}

/// A passkey that there is already.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PasskeyDescriptor")]
struct Descriptor {
    /// Always `public-key`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What the authenticator calls it, in base 64 for URLs.
    id: String,
}

/// What a passkey has to be capable of.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PasskeySelection")]
struct Selection {
    /// Always `required`: it is found without a user name.
    resident_key: &'static str,
    /// The same for older browsers.
    require_resident_key: bool,
    /// Always `required`: a fingerprint, a face, a PIN.
    user_verification: &'static str,
}

/// Whose passkey it is to be.
pub struct Owner<'a> {
    /// What authenticators know the account by; it comes back with a log-in.
    pub handle: &'a str,
    /// The account's address.
    pub address: &'a str,
    /// What others call them.
    pub name: &'a str,
}

impl CreationOptions {
    /// For another passkey besides those with the ids of `known`.
    pub fn new(party: &RelyingParty, owner: &Owner, known: Vec<String>, challenge: String, timeout: i64) -> Self {
        Self {
            challenge,
            rp: Rp {
                id: party.id.clone(),
                name: party.id.clone(),
            },
            user: User {
                id: encoded(owner.handle.as_bytes()),
                name: owner.address.into(),
                display_name: owner.name.into(),
            },
            pub_key_cred_params: ALGORITHMS.map(|alg| KeyKind { kind: KIND, alg }).into(),
            timeout,
            exclude_credentials: known.into_iter().map(|id| Descriptor { kind: KIND, id }).collect(),
            authenticator_selection: Selection {
                resident_key: REQUIRED,
                require_resident_key: true,
                user_verification: REQUIRED,
            },
            attestation: "none",
        }
    }
}

/// For `PublicKeyCredential.parseRequestOptionsFromJSON()`, which `navigator.credentials.get()` takes as `publicKey`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PasskeyRequestOptions")]
pub struct RequestOptions {
    /// To be signed; good once, and for as long as `timeout` says.
    challenge: String,
    /// The host of the public URL.
    rp_id: String,
    /// Milliseconds until the challenge cannot be answered any more.
    timeout: i64,
    /// Always `required`: a fingerprint, a face, a PIN.
    user_verification: &'static str,
}

impl RequestOptions {
    /// For a log-in to whichever account.
    pub fn new(party: &RelyingParty, challenge: String, timeout: i64) -> Self {
        Self {
            challenge,
            rp_id: party.id.clone(),
            timeout,
            user_verification: REQUIRED,
        }
    }
}
