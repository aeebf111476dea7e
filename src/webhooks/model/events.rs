//! What a webhook can ask for.

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// The types of events that organisers of a campus may know of, by what they are about. A test compares it with what is
/// recorded, and with the table of `docs/webhooks.md`.
pub const TYPES: &[(&str, &[&str])] = &[
    ("absence", &["updated", "deleted"]),
    ("action", &["created", "updated"]),
    ("admission_offers", &["expired"]),
    ("admission_panel_member", &["created", "deleted"]),
    (
        "application",
        &[
            "submitted",
            "waitlisted",
            "offered",
            "accepted",
            "declined",
            "expired",
            "rejected",
            "withdrawn",
            "deferred",
            "trial_invited",
            "interview_booked",
            "interview_cancelled",
            "updated",
            "deleted",
        ],
    ),
    ("attendance", &["updated", "deleted"]),
    (
        "brief",
        &[
            "submitted",
            "opened",
            "opened_to_all",
            "staffed",
            "done",
            "withdrawn",
            "passed_on",
            "updated",
        ],
    ),
    ("brief_interest", &["updated", "deleted"]),
    ("campus", &["updated", "closed", "reopened"]),
    ("checklist", &["created", "updated", "deleted"]),
    ("checklist_template", &["created", "updated", "deleted"]),
    ("claim_link", &["created", "used"]),
    ("client", &["step_taken", "reminded", "updated"]),
    ("client_availability", &["updated", "deleted"]),
    ("client_link", &["created", "updated", "deleted"]),
    ("client_offer", &["made", "withdrawn"]),
    ("client_terms", &["updated"]),
    ("client_workshop", &["created", "updated", "deleted"]),
    ("code_review", &["updated", "done", "taken_over", "deleted"]),
    ("code_reviews", &["assigned"]),
    ("cohort", &["created", "updated"]),
    ("demo_day", &["planned", "moved", "updated", "cancelled"]),
    ("demo_day_invitation", &["sent", "moved", "cancelled"]),
    ("discovery", &["shared", "updated", "removed"]),
    ("due_time", &["updated"]),
    ("employer", &["created", "updated"]),
    ("employer_contact", &["created", "deleted"]),
    ("employer_role", &["submitted", "published", "closed"]),
    ("enrolment", &["created", "updated", "deleted"]),
    ("event", &["created", "updated", "deleted", "cancelled"]),
    ("hand_over", &["updated"]),
    ("hint_request", &["created"]),
    ("intake", &["created", "updated", "opened", "interviews_offered"]),
    ("interview_slot", &["created", "updated", "deleted"]),
    (
        "introduction",
        &["asked", "refused", "introduced", "step_taken", "withdrawn"],
    ),
    ("invitation", &["sent", "accepted", "revoked"]),
    ("manual", &["updated"]),
    ("member", &["updated", "deleted"]),
    ("mentor_allocation", &["created", "confirmed"]),
    ("mentor_cover", &["missing"]),
    ("mentor_preference", &["updated", "deleted"]),
    ("mentor_slot", &["created", "updated", "deleted"]),
    ("mentor_swap_offer", &["created", "updated"]),
    ("owner_invitation", &["sent", "accepted", "revoked"]),
    ("pair_rule", &["created", "deleted"]),
    ("pastoral_carer", &["updated", "deleted"]),
    ("product", &["created", "updated", "deleted"]),
    ("product_ballot", &["opened", "closed", "cancelled", "teams_formed"]),
    ("product_hand_over", &["updated", "ready"]),
    ("product_owner", &["created", "deleted"]),
    ("product_wish", &["updated"]),
    ("programme", &["created", "updated"]),
    ("progress_log", &["created", "updated", "deleted"]),
    ("project", &["updated", "deleted"]),
    ("project_hint", &["created", "updated", "deleted"]),
    ("referral_fee", &["created", "updated"]),
    ("retro", &["created", "closed"]),
    ("review_issue", &["raised", "answered", "closed"]),
    ("round", &["published", "unpublished"]),
    ("sign_up", &["created", "updated"]),
    ("staff", &["updated", "deleted"]),
    ("staff_invitation", &["sent", "accepted", "revoked"]),
    ("submission", &["received"]),
    ("team", &["updated", "repaired"]),
    ("team_plan", &["created", "updated", "deleted"]),
    ("thanks", &["updated"]),
    ("timetable", &["updated"]),
    ("walk", &["deleted"]),
    ("webhook", &["created", "updated", "disabled", "deleted"]),
    ("week", &["updated"]),
    ("workshop_booking", &["moved"]),
];

/// The types of events that a webhook wants: single ones such as `round.published`, or `round.*` for all of an object.
#[derive(Clone, Debug, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Text)]
pub struct Events(String);

/// Every word that can be asked for.
fn words() -> impl Iterator<Item = String> {
    TYPES.iter().flat_map(|(object, whats)| {
        let all = std::iter::once("*").chain(whats.iter().copied());
        all.map(move |what| format!("{object}.{what}"))
    })
}

/// Somebody has written in a retro, or has taken a place in a walk: the moment at which a request comes could tell who.
pub const WITHHELD: &[&str] = &["retro.updated", "walk.updated"];

impl Events {
    /// Whether an event of this type is wanted.
    pub fn want(&self, kind: &str) -> bool {
        if WITHHELD.contains(&kind) {
            return false;
        }
        let object = kind.split_once('.').map_or(kind, |(object, _)| object);
        let is_meant = |word: &str| word == kind || word.strip_suffix(".*") == Some(object);
        self.iter().any(is_meant)
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(',')
    }

    fn new(asked: Vec<Asked>) -> Result<Self, String> {
        if asked.is_empty() {
            return Err("must name at least one type of event, such as `round.published`".into());
        }
        let mut asked: Vec<String> = asked.into_iter().map(|Asked(word)| word).collect();
        asked.sort_unstable();
        asked.dedup();
        Ok(Self(asked.join(",")))
    }

    fn as_str(&self) -> &str {
        &self.0
    }
}

/// One type of event, or all of an object.
struct Asked(String);

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        match words().any(|known| known == word) {
            true => Ok(Self(word)),
            false => Err(D::Error::custom(no_such_type(&word))),
        }
    }
}

/// Why a type cannot be asked for, and which there are instead: those of its object, or the objects.
fn no_such_type(word: &str) -> String {
    let object = word.split_once('.').map_or(word, |(object, _)| object);
    let Some((_, whats)) = TYPES.iter().find(|(known, _)| *known == object) else {
        let objects: Vec<&str> = TYPES.iter().map(|(object, _)| *object).collect();
        let objects = objects.join(", ");
        return format!(
            "must be a type such as `round.published`, or `round.*` for all of an object; the objects are {objects}"
        );
    };
    let types: Vec<String> = whats.iter().map(|what| format!("`{object}.{what}`")).collect();
    let types = format!("must be {} or `{object}.*`", types.join(", "));
    match WITHHELD.contains(&word) {
        true => {
            format!("is never sent, because the moment at which somebody writes or books could tell who; it {types}")
        }
        false => types,
    }
}

impl Serialize for Events {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Events {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Events {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "WebhookEvents".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<String> = words().collect();
        json_schema!({
            "type": "array", "minItems": 1, "maxItems": words.len(),
            "items": { "type": "string", "enum": words },
            "description": "Types of events; `round.*` is every type that begins so, also those that come later.",
            "examples": [["round.published", "enrolment.*"]],
        })
    }
}

// A type may have gone since.
crate::primitives::stored_as_text!(Events, |text| Ok(Events(text)));

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Events, String> {
        serde_json::from_value(serde_json::json!(words)).map_err(|error| error.to_string())
    }

    #[test]
    fn whoever_asks_for_what_there_is_not_is_told_what_there_is() {
        let told = |word: &str| read(&[word]).unwrap_err();
        assert_eq!(
            told("round.deleted"),
            "must be `round.published`, `round.unpublished` or `round.*`"
        );
        assert_eq!(
            told("retro.updated"),
            "is never sent, because the moment at which somebody writes or books could tell who; it must be \
            `retro.created`, `retro.closed` or `retro.*`"
        );
        let objects = told("account.updated");
        assert!(
            objects.contains("`round.published`") && objects.contains("absence, action,"),
            "{objects}"
        );
        assert_eq!(told("walk"), "must be `walk.deleted` or `walk.*`");
    }

    #[test]
    fn single_types_and_all_of_an_object_can_be_asked_for() {
        let events = read(&["round.published", "enrolment.*", "round.published"]).unwrap();
        assert_eq!(
            serde_json::to_value(&events).unwrap(),
            serde_json::json!(["enrolment.*", "round.published"])
        );
        for (kind, is_wanted) in [
            ("round.published", true),
            ("round.unpublished", false),
            ("enrolment.updated", true),
            ("enrolment.of_later", true),
            ("enrolments.updated", false),
        ] {
            assert_eq!(events.want(kind), is_wanted, "{kind}");
        }
        for wrong in [
            &[][..],
            &["round"],
            &["*"],
            &["account.updated"],
            &["round.published,x"],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
