//! Where others' answers and notes name somebody.

use diesel::prelude::*;

use crate::{
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{enrolments, idempotency_keys as keys, jobs, rounds, team_repairs},
    },
    error::Result,
    primitives::{Email, Id},
};

/// Puts what `change` makes of a text in its place, wherever somebody may be named: in answers that are kept, in what
/// came of jobs, and in the reasons of repairs. An invitation is answered with the address alone.
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
    Ok(())
}
