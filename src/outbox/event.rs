//! What is written down of what happened.

use diesel::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::Audience;
use crate::{
    db::schema::events,
    error::{Error, Result},
    primitives::{Id, Instant},
};

/// Something that can happen to one type of object. The type's fields are what consumers learn, as JSON; they hold
/// no secrets.
pub trait Event: Serialize + DeserializeOwned {
    /// The type of the object, such as `invitation`.
    const OBJECT: &'static str;

    /// What happened, such as `invitation.sent`. Consumers match on it, so a word never changes its meaning.
    fn kind(&self) -> &'static str;

    /// Which object it happened to.
    fn subject(&self) -> Subject;

    /// Who may know of it, beside the consumer that writes its mail.
    fn audience(&self) -> Vec<Audience>;

    /// Where those who may know of it read more.
    fn href(&self) -> Option<String>;
}

/// The object of an event and the place it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    /// The object.
    pub object: Id,
    /// The campus it belongs to, if any.
    pub campus: Option<Id>,
    /// The cohort it belongs to, if any.
    pub cohort: Option<Id>,
}

/// What an event is about: its fields `kind` and the one with the object's id, and behind the semicolon the one with the
/// campus and the one with the cohort that the object belongs to, if it does. Behind the arrow is who may know of it;
/// nobody does unless it is said. Behind `at` is where they read more.
macro_rules! event {
    (
        $event:ty, $object:literal, $object_id:ident $(; $campus_id:ident $(, $cohort_id:ident)?)? $(=> $audience:expr)?
        $(, at $href:expr)?
    ) => {
        impl $crate::outbox::Event for $event {
            const OBJECT: &'static str = $object;

            fn kind(&self) -> &'static str {
                self.kind.as_str()
            }

            fn subject(&self) -> $crate::outbox::Subject {
                let subject = $crate::outbox::Subject {
                    object: self.$object_id,
                    campus: None,
                    cohort: None,
                };
                $(
                    let subject = $crate::outbox::Subject {
                        campus: Some(self.$campus_id),
                        ..subject
                    };
                    $(
                        let subject = $crate::outbox::Subject {
                            cohort: Some(self.$cohort_id),
                            ..subject
                        };
                    )?
                )?
                subject
            }

            fn audience(&self) -> Vec<$crate::outbox::Audience> {
                let audience: &[fn(&Self) -> Vec<$crate::outbox::Audience>] = &[$($audience)?];
                audience.iter().flat_map(|of| of(self)).collect()
            }

            fn href(&self) -> Option<String> {
                let href: &[fn(&Self) -> String] = &[$($href)?];
                href.first().map(|of| of(self))
            }
        }
    };
}
pub(crate) use event;

/// An event as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = events, treat_none_as_default_value = false)]
pub struct StoredEvent {
    /// Its id. Not in the order of commits.
    pub id: Id,
    /// Its place in the order of commits, once it has one.
    pub position: Option<i64>,
    /// What happened.
    pub kind: String,
    /// The type of the object.
    pub object_type: String,
    /// The object.
    pub object_id: Id,
    /// Counts up for each object.
    pub sequence: i64,
    /// The campus that the object belongs to.
    pub campus_id: Option<Id>,
    /// The cohort that the object belongs to.
    pub cohort_id: Option<Id>,
    /// Who did it; none if it was done at the console.
    pub person_id: Option<Id>,
    /// The [`Event`], or what else consumers need to know, as JSON; empty if it tells only what it is about.
    pub payload: String,
    /// What only its mail may tell, such as a code. Removed as soon as the mail is written.
    pub secret: Option<String>,
    /// When it happened.
    pub created_at: Instant,
    /// Who may know of it, as [`Audience`] writes it.
    pub audience: String,
    /// Where the object is read.
    pub href: Option<String>,
}

impl StoredEvent {
    /// Whether there is nothing to read in it: it tells only what it is about.
    pub fn is_bare(&self) -> bool {
        self.payload.is_empty()
    }

    /// The event itself.
    ///
    /// # Errors
    /// `500` if it is not of this type.
    pub fn read<E: Event>(&self) -> Result<E> {
        self.details()
    }

    /// What was told with it.
    ///
    /// # Errors
    /// `500` if it is not of this type.
    pub fn details<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(&self.payload).map_err(Error::internal)
    }
}
