//! Into whose account an organiser gets, with a code for a new password or by taking a second factor away: that of nobody
//! who is anything beyond the campus.

use std::collections::BTreeSet;

use peerled::accounts::store::STANDING_COLUMNS;
use serde_json::{Value, json};

use crate::{
    admissions::{apply, draft, in_days, intake, open, path, window},
    careers, clients,
    harness::{Fac, User, World},
    on_every_database,
};

/// Of every other column that holds a person, why nobody stands elsewhere by it.
const NO_STANDING: &[(&str, &[&str])] = &[
    (
        "it is a way into the account, which a new password takes along, or which the organiser does not get",
        &[
            "api_tokens.person_id",
            "calendar_feeds.person_id",
            "mailed_codes.person_id",
            "passkey_challenges.person_id",
            "passkeys.person_id",
            "recovery_codes.person_id",
            "second_factors.person_id",
            "sessions.person_id",
            "sign_on_attempts.person_id",
            "sign_ons.person_id",
        ],
    ),
    (
        "only somebody who has answered to the brief has it, and that counts",
        &["brief_members.person_id"],
    ),
    (
        "only somebody who is or was enrolled in the cohort has it, and that counts",
        &[
            "absences.person_id",
            "actions.owner_id",
            "attendances.person_id",
            "check_in_tries.person_id",
            "claim_links.person_id",
            "day_absences.person_id",
            "hint_requests.asked_by",
            "introductions.person_id",
            "invitations.accepted_by",
            "invitations.place_id",
            "office_hour_bookings.person_id",
            "pair_rules.person_a",
            "pair_rules.person_b",
            "pastoral_notes.person_id",
            "peer_feedback.giver_id",
            "peer_feedback.receiver_id",
            "plan_version_seats.person_id",
            "product_team_members.person_id",
            "product_votes.person_id",
            "product_wishes.person_id",
            "progress_logs.person_id",
            "retro_items.author_id",
            "retro_votes.person_id",
            "submissions.submitted_by",
            "team_members.person_id",
            "walk_places.person_id",
        ],
    ),
    (
        "only somebody with a place as a mentor, on the staff or enrolled has it, and that counts",
        &[
            "discoveries.shared_by",
            "hand_overs.written_by",
            "mentor_swap_offers.accepted_by",
            "mentor_thanks.person_id",
            "review_issues.answered_by",
            "review_issues.raised_by",
            "useful_marks.person_id",
        ],
    ),
    (
        "it goes with the person's wishes in the same cohort, which count, or is another person's wish",
        &[
            "mentor_companions.companion_id",
            "mentor_companions.person_id",
            "mentor_wishes.person_id",
        ],
    ),
    (
        "somebody did it as staff, which counts for as long as they are: what was done opens nothing",
        &[
            "absences.noted_by",
            "attendances.noted_by",
            "checklist_items.done_by",
            "claim_links.made_by",
            "code_reviews.assigned_by",
            "day_absences.noted_by",
            "due_extensions.granted_by",
            "evidence_readings.noted_by",
            "invitations.invited_by",
            "jobs.created_by",
            "mentor_allocations.created_by",
            "pair_rules.created_by",
            "plan_versions.made_by",
            "project_hints.written_by",
            "retros.opened_by",
            "staff_invitations.accepted_by",
            "staff_invitations.invited_by",
            "team_plans.created_by",
            "team_repairs.made_by",
            "webhooks.made_by",
        ],
    ),
    (
        "somebody did it as a product owner, which counts for as long as they are",
        &[
            "client_availabilities.said_by",
            "clients.applied_by",
            "product_owner_invitations.accepted_by",
            "product_owner_invitations.invited_by",
        ],
    ),
    (
        "it is the person's own wherever they are, and tells of no place",
        &[
            "career_profiles.person_id",
            "consents.person_id",
            "manuals.person_id",
            "merged_accounts.person_id",
            "notification_settings.person_id",
            "notifications.person_id",
        ],
    ),
    (
        "it tells what was, and opens nothing",
        &[
            "audit_entries.person_id",
            "calendar_revisions.person_id",
            "campus_removals.person_id",
            "events.person_id",
        ],
    ),
];

/// What an organiser would get into somebody's account with.
struct Member<'a> {
    fac: &'a Fac,
    path: String,
}

impl<'a> Member<'a> {
    fn of(fac: &'a Fac, who: &User) -> Self {
        Self {
            fac,
            path: format!("/v1/campuses/{}/members/{}", fac.campus, who.id),
        }
    }

    fn code(&self) -> Value {
        let made = self
            .fac
            .organiser
            .post(&format!("{}/password-resets", self.path), Value::Null);
        made.is(201).json["code"].clone()
    }

    /// Neither with a new code, nor with one from before, nor by taking a second factor away.
    fn is_out_of_reach(&self, world: &World, before: &Value) {
        let resets = format!("{}/password-resets", self.path);
        self.fac
            .organiser
            .post(&resets, Value::Null)
            .problem(409, "reset_not_allowed");
        self.fac
            .organiser
            .delete(&format!("{}/second-factor", self.path))
            .problem(409, "conflict");
        let body = json!({"code": before, "password": "copper fern violin"});
        let redeemed = world.nobody().post("/v1/auth/password-resets/redemptions", body);
        redeemed.field("/code", "not_found");
    }
}

/// What somebody is elsewhere, in words, and how they become it.
type Case<'c> = (&'c str, &'c dyn Fn(&User));

on_every_database! {
    fn no_organiser_gets_into_an_account_that_stands_elsewhere(world: World) {
        let (home, away) = (world.campus_with_cohort("home", 1, 0), world.coming_fac(2, 0));
        let criteria = json!([{"key": "luck", "label": {"en": "Luck"}, "most": 5, "weight": 1}]);
        open(&home, intake(window(-1, 1)));
        home.facilitator.put(&path(&home, "/intake/rubric"), json!({ "criteria": criteria })).is(200);
        let [read, avoided] = ["Applicant One", "Applicant Two"].map(|name| apply(&home, &world.person(name)));
        let mut coming = intake(window(1, 2));
        coming["interest_from"] = json!("2026-01-01");
        away.facilitator.put(&path(&away, "/intake"), coming).is(200);
        let admitted = format!("/v1/campuses/{}/alumni-sources/{}", away.campus, home.campus);
        away.organiser.put(&admitted, Value::Null).is(204);
        let slot = json!({"week": 1, "kind": "week", "min": 1, "capacity": 1});
        let slot = away.facilitator.post(&path(&away, "/mentor-slots"), slot).is(201).id();
        let seat = |who: &User| path(&home, &format!("/admission-panel/{}", who.id));
        let sits = |who: &User| {
            home.facilitator.put(&seat(who), Value::Null).is(204);
        };
        let rises = |who: &User| {
            home.facilitator.delete(&seat(who)).is(204);
        };
        clients::open(&away);
        let client = clients::apply(&away, &world.person("Olive"));
        clients::go(&away, &client, &["acknowledged"]);
        let brief = clients::briefs::submitted(&away.facilitator, &client);
        let cases: [Case; 10] = [
            ("Seated", &sits),
            ("Scored", &|who: &User| {
                sits(who);
                who.put(&format!("{read}/scores/me"), json!({"points": {"luck": 3}})).is(200);
                rises(who);
            }),
            ("Aside", &|who: &User| {
                sits(who);
                who.put(&format!("{avoided}/recusals/me"), Value::Null).is(204);
                rises(who);
            }),
            ("Asks", &|who: &User| {
                sits(who);
                let day = &in_days(2)[..10];
                let times = json!([{"starts_at": format!("{day}T12:00:00Z"), "ends_at": format!("{day}T12:30:00Z")}]);
                let new = json!({"times": times, "place": "Main room", "interviewer_id": who.id});
                home.facilitator.post(&path(&home, "/interview-slots"), new).is(201);
                rises(who);
            }),
            ("Owns", &|who: &User| {
                clients::open(&home);
                clients::apply(&home, who);
            }),
            ("Answers", &|who: &User| {
                clients::briefs::note_as_member(&world, &brief, &who.id, "Gladly.");
            }),
            ("Acts", &|who: &User| {
                careers::add_contact(&home, &careers::employer(&home), who).is(204);
            }),
            ("Interested", &|who: &User| {
                who.put(&path(&away, "/intake/interest/me"), Value::Null).is(204);
            }),
            ("Wishes", &|who: &User| {
                who.put(&path(&away, "/mentor-preferences/me"), json!({"ranked": [slot]})).is(200);
            }),
            ("Applies", &|who: &User| {
                open(&away, intake(window(-1, 1)));
                draft(&away, who);
            }),
        ];
        for (name, becomes) in cases {
            let who = world.alumnus(&home, name);
            let member = Member::of(&home, &who);
            let before = member.code();
            becomes(&who);
            member.is_out_of_reach(&world, &before);
        }
        // What somebody is at this campus alone keeps nobody from letting them back in.
        let own = world.alumnus(&home, "Own");
        apply(&home, &own);
        Member::of(&home, &own).code();
    }

    fn every_column_that_holds_a_person_counts_or_says_why_not(world: World) {
        let schema = include_str!("../../../src/db/schema/lib.rs").split("diesel::table! {").skip(1);
        let with_person = schema.filter(|table| table.contains(" person_id ->"));
        let named = with_person.filter_map(|table| table.split_whitespace().next());
        let named = named.map(|table| format!("{table}.person_id"));
        let held: BTreeSet<String> = world.person_columns().into_iter().chain(named).collect();
        let without = NO_STANDING.iter().flat_map(|(_, columns)| columns.iter().copied());
        let said: Vec<&str> = STANDING_COLUMNS.iter().copied().chain(without).collect();
        let known: BTreeSet<&str> = said.iter().copied().collect();
        assert_eq!(known.len(), said.len(), "a column is named twice");
        let forgotten: Vec<&String> = held.iter().filter(|column| !known.contains(column.as_str())).collect();
        assert!(forgotten.is_empty(), "does somebody stand elsewhere by {forgotten:?}? Say so in accounts/store/resets.rs, or here why not");
        let stale: Vec<&&str> = known.iter().filter(|column| !held.contains(**column)).collect();
        assert!(stale.is_empty(), "there is no {stale:?}");
    }
}
