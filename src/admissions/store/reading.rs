//! The panel, and what it thinks.

use std::collections::{HashMap, HashSet};

use diesel::{dsl::exists, prelude::*};

use crate::{
    accounts::model::PersonCard,
    admissions::{
        events::{self, PanelChange, PanelEvent},
        model::{Application, ApplicationStatus, PanelMember, Queue, Recusal, Score},
        proofs::{ApplicationKeeper, OwnPanels, PanelReader, ReadApplication},
    },
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            admission_panels as panels, application_recusals as recusals, application_scores as scores, applications,
            intakes, people,
        },
    },
    error::{Error, Result},
    outbox,
    primitives::{Id, Instant},
};

/// Who reads the applications to a cohort, by name.
pub fn panel(conn: &mut Conn, proof: &CohortStaff) -> Result<Vec<PanelMember>> {
    Ok(panels::table
        .inner_join(people::table)
        .filter(panels::cohort_id.eq(proof.cohort()))
        .order((people::name, people::id))
        .select((PersonCard::as_select(), panels::created_at))
        .load(conn)?)
}

/// Puts somebody on the panel, and tells them. Repeating it changes nothing.
pub fn insert_panel_member(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    person: Id,
    now: Instant,
) -> Result<()> {
    let there = panels::table.find((proof.cohort(), person));
    if diesel::select(exists(there)).get_result(conn)? {
        return Ok(());
    }
    diesel::insert_into(panels::table)
        .values((
            panels::cohort_id.eq(proof.cohort()),
            panels::person_id.eq(person),
            panels::created_at.eq(now),
        ))
        .execute(conn)?;
    events::panel_member(proof.cohort(), person).created(conn)?;
    tell_of_panel(conn, proof, cohort, (person, PanelChange::Joined), now)
}

/// Takes somebody off the panel. What they thought stays.
///
/// # Errors
/// `404` if they are not on it.
pub fn delete_panel_member(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    person: Id,
    now: Instant,
) -> Result<()> {
    if diesel::delete(panels::table.find((proof.cohort(), person))).execute(conn)? == 0 {
        return Err(Error::not_found());
    }
    events::panel_member(proof.cohort(), person).deleted(conn)?;
    tell_of_panel(conn, proof, cohort, (person, PanelChange::Left), now)
}

fn tell_of_panel(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    (person, kind): (Id, PanelChange),
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.cohort(), cohort.id, "the proof holds elsewhere");
    let event = PanelEvent {
        kind,
        campus_id: cohort.campus_id,
        cohort_id: cohort.id,
        person_id: person,
        is_own_doing: proof.person() == person,
    };
    outbox::record(conn, &event, Some(proof.person()), now)
}

/// How many applications the caller is to read, by the cohorts on whose panels they are, and how many they have read.
pub fn queues(conn: &mut Conn, proof: &OwnPanels) -> Result<HashMap<Id, Queue>> {
    let cohorts = proof.panels().iter().map(|panel| panel.cohort.id);
    let waiting: Vec<(Id, Id)> = applications::table
        .filter(applications::cohort_id.among(cohorts))
        .filter(applications::status.eq(ApplicationStatus::Submitted))
        .filter(diesel::dsl::not(applications::id.among(proof.recused().to_vec())))
        .select((applications::id, applications::cohort_id))
        .load(conn)?;
    let scored: Vec<Id> = scores::table
        .inner_join(applications::table)
        .filter(scores::person_id.eq(proof.person()))
        .filter(applications::status.eq(ApplicationStatus::Submitted))
        .select(scores::application_id)
        .load(conn)?;
    let scored: HashSet<Id> = scored.into_iter().collect();
    let mut queues: HashMap<Id, Queue> = HashMap::new();
    for (application, cohort) in waiting {
        let queue = queues.entry(cohort).or_default();
        match scored.contains(&application) {
            true => queue.read += 1,
            false => queue.to_read += 1,
        }
    }
    Ok(queues)
}

/// Up to `limit` applications behind another that wait for a decision and that the reader may read, with what they think.
pub fn to_read(
    conn: &mut Conn,
    proof: &PanelReader,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<(Application, Option<Score>)>> {
    let mut query = applications::table
        .filter(applications::cohort_id.eq(proof.cohort()))
        .filter(applications::status.eq(ApplicationStatus::Submitted))
        .filter(diesel::dsl::not(applications::id.among(proof.recused().to_vec())))
        .order(applications::id)
        .limit(limit)
        .select(Application::as_select())
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(applications::id.gt(after));
    }
    let found: Vec<Application> = query.load(conn)?;
    let ids = found.iter().map(|one| one.id);
    let own: Vec<Score> = scores::table
        .filter(scores::person_id.eq(proof.person()))
        .filter(scores::application_id.among(ids))
        .select(Score::as_select())
        .load(conn)?;
    let with_own = |application: Application| {
        let score = own.iter().find(|score| score.application_id == application.id).cloned();
        (application, score)
    };
    Ok(found.into_iter().map(with_own).collect())
}

/// Those of these applications whose names a reader does not see yet: reading is blind, and they are on the panel and have not scored.
pub fn unnamed<'a>(conn: &mut Conn, reader: Id, all: impl IntoIterator<Item = &'a Application>) -> Result<HashSet<Id>> {
    let undecided = |one: &&Application| one.status == ApplicationStatus::Submitted;
    let waiting: Vec<&Application> = all.into_iter().filter(undecided).collect();
    let cohorts: HashSet<Id> = waiting.iter().map(|one| one.cohort_id).collect();
    let blind: Vec<Id> = intakes::table
        .filter(intakes::cohort_id.among(cohorts))
        .filter(intakes::is_blind)
        .select(intakes::cohort_id)
        .load(conn)?;
    if blind.is_empty() {
        return Ok(HashSet::new());
    }
    let read: Vec<Id> = panels::table
        .filter(panels::person_id.eq(reader))
        .filter(panels::cohort_id.among(blind))
        .select(panels::cohort_id)
        .load(conn)?;
    let of_panel = waiting.iter().filter(|one| read.contains(&one.cohort_id));
    let unnamed: HashSet<Id> = of_panel.map(|one| one.id).collect();
    let scored: Vec<Id> = scores::table
        .filter(scores::person_id.eq(reader))
        .filter(scores::points.is_not_null())
        .filter(scores::application_id.among(unnamed.iter().copied()))
        .select(scores::application_id)
        .load(conn)?;
    Ok(unnamed.into_iter().filter(|id| !scored.contains(id)).collect())
}

/// What all on the panel think of an application.
pub fn scores(conn: &mut Conn, application: Id) -> Result<Vec<Score>> {
    Ok(scores::table
        .filter(scores::application_id.eq(application))
        .order(scores::created_at)
        .select(Score::as_select())
        .load(conn)?)
}

/// Forgets what was thought of an application that is written anew.
pub fn delete_scores(conn: &mut Conn, proof: &ApplicationKeeper, of: &Application) -> Result<()> {
    debug_assert_eq!(proof.cohort(), of.cohort_id, "the proof holds elsewhere");
    let of_it = scores::table.filter(scores::application_id.eq(of.id));
    let readers: Vec<Id> = of_it.select(scores::person_id).load(conn)?;
    diesel::delete(scores::table.filter(scores::application_id.eq(of.id))).execute(conn)?;
    let mut readers = readers.into_iter();
    readers.try_for_each(|reader| events::score(of, reader).deleted(conn))
}

/// What the reader thinks from now on. Only they are told: how many have scored is for nobody to know who has not.
pub fn save_score(conn: &mut Conn, proof: &ReadApplication, score: &Score) -> Result<()> {
    debug_assert_eq!(proof.reader().person(), score.person_id, "nobody scores for another");
    if score.version == 1 {
        diesel::insert_into(scores::table).values(score).execute(conn)?;
    } else {
        let own = scores::table.find((score.application_id, score.person_id));
        diesel::update(own).set(score).execute(conn)?;
    }
    events::score(&proof.application, score.person_id).updated(conn)
}

/// The reader has nothing to do with the application from now on, and what they thought of it does not count.
pub fn insert_recusal(conn: &mut Conn, proof: &ReadApplication, recusal: &Recusal) -> Result<()> {
    debug_assert_eq!(proof.reader().person(), recusal.person_id, "nobody recuses another");
    diesel::delete(scores::table.find((recusal.application_id, recusal.person_id))).execute(conn)?;
    diesel::insert_into(recusals::table).values(recusal).execute(conn)?;
    events::score(&proof.application, recusal.person_id).deleted(conn)
}

/// Lifts what somebody has said. What the service knows stays.
pub fn delete_recusal(conn: &mut Conn, proof: &CohortStaff, of: &Application, person: Id) -> Result<()> {
    debug_assert_eq!(proof.cohort(), of.cohort_id, "the proof holds elsewhere");
    diesel::delete(recusals::table.find((of.id, person))).execute(conn)?;
    events::score(of, person).updated(conn)
}
