//! Events that tell nothing but what they are about: whoever may see it reads it again.

use serde::Serialize;

use super::{
    Audience,
    record::{New, insert_told, insert_told_of_day},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    primitives::Id,
};

/// Something that came, changed or went: what it is, where it is read, and who may know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its type, such as `enrolment`.
    pub object: &'static str,
    /// Its id; of what has none of its own, such as a place in a cohort, the person's.
    pub id: Id,
    /// The campus that it belongs to; of what belongs to a cohort it need not be said.
    pub campus: Option<Id>,
    /// The cohort that it belongs to.
    pub cohort: Option<Id>,
    /// Where it is read.
    pub href: String,
    /// Who may know of it.
    pub audience: Vec<Audience>,
}

impl Told {
    /// It was made.
    pub fn created(self, conn: &mut Conn) -> Result<()> {
        self.happened(conn, "created")
    }

    /// It is another than it was.
    pub fn updated(self, conn: &mut Conn) -> Result<()> {
        self.happened(conn, "updated")
    }

    /// It is another than it was. When exactly could tell by whom, so only the day is kept.
    pub fn updated_that_day(self, conn: &mut Conn) -> Result<()> {
        insert_told_of_day(conn, self.event("updated", String::new()))
    }

    /// It is gone.
    pub fn deleted(self, conn: &mut Conn) -> Result<()> {
        self.happened(conn, "deleted")
    }

    /// Something else happened to it. The word never changes its meaning.
    pub fn happened(self, conn: &mut Conn, what: &str) -> Result<()> {
        insert_told(conn, self.event(what, String::new()))
    }

    /// The same with what our own consumers need to know of it, such as the one that writes notices. Lists of changes and
    /// webhooks tell nothing of it.
    pub fn happened_with(self, conn: &mut Conn, what: &str, details: &impl Serialize) -> Result<()> {
        let details = serde_json::to_string(details).map_err(Error::internal)?;
        insert_told(conn, self.event(what, details))
    }

    fn event(&self, what: &str, payload: String) -> New<'_> {
        New {
            kind: format!("{}.{what}", self.object),
            object_type: self.object,
            object: self.id,
            campus: self.campus,
            cohort: self.cohort,
            payload,
            audience: &self.audience,
            href: Some(self.href.clone()),
        }
    }

    /// The same for these alone.
    #[must_use]
    pub fn only(self, audience: Vec<Audience>) -> Self {
        Self { audience, ..self }
    }
}
