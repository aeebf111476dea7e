//! The link in a mail with which whoever gets it wants no more of its kind, without logging in.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::model::{MailChoice, NoticeKind};
use crate::{
    error::{Error, Result},
    primitives::Id,
};

/// What somebody wants no more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwanted {
    /// Mail of this kind.
    Kind(NoticeKind),
    /// The daily mail, of whatever kinds it tells.
    Daily,
}

impl Unwanted {
    fn as_str(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.as_str(),
            Self::Daily => MailChoice::Daily.as_str(),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        match word == MailChoice::Daily.as_str() {
            true => Some(Self::Daily),
            false => NoticeKind::parse(word).ok().map(Self::Kind),
        }
    }
}

/// Makes and knows tokens that are good for this and nothing else. They do not expire: mail is read years later.
#[derive(Clone)]
pub struct Unsubscribing {
    secret: Vec<u8>,
    public_url: String,
}

impl Unsubscribing {
    /// With the installation's secret and its address.
    pub fn new(secret: &[u8], public_url: &str) -> Self {
        Self {
            secret: secret.to_owned(),
            public_url: public_url.to_owned(),
        }
    }

    /// The address that one click in a mail program posts to (RFC 8058).
    ///
    /// # Errors
    /// None that can happen: a key of any length will do.
    pub fn link(&self, person: Id, unwanted: Unwanted) -> Result<String> {
        let token = self.token(person, unwanted)?;
        Ok(format!(
            "{}/v1/notification-unsubscriptions?token={token}",
            self.public_url
        ))
    }

    fn token(&self, person: Id, unwanted: Unwanted) -> Result<String> {
        let what = format!("{person}.{}", unwanted.as_str());
        let mark = URL_SAFE_NO_PAD.encode(self.mac(&what)?.finalize().into_bytes());
        Ok(format!("{what}.{mark}"))
    }

    /// Whom a token is of, and what they want no more of.
    ///
    /// # Errors
    /// `404` for any other text.
    pub fn read(&self, token: &str) -> Result<(Id, Unwanted)> {
        let parts: Vec<&str> = token.split('.').collect();
        let [person, word, mark] = parts.as_slice() else {
            return Err(Error::not_found());
        };
        let mark = URL_SAFE_NO_PAD.decode(mark).map_err(|_| Error::not_found())?;
        let mac = self.mac(&format!("{person}.{word}"))?;
        mac.verify_slice(&mark).map_err(|_| Error::not_found())?;
        let person = Id::parse(person).map_err(|_| Error::not_found())?;
        let unwanted = Unwanted::parse(word).ok_or_else(Error::not_found)?;
        Ok((person, unwanted))
    }

    fn mac(&self, what: &str) -> Result<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).map_err(Error::internal)?;
        mac.update(b"unsubscribe ");
        mac.update(what.as_bytes());
        Ok(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_person_and_one_kind_and_of_this_installation() {
        let (person, other) = (Id::new(), Id::new());
        let ours = Unsubscribing::new(b"ours", "https://peerled.test");
        let daily = ours.token(person, Unwanted::Daily).unwrap();
        assert_eq!(ours.read(&daily).unwrap(), (person, Unwanted::Daily));
        let teams = Unwanted::Kind(NoticeKind::Teams);
        let token = ours.token(person, teams).unwrap();
        assert_eq!(ours.read(&token).unwrap(), (person, teams));
        let mark = token.rsplit('.').next().unwrap();
        for wrong in [
            String::new(),
            format!("{other}.teams.{mark}"),
            format!("{person}.mentoring.{mark}"),
            format!("{person}.daily.{mark}"),
            format!("{person}.teams."),
            format!("{token}A"),
        ] {
            assert!(ours.read(&wrong).is_err(), "{wrong}");
        }
        assert!(Unsubscribing::new(b"theirs", "").read(&token).is_err());
    }
}
