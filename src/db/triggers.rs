//! Which things a changed row belongs to, told by temporary triggers of the connection that writes: no write can
//! forget it, also none that comes about by a foreign key.

use std::{cell::RefCell, collections::HashSet};

use diesel::{SqliteConnection, connection::SimpleConnection, sql_types};

#[diesel::declare_sql_function]
extern "SQL" {
    /// Notes that a row of this thing is changed.
    fn note_change(id: sql_types::Nullable<sql_types::BigInt>) -> sql_types::Integer;
}

thread_local! {
    /// What the transaction of this thread has changed; also what it undid again, which does no harm.
    static CHANGED: RefCell<HashSet<i64>> = RefCell::default();
}

/// Takes what has been changed on this thread since the last time.
pub fn take_changed() -> HashSet<i64> {
    CHANGED.take()
}

const OF_COHORT: &str = "SELECT note_change({row}.cohort_id);";
const OF_PERSON: &str = "SELECT note_change({row}.person_id);";
const OF_ROUND: &str = "SELECT note_change(cohort_id) FROM rounds WHERE id = {row}.round_id;";
const OF_PLAN: &str = "SELECT note_change(cohort_id) FROM team_plans WHERE id = {row}.plan_id;";
const OF_SLOT: &str = "SELECT note_change(cohort_id) FROM mentor_slots WHERE id = {row}.slot_id;";
const OF_SIGN_UP: &str = "SELECT note_change(cohort_id) FROM mentor_slots JOIN sign_ups ON slot_id = mentor_slots.id \
                          WHERE sign_ups.id = {row}.sign_up_id;";
const OF_CAMPUS: &str = "SELECT note_change(id) FROM cohorts WHERE campus_id = {row}.campus_id;";
const ITSELF: &str = "SELECT note_change({row}.id);";

/// Every table with what is to be noted of a row of it; `{row}` is the row as it was or as it is.
/// What is read of a cohort rests on the cohort, so whatever shows there must lead to it.
const TABLES: &[(&str, &[&str])] = &[
    (
        "people",
        &[
            ITSELF,
            "SELECT note_change(cohort_id) FROM enrolments WHERE person_id = {row}.id;",
            "SELECT note_change(mentor_slots.cohort_id) FROM sign_ups JOIN mentor_slots ON mentor_slots.id = slot_id \
             WHERE sign_ups.person_id = {row}.id;",
        ],
    ),
    ("sessions", &[ITSELF]),
    ("api_tokens", &[ITSELF]),
    ("second_factors", &[OF_PERSON]),
    (
        "campuses",
        &["SELECT note_change(id) FROM cohorts WHERE campus_id = {row}.id;"],
    ),
    ("campus_alumni_sources", &[OF_CAMPUS]),
    ("campus_members", &[OF_CAMPUS, OF_PERSON]),
    ("campus_staff", &[OF_CAMPUS, OF_PERSON]),
    ("pastoral_carers", &[OF_PERSON]),
    ("campus_removals", &[OF_CAMPUS, OF_PERSON]),
    ("campus_days_off", &[OF_CAMPUS]),
    (
        "programmes",
        &["SELECT note_change(id) FROM cohorts WHERE programme_id = {row}.id;"],
    ),
    ("cohorts", &[ITSELF]),
    ("projects", &[OF_COHORT]),
    ("weeks", &[OF_COHORT]),
    ("enrolments", &[OF_COHORT, OF_PERSON]),
    (
        "consents",
        &["SELECT note_change(cohort_id) FROM enrolments WHERE person_id = {row}.person_id;"],
    ),
    ("claim_links", &[OF_COHORT]),
    ("invitations", &[OF_COHORT]),
    ("absences", &[OF_COHORT]),
    ("pair_rules", &[OF_COHORT]),
    ("team_plans", &[OF_COHORT]),
    ("rounds", &[OF_COHORT]),
    ("published_weeks", &[OF_COHORT]),
    ("teams", &[OF_ROUND]),
    ("team_members", &[OF_ROUND]),
    ("team_repairs", &[OF_ROUND]),
    ("plan_versions", &[OF_PLAN]),
    ("plan_version_seats", &[OF_PLAN]),
    ("trade_offs", &[OF_PLAN]),
    ("jobs", &[OF_COHORT]),
    ("mentor_slots", &[OF_COHORT]),
    ("sign_ups", &[OF_SLOT, OF_PERSON]),
    ("office_hour_bookings", &[OF_SLOT, OF_PERSON]),
    ("mentor_swap_offers", &[OF_SIGN_UP]),
    ("hand_overs", &[OF_COHORT]),
    ("mentor_preferences", &[OF_COHORT]),
    ("mentor_wishes", &[OF_SLOT]),
    ("mentor_companions", &[OF_COHORT]),
    ("mentor_allocations", &[OF_COHORT]),
    ("due_extensions", &[OF_COHORT]),
    ("project_hints", &[OF_COHORT]),
    ("hint_requests", &[OF_COHORT]),
    ("hint_texts", &[OF_COHORT]),
    ("submissions", &[OF_COHORT]),
    ("code_reviews", &[OF_COHORT]),
    ("review_issues", &[OF_COHORT]),
    ("discoveries", &[OF_COHORT]),
    ("retros", &[OF_COHORT]),
    ("retro_items", &[OF_COHORT]),
    ("actions", &[OF_COHORT]),
];

/// Tables on which no kept answer rests. The weeks of a programme are copied to a cohort when it is made.
#[cfg(test)]
const UNNOTED: &[&str] = &[
    "programme_weeks",
    "useful_marks",
    "timetable_sessions",
    "scheduled_events",
    "attendances",
    "day_absences",
    "check_in_tries",
    "calendar_feeds",
    "calendar_revisions",
    "retro_votes",
    "manuals",
    "progress_logs",
    "peer_feedback",
    "id_nodes",
    "refresh_tokens",
    "passkeys",
    "passkey_challenges",
    "sign_ons",
    "sign_on_attempts",
    "idempotency_keys",
    "events",
    "event_consumers",
    "event_channels",
    "notifications",
    "notification_settings",
    "mail_messages",
    "login_tries",
    "mailed_codes",
    "installation_secrets",
    "recovery_codes",
    "staff_invitations",
    "banned_addresses",
    "audit_entries",
    "merged_accounts",
    "mentor_thanks",
    "checklist_templates",
    "checklists",
    "checklist_items",
    "pastoral_notes",
    "walks",
    "walk_places",
    "webhooks",
    "webhook_deliveries",
    "intakes",
    "application_forms",
    "admission_interests",
    "applications",
    "evidence_readings",
    "admission_panels",
    "application_scores",
    "application_recusals",
    "interview_slots",
    "client_terms",
    "clients",
    "client_steps",
    "client_workshops",
    "client_workshop_bookings",
    "client_products",
    "client_hand_over_items",
    "client_availabilities",
    "client_links",
    "demo_days",
    "demo_day_invitations",
    "product_ballots",
    "product_votes",
    "product_wishes",
    "product_team_members",
    "client_offers",
    "product_owners",
    "product_owner_invitations",
    "client_briefs",
    "brief_passes",
    "brief_interests",
    "brief_members",
    "employers",
    "employer_contacts",
    "employer_roles",
    "career_profiles",
    "introductions",
    "referral_fees",
];

/// Makes `conn` note what it changes.
pub fn install(conn: &mut SqliteConnection) -> diesel::QueryResult<()> {
    note_change_utils::register_nondeterministic_impl(conn, |id: Option<i64>| {
        CHANGED.with_borrow_mut(|changed| changed.extend(id));
        0
    })?;
    let mut all = String::new();
    for (table, notes) in TABLES {
        for (event, rows) in [
            ("INSERT", &["NEW"][..]),
            ("UPDATE", &["OLD", "NEW"]),
            ("DELETE", &["OLD"]),
        ] {
            let notes: String = rows
                .iter()
                .flat_map(|row| notes.iter().map(|note| note.replace("{row}", row)))
                .collect();
            all +=
                &format!("CREATE TEMP TRIGGER note_{table}_{event} AFTER {event} ON main.{table} BEGIN {notes} END;");
        }
    }
    conn.batch_execute(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_is_forgotten() {
        let schema = include_str!("schema/lib.rs");
        let lines = schema.split("diesel::table! {").skip(1);
        let in_schema = lines.filter_map(|table| table.trim_start().split(' ').next());
        let known = TABLES.iter().map(|(table, _)| *table).chain(UNNOTED.iter().copied());
        let mut known: Vec<_> = known.collect();
        let mut in_schema: Vec<_> = in_schema.collect();
        known.sort_unstable();
        in_schema.sort_unstable();
        assert_eq!(known, in_schema);
    }
}
