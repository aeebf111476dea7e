//! What the browser says of where and why it asked for a signature.

use serde::Deserialize;

use super::Refusal;

/// What a signature is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// A new passkey.
    Registration,
    /// A log-in.
    Login,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
}

/// The challenge that a browser has answered, for a page that `is_own`. One in a frame of somebody else's page is not.
pub fn answered_challenge(json: &[u8], ceremony: Ceremony, is_own: impl Fn(&str) -> bool) -> Result<String, Refusal> {
    let data: ClientData = serde_json::from_slice(json).map_err(|_| Refusal::Unreadable)?;
    let kind = match ceremony {
        Ceremony::Registration => "webauthn.create",
        Ceremony::Login => "webauthn.get",
    };
    if data.kind != kind {
        return Err(Refusal::OtherCeremony);
    }
    match is_own(&data.origin) && !data.cross_origin {
        true => Ok(data.challenge),
        false => Err(Refusal::OtherOrigin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_this_ceremony_and_an_own_page() {
        let challenge = |json: &str| {
            answered_challenge(json.as_bytes(), Ceremony::Login, |origin| {
                origin == "https://peerled.example"
            })
        };
        let good = r#"{"type":"webauthn.get","challenge":"abc","origin":"https://peerled.example","crossOrigin":false,"new":1}"#;
        assert_eq!(challenge(good), Ok("abc".into()));
        for (from, to, refusal) in [
            ("webauthn.get", "webauthn.create", Refusal::OtherCeremony),
            ("webauthn.get", "payment.get", Refusal::OtherCeremony),
            ("https://", "http://", Refusal::OtherOrigin),
            ("peerled.example", "peerled.example.evil", Refusal::OtherOrigin),
            ("false", "true", Refusal::OtherOrigin),
            ("challenge", "chal", Refusal::Unreadable),
            ("}", "", Refusal::Unreadable),
        ] {
            assert_eq!(challenge(&good.replace(from, to)), Err(refusal), "{to}");
        }
    }
}
