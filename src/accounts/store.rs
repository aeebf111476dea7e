//! Queries on accounts and sessions.

use diesel::prelude::*;

use super::model::{NewPerson, Person, PersonCard, Role, RoleName, Session};
use crate::{
    authz::StaffRole,
    campuses::model::MemberStatus,
    db::{
        Conn, dialect,
        schema::{campus_members, campus_staff, enrolments, people, refresh_tokens, sessions},
    },
    error::{Code, Error, FieldError, Result},
    primitives::{Email, GithubHandle, Id, Instant, Line},
    students::model::EnrolmentStatus,
};

/// The account with this address. Accounts from before addresses had one form may keep the domain in punycode.
pub fn by_email(conn: &mut Conn, email: &Email) -> Result<Option<Person>> {
    Ok(people::table
        .filter(people::email.eq_any([email.to_string(), email.for_smtp()]))
        .select(Person::as_select())
        .first(conn)
        .optional()?)
}

/// An account.
///
/// # Errors
/// `404` if there is none.
pub fn person(conn: &mut Conn, id: Id) -> Result<Person> {
    Ok(people::table
        .find(id)
        .filter(people::email.is_not_null())
        .select(Person::as_select())
        .first(conn)?)
}

/// What a person is, and where: the widest first, and each kind by place.
pub fn roles(conn: &mut Conn, person: &Person) -> Result<Vec<Role>> {
    let admin = person.is_admin.then_some(Role {
        role: RoleName::Admin,
        campus_id: None,
        cohort_id: None,
    });
    let staff: Vec<(Id, StaffRole)> = campus_staff::table
        .filter(campus_staff::person_id.eq(person.id))
        .order(campus_staff::campus_id)
        .select((campus_staff::campus_id, campus_staff::role))
        .load(conn)?;
    let member_of: Vec<Id> = campus_members::table
        .filter(campus_members::person_id.eq(person.id))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .order(campus_members::campus_id)
        .select(campus_members::campus_id)
        .load(conn)?;
    let enrolled: Vec<(Id, EnrolmentStatus)> = enrolments::table
        .filter(enrolments::person_id.eq(person.id))
        .order(enrolments::cohort_id)
        .select((enrolments::cohort_id, enrolments::status))
        .load(conn)?;
    let staff = staff.into_iter().map(|(campus, role)| match role {
        StaffRole::Organiser => Role::at_campus(RoleName::Organiser, campus),
        StaffRole::Facilitator => Role::at_campus(RoleName::Facilitator, campus),
    });
    let member_of = member_of
        .into_iter()
        .map(|campus| Role::at_campus(RoleName::Member, campus));
    let with = |status: EnrolmentStatus, role: RoleName| {
        let cohorts = enrolled.iter().filter(move |(_, is)| *is == status);
        cohorts.map(move |(cohort, _)| Role::in_cohort(role, *cohort))
    };
    Ok(admin
        .into_iter()
        .chain(staff)
        .chain(member_of)
        .chain(with(EnrolmentStatus::Enrolled, RoleName::Student))
        .chain(with(EnrolmentStatus::Graduated, RoleName::Alumnus))
        .collect())
}

/// People as others see them, in no particular order.
pub fn cards(conn: &mut Conn, ids: &[Id]) -> Result<Vec<PersonCard>> {
    Ok(people::table
        .filter(people::id.eq_any(ids))
        .select(PersonCard::as_select())
        .load(conn)?)
}

/// The addresses of people, in the order of `ids`; who has no account any more is left out.
pub fn emails(conn: &mut Conn, ids: &[Id]) -> Result<Vec<Email>> {
    let found: Vec<(Id, Email)> = people::table
        .filter(people::id.eq_any(ids))
        .filter(people::email.is_not_null())
        .select((people::id, people::email.assume_not_null()))
        .load(conn)?;
    let email = |id: &Id| {
        found
            .iter()
            .find(|(person, _)| person == id)
            .map(|(_, email)| email.clone())
    };
    Ok(ids.iter().filter_map(email).collect())
}

/// Opens an account.
///
/// # Errors
/// `409 email_taken`.
pub fn insert(conn: &mut Conn, new: &NewPerson) -> Result<Person> {
    let taken = || {
        let field = FieldError::at("/email", "taken", "is the address of an existing account");
        let detail = "Log in to it, or use another address.";
        Error::new(Code::EmailTaken, detail).with_fields(vec![field])
    };
    if by_email(conn, &new.email)?.is_some() {
        return Err(taken());
    }
    let inserted = conn.savepoint(|conn| diesel::insert_into(people::table).values(new).execute(conn));
    match inserted {
        Ok(_) => person(conn, new.id),
        Err(error) if dialect::violated(&error).as_deref() == Some("people_email_key") => Err(taken()),
        Err(error) => Err(error.into()),
    }
}

/// Changes what a person may change of their own account.
pub fn update(conn: &mut Conn, id: Id, name: &Line, github: Option<&GithubHandle>, now: Instant) -> Result<Person> {
    diesel::update(people::table.find(id))
        .set((
            people::name.eq(name),
            people::github.eq(github),
            people::version.eq(people::version + 1),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    person(conn, id)
}

/// Makes an account run the whole service.
pub fn grant_admin(conn: &mut Conn, id: Id) -> Result<()> {
    diesel::update(people::table.find(id))
        .set(people::is_admin.eq(true))
        .execute(conn)?;
    Ok(())
}

/// Begins a session with its first refresh token.
pub fn begin_session(conn: &mut Conn, session: &Session, token_hash: &str) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn)?;
    insert_refresh_token(conn, session.id, token_hash, session.created_at)
}

/// Adds a refresh token to a session.
pub fn insert_refresh_token(conn: &mut Conn, session: Id, token_hash: &str, now: Instant) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::id.eq(Id::new()),
            refresh_tokens::session_id.eq(session),
            refresh_tokens::token_hash.eq(token_hash),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A refresh token, and whether it can still be used.
#[derive(Queryable)]
pub struct RefreshToken {
    /// Names it.
    pub id: Id,
    /// When it was exchanged for its successor.
    pub spent_at: Option<Instant>,
    /// The session it goes on with.
    pub session: Session,
    /// Whether the person may still log in.
    pub may_log_in: bool,
}

/// The refresh token with this hash.
pub fn refresh_token(conn: &mut Conn, hash: &str) -> Result<Option<RefreshToken>> {
    let found = refresh_tokens::table
        .inner_join(sessions::table.inner_join(people::table))
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((
            refresh_tokens::id,
            refresh_tokens::spent_at,
            Session::as_select(),
            people::disabled_at.is_null(),
        ))
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Spends a refresh token.
pub fn spend(conn: &mut Conn, token: Id, session: Id, now: Instant) -> Result<()> {
    diesel::update(refresh_tokens::table.find(token))
        .set(refresh_tokens::spent_at.eq(now))
        .execute(conn)?;
    diesel::update(sessions::table.find(session))
        .set(sessions::last_used_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Ends a session; its access tokens are refused from the commit on.
pub fn end_session(conn: &mut Conn, session: Id, now: Instant) -> Result<()> {
    diesel::update(sessions::table.find(session).filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Removes the sessions that were over before `then`, with their refresh tokens.
pub fn forget_sessions(conn: &mut Conn, then: Instant) -> Result<()> {
    let over = sessions::expires_at
        .le(then)
        .or(sessions::ended_at.assume_not_null().le(then));
    diesel::delete(sessions::table.filter(over)).execute(conn)?;
    Ok(())
}
