//! The parameters in a path.

use serde::de::{DeserializeOwned, value::MapDeserializer};

use crate::error::{Code, Error, Result};

/// The parameters in the path, by name.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// One of them.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        pairs.find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// All of them. One that cannot be read names nothing that exists.
    ///
    /// # Errors
    /// `404`, which says what is wrong with it.
    pub fn parse<P: DeserializeOwned>(&self) -> Result<P> {
        let pairs = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs = MapDeserializer::<_, serde::de::value::Error>::new(pairs);
        serde_path_to_error::deserialize(pairs).map_err(|error| {
            let detail = format!("Nothing is at this path: its `{}` {}.", error.path(), error.inner());
            Error::new(Code::NotFound, detail)
        })
    }
}
