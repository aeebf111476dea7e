//! The connection to the mail server.

use std::time::Duration;

use lettre::{
    SmtpTransport, Transport,
    message::{
        Mailbox,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::{Error as SmtpError, PoolConfig},
};

use super::model::{Delivery, Message};
use crate::config::Config;

/// How long the mail server may take for one step.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How long a connection is kept open for the next message.
const IDLE: Duration = Duration::from_secs(60);

/// Hands messages to the mail server, over connections that stay open between them.
#[derive(Clone)]
pub struct MailServer {
    smtp: SmtpTransport,
    from: Mailbox,
}

impl MailServer {
    /// The mail server of the settings, if there is one.
    ///
    /// # Errors
    /// A sentence that names the wrong setting.
    pub fn open(config: &Config) -> Result<Option<Self>, String> {
        let Some(url) = &config.smtp_url else {
            return Ok(None);
        };
        let smtp = SmtpTransport::from_url(url).map_err(|error| format!("PEERLED_SMTP_URL: {error}"))?;
        let from = config.mail_from.parse();
        Ok(Some(Self {
            smtp: smtp
                .timeout(Some(TIMEOUT))
                .pool_config(PoolConfig::new().max_size(2).idle_timeout(IDLE))
                .build(),
            from: from.map_err(|error| format!("PEERLED_MAIL_FROM: {error}"))?,
        }))
    }

    /// Hands over one message. Blocks.
    pub fn deliver(&self, message: &Message) -> Delivery {
        let letter = match self.letter(message) {
            Ok(letter) => letter,
            Err(why) => return Delivery::Refused(why),
        };
        match self.smtp.send(&letter) {
            Ok(_) => Delivery::Sent,
            Err(error) if self.is_for_good(&error) => Delivery::Refused(error.to_string()),
            Err(error) => Delivery::Failed {
                is_reachable: error.status().is_some(),
                why: error.to_string(),
            },
        }
    }

    /// Whether the server has refused this message for good. If it refuses us altogether, because of a wrong password
    /// say, that is the settings' fault and not the message's: so a connection has to work.
    fn is_for_good(&self, error: &SmtpError) -> bool {
        (error.is_permanent() || error.is_client()) && self.smtp.test_connection().unwrap_or(false)
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
            .subject(&message.subject)
            // The same on every try, so that a recipient's server can tell a repetition.
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())
            .map_err(|error| error.to_string())
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
