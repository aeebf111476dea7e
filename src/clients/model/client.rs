//! An organisation on its way to a product.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    audit::audited,
    db::schema::{client_steps, client_terms, clients},
    primitives::{Id, Instant, Line, Text, Url, text_enum},
};

text_enum! {
    /// How far a client has come.
    pub enum ClientStatus {
        /// The organisation asks for a product.
        Applied = "applied",
        /// The campus has read the application.
        Acknowledged = "acknowledged",
        /// The owners may book a workshop.
        Invited = "invited",
        /// They have booked one.
        WorkshopBooked = "workshop_booked",
        /// There is an agreement to sign.
        AgreementSent = "agreement_sent",
        /// It is signed.
        AgreementSigned = "agreement_signed",
        /// They were at the workshop.
        Attended = "attended",
        /// The campus asks what their users need.
        ResearchAsked = "research_asked",
        /// They have told it.
        ResearchReceived = "research_received",
        /// A team builds.
        Project = "project",
        /// The product is handed over.
        Completed = "completed",
        /// The owners have given feedback.
        ExitFeedback = "exit_feedback",
        /// The organisation or the campus has withdrawn it.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// Who takes a step.
    pub enum Party {
        /// The staff of the campus.
        Staff = "staff",
        /// A product owner.
        Owner = "owner",
    }
}

/// On what terms a campus builds for organisations.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_terms, primary_key(campus_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Terms {
    pub campus_id: Id,
    /// Whether organisations can apply.
    pub is_open: bool,
    pub about: Option<Text>,
    /// A step that nobody has taken for so many days is asked for again, and needs the staff.
    pub answer_days: i32,
    /// For so many days after a brief is opened it is for the team that built the client's product.
    pub first_refusal_days: i32,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Terms {
    /// Those of a campus that has not said any: it takes no organisations.
    pub fn not_set(campus: Id, now: Instant) -> Self {
        Self {
            campus_id: campus,
            is_open: false,
            about: None,
            answer_days: 0,
            first_refusal_days: 0,
            version: 0,
            created_at: now,
            updated_at: now,
        }
    }
}

audited!(Terms { is_open, answer_days, first_refusal_days; about });

/// An organisation for which a campus builds or may build.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clients, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Client {
    pub id: Id,
    pub campus_id: Id,
    pub name: Line,
    pub about: Text,
    pub url: Option<Url>,
    /// Whether its owners agree that other campuses are offered it.
    pub may_be_passed_on: bool,
    pub status: ClientStatus,
    /// Since when it has this status.
    pub status_since: Instant,
    /// When its owners were asked again for the step that they have to take.
    pub reminded_at: Option<Instant>,
    /// Whoever applied for it, who need not be an owner any more.
    pub applied_by: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Client { status, may_be_passed_on; name, about, url });

impl Client {
    /// The same a step further.
    #[must_use]
    pub fn becoming(self, status: ClientStatus, now: Instant) -> Self {
        Self {
            status,
            status_since: now,
            reminded_at: None,
            version: self.version + 1,
            updated_at: now,
            ..self
        }
    }
}

/// A step that a client has taken, with what belongs to it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = client_steps, treat_none_as_default_value = false)]
pub struct Step {
    pub id: Id,
    pub client_id: Id,
    pub status: ClientStatus,
    pub taken_by: Party,
    /// What was sent: the agreement, or the research.
    pub url: Option<Url>,
    /// What was said.
    pub note: Option<Text>,
    pub created_at: Instant,
}

/// Which clients of a campus a list shows.
#[derive(Clone, Debug, Default)]
pub struct ClientSelection {
    /// In one of these states.
    pub states: Option<Vec<ClientStatus>>,
    /// Made after this one.
    pub after: Option<Id>,
}

/// A client whose next step is overdue, and who is to take it.
#[derive(Clone, Debug, PartialEq)]
pub struct OverdueClient {
    pub id: Id,
    pub name: Line,
    pub status: ClientStatus,
    /// The day, by the clocks of the campus.
    pub since: NaiveDate,
    pub waits_for: Party,
}
