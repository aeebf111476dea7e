//! What each person of a cohort got and did not get.

use std::collections::BTreeMap;

use crate::{
    authz::{Actor, SignedIn},
    board::{
        model::{FairnessNote, StudentAverage, StudentShare},
        rules,
    },
    cohorts::{CohortStaff, model::FIRST_WEEK},
    db::Conn,
    error::{Error, Result},
    mentoring::{self, actions::OwnShare, model::MentorShare},
    primitives::Id,
    students,
    teams::{self, model::PersonName},
    work,
};

/// Everybody's share.
pub struct Fairness {
    pub cohort: Id,
    /// Those who have not left, by name.
    pub students: Vec<(PersonName, StudentShare)>,
    pub average: Option<StudentAverage>,
    pub mentors: Vec<(PersonName, MentorShare)>,
    pub notes: Vec<FairnessNote>,
}

/// What everybody in a cohort got, for its staff.
pub fn fairness(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Fairness> {
    let (cohort, _) = CohortStaff::or_hide(conn, actor, cohort)?;
    let students = students(conn, actor, cohort.id, FIRST_WEEK)?;
    let mentors = mentoring::actions::shares(conn, actor, cohort.id)?;
    Ok(Fairness {
        cohort: cohort.id,
        average: rules::average(&students),
        notes: rules::notes(&students, &mentors),
        students,
        mentors,
    })
}

/// What somebody got, beside the averages.
pub struct OwnFairness {
    pub cohort: Id,
    pub student: Option<(StudentShare, Option<StudentAverage>)>,
    pub mentor: Option<OwnShare>,
    pub notes: Vec<FairnessNote>,
}

/// What somebody can do who studies nowhere.
const INSTEAD: &str = "Name one that you graduated from, or in which you mentor, as `cohort_id`.";

/// What the caller got as a student or a mentor: of the cohort that is named, or of the one that they study in.
pub fn own_fairness(conn: &mut Conn, actor: &Actor, cohort: Option<Id>) -> Result<OwnFairness> {
    let person = SignedIn::prove(actor)?.person();
    let studied = students::actions::own_cohorts(conn, actor)?;
    let (cohort, studies) = match cohort {
        Some(named) => (named, studied.iter().any(|own| own.cohort.id == named)),
        None => (students::own_cohort(studied, INSTEAD)?.cohort.id, true),
    };
    if studies {
        let all = students(conn, actor, cohort, FIRST_WEEK)?;
        return Ok(OwnFairness {
            cohort,
            student: Some((share_of(&all, person)?.1.clone(), rules::average(&all))),
            mentor: None,
            notes: own_notes(conn, actor, (cohort, person), all)?,
        });
    }
    let share = mentoring::actions::own_share(conn, actor, cohort)?.ok_or_else(Error::not_found)?;
    Ok(OwnFairness {
        cohort,
        student: None,
        mentor: Some(share),
        notes: Vec::new(),
    })
}

fn share_of(all: &[(PersonName, StudentShare)], person: Id) -> Result<&(PersonName, StudentShare)> {
    all.iter()
        .find(|(one, _)| one.id == person)
        .ok_or_else(Error::not_found)
}

/// What of a student's share is far from the average. Whoever came late is compared by what there was since, `all` tells what
/// there was from the first week on.
fn own_notes(
    conn: &mut Conn,
    actor: &Actor,
    (cohort, person): (Id, Id),
    mut all: Vec<(PersonName, StudentShare)>,
) -> Result<Vec<FairnessNote>> {
    let turns = teams::actions::list_turns(conn, actor, cohort, FIRST_WEEK)?;
    let Some(own) = turns.get(&person) else {
        return Ok(Vec::new());
    };
    let is_late = turns.values().any(|turns| turns.since < own.since);
    if is_late {
        all = students(conn, actor, cohort, own.since)?;
    }
    let (person, share) = share_of(&all, person)?;
    let notes =
        rules::average(&all).map(|average| rules::own_notes(person, share, &average, is_late.then_some(own.since)));
    Ok(notes.unwrap_or_default())
}

/// Everybody's share of the rounds and reviews from a week on.
fn students(conn: &mut Conn, actor: &Actor, cohort: Id, from: i32) -> Result<Vec<(PersonName, StudentShare)>> {
    let mut repeats: BTreeMap<Id, usize> = BTreeMap::new();
    for met in teams::actions::list_encounters(conn, actor, cohort)?.met {
        for person in met.pair {
            let weeks = met.weeks.iter().filter(|week| **week >= from).count();
            *repeats.entry(person).or_default() += weeks.saturating_sub(1);
        }
    }
    let turns = teams::actions::list_turns(conn, actor, cohort, from)?;
    let reviews = work::actions::review_shares(conn, actor, cohort, from)?;
    let ledger = teams::actions::list_roles(conn, actor, cohort, from)?;
    let share = |entry: teams::actions::LedgerEntry| {
        let person = entry.person.id;
        let turns = turns.get(&person).copied().unwrap_or_default();
        let reviews = reviews.get(&person).copied().unwrap_or_default();
        let share = StudentShare {
            rounds: entry.rounds,
            repeats: repeats.get(&person).copied().unwrap_or(0),
            smaller_team: turns.had,
            smaller_team_share: rules::rounded(turns.share),
            roles: entry.roles,
            reviews_assigned: reviews.assigned,
            reviews_done: reviews.done,
            reviews_had: reviews.had,
        };
        (entry.person, share)
    };
    Ok(ledger.entries.into_iter().map(share).collect())
}
