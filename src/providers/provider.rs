//! The providers that are set up, each asked on threads that may wait.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::{
    challenge::Challenge,
    client::Client,
    failure::Failure,
    github::Github,
    identity::{Answer, Identity},
    open_id::OpenId,
};
use crate::{
    config::{Protocol, ProviderSettings},
    error::{Error, Result},
    primitives::Instant,
};

/// How many requests may wait for one provider. One that hangs keeps a thread for each, and no other provider waits.
const AT_ONCE: usize = 16;

/// The identity providers that are set up.
pub struct Providers(Vec<Arc<Provider>>);

impl Providers {
    /// Asks none of them yet: the service starts while they are away.
    pub fn new(settings: &[ProviderSettings]) -> Self {
        let client = Client::new();
        let provider = |settings: &ProviderSettings| Provider::new(settings.clone(), client.clone());
        Self(settings.iter().map(provider).map(Arc::new).collect())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// The one that callers name so.
    pub fn named(&self, id: &str) -> Option<Arc<Provider>> {
        self.0.iter().find(|provider| provider.settings.id == id).cloned()
    }

    /// The one with this URL.
    pub fn at(&self, url: &str) -> Option<Arc<Provider>> {
        self.0.iter().find(|provider| provider.settings.url == url).cloned()
    }
}

/// An identity provider.
pub struct Provider {
    settings: ProviderSettings,
    speaks: Speaks,
    places: Arc<Semaphore>,
}

enum Speaks {
    OpenId(OpenId),
    Github(Github),
}

impl Provider {
    fn new(settings: ProviderSettings, client: Client) -> Self {
        let speaks = match settings.protocol {
            Protocol::OpenId => Speaks::OpenId(OpenId::new(settings.clone(), client)),
            Protocol::Github => Speaks::Github(Github::new(settings.clone(), client)),
        };
        Self {
            settings,
            speaks,
            places: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// What callers name it by.
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Names it in what is stored: its issuer, or the URL of a GitHub.
    pub fn url(&self) -> &str {
        &self.settings.url
    }

    /// Where to send the browser.
    ///
    /// # Errors
    /// `502` or `503` if the provider does not say.
    pub async fn authorization_url(self: Arc<Self>, challenge: Challenge) -> Result<String> {
        self.ask(move |speaks| match speaks {
            Speaks::OpenId(provider) => provider.authorization_url(&challenge),
            Speaks::Github(provider) => provider.authorization_url(&challenge),
        })
        .await
    }

    /// Who sent this answer.
    ///
    /// # Errors
    /// `401` for a code that the provider does not accept, `502` or `503` if it does not say who it is.
    pub async fn identify(self: Arc<Self>, challenge: Challenge, answer: Answer, now: Instant) -> Result<Identity> {
        self.ask(move |speaks| match speaks {
            Speaks::OpenId(provider) => provider.identify(&challenge, &answer, now),
            Speaks::Github(provider) => provider.identify(&challenge, &answer),
        })
        .await
    }

    /// On a thread that may wait.
    async fn ask<T: Send + 'static>(
        self: Arc<Self>,
        ask: impl FnOnce(&Speaks) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T> {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            return Err(Failure::Away("too many requests wait for it".into()).told(self.name()));
        };
        let provider = self.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let _place = place;
            ask(&provider.speaks)
        });
        let answered = asked.await.map_err(Error::internal)?;
        answered.map_err(|failure| failure.told(self.name()))
    }
}
