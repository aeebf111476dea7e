//! Why a provider did not say who somebody is.

use crate::error::{Code, Error};

/// Why a provider did not say who somebody is. What is in it is for the log.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// It cannot be reached, or is not well.
    Away(String),
    /// What it says cannot be used.
    Odd(String),
    /// It does not accept the code, or the code is not from it.
    Refused,
}

impl Failure {
    /// As the caller is told.
    pub fn told(self, name: &str) -> Error {
        match self {
            Self::Away(cause) => {
                let detail = format!("{name} does not answer, so nobody was logged in. Begin again in a moment.");
                let error = Error::new(Code::ProviderUnavailable, detail).retry_after(10);
                error.because(format!("{name}: {cause}"))
            }
            Self::Odd(cause) => {
                let detail = format!(
                    "What {name} answered cannot be trusted, so nobody was logged in. Begin again; if it happens \
                     again, give the request_id to whoever runs this service."
                );
                Error::new(Code::ProviderFailed, detail).because(format!("{name}: {cause}"))
            }
            Self::Refused => Error::new(
                Code::InvalidSignOn,
                format!("The code is not, or no longer, accepted by {name}. Begin again."),
            ),
        }
    }
}
