//! Where messages are handed over: the connection to the mail server, or a folder.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use email_encoding::headers::{rfc2047, writer::EmailWriter};
use lettre::{
    SmtpTransport, Transport,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{Error as SmtpError, PoolConfig},
};

use super::model::{Delivery, Message};
use crate::{
    config::{Config, MailRoute},
    files,
    primitives::Id,
};

/// How long the mail server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection is kept open for the next message.
const IDLE: Duration = Duration::from_secs(60);

/// Hands messages over, to a mail server over connections that stay open between them.
#[derive(Clone)]
pub struct MailServer {
    route: Route,
    from: Mailbox,
}

#[derive(Clone)]
enum Route {
    Smtp(SmtpTransport),
    Folder(PathBuf),
}

impl MailServer {
    /// What the settings name, if anything.
    ///
    /// # Errors
    /// A sentence that names the wrong setting.
    pub fn open(config: &Config) -> Result<Option<Self>, String> {
        let Some(url) = &config.smtp_url else {
            return Ok(None);
        };
        let wrong = |why: String| format!("PEERLED_SMTP_URL: {why}");
        let route = match MailRoute::parse(url).map_err(wrong)? {
            MailRoute::Smtp(smtp) => Route::Smtp(
                smtp.timeout(Some(TIMEOUT))
                    .pool_config(PoolConfig::new().max_size(2).idle_timeout(IDLE))
                    .build(),
            ),
            MailRoute::Folder(folder) => {
                files::private_folder(&folder)
                    .map_err(|error| wrong(format!("cannot make the folder {}: {error}", folder.display())))?;
                Route::Folder(folder)
            }
        };
        let from = config.mail_from.parse();
        Ok(Some(Self {
            route,
            from: from.map_err(|error| format!("PEERLED_MAIL_FROM: {error}"))?,
        }))
    }

    /// Hands over one message. Blocks.
    pub fn deliver(&self, message: &Message) -> Delivery {
        let letter = match self.letter(message) {
            Ok(letter) => letter,
            Err(why) => return Delivery::Refused(why),
        };
        match &self.route {
            Route::Smtp(smtp) => send(smtp, &letter),
            Route::Folder(folder) => match put(folder, message.id, &letter) {
                Ok(()) => Delivery::Sent,
                Err(error) => Delivery::Failed {
                    is_reachable: false,
                    why: error.to_string(),
                },
            },
        }
    }

    fn letter(&self, message: &Message) -> Result<lettre::Message, String> {
        let recipient = message
            .recipient
            .parse::<Mailbox>()
            .map_err(|error| error.to_string())?;
        let domain = self.from.email.domain();
        let mut letter = lettre::Message::builder();
        if let Some(link) = &message.unsubscribe {
            letter = letter
                .header(ListUnsubscribe(format!("<{link}>")))
                .header(ListUnsubscribePost);
        }
        letter
            .from(self.from.clone())
            .to(recipient)
            .header(Subject(message.subject.clone()))
            // The same on every try, so that a recipient's server can tell a repetition.
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())
            .map_err(|error| error.to_string())
    }
}

fn send(smtp: &SmtpTransport, letter: &lettre::Message) -> Delivery {
    match smtp.send(letter) {
        Ok(_) => Delivery::Sent,
        Err(error) if is_for_good(smtp, &error) => Delivery::Refused(error.to_string()),
        Err(error) => Delivery::Failed {
            is_reachable: error.status().is_some(),
            why: error.to_string(),
        },
    }
}

/// Whether the server has refused this message for good. If it refuses us altogether, because of a wrong password
/// say, that is the settings' fault and not the message's: so a connection has to work.
fn is_for_good(smtp: &SmtpTransport, error: &SmtpError) -> bool {
    (error.is_permanent() || error.is_client()) && smtp.test_connection().unwrap_or(false)
}

/// Writes a message to a file that only the service's own user may read, because it may hold a code: temporary files
/// are made like that, and a reader never finds half of one.
fn put(folder: &Path, id: Id, letter: &lettre::Message) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&letter.formatted())?;
    file.persist(folder.join(format!("{id}.eml")))?;
    Ok(())
}

/// What a letter is about. What people call themselves or a cohort may look like an encoded word (RFC 2047), such as
/// `=?utf-8?q?Free?=`, which a mail program would show as what it stands for. Encoded once more, it is shown as it is.
#[derive(Clone)]
struct Subject(String);

impl Subject {
    fn encoded(&self) -> Result<String, std::fmt::Error> {
        let mut encoded = String::new();
        let mut line = EmailWriter::new(&mut encoded, "Subject: ".len(), 0, false);
        rfc2047::encode(&self.0, &mut line)?;
        drop(line);
        Ok(encoded)
    }
}

impl Header for Subject {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Subject")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.into()))
    }

    fn display(&self) -> HeaderValue {
        let encoded = self.0.contains("=?").then(|| self.encoded().ok()).flatten();
        match encoded {
            Some(encoded) => HeaderValue::dangerous_new_pre_encoded(Self::name(), self.0.clone(), encoded),
            // Only what is not ASCII is encoded.
            None => HeaderValue::new(Self::name(), self.0.clone()),
        }
    }
}

/// Where a mail program tells that its reader wants no more (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.into()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// That one click is enough (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".into())
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};

    use super::*;

    /// What a mail program shows of a header: words that are ASCII as they are, encoded ones decoded, and nothing between
    /// two of these.
    fn shown(header: &str) -> String {
        let (mut shown, mut was_encoded) = (String::new(), false);
        for word in header.split_ascii_whitespace() {
            let inner = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            let decoded = inner.map(|word| String::from_utf8(STANDARD.decode(word).unwrap()).unwrap());
            let is_encoded = decoded.is_some();
            assert!(is_encoded || !word.contains("=?"), "{header}");
            if !(shown.is_empty() || was_encoded && is_encoded) {
                shown.push(' ');
            }
            shown += &decoded.unwrap_or_else(|| word.to_owned());
            was_encoded = is_encoded;
        }
        shown
    }

    #[test]
    fn no_name_is_decoded_where_it_is_read() {
        let long = format!("Your place in {} at FAC", "=?utf-8?q?=46ree?= ".repeat(20).trim());
        for subject in [
            "Your place in FAC 14 at FAC",
            "You have a place: week 3 of غزة 1",
            "Your place in =?utf-8?q?Free_money?= at FAC",
            "Your place in =?UTF-8?B?RnJlZQ==?= at FAC",
            "Your place in =?iso-8859-8-i*he?Q?=F9?=",
            "غزة =?utf-8?q?=E2=80=AE?= 1",
            "Is this =? what it means?=",
            long.as_str(),
        ] {
            let mut header = lettre::message::header::Headers::new();
            header.set(Subject(subject.into()));
            let sent = header.to_string();
            let value = sent.strip_prefix("Subject: ").unwrap();
            assert_eq!(shown(value), subject, "{sent}");
            assert!(sent.lines().all(|line| line.len() <= 76 && line.is_ascii()), "{sent}");
        }
    }
}
