//! Where the data lies, as the settings say it.

use std::path::PathBuf;

/// Where the data lies.
#[derive(Clone, Debug, PartialEq)]
pub enum Url {
    /// `sqlite://path`
    Sqlite(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

impl Url {
    /// From its text.
    ///
    /// # Errors
    /// A sentence, if the scheme is none of ours or the path is missing.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
            return Ok(Url::Sqlite(path.into()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Url::Postgres(text.into()));
        }
        Err("must be `sqlite://PATH` or `postgres://USER@HOST/DATABASE`".into())
    }
}
