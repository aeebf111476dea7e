//! Taking a person out of what is stored, and leaving what they were part of.

use diesel::prelude::*;

use crate::{
    accounts::model::Person,
    db::{
        Conn,
        schema::{
            absences, admission_interests, admission_panels, application_recusals, brief_interests, calendar_feeds,
            calendar_revisions, campuses, career_profiles, check_in_tries, claim_links, client_availabilities, cohorts,
            consents, day_absences, employer_contacts, enrolments, events, idempotency_keys, invitations,
            mail_messages, mailed_codes, manuals, mentor_companions, mentor_preferences, mentor_thanks, mentor_wishes,
            notification_settings, notifications, office_hour_bookings, pair_rules, pastoral_notes, peer_feedback,
            people, product_owner_invitations, product_owners, progress_logs, sessions, sign_on_attempts,
            staff_invitations, walk_places,
        },
    },
    error::Result,
    primitives::{Id, Instant, Line, time::TimeZone},
    students::model::EnrolmentStatus,
};

/// Where somebody studies: the cohort, their first day, and the time zone.
pub fn studies(conn: &mut Conn, person: Id) -> Result<Vec<(Id, chrono::NaiveDate, TimeZone)>> {
    Ok(enrolments::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .select((enrolments::cohort_id, enrolments::joined_on, campuses::time_zone))
        .load(conn)?)
}

/// They study there no longer.
pub fn withdraw(conn: &mut Conn, person: Id, cohort: Id, last_day: chrono::NaiveDate) -> Result<()> {
    diesel::update(enrolments::table.find((cohort, person)))
        .set((
            enrolments::status.eq(EnrolmentStatus::Withdrawn),
            enrolments::left_on.eq(last_day),
        ))
        .execute(conn)?;
    Ok(())
}

/// Everything that they were called, besides the name of their account.
pub fn other_names(conn: &mut Conn, person: Id) -> Result<Vec<Line>> {
    let of_places: Vec<(Option<Line>, Option<Line>)> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .select((enrolments::entered_as, enrolments::claimed_name))
        .load(conn)?;
    let of_invitations: Vec<Line> = invitations::table
        .filter(invitations::accepted_by.eq(person))
        .select(invitations::name)
        .load(conn)?;
    let of_places = of_places.into_iter().flat_map(|(entered, claimed)| [entered, claimed]);
    Ok(of_places.flatten().chain(of_invitations).collect())
}

/// Removes what is about them alone: how they got in, what was mailed to them, what the staff were told of them.
pub fn delete_own(conn: &mut Conn, person: &Person) -> Result<()> {
    let me = person.id;
    delete_mail(conn, person)?;
    diesel::delete(sessions::table.filter(sessions::person_id.eq(me))).execute(conn)?;
    diesel::delete(calendar_feeds::table.filter(calendar_feeds::person_id.eq(me))).execute(conn)?;
    diesel::delete(calendar_revisions::table.filter(calendar_revisions::person_id.eq(me))).execute(conn)?;
    diesel::delete(notifications::table.filter(notifications::person_id.eq(me))).execute(conn)?;
    diesel::delete(notification_settings::table.filter(notification_settings::person_id.eq(me))).execute(conn)?;
    diesel::delete(mailed_codes::table.filter(mailed_codes::person_id.eq(me))).execute(conn)?;
    diesel::delete(sign_on_attempts::table.filter(sign_on_attempts::person_id.eq(me))).execute(conn)?;
    diesel::delete(claim_links::table.filter(claim_links::person_id.eq(me))).execute(conn)?;
    diesel::delete(consents::table.filter(consents::person_id.eq(me))).execute(conn)?;
    diesel::delete(pastoral_notes::table.filter(pastoral_notes::person_id.eq(me))).execute(conn)?;
    diesel::delete(walk_places::table.filter(walk_places::person_id.eq(me))).execute(conn)?;
    diesel::delete(office_hour_bookings::table.filter(office_hour_bookings::person_id.eq(me))).execute(conn)?;
    diesel::delete(manuals::table.find(me)).execute(conn)?;
    diesel::delete(admission_panels::table.filter(admission_panels::person_id.eq(me))).execute(conn)?;
    diesel::delete(application_recusals::table.filter(application_recusals::person_id.eq(me))).execute(conn)?;
    diesel::delete(admission_interests::table.filter(admission_interests::person_id.eq(me))).execute(conn)?;
    diesel::delete(brief_interests::table.filter(brief_interests::person_id.eq(me))).execute(conn)?;
    diesel::delete(product_owners::table.filter(product_owners::person_id.eq(me))).execute(conn)?;
    diesel::delete(client_availabilities::table.filter(client_availabilities::said_by.eq(me))).execute(conn)?;
    diesel::delete(employer_contacts::table.filter(employer_contacts::person_id.eq(me))).execute(conn)?;
    diesel::delete(career_profiles::table.find(me)).execute(conn)?;
    diesel::delete(progress_logs::table.filter(progress_logs::person_id.eq(me))).execute(conn)?;
    diesel::delete(peer_feedback::table.filter(peer_feedback::receiver_id.eq(me))).execute(conn)?;
    let about = pair_rules::person_a.eq(me).or(pair_rules::person_b.eq(me));
    diesel::delete(pair_rules::table.filter(about)).execute(conn)?;
    let companions = mentor_companions::person_id
        .eq(me)
        .or(mentor_companions::companion_id.eq(me));
    diesel::delete(mentor_companions::table.filter(companions)).execute(conn)?;
    diesel::delete(mentor_thanks::table.filter(mentor_thanks::person_id.eq(me))).execute(conn)?;
    diesel::delete(mentor_wishes::table.filter(mentor_wishes::person_id.eq(me))).execute(conn)?;
    diesel::delete(mentor_preferences::table.filter(mentor_preferences::person_id.eq(me))).execute(conn)?;
    let theirs = idempotency_keys::caller.eq(me.to_string());
    diesel::delete(idempotency_keys::table.filter(theirs)).execute(conn)?;
    let to_them = invitations::accepted_by.eq(me).or(invitations::place_id.eq(me));
    diesel::delete(invitations::table.filter(to_them)).execute(conn)?;
    diesel::delete(staff_invitations::table.filter(staff_invitations::accepted_by.eq(me))).execute(conn)?;
    let to_them = product_owner_invitations::accepted_by.eq(me);
    diesel::delete(product_owner_invitations::table.filter(to_them)).execute(conn)?;
    if person.email_verified_at.is_some() {
        let email = &person.email;
        let to_them = product_owner_invitations::email.eq(email);
        diesel::delete(product_owner_invitations::table.filter(to_them)).execute(conn)?;
        diesel::delete(mailed_codes::table.filter(mailed_codes::email.eq(email))).execute(conn)?;
        diesel::delete(invitations::table.filter(invitations::email.eq(email))).execute(conn)?;
        diesel::delete(staff_invitations::table.filter(staff_invitations::email.eq(email))).execute(conn)?;
    }
    // Of a letter that is still to be written, such as the address that the account had before.
    diesel::update(events::table.filter(events::object_id.eq(me)))
        .set(events::secret.eq(None::<String>))
        .execute(conn)?;
    diesel::delete(check_in_tries::table.filter(check_in_tries::person_id.eq(me))).execute(conn)?;
    diesel::update(absences::table.filter(absences::person_id.eq(me)))
        .set(absences::reason.eq(None::<String>))
        .execute(conn)?;
    diesel::update(day_absences::table.filter(day_absences::person_id.eq(me)))
        .set(day_absences::reason.eq(None::<String>))
        .execute(conn)?;
    Ok(())
}

/// Letters to them, wherever they went. What waits at an address that nobody has proved may be for somebody else: an
/// invitation, or a code that opens their account.
fn delete_mail(conn: &mut Conn, person: &Person) -> Result<()> {
    use mail_messages as mail;
    let codes: Vec<Id> = mailed_codes::table
        .filter(mailed_codes::person_id.eq(person.id))
        .select(mailed_codes::id)
        .load(conn)?;
    diesel::delete(mail::table.filter(mail::object_id.eq(person.id))).execute(conn)?;
    diesel::delete(mail::table.filter(mail::object_id.eq_any(codes))).execute(conn)?;
    let to_them = mail::table.filter(mail::recipient.eq(person.email.for_smtp()));
    if person.email_verified_at.is_some() {
        diesel::delete(to_them).execute(conn)?;
        return Ok(());
    }
    let for_the_owner = ["invitation", "staff_invitation", "owner_invitation", "mailed_code"];
    let is_theirs = mail::object_type
        .is_null()
        .or(mail::object_type.ne_all(for_the_owner))
        .or(mail::sent_at.is_not_null());
    diesel::delete(to_them.filter(is_theirs)).execute(conn)?;
    Ok(())
}

/// They are nobody in particular from now on.
pub fn make_anonymous(conn: &mut Conn, person: Id, name: &str, now: Instant) -> Result<()> {
    diesel::update(enrolments::table.filter(enrolments::person_id.eq(person)))
        .set((
            enrolments::experience.eq(None::<i32>),
            enrolments::attributes.eq("{}"),
            enrolments::told_at.eq(None::<Instant>),
            enrolments::entered_as.eq(None::<Line>),
            enrolments::claimed_name.eq(None::<Line>),
            enrolments::version.eq(enrolments::version + 1),
            enrolments::updated_at.eq(now),
        ))
        .execute(conn)?;
    diesel::update(people::table.find(person))
        .set((
            people::email.eq(None::<String>),
            people::name.eq(name),
            people::github.eq(None::<String>),
            people::password_hash.eq(None::<String>),
            people::is_admin.eq(false),
            people::disabled_at.eq(now),
            people::email_verified_at.eq(None::<Instant>),
            people::time_zone.eq(None::<String>),
            people::language.eq(None::<String>),
            people::erased_at.eq(now),
            people::version.eq(people::version + 1),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
