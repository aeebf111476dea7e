//! Who should not decide about whom, by what the service knows. Nobody is told why: not that two were in one team, nor that
//! one mentored the other, nor least of all that there is a rule about them.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::{
    admissions::model::{Application, ApplicationStatus},
    careers::model::IntroductionStatus,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            application_recusals as recusals, applications, cohorts, employer_contacts, enrolments, introductions,
            mentor_slots, pair_rules, product_team_members as product_teams, rounds, sign_ups, team_members,
        },
    },
    error::Result,
    mentoring::model::SignUpStatus,
    primitives::Id,
};

/// Why somebody has nothing to do with applications to some cohorts.
struct Conflicts {
    person: Id,
    /// Whom they know from teams, mentoring, an employer or rules for who works with whom.
    known: HashSet<Id>,
    /// The applications that they stood aside from.
    declared: HashSet<Id>,
}

impl Conflicts {
    fn of(conn: &mut Conn, cohorts: &[Id], person: Id) -> Result<Self> {
        let known = known_to(conn, person)?;
        let declared: Vec<Id> = recusals::table
            .inner_join(applications::table)
            .filter(recusals::person_id.eq(person))
            .filter(applications::cohort_id.among(cohorts.to_vec()))
            .select(recusals::application_id)
            .load(conn)?;
        Ok(Self {
            person,
            known,
            declared: declared.into_iter().collect(),
        })
    }

    /// Whether they have nothing to do with an application of this person.
    fn keep_from(&self, application: Id, of: Id) -> bool {
        of == self.person || self.known.contains(&of) || self.declared.contains(&application)
    }
}

/// The applications to these cohorts that somebody has nothing to do with: their own, those they have said so of, and those of
/// people whom they know from teams, mentoring, an employer or rules for who works with whom.
pub fn recused_from(conn: &mut Conn, cohorts: &[Id], person: Id) -> Result<Vec<Id>> {
    let conflicts = Conflicts::of(conn, cohorts, person)?;
    let all: Vec<(Id, Id)> = applications::table
        .filter(applications::cohort_id.among(cohorts.to_vec()))
        .select((applications::id, applications::person_id))
        .load(conn)?;
    let recused = all.into_iter().filter(|(id, of)| conflicts.keep_from(*id, *of));
    Ok(recused.map(|(id, _)| id).collect())
}

/// Which of some applications somebody on the staff of their campuses may read: none that is gone, nor a draft.
pub struct ReadableApplications {
    conflicts: Conflicts,
    /// Cohort and applicant of each.
    readable: HashSet<(Id, Id)>,
}

impl ReadableApplications {
    /// Of those to these cohorts by these people.
    ///
    /// # Errors
    /// Of the database.
    pub fn of(conn: &mut Conn, person: Id, asked: &[(Id, Id)]) -> Result<Self> {
        let (cohorts, people): (Vec<Id>, Vec<Id>) = asked.iter().copied().unzip();
        let conflicts = Conflicts::of(conn, &cohorts, person)?;
        let there: Vec<(Id, Id, Id)> = applications::table
            .filter(applications::cohort_id.among(cohorts))
            .filter(applications::person_id.among(people))
            .filter(applications::status.ne(ApplicationStatus::Draft))
            .select((applications::id, applications::cohort_id, applications::person_id))
            .load(conn)?;
        let readable = there.into_iter().filter(|(id, _, of)| !conflicts.keep_from(*id, *of));
        let readable = readable.map(|(_, cohort, of)| (cohort, of)).collect();
        Ok(Self { conflicts, readable })
    }

    /// Whether they may read that to a cohort by somebody.
    pub fn has(&self, cohort: Id, of: Id) -> bool {
        self.readable.contains(&(cohort, of))
    }

    /// Whether they have nothing to do with any of somebody's.
    pub fn knows(&self, of: Id) -> bool {
        self.conflicts.known.contains(&of)
    }
}

/// Of all applications at a campus those that somebody has nothing to do with: what is told of the campus tells them nothing of these.
pub fn recused_at(conn: &mut Conn, campus: Id, person: Id) -> Result<Vec<Id>> {
    let cohorts: Vec<Id> = cohorts::table
        .filter(cohorts::campus_id.eq(campus))
        .select(cohorts::id)
        .load(conn)?;
    recused_from(conn, &cohorts, person)
}

/// Who should not decide about an application: the same seen from the other side.
pub fn kept_from(conn: &mut Conn, application: &Application) -> Result<HashSet<Id>> {
    let mut kept = known_to(conn, application.person_id)?;
    kept.insert(application.person_id);
    let declared: Vec<Id> = recusals::table
        .filter(recusals::application_id.eq(application.id))
        .select(recusals::person_id)
        .load(conn)?;
    kept.extend(declared);
    Ok(kept)
}

/// Whom somebody has been in a team with, mentored or been mentored by, works with, or is in a rule with.
fn known_to(conn: &mut Conn, person: Id) -> Result<HashSet<Id>> {
    let mut known: HashSet<Id> = team_mates(conn, person)?.into_iter().collect();
    known.extend(built_with(conn, person)?);
    known.extend(mentored_with(conn, person)?);
    known.extend(employed_with(conn, person)?);
    let pairs: Vec<(Id, Id)> = pair_rules::table
        .filter(pair_rules::person_a.eq(person).or(pair_rules::person_b.eq(person)))
        .select((pair_rules::person_a, pair_rules::person_b))
        .load(conn)?;
    known.extend(pairs.into_iter().flat_map(|(one, other)| [one, other]));
    Ok(known)
}

fn team_mates(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let teams: Vec<Id> = team_members::table
        .inner_join(rounds::table)
        .filter(team_members::person_id.eq(person))
        .filter(rounds::published_at.is_not_null())
        .select(team_members::team_id)
        .load(conn)?;
    Ok(team_members::table
        .filter(team_members::team_id.among(teams))
        .select(team_members::person_id)
        .load(conn)?)
}

/// Who was in a team with them that built a product for a client.
fn built_with(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let built: Vec<(Id, Id)> = product_teams::table
        .filter(product_teams::person_id.eq(person))
        .select((product_teams::ballot_id, product_teams::client_id))
        .load(conn)?;
    let (ballots, clients): (Vec<Id>, Vec<Id>) = built.iter().copied().unzip();
    let members: Vec<(Id, Id, Id)> = product_teams::table
        .filter(product_teams::ballot_id.among(ballots))
        .filter(product_teams::client_id.among(clients))
        .select((
            product_teams::ballot_id,
            product_teams::client_id,
            product_teams::person_id,
        ))
        .load(conn)?;
    let mates = members
        .into_iter()
        .filter(|(ballot, client, _)| built.contains(&(*ballot, *client)));
    Ok(mates.map(|(.., mate)| mate).collect())
}

/// Who acts or acted for an employer that they act or acted for or that has hired them, and whom it has hired.
fn employed_with(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let hired = introductions::status.eq(IntroductionStatus::Hired);
    let mut employers: Vec<Id> = employer_contacts::table
        .filter(employer_contacts::person_id.eq(person))
        .select(employer_contacts::employer_id)
        .load(conn)?;
    let hiring: Vec<Id> = introductions::table
        .filter(introductions::person_id.eq(person))
        .filter(hired)
        .select(introductions::employer_id)
        .load(conn)?;
    employers.extend(hiring);
    let mut known: Vec<Id> = employer_contacts::table
        .filter(employer_contacts::employer_id.among(&employers))
        .select(employer_contacts::person_id)
        .load(conn)?;
    let others: Vec<Id> = introductions::table
        .filter(introductions::employer_id.among(&employers))
        .filter(hired)
        .select(introductions::person_id)
        .load(conn)?;
    known.extend(others);
    Ok(known)
}

/// The students of cohorts that they mentored in, and the mentors of those that they studied in.
fn mentored_with(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let came = [SignUpStatus::Confirmed, SignUpStatus::Attended];
    let mentored: Vec<Id> = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(sign_ups::person_id.eq(person))
        .filter(sign_ups::status.among(came))
        .select(mentor_slots::cohort_id)
        .load(conn)?;
    let mut known: Vec<Id> = enrolments::table
        .filter(enrolments::cohort_id.among(mentored))
        .select(enrolments::person_id)
        .load(conn)?;
    let studied: Vec<Id> = enrolments::table
        .filter(enrolments::person_id.eq(person))
        .select(enrolments::cohort_id)
        .load(conn)?;
    let mentors: Vec<Id> = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.among(studied))
        .filter(sign_ups::status.among(came))
        .select(sign_ups::person_id)
        .load(conn)?;
    known.extend(mentors);
    Ok(known)
}
