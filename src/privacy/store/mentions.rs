//! Where others' answers and notes name somebody.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            actions, discoveries, due_extensions, enrolments, hint_texts, idempotency_keys as keys, jobs,
            pastoral_notes, peer_feedback, progress_logs, project_hints, retro_items, review_issues, rounds,
            scheduled_events, submissions, team_repairs, timetable_sessions,
        },
    },
    error::Result,
    primitives::{Email, Id, text::folded},
    work::model::search_words,
};

/// Puts what `change` makes of a text in its place, wherever somebody may be named: in answers that are kept, in what
/// came of jobs, in the reasons of repairs, and in what was written about work, by whomever. An invitation is answered with the address alone.
pub fn change_mentions(conn: &mut Conn, person: Id, email: &Email, change: impl Fn(&str) -> String) -> Result<()> {
    let named = format!("%{person}%");
    let kept: Vec<(String, String, String)> = keys::table
        .filter(keys::body.like(&named).or(keys::body.like(format!("%{email}%"))))
        .select((keys::caller, keys::key, keys::body))
        .load(conn)?;
    for (caller, key, body) in kept {
        // What somebody without an account was answered is of their own account, as they called themself then.
        if caller.starts_with("address:") && body.contains(&person.to_string()) {
            diesel::delete(keys::table.find((caller, key))).execute(conn)?;
            continue;
        }
        diesel::update(keys::table.find((caller, key)))
            .set(keys::body.eq(change(&body)))
            .execute(conn)?;
    }
    let cohorts: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .select(enrolments::cohort_id)
        .load(conn)?;
    let ended: Vec<(Id, Option<String>, Option<String>)> = jobs::table
        .filter(jobs::cohort_id.among(&cohorts))
        .filter(jobs::problem.like(&named).or(jobs::result.like(&named)))
        .select((jobs::id, jobs::problem, jobs::result))
        .load(conn)?;
    for (id, problem, result) in ended {
        let change = |text: Option<String>| text.map(|text| change(&text));
        diesel::update(jobs::table.find(id))
            .set((jobs::problem.eq(change(problem)), jobs::result.eq(change(result))))
            .execute(conn)?;
    }
    let reasons: Vec<(Id, String)> = team_repairs::table
        .inner_join(rounds::table)
        .filter(rounds::cohort_id.among(&cohorts))
        .select((team_repairs::id, team_repairs::reason))
        .load(conn)?;
    for (id, reason) in reasons {
        let changed = change(&reason);
        if changed != reason {
            diesel::update(team_repairs::table.find(id))
                .set(team_repairs::reason.eq(changed))
                .execute(conn)?;
        }
    }
    change_notes(conn, &cohorts, &change)?;
    change_work(conn, person, &cohorts, &change)?;
    change_retros(conn, person, &cohorts, &change)?;
    change_reflection(conn, &cohorts, &change)
}

/// The same in what pastoral carers noted about others in those cohorts.
fn change_notes(conn: &mut Conn, cohorts: &[Id], change: &impl Fn(&str) -> String) -> Result<()> {
    let notes: Vec<(Id, String)> = pastoral_notes::table
        .filter(pastoral_notes::cohort_id.among(cohorts))
        .select((pastoral_notes::id, pastoral_notes::text))
        .load(conn)?;
    for (id, text) in notes {
        let changed = change(&text);
        if changed != text {
            diesel::update(pastoral_notes::table.find(id))
                .set(pastoral_notes::text.eq(changed))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// The same in submissions, reasons of extensions, hints, issues and discoveries: of the cohorts that they were in, and what they
/// wrote elsewhere.
fn change_work(conn: &mut Conn, person: Id, cohorts: &[Id], change: &impl Fn(&str) -> String) -> Result<()> {
    let optional = |text: &Option<String>| text.as_deref().map(change);
    let notes: Vec<(Id, Option<String>)> = submissions::table
        .filter(
            submissions::cohort_id
                .among(cohorts)
                .or(submissions::submitted_by.eq(person)),
        )
        .filter(submissions::notes.is_not_null())
        .select((submissions::id, submissions::notes))
        .load(conn)?;
    for (id, before) in notes {
        let after = optional(&before);
        if after != before {
            diesel::update(submissions::table.find(id))
                .set(submissions::notes.eq(after))
                .execute(conn)?;
        }
    }
    let reasons: Vec<((Id, i32), Option<String>)> = due_extensions::table
        .filter(
            due_extensions::cohort_id
                .among(cohorts)
                .or(due_extensions::granted_by.eq(person)),
        )
        .filter(due_extensions::reason.is_not_null())
        .select((
            (due_extensions::team_id, due_extensions::week_number),
            due_extensions::reason,
        ))
        .load(conn)?;
    for (key, before) in reasons {
        let after = optional(&before);
        if after != before {
            diesel::update(due_extensions::table.find(key))
                .set(due_extensions::reason.eq(after))
                .execute(conn)?;
        }
    }
    let of_them = project_hints::written_by.eq(person);
    let hints: Vec<(Id, String)> = project_hints::table
        .filter(project_hints::cohort_id.among(cohorts).or(of_them))
        .select((project_hints::id, project_hints::body))
        .load(conn)?;
    for (id, before) in hints {
        let after = change(&before);
        if after != before {
            diesel::update(project_hints::table.find(id))
                .set(project_hints::body.eq(after))
                .execute(conn)?;
        }
    }
    let theirs = project_hints::table
        .filter(project_hints::written_by.eq(person))
        .select(project_hints::id);
    let earlier: Vec<(Id, String)> = hint_texts::table
        .filter(
            hint_texts::cohort_id
                .among(cohorts)
                .or(hint_texts::hint_id.eq_any(theirs)),
        )
        .select((hint_texts::id, hint_texts::body))
        .load(conn)?;
    for (id, before) in earlier {
        let after = change(&before);
        if after != before {
            diesel::update(hint_texts::table.find(id))
                .set(hint_texts::body.eq(after))
                .execute(conn)?;
        }
    }
    type Issue = (Id, (String, String, Option<String>));
    let by_them = review_issues::raised_by
        .eq(person)
        .or(review_issues::answered_by.eq(person));
    let issues: Vec<Issue> = review_issues::table
        .filter(review_issues::cohort_id.among(cohorts).or(by_them))
        .select((
            review_issues::id,
            (review_issues::title, review_issues::body, review_issues::answer),
        ))
        .load(conn)?;
    for (id, before) in issues {
        let (title, body, answer) = &before;
        let after = (change(title), change(body), optional(answer));
        if after != before {
            let (title, body, answer) = after;
            diesel::update(review_issues::table.find(id))
                .set((
                    review_issues::title.eq(title),
                    review_issues::body.eq(body),
                    review_issues::answer.eq(answer),
                ))
                .execute(conn)?;
        }
    }
    type Found = (Id, (String, String, Option<String>));
    let found: Vec<Found> = discoveries::table
        .filter(
            discoveries::cohort_id
                .among(cohorts)
                .or(discoveries::shared_by.eq(person)),
        )
        .select((
            discoveries::id,
            (discoveries::title, discoveries::topic, discoveries::text),
        ))
        .load(conn)?;
    for (id, before) in found {
        let (title, topic, text) = &before;
        let after = (change(title), change(topic), optional(text));
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
    change_timetables(conn, cohorts, change)
}

/// The same in what takes place in the cohorts that they were in: a conversation may be called after them.
fn change_timetables(conn: &mut Conn, cohorts: &[Id], change: &impl Fn(&str) -> String) -> Result<()> {
    macro_rules! changed {
        ($table:ident) => {
            let rows: Vec<(Id, (String, Option<String>))> = $table::table
                .filter($table::cohort_id.among(cohorts))
                .select(($table::id, ($table::title, $table::place)))
                .load(conn)?;
            for (id, before) in rows {
                let after = (change(&before.0), before.1.as_deref().map(change));
                if after != before {
                    diesel::update($table::table.find(id))
                        .set(($table::title.eq(after.0), $table::place.eq(after.1)))
                        .execute(conn)?;
                }
            }
        };
    }
    changed!(scheduled_events);
    changed!(timetable_sessions);
    Ok(())
}

/// The same in what was written in retros, and in actions.
fn change_retros(conn: &mut Conn, person: Id, cohorts: &[Id], change: &impl Fn(&str) -> String) -> Result<()> {
    let items: Vec<(Id, String)> = retro_items::table
        .filter(
            retro_items::cohort_id
                .among(cohorts)
                .or(retro_items::author_id.eq(person)),
        )
        .select((retro_items::id, retro_items::text))
        .load(conn)?;
    for (id, before) in items {
        let after = change(&before);
        if after != before {
            diesel::update(retro_items::table.find(id))
                .set(retro_items::text.eq(after))
                .execute(conn)?;
        }
    }
    let found: Vec<(Id, String, Option<String>)> = actions::table
        .filter(actions::cohort_id.among(cohorts).or(actions::owner_id.eq(person)))
        .select((actions::id, actions::text, actions::note))
        .load(conn)?;
    for (id, text, note) in found {
        let after = (change(&text), note.as_deref().map(change));
        if after != (text, note) {
            diesel::update(actions::table.find(id))
                .set((actions::text.eq(after.0), actions::note.eq(after.1)))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// The same in progress logs and feedback of their cohorts.
fn change_reflection(conn: &mut Conn, cohorts: &[Id], change: &impl Fn(&str) -> String) -> Result<()> {
    macro_rules! change_texts {
        ($($table:ident),*) => {$(
            let texts: Vec<(Id, String)> = $table::table
                .filter($table::cohort_id.among(cohorts))
                .select(($table::id, $table::text))
                .load(conn)?;
            for (id, before) in texts {
                let after = change(&before);
                if after != before {
                    diesel::update($table::table.find(id))
                        .set($table::text.eq(after))
                        .execute(conn)?;
                }
            }
        )*};
    }
    change_texts!(progress_logs, peer_feedback);
    Ok(())
}
