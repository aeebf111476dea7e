//! Passkeys: what a browser is asked, and whether what comes back answers it (WebAuthn, level 3). This room is all protocol:
//! it knows neither the database nor who asks; what follows is decided in [`accounts`](crate::accounts).
//!
//! No attestation is asked for, so nothing about a new key is signed but by whoever sends it. The browser's own reading of
//! it (`authenticatorData`, `publicKey`) is then worth as much as the attestation object (section 5.2.1.1), and no CBOR has
//! to be read. Signatures are verified by `ring`.

mod authenticator_data;
mod bytes;
mod client_data;
mod credential;
mod options;
mod public_key;
mod refusal;
mod relying_party;

pub use bytes::Bytes;
pub use credential::{Assertion, Login, NewCredential, Registered};
pub use options::{CreationOptions, Owner, RequestOptions};
pub use public_key::PublicKey;
pub use refusal::Refusal;
pub use relying_party::RelyingParty;
