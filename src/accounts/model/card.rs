//! A person as others see them: with what they have chosen to show to whoever looks.

use std::collections::HashSet;

use diesel::prelude::*;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

use crate::{
    db::schema::people,
    primitives::{Email, GithubHandle, Id, Line, text_enum, time::TimeZone},
};

text_enum! {
    /// Whom a person shows something of themself to. Each audience has the one before it in it.
    pub enum Audience {
        /// The staff of a campus that they have joined.
        Staff = "staff",
        /// Whoever sees inside a cohort that they study, studied or mentor in.
        Cohort = "cohort",
        /// The members of a campus that they have joined.
        Campus = "campus",
        /// Everybody who comes across them.
        Network = "network",
    }
}

/// A person as they are loaded to be shown. What of them is shown, a [`Viewer`] decides; an answer that holds the card
/// itself shows what everybody may see.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Serialize)]
#[diesel(table_name = people)]
#[serde(into = "PersonView")]
pub struct PersonCard {
    pub id: Id,
    pub name: Line,
    #[diesel(select_expression = people::email.is_not_null().or(people::erased_at.is_not_null()))]
    pub claimed: bool,
    #[diesel(embed)]
    contact: Contact,
}

/// What people choose an audience for.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Contact {
    email: Option<Email>,
    email_audience: Audience,
    github: Option<GithubHandle>,
    github_audience: Audience,
    time_zone: Option<TimeZone>,
    time_zone_audience: Audience,
}

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PersonCard")]
pub struct PersonView {
    /// The person's id.
    pub id: Id,
    /// What others call them.
    pub name: Line,
    /// User name on GitHub; null if they have given none, or do not show it to the caller.
    pub github: Option<GithubHandle>,
    /// Whether they have, or had, an account: `false` for a student entered by name alone who has not claimed their place
    /// yet.
    pub claimed: bool,
    /// Their address, if they show it to the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// IANA time zone, if they have chosen one and show it to the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZone>,
}

impl PersonCard {
    /// What of them is shown to whoever stands this near to them.
    fn shown_to(self, near: Audience) -> PersonView {
        let Contact {
            email,
            email_audience,
            github,
            github_audience,
            time_zone,
            time_zone_audience,
        } = self.contact;
        PersonView {
            id: self.id,
            name: self.name,
            claimed: self.claimed,
            email: email.filter(|_| near <= email_audience),
            github: github.filter(|_| near <= github_audience),
            time_zone: time_zone.filter(|_| near <= time_zone_audience),
        }
    }

    /// Who sees a difference between these, with everybody who is nearer; none if nobody does.
    pub fn changed_for(&self, after: &Self) -> Option<Audience> {
        let near = [Audience::Network, Audience::Campus, Audience::Cohort, Audience::Staff];
        near.into_iter()
            .find(|near| self.clone().shown_to(*near) != after.clone().shown_to(*near))
    }

    /// Somebody of whom only the name is known.
    #[cfg(test)]
    pub fn named(name: &str, claimed: bool) -> Self {
        Self {
            id: Id::new(),
            name: Line::parse(name).unwrap(),
            claimed,
            contact: Contact {
                email: None,
                email_audience: Audience::Staff,
                github: None,
                github_audience: Audience::Cohort,
                time_zone: None,
                time_zone_audience: Audience::Staff,
            },
        }
    }
}

impl From<PersonCard> for PersonView {
    fn from(card: PersonCard) -> Self {
        card.shown_to(Audience::Network)
    }
}

impl JsonSchema for PersonCard {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        PersonView::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        PersonView::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        PersonView::json_schema(generator)
    }
}

/// Who looks at people, and how near they stand to them.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who it is: to themself people show everything. Nobody in particular at the console.
    pub person: Option<Id>,
    /// How near they stand to people in general.
    pub stands: Audience,
    /// Those to whom they stand nearer, and how near.
    pub nearer: (Audience, HashSet<Id>),
}

impl Viewer {
    /// Somebody who stands equally near to all others.
    pub fn standing(person: Option<Id>, stands: Audience) -> Self {
        Self {
            person,
            stands,
            nearer: (stands, HashSet::new()),
        }
    }

    /// A person as they see them.
    pub fn view(&self, card: PersonCard) -> PersonView {
        let near = match &self.nearer {
            _ if self.person == Some(card.id) => Audience::Staff,
            (near, people) if people.contains(&card.id) => *near,
            _ => self.stands,
        };
        card.shown_to(near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(audience: Audience) -> PersonCard {
        PersonCard {
            contact: Contact {
                email: Some(Email::parse("amal@example.org").unwrap()),
                email_audience: audience,
                github: Some(GithubHandle::parse("amal").unwrap()),
                github_audience: audience,
                time_zone: Some(TimeZone::parse("Asia/Gaza").unwrap()),
                time_zone_audience: audience,
            },
            ..PersonCard::named("Amal", true)
        }
    }

    fn shown(view: &PersonView) -> [bool; 3] {
        [view.email.is_some(), view.github.is_some(), view.time_zone.is_some()]
    }

    #[test]
    fn each_audience_has_the_narrower_ones_in_it() {
        use Audience::{Campus, Cohort, Network, Staff};
        for (chosen, shown_to) in [
            (Staff, [true, false, false, false]),
            (Cohort, [true, true, false, false]),
            (Campus, [true, true, true, false]),
            (Network, [true, true, true, true]),
        ] {
            for (near, expected) in [Staff, Cohort, Campus, Network].into_iter().zip(shown_to) {
                let view = Viewer::standing(None, near).view(card(chosen));
                assert_eq!(shown(&view), [expected; 3], "{chosen:?} to {near:?}");
            }
        }
    }

    #[test]
    fn a_card_alone_shows_what_everybody_may_see() {
        for (chosen, expected) in [(Audience::Campus, false), (Audience::Network, true)] {
            let json = serde_json::to_value(card(chosen)).unwrap();
            assert_eq!(json["github"].is_string(), expected);
            assert_eq!(json.get("email").is_some(), expected);
            assert_eq!(json.get("time_zone").is_some(), expected);
        }
    }

    #[test]
    fn people_see_themselves_whole_and_stand_nearer_to_some() {
        let (own, near, far) = (card(Audience::Staff), card(Audience::Campus), card(Audience::Campus));
        let viewer = Viewer {
            nearer: (Audience::Campus, HashSet::from([near.id])),
            ..Viewer::standing(Some(own.id), Audience::Network)
        };
        let seen = [own, near, far].map(|card| shown(&viewer.view(card)));
        assert_eq!(seen, [[true; 3], [true; 3], [false; 3]]);
    }
}
