//! The parameters in a path.

use serde::de::{DeserializeOwned, value::MapDeserializer};

use super::wording::plain;
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
            let why = plain(&error.inner().to_string());
            let detail = format!("Nothing is at this path: its `{}` {why}.", error.path());
            Error::new(Code::NotFound, detail)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Item {
        Readme,
        Backlog,
    }

    #[derive(Debug, Deserialize)]
    struct Path {
        #[expect(dead_code, reason = "only whether it can be read matters")]
        item: Item,
    }

    #[test]
    fn a_word_that_is_none_names_nothing_and_those_that_are_some_are_told() {
        let parameters = Parameters::new([("item", "logo")].into_iter());
        let error = parameters.parse::<Path>().unwrap_err();
        assert_eq!(error.code(), Code::NotFound);
        assert_eq!(
            error.detail(),
            "Nothing is at this path: its `item` must be `readme` or `backlog`, not `logo`."
        );
        assert!(
            Parameters::new([("item", "backlog")].into_iter())
                .parse::<Path>()
                .is_ok()
        );
    }
}
