//! Reading all that is stored about a person.

use diesel::prelude::*;

use crate::{
    authz::SignedIn,
    db::{
        Conn,
        schema::{
            absences, actions, api_tokens, attendances, audit_entries, calendar_feeds, campus_members, campus_removals,
            campus_staff, check_in_tries, checklist_items, claim_links, code_reviews, consents, day_absences,
            discoveries, due_extensions, enrolments, events, hand_overs, hint_requests, idempotency_keys, invitations,
            jobs, mail_messages, mailed_codes, manuals, mentor_allocations, mentor_companions, mentor_preferences,
            mentor_slots, mentor_swap_offers, mentor_thanks, mentor_wishes, notification_settings, notifications,
            pair_rules, passkeys, pastoral_carers, pastoral_notes, peer_feedback, people, plan_versions, progress_logs,
            project_hints, retro_items, retro_votes, retros, review_issues, rounds, second_factors, sessions,
            sign_on_attempts, sign_ons, sign_ups, staff_invitations, submissions, team_members, team_plans,
            team_repairs, teams, useful_marks, walk_places,
        },
    },
    error::Result,
    primitives::{Email, Id, Instant},
    privacy::model::{
        Export, ExportedAbsence, ExportedAccount, ExportedAction, ExportedApiToken, ExportedAssignedReview,
        ExportedAttendance, ExportedAuditEntry, ExportedCalendarFeed, ExportedCare, ExportedCheckInTries,
        ExportedClaimLink, ExportedConsent, ExportedDayAbsence, ExportedDiscovery, ExportedEnrolment, ExportedEvent,
        ExportedExtension, ExportedGivenFeedback, ExportedHandOver, ExportedHint, ExportedHintRequest,
        ExportedInvitation, ExportedIssueAnswer, ExportedJob, ExportedKeptAnswer, ExportedMadeClaimLink,
        ExportedMadePairRule, ExportedMail, ExportedMailedCode, ExportedManual, ExportedMembership,
        ExportedMentorAllocation, ExportedMentorCompanion, ExportedMentorPreference, ExportedMentorSwapOffer,
        ExportedMentorThanks, ExportedMentorWish, ExportedNotedAbsence, ExportedNotedAttendance,
        ExportedNotedDayAbsence, ExportedNotification, ExportedNotificationSetting, ExportedPasskey,
        ExportedProgressLog, ExportedRaisedIssue, ExportedReceivedFeedback, ExportedRemoval, ExportedRetro,
        ExportedRetroItem, ExportedRetroVote, ExportedSecondFactor, ExportedSentInvitation,
        ExportedSentStaffInvitation, ExportedSession, ExportedSignOn, ExportedSignOnAttempt, ExportedSignUp,
        ExportedStaffInvitation, ExportedStaffRole, ExportedSubmission, ExportedTeamPlace, ExportedTeamPlan,
        ExportedTeamPlanChange, ExportedTeamRepair, ExportedTickedItem, ExportedUsefulMark, ExportedWalkPlace,
        ExportedWrittenNote,
    },
};

/// All that is stored about whoever asks, as one snapshot has it.
pub fn export(conn: &mut Conn, proof: &SignedIn, now: Instant) -> Result<Export> {
    let me = proof.person();
    let account: ExportedAccount = people::table
        .find(me)
        .select(ExportedAccount::as_select())
        .first(conn)?;
    // What goes to an address that nobody has proved may be meant for somebody else.
    let address = account.email.clone().filter(|_| account.email_verified_at.is_some());
    macro_rules! rows {
        ($row:ident in $table:ident of $person:ident by $order:ident) => {
            $table::table
                .filter($table::$person.eq(me))
                .order($table::$order)
                .select($row::as_select())
                .load(conn)?
        };
    }
    Ok(Export {
        exported_at: now,
        sessions: rows!(ExportedSession in sessions of person_id by id),
        second_factors: rows!(ExportedSecondFactor in second_factors of person_id by created_at),
        passkeys: rows!(ExportedPasskey in passkeys of person_id by id),
        api_tokens: rows!(ExportedApiToken in api_tokens of person_id by id),
        calendar_feeds: rows!(ExportedCalendarFeed in calendar_feeds of person_id by id),
        sign_ons: rows!(ExportedSignOn in sign_ons of person_id by id),
        sign_on_attempts: rows!(ExportedSignOnAttempt in sign_on_attempts of person_id by id),
        mailed_codes: rows!(ExportedMailedCode in mailed_codes of person_id by id),
        mail: mail(conn, address.as_ref())?,
        memberships: rows!(ExportedMembership in campus_members of person_id by campus_id),
        removals: rows!(ExportedRemoval in campus_removals of person_id by campus_id),
        staff_roles: rows!(ExportedStaffRole in campus_staff of person_id by campus_id),
        enrolments: rows!(ExportedEnrolment in enrolments of person_id by cohort_id),
        consents: rows!(ExportedConsent in consents of person_id by purpose),
        absences: rows!(ExportedAbsence in absences of person_id by cohort_id),
        day_absences: rows!(ExportedDayAbsence in day_absences of person_id by day),
        attendances: rows!(ExportedAttendance in attendances of person_id by event_id),
        check_in_tries: rows!(ExportedCheckInTries in check_in_tries of person_id by event_id),
        teams: team_places(conn, me)?,
        submissions: rows!(ExportedSubmission in submissions of submitted_by by id),
        raised_issues: rows!(ExportedRaisedIssue in review_issues of raised_by by id),
        issue_answers: rows!(ExportedIssueAnswer in review_issues of answered_by by id),
        discoveries: rows!(ExportedDiscovery in discoveries of shared_by by id),
        useful_marks: rows!(ExportedUsefulMark in useful_marks of person_id by discovery_id),
        retros: rows!(ExportedRetro in retros of opened_by by id),
        retro_items: rows!(ExportedRetroItem in retro_items of author_id by id),
        retro_votes: rows!(ExportedRetroVote in retro_votes of person_id by item_id),
        actions: rows!(ExportedAction in actions of owner_id by id),
        pastoral_care: rows!(ExportedCare in pastoral_carers of person_id by campus_id),
        written_pastoral_notes: rows!(ExportedWrittenNote in pastoral_notes of written_by by id),
        walk_places: rows!(ExportedWalkPlace in walk_places of person_id by slot_id),
        manuals: rows!(ExportedManual in manuals of person_id by person_id),
        progress_logs: rows!(ExportedProgressLog in progress_logs of person_id by id),
        given_feedback: rows!(ExportedGivenFeedback in peer_feedback of giver_id by team_id),
        received_feedback: received_feedback_of(conn, me)?,
        sign_ups: sign_ups_of(conn, me)?,
        hand_overs: rows!(ExportedHandOver in hand_overs of written_by by week_id),
        mentor_thanks: rows!(ExportedMentorThanks in mentor_thanks of person_id by campus_id),
        mentor_swap_offers: swap_offers_of(conn, me)?,
        mentor_preferences: rows!(ExportedMentorPreference in mentor_preferences of person_id by cohort_id),
        mentor_wishes: mentor_wishes_of(conn, me)?,
        mentor_companions: rows!(ExportedMentorCompanion in mentor_companions of person_id by cohort_id),
        mentor_allocations: rows!(ExportedMentorAllocation in mentor_allocations of created_by by id),
        invitations: invitations_of(conn, me, address.as_ref())?,
        staff_invitations: staff_invitations_of(conn, me, address.as_ref())?,
        claim_links: rows!(ExportedClaimLink in claim_links of person_id by id),
        sent_invitations: rows!(ExportedSentInvitation in invitations of invited_by by id),
        sent_staff_invitations: rows!(ExportedSentStaffInvitation in staff_invitations of invited_by by id),
        made_claim_links: rows!(ExportedMadeClaimLink in claim_links of made_by by id),
        noted_absences: rows!(ExportedNotedAbsence in absences of noted_by by cohort_id),
        noted_day_absences: rows!(ExportedNotedDayAbsence in day_absences of noted_by by day),
        noted_attendances: rows!(ExportedNotedAttendance in attendances of noted_by by event_id),
        made_pair_rules: rows!(ExportedMadePairRule in pair_rules of created_by by id),
        team_plans: rows!(ExportedTeamPlan in team_plans of created_by by id),
        team_plan_changes: rows!(ExportedTeamPlanChange in plan_versions of made_by by plan_id),
        team_repairs: rows!(ExportedTeamRepair in team_repairs of made_by by id),
        granted_extensions: rows!(ExportedExtension in due_extensions of granted_by by team_id),
        hints: rows!(ExportedHint in project_hints of written_by by id),
        hint_requests: rows!(ExportedHintRequest in hint_requests of asked_by by hint_id),
        assigned_code_reviews: rows!(ExportedAssignedReview in code_reviews of assigned_by by id),
        ticked_items: rows!(ExportedTickedItem in checklist_items of done_by by id),
        jobs: rows!(ExportedJob in jobs of created_by by id),
        notifications: rows!(ExportedNotification in notifications of person_id by id),
        notification_settings: rows!(ExportedNotificationSetting in notification_settings of person_id by kind),
        events: rows!(ExportedEvent in events of person_id by id),
        kept_answers: idempotency_keys::table
            .filter(idempotency_keys::caller.eq(me.to_string()))
            .order(idempotency_keys::created_at)
            .select(ExportedKeptAnswer::as_select())
            .load(conn)?,
        audit_entries: rows!(ExportedAuditEntry in audit_entries of person_id by id),
        account,
    })
}

fn mail(conn: &mut Conn, address: Option<&Email>) -> Result<Vec<ExportedMail>> {
    let Some(address) = address else {
        return Ok(Vec::new());
    };
    Ok(mail_messages::table
        .filter(mail_messages::recipient.eq(address.for_smtp()))
        .order(mail_messages::id)
        .select(ExportedMail::as_select())
        .load(conn)?)
}

/// Of published rounds: drafts are the staff's.
fn team_places(conn: &mut Conn, me: Id) -> Result<Vec<ExportedTeamPlace>> {
    Ok(team_members::table
        .inner_join(teams::table)
        .inner_join(rounds::table)
        .filter(team_members::person_id.eq(me))
        .filter(rounds::published_at.is_not_null())
        .order((rounds::cohort_id, rounds::first_week))
        .select(ExportedTeamPlace::as_select())
        .load(conn)?)
}

/// As far as it is shown: what waits could still be taken back, and would tell who else has given nothing yet.
fn received_feedback_of(conn: &mut Conn, me: Id) -> Result<Vec<ExportedReceivedFeedback>> {
    Ok(peer_feedback::table
        .filter(peer_feedback::receiver_id.eq(me))
        .filter(peer_feedback::batch.is_not_null())
        .order((peer_feedback::batch, peer_feedback::id))
        .select(ExportedReceivedFeedback::as_select())
        .load(conn)?)
}

fn sign_ups_of(conn: &mut Conn, me: Id) -> Result<Vec<ExportedSignUp>> {
    Ok(sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(sign_ups::person_id.eq(me))
        .order(sign_ups::id)
        .select(ExportedSignUp::as_select())
        .load(conn)?)
}

fn swap_offers_of(conn: &mut Conn, me: Id) -> Result<Vec<ExportedMentorSwapOffer>> {
    let own = sign_ups::person_id
        .eq(me)
        .or(mentor_swap_offers::accepted_by.assume_not_null().eq(me));
    Ok(mentor_swap_offers::table
        .inner_join(sign_ups::table)
        .filter(own)
        .order(mentor_swap_offers::id)
        .select(ExportedMentorSwapOffer::as_select())
        .load(conn)?)
}

fn mentor_wishes_of(conn: &mut Conn, me: Id) -> Result<Vec<ExportedMentorWish>> {
    Ok(mentor_wishes::table
        .inner_join(mentor_slots::table)
        .filter(mentor_wishes::person_id.eq(me))
        .order((mentor_slots::cohort_id, mentor_wishes::ranked))
        .select(ExportedMentorWish::as_select())
        .load(conn)?)
}

fn invitations_of(conn: &mut Conn, me: Id, address: Option<&Email>) -> Result<Vec<ExportedInvitation>> {
    let mut query = invitations::table
        .filter(invitations::accepted_by.eq(me).or(invitations::place_id.eq(me)))
        .order(invitations::id)
        .select(ExportedInvitation::as_select())
        .into_boxed();
    if let Some(address) = address {
        query = query.or_filter(invitations::email.eq(address));
    }
    Ok(query.load(conn)?)
}

fn staff_invitations_of(conn: &mut Conn, me: Id, address: Option<&Email>) -> Result<Vec<ExportedStaffInvitation>> {
    use staff_invitations as invitations;
    let mut query = invitations::table
        .filter(invitations::accepted_by.eq(me))
        .order(invitations::id)
        .select(ExportedStaffInvitation::as_select())
        .into_boxed();
    if let Some(address) = address {
        query = query.or_filter(invitations::email.eq(address));
    }
    Ok(query.load(conn)?)
}
