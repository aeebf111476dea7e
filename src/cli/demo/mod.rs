//! `peerled serve --demo`: a throw-away database with something in it.

mod cast;
mod story;

use tempfile::TempDir;

use super::output::say;
use crate::{
    config::{Config, MailRoute},
    db,
    error::Result,
    primitives::{Instant, Secret},
    state::State,
};
use story::Story;

/// A running demonstration. Its folder goes when it is dropped.
pub struct Demo {
    _folder: TempDir,
    password: String,
    token: String,
    mail: String,
    story: Story,
}

/// The same settings with everything that is kept in a folder of its own, and mail that goes to nobody: it is written
/// there too, or to the folder of the settings.
///
/// # Errors
/// A sentence, if there is no room for the folder.
pub fn apart(config: Config) -> Result<(Config, TempDir), String> {
    let folder = tempfile::Builder::new()
        .prefix("peerled-demo-")
        .tempdir()
        .map_err(|error| format!("cannot make a folder for the demonstration: {error}"))?;
    let own = format!("file:{}", folder.path().join("mail").display());
    let mail = config.smtp_url.filter(|url| MailRoute::is_folder(url)).unwrap_or(own);
    let config = Config {
        database_url: db::Url::Sqlite(folder.path().join("peerled.db")),
        data_dir: folder.path().into(),
        smtp_url: Some(mail),
        // For whoever tries a front end of their own on it.
        cors_localhost: true,
        ..config
    };
    Ok((config, folder))
}

/// The settings that are not as they are if left out, and that the demonstration does not follow.
pub fn ignored(config: &Config) -> Vec<&'static str> {
    let usual = db::Url::Sqlite(config.data_dir.join("peerled.db"));
    let set = [
        ("PEERLED_DATA_DIR", config.data_dir != std::path::Path::new("data")),
        ("PEERLED_DATABASE_URL", config.database_url != usual),
    ];
    set.into_iter()
        .filter(|(_, is_set)| *is_set)
        .map(|(name, _)| name)
        .collect()
}

impl Demo {
    /// Fills the database.
    ///
    /// # Errors
    /// What an action refuses: a mistake of ours.
    pub async fn begin(state: &State, folder: TempDir) -> Result<Self> {
        // Made up anew each time: no password is known to whoever has only read the source.
        let password: String = Secret::new()
            .text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(16)
            .collect();
        let story = story::tell(state, &password).await?;
        let (person, session) = story.organiser;
        Ok(Self {
            _folder: folder,
            password,
            token: state.keys.sign(person, session, Instant::now())?,
            mail: state
                .config
                .smtp_url
                .clone()
                .unwrap_or_default()
                .replacen("file:", "", 1),
            story,
        })
    }

    /// Says who can log in and what to try.
    pub fn introduce(&self, url: &str) {
        say("\nA demonstration on a throw-away database, gone when you stop it (Ctrl-C).\n");
        say(&format!("Accounts, all with the password {}", self.password));
        for (what, name) in &self.story.accounts {
            say(&format!("  {:38} {name}, {what}", cast::address(name)));
        }
        say(&format!("\nMail is written to {}, a file for each message.", self.mail));
        let Story { running, week, .. } = &self.story;
        let (token, next, after) = (&self.token, week + 1, week + 3);
        say(&format!(
            "\nThree requests to try, as {organiser}; the token is good for 15 minutes:\n\n\
             token={token}\n\n\
             # This week's teams, and what they build\n\
             curl -H \"Authorization: Bearer $token\" {url}/v1/cohorts/{running}/weeks/{week}/teams\n\n\
             # Teams for the weeks that come, as a draft; a reading week has none\n\
             curl -H \"Authorization: Bearer $token\" -H 'Content-Type: application/json' \\\n    \
             {url}/v1/cohorts/{running}/team-plans -d '{{\"from_week\": {next}, \"to_week\": {after}}}'\n\n\
             # Who has worked with whom, as a picture\n\
             curl -H \"Authorization: Bearer $token\" -H 'Accept: image/svg+xml' \\\n    \
             {url}/v1/cohorts/{running}/encounters -o encounters.svg\n\n\
             Everything else, with requests filled in for you:\n\n\
             {url}/docs#token={token}\n",
            organiser = cast::LONDON,
        ));
    }
}
