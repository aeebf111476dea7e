//! The mail to the organisers of a campus whose webhook the service has disabled.

use super::{events::WebhookEvent, model::DisabledBecause, store};
use crate::{
    accounts::store as accounts,
    authz::StaffRole,
    campuses::store as campuses,
    db::Conn,
    error::Result,
    mail::{Letter, Mailing, Text, Value},
    primitives::{Id, Language},
};

/// Writes to every organiser, as long as the webhook is still disabled.
pub fn letters(public_url: String) -> impl Fn(&mut Conn, &WebhookEvent, Option<&str>) -> Result<Mailing> {
    move |conn, event, _| {
        let Some(webhook) = store::find(conn, event.webhook_id)? else {
            return Ok(Mailing::withdrawal());
        };
        let Some(why) = webhook.disabled_because else {
            return Ok(Mailing::withdrawal());
        };
        let campus = campuses::campus(conn, event.campus_id)?;
        let staff = campuses::staff_roles(conn, campus.id)?;
        let organisers = staff.iter().filter(|(_, role)| *role == StaffRole::Organiser);
        let organisers: Vec<Id> = organisers.map(|(person, _)| *person).collect();
        let mut letters = Vec::new();
        for to in accounts::addressees(conn, &organisers)? {
            let values = [
                ("campus", Value::name(&campus.name)),
                ("url", Value::Link(webhook.url.as_str().into())),
                (
                    "webhook",
                    Value::Link(format!("{public_url}/v1/webhooks/{}", webhook.id)),
                ),
            ];
            let language = Language::first([to.language, campus.language]);
            letters.push(Letter::write(to.email, language, text(why), &values)?);
        }
        Ok(Mailing {
            letters,
            replaces_earlier: true,
        })
    }
}

fn text(why: DisabledBecause) -> Text {
    match why {
        DisabledBecause::Gone => Text::WebhookGone,
        DisabledBecause::Failing => Text::WebhookFailing,
    }
}
