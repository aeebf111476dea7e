//! Somebody with a session, and all they are at all campuses.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        schema::{
            campus_alumni_sources, campus_members, campus_staff, cohorts, enrolments, mentor_slots, people, sessions,
            sign_ups,
        },
    },
    error::{Code, Error, Result},
    primitives::{Id, Instant, words},
};

words! {
    /// What a member of a campus's staff is.
    pub enum StaffRole {
        /// Governs the campus.
        Organiser = "organiser",
        /// Keeps its cohorts moving.
        Facilitator = "facilitator",
    }
}

/// The account behind a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The person.
    pub person: Id,
    /// The session that the access token belongs to; none where a job is done on their behalf.
    pub session: Option<Id>,
}

/// Who asks: nobody in particular, or a person with their standing everywhere.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    identity: Option<Identity>,
    is_admin: bool,
    staff: Vec<(Id, StaffRole)>,
    member_of: Vec<Id>,
    student_of: Vec<Id>,
    alumnus_of: Vec<Id>,
    mentor_in: Vec<Id>,
    welcome_at: Vec<Id>,
}

impl Actor {
    /// Somebody without an access token.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// The person of a session that is still good, with what they are now.
    pub fn of_session(conn: &mut Conn, session: Id, person: Id, now: Instant) -> Result<Option<Self>> {
        let live: Option<bool> = sessions::table
            .inner_join(people::table)
            .filter(sessions::id.eq(session))
            .filter(sessions::person_id.eq(person))
            .filter(sessions::ended_at.is_null())
            .filter(sessions::expires_at.gt(now))
            .filter(people::disabled_at.is_null())
            .select(people::is_admin)
            .first(conn)
            .optional()?;
        let Some(is_admin) = live else { return Ok(None) };
        let mut actor = Self::of_person(conn, person)?;
        actor.identity = Some(Identity {
            person,
            session: Some(session),
        });
        actor.is_admin = is_admin;
        Ok(Some(actor))
    }

    /// A person for whom a job is done after their request was answered, with what they are now.
    pub fn on_behalf_of(conn: &mut Conn, person: Id) -> Result<Option<Self>> {
        let live: Option<bool> = people::table
            .find(person)
            .filter(people::disabled_at.is_null())
            .select(people::is_admin)
            .first(conn)
            .optional()?;
        let Some(is_admin) = live else { return Ok(None) };
        let mut actor = Self::of_person(conn, person)?;
        actor.identity = Some(Identity { person, session: None });
        actor.is_admin = is_admin;
        Ok(Some(actor))
    }

    fn of_person(conn: &mut Conn, person: Id) -> Result<Self> {
        let enrolled: Vec<(Id, String)> = enrolments::table
            .filter(enrolments::person_id.eq(person))
            .select((enrolments::cohort_id, enrolments::status))
            .order(enrolments::cohort_id)
            .load(conn)?;
        let with = |status: &str| -> Vec<Id> {
            enrolled
                .iter()
                .filter(|(_, s)| s == status)
                .map(|(cohort, _)| *cohort)
                .collect()
        };
        Ok(Self {
            identity: None,
            is_admin: false,
            staff: campus_staff::table
                .filter(campus_staff::person_id.eq(person))
                .select((campus_staff::campus_id, campus_staff::role))
                .order(campus_staff::campus_id)
                .load(conn)?,
            member_of: campus_members::table
                .filter(campus_members::person_id.eq(person))
                .filter(campus_members::status.eq("member"))
                .select(campus_members::campus_id)
                .order(campus_members::campus_id)
                .load(conn)?,
            student_of: with("enrolled"),
            alumnus_of: with("graduated"),
            mentor_in: sign_ups::table
                .inner_join(mentor_slots::table)
                .filter(sign_ups::person_id.eq(person))
                .filter(sign_ups::status.eq_any(["confirmed", "attended"]))
                .select(mentor_slots::cohort_id)
                .distinct()
                .load(conn)?,
            welcome_at: Self::hosts_of(conn, &with("graduated"))?,
        })
    }

    /// The campuses that take the graduates of these cohorts as mentors: those they ran at, and
    /// those that admit alumni of these.
    fn hosts_of(conn: &mut Conn, graduated: &[Id]) -> Result<Vec<Id>> {
        if graduated.is_empty() {
            return Ok(Vec::new());
        }
        let own: Vec<Id> = cohorts::table
            .filter(cohorts::id.eq_any(graduated))
            .select(cohorts::campus_id)
            .load(conn)?;
        let mut hosts: Vec<Id> = campus_alumni_sources::table
            .filter(campus_alumni_sources::source_id.eq_any(&own))
            .select(campus_alumni_sources::campus_id)
            .load(conn)?;
        hosts.extend(own);
        hosts.sort_unstable();
        hosts.dedup();
        Ok(hosts)
    }

    /// The same person with what they are in this transaction.
    ///
    /// # Errors
    /// `401` if the session has ended meanwhile.
    pub fn as_of_now(&self, conn: &mut Conn) -> Result<Self> {
        let Some(Identity { person, session }) = self.identity else {
            return Ok(Self::nobody());
        };
        let now_there = match session {
            Some(session) => Self::of_session(conn, session, person, Instant::now())?,
            None => Self::on_behalf_of(conn, person)?,
        };
        now_there.ok_or_else(|| {
            Error::new(
                Code::InvalidToken,
                "The session has ended. Log in again, then send the request again.",
            )
        })
    }

    /// The account, unless it is nobody.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// The person, unless it is nobody.
    pub fn person(&self) -> Option<Id> {
        self.identity.as_ref().map(|identity| identity.person)
    }

    /// Whether they run the whole service.
    pub fn is_admin(&self) -> bool {
        self.is_admin
    }

    /// Their role on a campus's staff; who runs the service counts as organiser everywhere.
    pub fn staff_role(&self, campus: Id) -> Option<StaffRole> {
        if self.is_admin {
            return Some(StaffRole::Organiser);
        }
        self.staff.iter().find(|(id, _)| *id == campus).map(|(_, role)| *role)
    }

    /// All their staff roles.
    pub fn staff_roles(&self) -> &[(Id, StaffRole)] {
        &self.staff
    }

    /// The campuses they have joined.
    pub fn member_of(&self) -> &[Id] {
        &self.member_of
    }

    /// The cohorts they study in.
    pub fn student_of(&self) -> &[Id] {
        &self.student_of
    }

    /// The cohorts they graduated from.
    pub fn alumnus_of(&self) -> &[Id] {
        &self.alumnus_of
    }

    /// Whether they study in this cohort.
    pub fn is_student_of(&self, cohort: Id) -> bool {
        self.student_of.contains(&cohort)
    }

    /// Whether they graduated from this cohort.
    pub fn is_alumnus_of(&self, cohort: Id) -> bool {
        self.alumnus_of.contains(&cohort)
    }

    /// Whether they are an alumnus whom this campus takes as a mentor.
    pub fn is_welcome_alumnus(&self, campus: Id) -> bool {
        self.welcome_at.contains(&campus)
    }

    /// Whether they have a confirmed mentor's place in this cohort.
    pub fn is_mentor_in(&self, cohort: Id) -> bool {
        self.mentor_in.contains(&cohort)
    }
}
