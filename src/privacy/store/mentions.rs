//! Where others' answers and notes name somebody.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            actions, application_scores, applications, brief_members, client_availabilities, client_briefs,
            client_links, client_products, client_steps, clients, discoveries, due_extensions, employer_contacts,
            employer_roles, employers, enrolments, hint_texts, idempotency_keys as keys, introductions, jobs,
            pastoral_notes, peer_feedback, product_owners, product_team_members, progress_logs, project_hints,
            referral_fees, retro_items, review_issues, rounds, scheduled_events, submissions, team_repairs,
            timetable_sessions,
        },
    },
    error::Result,
    primitives::{Email, Id, text::folded},
    work::model::search_words,
};

/// A text in which somebody may be named.
trait Naming: Sized {
    fn changed(&self, change: &impl Fn(&str) -> String) -> Self;
}

impl Naming for String {
    fn changed(&self, change: &impl Fn(&str) -> String) -> Self {
        change(self)
    }
}

impl Naming for Option<String> {
    fn changed(&self, change: &impl Fn(&str) -> String) -> Self {
        self.as_deref().map(change)
    }
}

/// `change_texts!(conn, change: table[key] { columns } where condition)` puts what `change` makes of the columns in their place,
/// in the rows of which something changes.
macro_rules! change_texts {
    ($conn:ident, $change:ident: $table:ident[$($key:ident: $key_type:ty),+] { $($column:ident: $type:ty),+ } where $condition:expr) => {
        let rows: Vec<(($($key_type,)+), ($($type,)+))> = $table::table
            .filter($condition)
            .select((($($table::$key,)+), ($($table::$column,)+)))
            .load($conn)?;
        for (($($key,)+), before) in rows {
            let ($($column,)+) = &before;
            let after = ($($column.changed($change),)+);
            if after != before {
                let ($($column,)+) = after;
                diesel::update($table::table$(.filter($table::$key.eq($key)))+)
                    .set(($($table::$column.eq($column),)+))
                    .execute($conn)?;
            }
        }
    };
}

/// Puts what `change` makes of a text in its place, wherever somebody may be named: in answers that are kept, and in what
/// anybody wrote in the cohorts that they were in, or they themself wrote elsewhere. An invitation is answered with the address alone.
pub fn change_mentions(conn: &mut Conn, person: Id, email: &Email, change: impl Fn(&str) -> String) -> Result<()> {
    let change = &change;
    change_answers(conn, person, email, change)?;
    let cohorts: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .select(enrolments::cohort_id)
        .load(conn)?;
    macro_rules! of_cohorts {
        ($table:ident) => {
            $table::cohort_id.among(&cohorts)
        };
        ($table:ident, $($author:ident),+) => {
            of_cohorts!($table)$(.or($table::$author.assume_not_null().eq(person)))+
        };
    }
    let named = format!("%{person}%");
    change_texts!(conn, change: jobs[id: Id] { problem: Option<String>, result: Option<String> }
        where of_cohorts!(jobs).and(jobs::problem.like(&named).or(jobs::result.like(&named)).assume_not_null()));
    let repaired = rounds::table.filter(of_cohorts!(rounds)).select(rounds::id);
    change_texts!(conn, change: team_repairs[id: Id] { reason: String } where team_repairs::round_id.eq_any(repaired));
    change_texts!(conn, change: pastoral_notes[id: Id] { text: String } where of_cohorts!(pastoral_notes));
    let applied = applications::table
        .filter(of_cohorts!(applications))
        .select(applications::id);
    change_texts!(conn, change: application_scores[application_id: Id, person_id: Id] { note: Option<String> }
        where application_scores::application_id.eq_any(applied).or(application_scores::person_id.eq(person)));
    let own = product_owners::table
        .filter(product_owners::person_id.eq(person))
        .select(product_owners::client_id);
    let owned: Vec<Id> = clients::table
        .filter(
            clients::applied_by
                .eq(person)
                .assume_not_null()
                .or(clients::id.eq_any(own)),
        )
        .select(clients::id)
        .load(conn)?;
    change_texts!(conn, change: clients[id: Id] { name: String, about: String } where clients::id.among(&owned));
    change_texts!(conn, change: client_steps[id: Id] { note: Option<String> } where client_steps::client_id.among(&owned));
    change_texts!(conn, change: client_products[cohort_id: Id, client_id: Id] { summary: String }
        where client_products::client_id.among(&owned));
    let done = brief_members::table
        .filter(brief_members::person_id.eq(person))
        .select(brief_members::brief_id);
    change_texts!(conn, change: client_briefs[id: Id] { title: String, text: String, outcome: Option<String> }
        where client_briefs::client_id.among(&owned).or(client_briefs::id.eq_any(done)));
    change_texts!(conn, change: client_availabilities[client_id: Id] { text: Option<String> }
        where client_availabilities::client_id.among(&owned));
    let built = product_team_members::table
        .filter(product_team_members::person_id.eq(person))
        .select(product_team_members::client_id);
    change_texts!(conn, change: client_links[id: Id] { title: String, note: Option<String> }
        where client_links::client_id.among(&owned).or(client_links::client_id.eq_any(built)));
    let acted_for: Vec<Id> = employer_contacts::table
        .filter(employer_contacts::person_id.eq(person))
        .select(employer_contacts::employer_id)
        .load(conn)?;
    change_texts!(conn, change: employers[id: Id] { name: String, about: Option<String> } where employers::id.among(&acted_for));
    change_texts!(conn, change: employer_roles[id: Id] { title: String, text: String }
        where employer_roles::employer_id.among(&acted_for));
    change_texts!(conn, change: introductions[id: Id] { message: Option<String> } where introductions::person_id.eq(person));
    let own = introductions::table
        .filter(introductions::person_id.eq(person))
        .select(introductions::id);
    change_texts!(conn, change: referral_fees[id: Id] { reason: Option<String> } where referral_fees::introduction_id.eq_any(own));
    change_texts!(conn, change: submissions[id: Id] { notes: Option<String> } where of_cohorts!(submissions, submitted_by));
    change_texts!(conn, change: due_extensions[team_id: Id, week_number: i32] { reason: Option<String> }
        where of_cohorts!(due_extensions, granted_by));
    change_texts!(conn, change: project_hints[id: Id] { body: String } where of_cohorts!(project_hints, written_by));
    let of_theirs = project_hints::table
        .filter(project_hints::written_by.eq(person))
        .select(project_hints::id);
    change_texts!(conn, change: hint_texts[id: Id] { body: String }
        where of_cohorts!(hint_texts).or(hint_texts::hint_id.eq_any(of_theirs)));
    change_texts!(conn, change: review_issues[id: Id] { title: String, body: String, answer: Option<String> }
        where of_cohorts!(review_issues, raised_by, answered_by));
    change_texts!(conn, change: scheduled_events[id: Id] { title: String, place: Option<String> }
        where of_cohorts!(scheduled_events));
    change_texts!(conn, change: timetable_sessions[id: Id] { title: String, place: Option<String> }
        where of_cohorts!(timetable_sessions));
    change_texts!(conn, change: retro_items[id: Id] { text: String } where of_cohorts!(retro_items, author_id));
    change_texts!(conn, change: actions[id: Id] { text: String, note: Option<String> } where of_cohorts!(actions, owner_id));
    change_texts!(conn, change: progress_logs[id: Id] { text: String } where of_cohorts!(progress_logs));
    change_texts!(conn, change: peer_feedback[id: Id] { text: String } where of_cohorts!(peer_feedback));
    change_discoveries(conn, person, &cohorts, change)
}

/// In answers that are kept for an `Idempotency-Key`.
fn change_answers(conn: &mut Conn, person: Id, email: &Email, change: &impl Fn(&str) -> String) -> Result<()> {
    let named = format!("%{person}%");
    let kept: Vec<(String, String, String)> = keys::table
        .filter(keys::body.like(&named).or(keys::body.like(format!("%{email}%"))))
        .select((keys::caller, keys::key, keys::body))
        .load(conn)?;
    for (caller, key, body) in kept {
        let row = keys::table.find((&caller, &key));
        // What somebody without an account was answered is of their own account, as they called themself then.
        if caller.starts_with("address:") && body.contains(&person.to_string()) {
            diesel::delete(row).execute(conn)?;
        } else {
            diesel::update(row).set(keys::body.eq(change(&body))).execute(conn)?;
        }
    }
    Ok(())
}

/// In discoveries, with the words that they are found by.
fn change_discoveries(conn: &mut Conn, person: Id, cohorts: &[Id], change: &impl Fn(&str) -> String) -> Result<()> {
    type Found = (Id, (String, String, Option<String>));
    let in_cohorts = discoveries::cohort_id.among(cohorts);
    let found: Vec<Found> = discoveries::table
        .filter(in_cohorts.or(discoveries::shared_by.eq(person)))
        .select((
            discoveries::id,
            (discoveries::title, discoveries::topic, discoveries::text),
        ))
        .load(conn)?;
    for (id, before) in found {
        let (title, topic, text) = &before;
        let after = (title.changed(change), topic.changed(change), text.changed(change));
        if after != before {
            let (title, topic, text) = after;
            diesel::update(discoveries::table.find(id))
                .set((
                    discoveries::topic_folded.eq(folded(&topic)),
                    discoveries::search_words.eq(search_words([&title, &topic, text.as_deref().unwrap_or_default()])),
                    discoveries::title.eq(title),
                    discoveries::topic.eq(topic),
                    discoveries::text.eq(text),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}
