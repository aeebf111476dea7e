//! What this installation keeps to itself: the secret that kept requests and refresh tokens are worked out with, and the
//! key that the secrets of second factors and webhooks are encrypted with.
//!
//! Both are made once and stored encrypted with every signing key. So a copy of the database alone opens nothing, and
//! keys come and go without anything having to be encrypted anew: whoever has one of the signing keys reads them.

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::{
    Keys,
    sealer::{Sealer, WrappingKey},
    store::{self, WrappedSecret},
};
use crate::{
    db::{Conn, Db},
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// The bytes of a secret.
const KEY: usize = 32;

/// The secrets of this installation.
pub struct Vault {
    /// All of it, as it is stored.
    secrets: Vec<u8>,
    secret: [u8; KEY],
    sealer: Sealer,
}

impl Vault {
    /// Reads the secrets, or makes them at the first start, and stores them for the signing keys that are new.
    ///
    /// # Errors
    /// A sentence, if the database cannot be read or written.
    pub fn open(db: &Db, keys: &Keys) -> Result<Self, String> {
        let (wrapping, first) = (keys.wrapping()?, keys.first_secret());
        db.write_blocking(move |conn| Self::load(conn, &wrapping, &first))
            .map_err(|error| error.to_string())
    }

    fn load(conn: &mut Conn, wrapping: &[WrappingKey], first: &[u8; KEY]) -> Result<Self> {
        let stored = store::wrapped_secrets(conn)?;
        // Where a wrong folder of keys was used for a while there are several; the first is that of the data.
        let opened = wrapping.iter().filter_map(|key| opened(&stored, key));
        let known = opened.min_by_key(|(made, _)| *made);
        let secrets = match known {
            Some((_, secrets)) => secrets,
            None => {
                if !stored.is_empty() {
                    tracing::error!(
                        "none of the signing keys is one that this database was used with: second factors cannot be \
                         verified, only their recovery codes. Put the old keys back."
                    );
                }
                [first.as_slice(), &rand::random::<[u8; KEY]>()].concat()
            }
        };
        let (secret, sealing) = secrets
            .split_first_chunk::<KEY>()
            .ok_or_else(|| Error::internal("the secrets of the installation are too short"))?;
        let vault = Self {
            secret: *secret,
            sealer: Sealer::new(sealing)?,
            secrets,
        };
        vault.share(conn, wrapping)?;
        Ok(vault)
    }

    /// Stores the secrets for those of the signing keys that do not open them yet.
    ///
    /// # Errors
    /// `503`
    pub fn share(&self, conn: &mut Conn, wrapping: &[WrappingKey]) -> Result<()> {
        let stored = store::wrapped_secrets(conn)?;
        for key in wrapping {
            if opened(&stored, key).is_none_or(|(_, same)| same != self.secrets) {
                let row = WrappedSecret {
                    key_id: key.id.clone(),
                    wrapped: key.sealer.seal(&self.secrets, key.id.as_bytes())?,
                    created_at: Instant::now(),
                };
                store::replace_wrapped_secret(conn, &row)?;
            }
        }
        Ok(())
    }

    /// Keeps what is stored of a request from being guessed, and derives the successors of refresh tokens.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// Encrypts a secret of somebody or something, such as that of a person's second factor; it can be read for the same
    /// only.
    ///
    /// # Errors
    /// `500`, which does not happen.
    pub fn seal(&self, whose: Id, secret: &[u8]) -> Result<String> {
        self.sealer.seal(secret, &whose.raw().to_be_bytes())
    }

    /// Encrypts for one purpose, and there for one person or thing: what is sealed by another is not opened by it. What is
    /// handed out in any number is sealed by one of these, so that it wears out nobody else's key.
    ///
    /// # Errors
    /// `500`, which does not happen.
    pub fn sealer_of(&self, purpose: &str, whose: &[Id]) -> Result<Sealer> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).map_err(Error::internal)?;
        mac.update(purpose.as_bytes());
        for id in whose {
            mac.update(&id.raw().to_be_bytes());
        }
        Sealer::new(&mac.finalize().into_bytes())
    }

    /// A secret of somebody or something; none if it was encrypted with keys that are lost.
    pub fn open_sealed(&self, whose: Id, sealed: &str) -> Option<Vec<u8>> {
        self.sealer.open(sealed, &whose.raw().to_be_bytes())
    }
}

/// What a signing key opens of what is stored, and since when it is.
fn opened(stored: &[WrappedSecret], key: &WrappingKey) -> Option<(Instant, Vec<u8>)> {
    let row = stored.iter().find(|row| row.key_id == key.id)?;
    Some((row.created_at, key.sealer.open(&row.wrapped, key.id.as_bytes())?))
}
