//! Where mail is handed over.

use std::path::PathBuf;

use lettre::{SmtpTransport, transport::smtp::SmtpTransportBuilder};

/// What `PEERLED_SMTP_URL` names.
pub enum MailRoute {
    /// A mail server.
    Smtp(SmtpTransportBuilder),
    /// A folder, for whoever builds a front end: a file for each message.
    Folder(PathBuf),
}

impl MailRoute {
    /// From `smtps://…`, `smtp://…` or `file:FOLDER`.
    ///
    /// # Errors
    /// What is wrong, without the URL, which may hold a password.
    pub fn parse(url: &str) -> Result<Self, String> {
        if let Some(folder) = url.strip_prefix("file:") {
            return match folder {
                "" => Err("`file:` must be followed by a folder, as in `file:/tmp/mail`".into()),
                _ => Ok(Self::Folder(folder.into())),
            };
        }
        let smtp = SmtpTransport::from_url(url);
        smtp.map(Self::Smtp)
            .map_err(|error| format!("must be smtps://USER:PASSWORD@HOST, smtp://HOST:PORT or file:FOLDER ({error})"))
    }

    /// Whether a URL names a folder.
    pub fn is_folder(url: &str) -> bool {
        url.starts_with("file:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_relative_or_absolute() {
        let folder = |url| match MailRoute::parse(url) {
            Ok(MailRoute::Folder(folder)) => Some(folder.components().collect::<PathBuf>()),
            _ => None,
        };
        assert_eq!(folder("file:mail"), Some("mail".into()));
        assert_eq!(folder("file:/tmp/mail"), Some("/tmp/mail".into()));
        assert_eq!(folder("file:///tmp/mail"), Some("/tmp/mail".into()));
        assert_eq!(folder("file:"), None);
        assert_eq!(folder("smtp://127.0.0.1:9"), None);
    }
}
