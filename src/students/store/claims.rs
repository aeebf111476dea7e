//! Queries on students without an account, and on what becomes of them when they get one.

use diesel::{
    prelude::*,
    sql_types::{Nullable, Text},
};

use super::invitations::join_campus;
use crate::{
    authz::SignedIn,
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            absences, actions, admission_interests, admission_panels, api_tokens, application_recusals,
            application_scores, applications, attendances, brief_interests, brief_members, calendar_feeds,
            calendar_revisions, campus_members, campus_removals, campus_staff, career_profiles, check_in_tries,
            checklist_items, claim_links, client_availabilities, clients, code_reviews, consents, day_absences,
            discoveries, due_extensions, employer_contacts, evidence_readings, hand_overs, hint_requests,
            interview_slots, introductions, invitations, jobs, mailed_codes, manuals, mentor_allocations,
            mentor_companions, mentor_preferences, mentor_swap_offers, mentor_thanks, mentor_wishes, merged_accounts,
            notification_settings, notifications, office_hour_bookings, pair_rules, passkey_challenges, passkeys,
            pastoral_carers, pastoral_notes, peer_feedback, people, plan_version_seats, plan_versions,
            product_owner_invitations, product_owners, product_team_members, product_votes, product_wishes,
            progress_logs, project_hints, retro_items, retro_votes, retros, review_issues, rounds, second_factors,
            sessions, sign_on_attempts, sign_ons, sign_ups, staff_invitations, submissions, team_members, team_plans,
            team_repairs, trade_offs, useful_marks, walk_places, webhooks,
        },
    },
    error::Result,
    primitives::{Id, Instant, Line},
    students::{
        RosterKeeper, events,
        model::{ClaimLink, Enrolment},
    },
};

/// Enters somebody of whom only the name is known.
pub fn insert_unclaimed(conn: &mut Conn, _proof: &RosterKeeper, id: Id, name: &Line, now: Instant) -> Result<()> {
    diesel::insert_into(people::table)
        .values((
            people::id.eq(id),
            people::name.eq(name),
            people::created_at.eq(now),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Calls somebody without an account by another name.
pub fn rename_unclaimed(conn: &mut Conn, _proof: &RosterKeeper, id: Id, name: &Line, now: Instant) -> Result<()> {
    diesel::update(people::table.find(id).filter(people::email.is_null()))
        .set((
            people::name.eq(name),
            people::version.eq(people::version + 1),
            people::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Makes a code for a place; those made before can no longer be used.
pub fn insert_claim_link(conn: &mut Conn, proof: &CohortStaff, link: &ClaimLink) -> Result<()> {
    debug_assert_eq!(proof.cohort(), link.cohort_id, "the proof holds elsewhere");
    diesel::delete(
        claim_links::table
            .filter(claim_links::cohort_id.eq(link.cohort_id))
            .filter(claim_links::person_id.eq(link.person_id))
            .filter(claim_links::used_at.is_null()),
    )
    .execute(conn)?;
    diesel::insert_into(claim_links::table).values(link).execute(conn)?;
    Ok(())
}

/// The claim link whose code has this hash.
pub fn claim_link_by_token(conn: &mut Conn, hash: &str) -> Result<Option<ClaimLink>> {
    Ok(claim_links::table
        .filter(claim_links::token_hash.eq(hash))
        .select(ClaimLink::as_select())
        .first(conn)
        .optional()?)
}

macro_rules! columns {
    ($($table:ident.$column:ident),* $(,)?) => {
        /// Every column that holds a person, but for that of the roster itself, which is copied. A test compares this
        /// list with the databases.
        pub const PERSON_COLUMNS: &[&str] = &[$(concat!(stringify!($table), ".", stringify!($column))),*];

        /// Puts one person in the place of another in all of them.
        pub(super) fn move_columns(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
            $(
                diesel::update($table::table.filter($table::$column.eq(from)))
                    .set($table::$column.eq(to))
                    .execute(conn)?;
            )*
            Ok(())
        }
    };
}

columns! {
    absences.noted_by,
    absences.person_id,
    actions.owner_id,
    admission_interests.person_id,
    admission_panels.person_id,
    application_recusals.person_id,
    application_scores.person_id,
    applications.person_id,
    evidence_readings.noted_by,
    api_tokens.person_id,
    attendances.noted_by,
    attendances.person_id,
    brief_interests.person_id,
    brief_members.person_id,
    calendar_feeds.person_id,
    calendar_revisions.person_id,
    campus_members.person_id,
    campus_removals.person_id,
    campus_staff.person_id,
    check_in_tries.person_id,
    career_profiles.person_id,
    employer_contacts.person_id,
    introductions.person_id,
    checklist_items.done_by,
    claim_links.made_by,
    claim_links.person_id,
    client_availabilities.said_by,
    clients.applied_by,
    consents.person_id,
    day_absences.noted_by,
    day_absences.person_id,
    hand_overs.written_by,
    interview_slots.interviewer_id,
    code_reviews.assigned_by,
    discoveries.shared_by,
    due_extensions.granted_by,
    hint_requests.asked_by,
    project_hints.written_by,
    invitations.accepted_by,
    invitations.invited_by,
    invitations.place_id,
    jobs.created_by,
    mailed_codes.person_id,
    manuals.person_id,
    mentor_allocations.created_by,
    mentor_companions.companion_id,
    mentor_companions.person_id,
    mentor_preferences.person_id,
    mentor_swap_offers.accepted_by,
    mentor_thanks.person_id,
    mentor_wishes.person_id,
    merged_accounts.person_id,
    notification_settings.person_id,
    notifications.person_id,
    pair_rules.created_by,
    pair_rules.person_a,
    pair_rules.person_b,
    passkey_challenges.person_id,
    pastoral_carers.person_id,
    pastoral_notes.person_id,
    pastoral_notes.written_by,
    office_hour_bookings.person_id,
    walk_places.person_id,
    passkeys.person_id,
    peer_feedback.giver_id,
    peer_feedback.receiver_id,
    plan_version_seats.person_id,
    plan_versions.made_by,
    product_owner_invitations.accepted_by,
    product_owner_invitations.invited_by,
    product_owners.person_id,
    product_team_members.person_id,
    product_votes.person_id,
    product_wishes.person_id,
    progress_logs.person_id,
    retro_items.author_id,
    retro_votes.person_id,
    retros.opened_by,
    review_issues.answered_by,
    review_issues.raised_by,
    second_factors.person_id,
    sessions.person_id,
    sign_on_attempts.person_id,
    sign_ons.person_id,
    sign_ups.person_id,
    staff_invitations.accepted_by,
    staff_invitations.invited_by,
    submissions.submitted_by,
    team_members.person_id,
    team_plans.created_by,
    team_repairs.made_by,
    useful_marks.person_id,
    webhooks.made_by,
}

/// A pair is stored in the order of its ids.
pub(super) fn reorder_pairs(conn: &mut Conn, cohort: Id) -> Result<()> {
    let turned = pair_rules::table
        .filter(pair_rules::cohort_id.eq(cohort))
        .filter(pair_rules::person_a.gt(pair_rules::person_b));
    diesel::update(turned)
        .set((
            pair_rules::person_a.eq(pair_rules::person_b),
            pair_rules::person_b.eq(pair_rules::person_a),
        ))
        .execute(conn)?;
    Ok(())
}

diesel::define_sql_function! {
    /// The text with every `from` in it turned into `to`.
    fn replace(text: Nullable<Text>, from: Text, to: Text) -> Nullable<Text>;
}

/// Puts one person in the place of another in what is stored as JSON: an id is in no text by chance.
pub(super) fn move_in_json(conn: &mut Conn, cohort: Id, from: Id, to: Id) -> Result<()> {
    let (from, to) = (&from.to_string(), &to.to_string());
    macro_rules! replaced {
        ($column:expr) => {
            $column.eq(replace($column.nullable(), from, to).assume_not_null())
        };
    }
    let plans: Vec<Id> = team_plans::table
        .filter(team_plans::cohort_id.eq(cohort))
        .select(team_plans::id)
        .load(conn)?;
    diesel::update(team_plans::table.filter(team_plans::cohort_id.eq(cohort)))
        .set((
            replaced!(team_plans::request),
            replaced!(team_plans::report),
            replaced!(team_plans::planned_along),
        ))
        .execute(conn)?;
    diesel::update(plan_versions::table.filter(plan_versions::plan_id.among(&plans)))
        .set(plan_versions::planned_along.eq(replace(plan_versions::planned_along, from, to)))
        .execute(conn)?;
    diesel::update(trade_offs::table.filter(trade_offs::plan_id.among(&plans)))
        .set(replaced!(trade_offs::points))
        .execute(conn)?;
    // Of any cohort: who has taken back their wishes since is in none by any other row.
    let told = mentor_allocations::problem.like(format!("%{from}%"));
    diesel::update(mentor_allocations::table.filter(told))
        .set((
            replaced!(mentor_allocations::problem),
            replaced!(mentor_allocations::result),
        ))
        .execute(conn)?;
    let repaired = rounds::table.filter(rounds::cohort_id.eq(cohort)).select(rounds::id);
    diesel::update(team_repairs::table.filter(team_repairs::round_id.eq_any(repaired)))
        .set((replaced!(team_repairs::before), replaced!(team_repairs::after)))
        .execute(conn)?;
    diesel::update(jobs::table.filter(jobs::cohort_id.eq(cohort)))
        .set((
            replaced!(jobs::request),
            jobs::result.eq(replace(jobs::result, from, to)),
            jobs::problem.eq(replace(jobs::problem, from, to)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Puts whoever claims in the place of somebody without an account, with all that there is of them; they join the
/// campus. `enrolment` is theirs from now on.
pub fn take_over(
    conn: &mut Conn,
    proof: &SignedIn,
    cohort: &Cohort,
    from: Id,
    enrolment: &Enrolment,
    now: Instant,
) -> Result<()> {
    let to = proof.person();
    debug_assert_eq!(to, enrolment.person_id, "nobody claims for another");
    super::enrolments::write(conn, enrolment)?;
    events::enrolment(cohort.id, from).deleted(conn)?;
    join_companions(conn, from, to)?;
    join_attendance(conn, from, to)?;
    move_columns(conn, from, to)?;
    reorder_pairs(conn, cohort.id)?;
    move_in_json(conn, cohort.id, from, to)?;
    diesel::delete(people::table.find(from).filter(people::email.is_null())).execute(conn)?;
    join_campus(conn, cohort.campus_id, to, now)
}

/// Of two who become one: nobody is named twice as somebody's companion, or as their own.
pub(super) fn join_companions(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    use mentor_companions as companions;
    let named: Vec<(Id, Id)> = companions::table
        .filter(companions::companion_id.eq(to))
        .select((companions::cohort_id, companions::person_id))
        .load(conn)?;
    for (cohort, person) in named {
        diesel::delete(companions::table.find((cohort, person, from))).execute(conn)?;
    }
    let each_other = companions::person_id
        .among([from, to])
        .and(companions::companion_id.among([from, to]));
    diesel::delete(companions::table.filter(each_other)).execute(conn)?;
    Ok(())
}

/// Of two who become one: what is known of the one who stays counts, at an event that both were at.
pub(super) fn join_attendance(conn: &mut Conn, from: Id, to: Id) -> Result<()> {
    diesel::delete(check_in_tries::table.filter(check_in_tries::person_id.eq(from))).execute(conn)?;
    let own: Vec<Id> = attendances::table
        .filter(attendances::person_id.eq(to))
        .select(attendances::event_id)
        .load(conn)?;
    let twice = attendances::table
        .filter(attendances::person_id.eq(from))
        .filter(attendances::event_id.among(own));
    diesel::delete(twice).execute(conn)?;
    Ok(())
}

/// Uses a claim link up.
pub fn use_claim_link(conn: &mut Conn, _proof: &SignedIn, id: Id, now: Instant) -> Result<()> {
    diesel::update(claim_links::table.find(id))
        .set(claim_links::used_at.eq(now))
        .execute(conn)?;
    Ok(())
}
