//! Queries on people.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{access::is_banned, codes::void_codes_of};
use crate::{
    accounts::{
        events,
        model::{Addressee, Audience, CodePurpose, NewPerson, Person, PersonCard, Represented, Role, RoleName},
    },
    authz::StaffRole,
    campuses::{events as campus_events, model::MemberStatus},
    cohorts::model::week_going_on,
    db::{
        Conn, dialect,
        dialect::AmongMethod as _,
        schema::{
            campus_members, campus_staff, campuses, clients, cohorts, consents, employer_contacts, employers,
            enrolments, notification_settings, pastoral_carers, people, product_owners, weeks,
        },
    },
    error::{Code, Error, FieldError, Result},
    on_both,
    primitives::{Email, Id, Instant, Language, Line, time::TimeZone},
    students::{events as student_events, model::EnrolmentStatus},
};

/// The account with this address. Accounts from before addresses had one form may keep the domain in punycode.
pub fn by_email(conn: &mut Conn, email: &Email) -> Result<Option<Person>> {
    Ok(people::table
        .filter(people::email.among([email.to_string(), email.for_smtp()]))
        .select(Person::as_select())
        .first(conn)
        .optional()?)
}

/// An account.
///
/// # Errors
/// `404` if there is none.
pub fn person(conn: &mut Conn, id: Id) -> Result<Person> {
    find_person(conn, id)?.ok_or_else(Error::not_found)
}

/// An account, if there is one.
pub fn find_person(conn: &mut Conn, id: Id) -> Result<Option<Person>> {
    Ok(people::table
        .find(id)
        .filter(people::email.is_not_null())
        .select(Person::as_select())
        .first(conn)
        .optional()?)
}

/// What a person is, and where: the widest first, and each kind by place.
pub fn roles(conn: &mut Conn, person: &Person, now: Instant) -> Result<Vec<Role>> {
    let mut roles = Vec::new();
    if person.is_admin {
        roles.push(Role::everywhere(RoleName::Admin));
    }
    let staff: Vec<(StaffRole, (Id, Line, TimeZone))> = campus_staff::table
        .inner_join(campuses::table)
        .filter(campus_staff::person_id.eq(person.id))
        .filter(campuses::closed_at.is_null())
        .order(campus_staff::campus_id)
        .select((campus_staff::role, (campuses::id, campuses::name, campuses::time_zone)))
        .load(conn)?;
    roles.extend(staff.into_iter().map(|(role, campus)| match role {
        StaffRole::Organiser => at_campus(RoleName::Organiser, campus),
        StaffRole::Facilitator => at_campus(RoleName::Facilitator, campus),
    }));
    let own_care = pastoral_carers::campus_id
        .eq(campus_members::campus_id)
        .and(pastoral_carers::person_id.eq(campus_members::person_id));
    type Joined = (Id, Line, TimeZone);
    let member_of: Vec<(Joined, bool)> = on_both!(conn, |conn| campus_members::table
        .inner_join(campuses::table)
        .left_join(pastoral_carers::table.on(own_care))
        .filter(campus_members::person_id.eq(person.id))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .order(campus_members::campus_id)
        .select((
            (campuses::id, campuses::name, campuses::time_zone),
            pastoral_carers::person_id.nullable().is_not_null(),
        ))
        .load(conn))?;
    let cared_for = member_of.iter().filter(|(_, is_carer)| *is_carer);
    roles.extend(cared_for.map(|(campus, _)| at_campus(RoleName::PastoralCarer, campus.clone())));
    roles.extend(
        member_of
            .into_iter()
            .map(|(campus, _)| at_campus(RoleName::Member, campus)),
    );
    roles.extend(roles_in_cohorts(conn, person.id, now)?);
    Ok(roles)
}

fn at_campus(role: RoleName, (id, name, time_zone): (Id, Line, TimeZone)) -> Role {
    Role {
        campus_id: Some(id),
        campus_name: Some(name),
        time_zone: Some(time_zone),
        ..Role::everywhere(role)
    }
}

/// Students first.
fn roles_in_cohorts(conn: &mut Conn, person: Id, now: Instant) -> Result<Vec<Role>> {
    type InCohort = (EnrolmentStatus, Id, Line, NaiveDate, (Id, Line, TimeZone));
    let enrolled: Vec<InCohort> = enrolments::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(enrolments::person_id.eq(person))
        .order(enrolments::cohort_id)
        .select((
            enrolments::status,
            cohorts::id,
            cohorts::name,
            cohorts::ends_on,
            (campuses::id, campuses::name, campuses::time_zone),
        ))
        .load(conn)?;
    let ids: Vec<Id> = enrolled.iter().map(|(_, id, ..)| *id).collect();
    let weeks: Vec<(Id, i32, NaiveDate)> = weeks::table
        .filter(weeks::cohort_id.among(ids))
        .order((weeks::cohort_id, weeks::number))
        .select((weeks::cohort_id, weeks::number, weeks::starts_on))
        .load(conn)?;
    let mut roles = Vec::new();
    for (status, role) in [
        (EnrolmentStatus::Enrolled, RoleName::Student),
        (EnrolmentStatus::Graduated, RoleName::Alumnus),
    ] {
        for (_, id, name, ends_on, (campus, campus_name, zone)) in enrolled.iter().filter(|(is, ..)| *is == status) {
            let today = now.date_in(*zone);
            let of_cohort = weeks.iter().filter(|(cohort, ..)| cohort == id);
            let of_cohort: Vec<(i32, NaiveDate)> =
                of_cohort.map(|(_, number, starts_on)| (*number, *starts_on)).collect();
            roles.push(Role {
                cohort_id: Some(*id),
                campus_id: Some(*campus),
                campus_name: Some(campus_name.clone()),
                cohort_name: Some(name.clone()),
                time_zone: Some(*zone),
                current_week: week_going_on(&of_cohort, *ends_on, today),
                ..Role::everywhere(role)
            });
        }
    }
    Ok(roles)
}

/// The clients whose product owner somebody is, in the order in which these applied.
pub fn owned_clients(conn: &mut Conn, person: Id) -> Result<Vec<Represented>> {
    Ok(product_owners::table
        .inner_join(clients::table)
        .filter(product_owners::person_id.eq(person))
        .order(clients::id)
        .select((clients::id, clients::name, clients::campus_id))
        .load(conn)?)
}

/// The employers whose contact somebody is, in the order in which these were added.
pub fn represented_employers(conn: &mut Conn, person: Id) -> Result<Vec<Represented>> {
    Ok(employer_contacts::table
        .inner_join(employers::table)
        .filter(employer_contacts::person_id.eq(person))
        .filter(employer_contacts::left_at.is_null())
        .order(employers::id)
        .select((employers::id, employers::name, employers::campus_id))
        .load(conn)?)
}

/// Tells those who see that somebody is another than they were `before`, and themself in any case.
pub fn tell_of_change(conn: &mut Conn, before: &PersonCard) -> Result<()> {
    if let Some(widest) = before.changed_for(&card(conn, before.id)?) {
        tell_others(conn, before.id, widest)?;
    }
    events::account(before.id).updated(conn)
}

/// Tells wherever somebody is seen that they are another than they were.
pub fn tell_of(conn: &mut Conn, person: Id) -> Result<()> {
    tell_others(conn, person, Audience::Network)?;
    events::account(person).updated(conn)
}

/// As far as somebody is seen by this audience, or by those who are nearer.
fn tell_others(conn: &mut Conn, person: Id, widest: Audience) -> Result<()> {
    let cohorts: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .select(enrolments::cohort_id)
        .load(conn)?;
    for cohort in cohorts {
        let told = match widest {
            Audience::Staff => student_events::enrolment_to_staff(cohort, person),
            _ => student_events::enrolment(cohort, person),
        };
        told.updated(conn)?;
    }
    // Everybody sees who is on a staff.
    if widest >= Audience::Campus {
        let staff_of: Vec<Id> = campus_staff::table
            .filter(campus_staff::person_id.eq(person))
            .select(campus_staff::campus_id)
            .load(conn)?;
        for campus in staff_of {
            campus_events::staff(campus, person).updated(conn)?;
        }
    }
    let member_of: Vec<Id> = campus_members::table
        .filter(campus_members::person_id.eq(person))
        .select(campus_members::campus_id)
        .load(conn)?;
    for campus in member_of {
        campus_events::member(campus, person).updated(conn)?;
    }
    Ok(())
}

/// A person as others see them.
///
/// # Errors
/// `404` if there is none.
pub fn card(conn: &mut Conn, id: Id) -> Result<PersonCard> {
    Ok(people::table.find(id).select(PersonCard::as_select()).first(conn)?)
}

/// People as others see them, in no particular order.
pub fn cards(conn: &mut Conn, ids: &[Id]) -> Result<Vec<PersonCard>> {
    Ok(people::table
        .filter(people::id.among(ids))
        .select(PersonCard::as_select())
        .load(conn)?)
}

/// Whether somebody's account may not be used.
pub fn is_disabled(conn: &mut Conn, id: Id) -> Result<bool> {
    let disabled_at: Option<Instant> = people::table.find(id).select(people::disabled_at).first(conn)?;
    Ok(disabled_at.is_some())
}

/// Where the mail of people goes, in the order of `ids`; who has no account any more, or may not use it, is left out.
pub fn addressees(conn: &mut Conn, ids: &[Id]) -> Result<Vec<Addressee>> {
    let found: Vec<(Id, Addressee)> = people::table
        .filter(people::id.among(ids))
        .filter(people::email.is_not_null())
        .filter(people::disabled_at.is_null())
        .select((
            people::id,
            (people::email.assume_not_null(), people::time_zone, people::language),
        ))
        .load(conn)?;
    let one = |id: &Id| {
        let mut found = found.iter();
        found
            .find(|(person, _)| person == id)
            .map(|(_, addressee)| addressee.clone())
    };
    Ok(ids.iter().filter_map(one).collect())
}

/// The language that whoever has an account with this address has chosen.
pub fn language_at(conn: &mut Conn, email: &Email) -> Result<Option<Language>> {
    Ok(by_email(conn, email)?.and_then(|person| person.language))
}

/// Opens an account.
///
/// # Errors
/// `409 email_taken`, `403 address_banned`.
pub fn insert(conn: &mut Conn, new: &NewPerson) -> Result<Person> {
    if by_email(conn, &new.email)?.is_some() {
        return Err(taken());
    }
    refuse_banned(conn, &new.email)?;
    let inserted = conn.savepoint(|conn| diesel::insert_into(people::table).values(new).execute(conn));
    or_taken(conn, inserted, new.id)
}

/// Writes what a person may change of their own account.
pub fn update(conn: &mut Conn, changed: &Person, now: Instant) -> Result<Person> {
    let id = changed.id;
    let before = card(conn, id)?;
    diesel::update(people::table.find(id))
        .set((
            people::name.eq(&changed.name),
            people::github.eq(&changed.github),
            people::time_zone.eq(changed.time_zone),
            people::language.eq(changed.language),
            people::version.eq(people::version + 1),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    tell_of_change(conn, &before)?;
    person(conn, id)
}

/// Gives an account another password, or none.
pub fn set_password(conn: &mut Conn, id: Id, password_hash: Option<&str>, now: Instant) -> Result<()> {
    diesel::update(people::table.find(id))
        .set((people::password_hash.eq(password_hash), people::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Notes that the address of an account is its owner's.
pub fn prove_address(conn: &mut Conn, id: Id, now: Instant) -> Result<Person> {
    diesel::update(people::table.find(id).filter(people::email_verified_at.is_null()))
        .set((
            people::email_verified_at.eq(now),
            people::version.eq(people::version + 1),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    // They were for an account that nobody had proved.
    void_codes_of(conn, id, &[CodePurpose::GrantedReset], now)?;
    person(conn, id)
}

/// Forgets what was chosen with an account: what it shows, what it is told of, and what it agreed to. As a new account has it from
/// then on.
pub fn forget_choices(conn: &mut Conn, id: Id) -> Result<()> {
    let settings = notification_settings::table.filter(notification_settings::person_id.eq(id));
    diesel::delete(settings).execute(conn)?;
    // What was refused stays refused.
    let agreed = consents::table
        .filter(consents::person_id.eq(id))
        .filter(consents::given.eq(true));
    diesel::delete(agreed).execute(conn)?;
    let before = card(conn, id)?;
    diesel::update(people::table.find(id))
        .set((
            people::email_audience.eq(Audience::Staff),
            people::github_audience.eq(Audience::Cohort),
            people::time_zone_audience.eq(Audience::Staff),
        ))
        .execute(conn)?;
    tell_of_change(conn, &before)
}

/// Gives an account another address.
///
/// # Errors
/// `409 email_taken`, `403 address_banned`.
pub fn set_email(conn: &mut Conn, id: Id, email: &Email, verified_at: Option<Instant>, now: Instant) -> Result<Person> {
    refuse_banned(conn, email)?;
    if by_email(conn, email)?.is_some_and(|person| person.id != id) {
        return Err(taken());
    }
    let changed = conn.savepoint(|conn| {
        diesel::update(people::table.find(id))
            .set((
                people::email.eq(email),
                people::email_verified_at.eq(verified_at),
                people::version.eq(people::version + 1),
                people::updated_at.eq(now),
            ))
            .execute(conn)
    });
    or_taken(conn, changed, id)
}

fn refuse_banned(conn: &mut Conn, email: &Email) -> Result<()> {
    let detail = "Whoever runs this service has banned this address. Write to them if that is a mistake.";
    match is_banned(conn, email)? {
        true => Err(Error::new(Code::AddressBanned, detail)),
        false => Ok(()),
    }
}

fn taken() -> Error {
    let field = FieldError::at("/email", "taken", "is the address of an existing account");
    let detail = "Log in to it, or use another address.";
    Error::new(Code::EmailTaken, detail).with_fields(vec![field])
}

fn or_taken(conn: &mut Conn, written: QueryResult<usize>, id: Id) -> Result<Person> {
    match written {
        Ok(_) => person(conn, id),
        Err(error) if dialect::violated(&error).as_deref() == Some("people_email_key") => Err(taken()),
        Err(error) => Err(error.into()),
    }
}
