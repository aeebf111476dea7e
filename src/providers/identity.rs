//! What comes back from a provider, and who it says somebody is.

use crate::primitives::Email;

/// What a browser brings back from a provider.
#[derive(Clone)]
pub struct Answer {
    /// The authorisation code.
    pub code: String,
    /// Who says to have sent it (RFC 9207).
    pub issuer: Option<String>,
}

/// Who somebody is, as the provider says.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// Names them at the provider, for ever.
    pub subject: String,
    /// Their address, if the provider has verified it.
    pub email: Option<Email>,
    /// What they are called there, the best of it first.
    pub names: Vec<String>,
    /// Whether they have shown more than one factor there (`mfa` of RFC 8176).
    pub has_second_factor: bool,
}
