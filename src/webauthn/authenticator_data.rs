//! What an authenticator says of a signature (section 6.1).

use sha2::{Digest as _, Sha256};

use super::Refusal;

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const MAY_BE_BACKED_UP: u8 = 1 << 3;
const IS_BACKED_UP: u8 = 1 << 4;
const HAS_CREDENTIAL: u8 = 1 << 6;

/// The hash of the relying party's id, flags, a counter.
const FIXED: usize = 32 + 1 + 4;
/// The model of the authenticator, which nobody here asks for.
const AAGUID: usize = 16;

/// Said for this relying party, by somebody who was verified.
pub struct AuthenticatorData<'a> {
    /// Signatures so far; always 0 from authenticators that do not count.
    pub sign_count: u32,
    /// What a new passkey is called.
    pub credential_id: Option<&'a [u8]>,
}

impl<'a> AuthenticatorData<'a> {
    /// Reads it, and that it is for the relying party with this id and that somebody was there and verified.
    pub fn read(bytes: &'a [u8], rp_id: &str) -> Result<Self, Refusal> {
        let (fixed, rest) = bytes.split_at_checked(FIXED).ok_or(Refusal::Unreadable)?;
        let (hash, fixed) = fixed.split_at_checked(32).ok_or(Refusal::Unreadable)?;
        let (flags, count) = fixed.split_first().ok_or(Refusal::Unreadable)?;
        let has = |flag: u8| flags & flag == flag;
        if *hash != *Sha256::digest(rp_id) {
            return Err(Refusal::OtherRelyingParty);
        }
        if !has(USER_PRESENT | USER_VERIFIED) {
            return Err(Refusal::NotVerified);
        }
        if has(IS_BACKED_UP) && !has(MAY_BE_BACKED_UP) {
            return Err(Refusal::Unreadable);
        }
        Ok(Self {
            sign_count: u32::from_be_bytes(count.try_into().map_err(|_| Refusal::Unreadable)?),
            credential_id: has(HAS_CREDENTIAL).then(|| credential_id(rest)).transpose()?,
        })
    }
}

/// What follows is the key in CBOR, which the browser has read.
fn credential_id(attested: &[u8]) -> Result<&[u8], Refusal> {
    let (length, rest) = attested
        .get(AAGUID..)
        .and_then(|rest| rest.split_first_chunk::<2>())
        .ok_or(Refusal::Unreadable)?;
    rest.get(..u16::from_be_bytes(*length).into())
        .ok_or(Refusal::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(flags: u8, rest: &[u8]) -> Vec<u8> {
        let mut bytes = Sha256::digest("peerled.example").to_vec();
        bytes.push(flags);
        bytes.extend([0, 0, 1, 2]);
        bytes.extend(rest);
        bytes
    }

    #[test]
    fn for_us_and_with_somebody_verified() {
        let read = |bytes: &[u8]| {
            let data = AuthenticatorData::read(bytes, "peerled.example")?;
            Ok((data.sign_count, data.credential_id.map(<[u8]>::to_vec)))
        };
        assert_eq!(read(&data(0b101, &[])), Ok((258, None)));
        assert_eq!(read(&data(0b1_1101, &[])), Ok((258, None)));
        let mut attested = vec![0; AAGUID];
        attested.extend([0, 3, 7, 8, 9, 0xa5]);
        assert_eq!(read(&data(0b100_0101, &attested)), Ok((258, Some(vec![7, 8, 9]))));
        for (bytes, refusal) in [
            (data(0b100, &[]), Refusal::NotVerified),
            (data(0b001, &[]), Refusal::NotVerified),
            (data(0b1_0101, &[]), Refusal::Unreadable),
            (data(0b100_0101, &attested[..20]), Refusal::Unreadable),
            (data(0b100_0101, &[]), Refusal::Unreadable),
            (data(0b101, &[])[..36].to_vec(), Refusal::Unreadable),
            (vec![0; 37], Refusal::OtherRelyingParty),
        ] {
            assert_eq!(read(&bytes), Err(refusal), "{bytes:?}");
        }
    }
}
