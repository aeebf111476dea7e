//! Changes, who hears of them, and where somebody has got to.

use diesel::prelude::*;

use crate::{
    db::schema::events,
    primitives::{Id, Instant, text_enum},
};

/// The name of the consumer that notes who hears of what.
pub const CONSUMER: &str = "changes";

/// An event, without what is in it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct Change {
    /// Its id.
    pub id: Id,
    /// Its place in the order of commits.
    pub position: Option<i64>,
    /// What happened.
    pub kind: String,
    /// The type of the object.
    pub object_type: String,
    /// The object.
    pub object_id: Id,
    /// The campus it belongs to.
    pub campus_id: Option<Id>,
    /// The cohort it belongs to.
    pub cohort_id: Option<Id>,
    /// When it happened.
    pub created_at: Instant,
    /// Where the object is read.
    pub href: Option<String>,
    /// Who may know of it.
    pub audience: String,
}

/// By which way events reach those who may know of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Whatever everybody may see.
    Everybody,
    /// The same of one campus.
    Campus(Id),
    /// What the staff of a campus see.
    Staff(Id),
    /// What its organisers see.
    Organisers(Id),
    /// What alumni whom the campus takes as mentors see.
    Alumni(Id),
    /// What is seen inside a cohort.
    Inside(Id),
    /// What those see who mentor in a cohort, whenever that is.
    Slots(Id),
    /// What one person sees.
    Person(Id),
    /// Whatever administrators see.
    Administrators,
}

impl Channel {
    /// As it is stored. The numbers never change their meaning.
    pub fn key(self) -> (i32, i64) {
        match self {
            Self::Everybody => (1, 0),
            Self::Campus(id) => (2, id.raw()),
            Self::Staff(id) => (3, id.raw()),
            Self::Organisers(id) => (4, id.raw()),
            Self::Alumni(id) => (5, id.raw()),
            Self::Inside(id) => (6, id.raw()),
            Self::Slots(id) => (7, id.raw()),
            Self::Person(id) => (8, id.raw()),
            Self::Administrators => (9, 0),
        }
    }
}

text_enum! {
    /// As what somebody sees more of a place than everybody.
    pub enum AccessKind {
        /// Sees inside a cohort: as a student, a graduate, or a mentor about now.
        Insider = "insider",
        /// Sees when a cohort wants mentors, because they have signed up there.
        Mentor = "mentor",
        /// Is on the staff of a campus.
        Staff = "staff",
        /// Organises a campus.
        Organiser = "organiser",
        /// Graduated from a cohort whose alumni the campus takes as mentors.
        Alumnus = "alumnus",
        /// Cares for the students of a campus: reads notes about them.
        Carer = "carer",
    }
}

/// That somebody sees more of a place than everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// As what.
    pub kind: AccessKind,
    /// The cohort or the campus.
    pub of: Id,
}

/// Where somebody has got to, and what they saw then.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// Everything up to here has been told.
    pub position: i64,
    /// When that was.
    pub at: Instant,
    /// What they saw more than everybody.
    pub accesses: Vec<Access>,
}

impl Default for Bookmark {
    fn default() -> Self {
        Self {
            position: 0,
            at: Instant::now(),
            accesses: Vec::new(),
        }
    }
}

/// Something that is told.
#[derive(Clone, Debug)]
pub enum News {
    /// Something changed.
    Changed(Change),
    /// Somebody sees more than before.
    Gained(Access),
    /// Somebody sees it no longer.
    Lost(Access),
}

/// What is new since a bookmark, and the next one.
#[derive(Clone, Debug)]
pub struct Batch {
    /// In order.
    pub news: Vec<News>,
    /// From where to go on.
    pub next: Bookmark,
    /// Whether there is more already.
    pub has_more: bool,
    /// Whether they act as an administrator, who hears everything.
    pub is_admin: bool,
}
