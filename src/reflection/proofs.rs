//! Proofs about manuals and feedback. Their fields are private to this file: whoever holds one was permitted.

use diesel::prelude::*;

use crate::{
    authz::{Actor, SignedIn},
    cohorts::{CohortInsider, CohortStatus},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            campus_staff, cohorts, enrolments, mentor_slots, peer_feedback, rounds, sign_ups, team_members, teams,
        },
    },
    error::{Error, Result},
    mentoring::model::lets_in,
    primitives::{Id, time::TimeZone},
    reflection::model::Feedback,
    students::model::EnrolmentStatus,
    teams::model::Round,
};

/// The cohorts that go on in which somebody studies or has a place as mentor, or on whose campus's staff they are.
fn cohorts_of(conn: &mut Conn, person: Id) -> Result<Vec<Id>> {
    let going_on = || cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]);
    let mut found: Vec<Id> = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .filter(going_on())
        .select(cohorts::id)
        .load(conn)?;
    let mentored: Vec<Id> = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(cohorts::table))
        .filter(sign_ups::person_id.eq(person))
        .filter(lets_in())
        .filter(going_on())
        .select(cohorts::id)
        .load(conn)?;
    let run: Vec<Id> = campus_staff::table
        .inner_join(cohorts::table.on(cohorts::campus_id.eq(campus_staff::campus_id)))
        .filter(campus_staff::person_id.eq(person))
        .filter(going_on())
        .select(cohorts::id)
        .load(conn)?;
    found.extend(mentored);
    found.extend(run);
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// May read somebody's manual: whoever shares a cohort that goes on with them, as a student, as staff, or as a
/// mentor around their week.
#[derive(Clone, Copy, Debug)]
pub struct ManualReader {
    owner: Id,
}

impl ManualReader {
    /// The proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, owner: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        if person == owner {
            return Ok(Self { owner });
        }
        let theirs = cohorts_of(conn, owner)?;
        let mut shared = cohorts_of(conn, person)?;
        shared.retain(|cohort| theirs.contains(cohort));
        // What is asked of staff beside their appointment is asked there.
        for cohort in shared {
            if CohortInsider::of(conn, actor, cohort).is_ok() {
                return Ok(Self { owner });
            }
        }
        Err(Error::not_found())
    }

    /// Whose manual it is.
    pub fn owner(&self) -> Id {
        self.owner
    }
}

/// Has told a team mate something, or is one who can.
#[derive(Clone, Debug)]
pub struct FeedbackGiver {
    /// What they have told them.
    pub given: Option<Feedback>,
    person: Id,
}

impl FeedbackGiver {
    /// Whoever has given something keeps it theirs, also when they are not in the team or the cohort any more.
    ///
    /// # Errors
    /// As [`TeamMate::of`] for those who have given nothing; `404` if the other is not in the team.
    pub fn of(conn: &mut Conn, actor: &Actor, team: Id, receiver: Id) -> Result<Self> {
        let person = SignedIn::prove(actor)?.person();
        let given: Option<Feedback> = peer_feedback::table
            .filter(peer_feedback::team_id.eq(team))
            .filter(peer_feedback::giver_id.eq(person))
            .filter(peer_feedback::receiver_id.eq(receiver))
            .select(Feedback::as_select())
            .first(conn)
            .optional()?;
        if given.is_none() {
            TeamMate::of(conn, actor, team)?.must_be_mate(receiver)?;
        }
        Ok(Self { given, person })
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

/// Is in a published team.
#[derive(Clone, Debug)]
pub struct TeamMate {
    insider: CohortInsider,
    round: Round,
    team: Id,
    members: Vec<Id>,
}

impl TeamMate {
    /// The proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who do not see the team, `403` for others than its members.
    pub fn of(conn: &mut Conn, actor: &Actor, team: Id) -> Result<Self> {
        let round: Round = teams::table
            .inner_join(rounds::table)
            .filter(teams::id.eq(team))
            .select(Round::as_select())
            .first(conn)?;
        let (_, insider) = CohortInsider::of(conn, actor, round.cohort_id)?;
        if round.published_at.is_none() {
            return Err(Error::not_found());
        }
        let members: Vec<Id> = team_members::table
            .filter(team_members::team_id.eq(team))
            .order(team_members::position)
            .select(team_members::person_id)
            .load(conn)?;
        match members.contains(&insider.person()) {
            true => Ok(Self {
                insider,
                round,
                team,
                members,
            }),
            false => Err(Error::forbidden("members of the team")),
        }
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.insider.person()
    }

    /// That the campus is open.
    ///
    /// # Errors
    /// `403` if it has closed.
    pub fn must_be_open(&self) -> Result<()> {
        self.insider.must_be_open()
    }

    /// The team.
    pub fn team(&self) -> Id {
        self.team
    }

    /// Its round.
    pub fn round(&self) -> &Round {
        &self.round
    }

    /// The clocks of the campus.
    pub fn zone(&self) -> TimeZone {
        self.insider.zone()
    }

    /// The others in the team.
    pub fn mates(&self) -> Vec<Id> {
        let others = self.members.iter().copied();
        others.filter(|member| *member != self.person()).collect()
    }

    /// That somebody is another member of the team.
    ///
    /// # Errors
    /// `404` if they are not.
    pub fn must_be_mate(&self, person: Id) -> Result<()> {
        match self.mates().contains(&person) {
            true => Ok(()),
            false => Err(Error::not_found()),
        }
    }
}
