//! Where whoever reads a letter gives the code in it.

use super::{
    texts::Text,
    values::{Value, say},
};
use crate::{config::Config, error::Result, primitives::Language};

/// The pages of the console that take codes or, where it is not served, the operations.
#[derive(Clone)]
pub struct CodePages {
    public_url: String,
    has_console: bool,
}

impl CodePages {
    /// As the settings say.
    pub fn of(config: &Config) -> Self {
        Self {
            public_url: config.public_url.clone(),
            has_console: config.console,
        }
    }

    /// What a letter says besides that the code is given in the app of the campus: the page by its route, or for programs the
    /// path.
    ///
    /// # Errors
    /// One for the log, if the language lacks the text.
    pub(crate) fn how(&self, language: Language, route: &str, path: &str) -> Result<Value> {
        let Self { public_url, .. } = self;
        let said = match self.has_console {
            true => {
                let page = Value::Link(format!("{public_url}/#/{route}"));
                say(language, Text::ForTheConsole, &[("page", page)])?
            }
            false => {
                let links = [
                    ("post", Value::Link(format!("{public_url}{path}"))),
                    ("docs", Value::Link(format!("{public_url}/docs"))),
                ];
                say(language, Text::ForPrograms, &links)?
            }
        };
        Ok(Value::Said(said))
    }
}
