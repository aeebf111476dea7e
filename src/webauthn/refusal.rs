//! Why an answer of a browser is not taken.

/// What is wrong with it. All but the last two are about what was sent, and tell nothing about any account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("cannot be read: send what `toJSON()` of the browser's credential gives")]
    Unreadable,
    /// A log-in's answer was sent for a new passkey, or the other way round.
    #[error("is the answer to something else: `type` in `clientDataJSON` must be that of this request")]
    OtherCeremony,
    /// A page from elsewhere has asked.
    #[error("comes from a page of another origin than this service's or one that may call it")]
    OtherOrigin,
    /// It is for another service.
    #[error("is for another relying party: take `rp.id` or `rpId` as it was sent")]
    OtherRelyingParty,
    /// Nobody was there.
    #[error("comes without user verification, which is required: a fingerprint, a face, a PIN")]
    NotVerified,
    /// Its key is of a kind that was not offered.
    #[error("has a public key of a kind that was not offered: one of ES256, EdDSA and RS256 is needed")]
    UnknownAlgorithm,
    /// It was not signed with this key.
    #[error("is not signed with this passkey")]
    WrongSignature,
    /// Somebody else may have a copy of the key.
    #[error("has been signed with an earlier state of this passkey")]
    CounterWentBack,
}
