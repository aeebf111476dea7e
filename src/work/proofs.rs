//! Proofs about a team's work. Their fields are private to this file: whoever holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::{CodeReview, Discovery, ReviewIssue};
use crate::{
    authz::Actor,
    cohorts::{
        CohortInsider, CohortStaff, CohortStanding,
        model::{Cohort, Project, Week},
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{
            code_reviews, discoveries, mentor_slots, projects, published_weeks, review_issues, rounds, sign_ups,
            team_members, teams, weeks,
        },
    },
    error::{Error, Result},
    mentoring::model::lets_in,
    on_both,
    primitives::{Id, time::TimeZone},
    teams::model::{Round, Team},
};

/// In which of these teams somebody is.
fn own_teams(conn: &mut Conn, teams: &[Id], person: Id) -> Result<Vec<Id>> {
    Ok(team_members::table
        .filter(team_members::team_id.among(teams))
        .filter(team_members::person_id.eq(person))
        .select(team_members::team_id)
        .load(conn)?)
}

/// Whether somebody has a mentor's place in a week.
pub(super) fn mentors(conn: &mut Conn, cohort: Id, week: i32, person: Id) -> Result<bool> {
    let own = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq(cohort))
        .filter(mentor_slots::week_number.eq(week))
        .filter(sign_ups::person_id.eq(person))
        .filter(lets_in());
    Ok(on_both!(conn, |conn| diesel::select(exists(own)).get_result(conn))?)
}

/// The published team in which somebody is in a week.
fn team_in_week(conn: &mut Conn, cohort: Id, week: i32, person: Id) -> Result<Option<Id>> {
    Ok(team_members::table
        .inner_join(rounds::table.inner_join(published_weeks::table))
        .filter(published_weeks::cohort_id.eq(cohort))
        .filter(published_weeks::week_number.eq(week))
        .filter(team_members::person_id.eq(person))
        .select(team_members::team_id)
        .first(conn)
        .optional()?)
}

/// Sees what a team submits: whoever sees inside its cohort; of a draft the staff only.
pub struct SeenTeam {
    pub cohort: Cohort,
    pub team: Team,
    pub round: Round,
    insider: CohortInsider,
    is_member: bool,
}

impl SeenTeam {
    /// The team, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let (team, round): (Team, Round) = teams::table
            .inner_join(rounds::table)
            .filter(teams::id.eq(id))
            .select((Team::as_select(), Round::as_select()))
            .first(conn)?;
        let (cohort, insider) = CohortInsider::of(conn, actor, round.cohort_id)?;
        if round.published_at.is_none() && !insider.is_staff() {
            return Err(Error::not_found());
        }
        Ok(Self {
            is_member: !own_teams(conn, &[id], insider.person())?.is_empty(),
            cohort,
            team,
            round,
            insider,
        })
    }

    /// The time zone of the campus.
    pub fn zone(&self) -> TimeZone {
        self.insider.zone()
    }

    /// The proof that they are on the staff.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.insider.staff()
    }

    /// The proof that they may hand in the team's work.
    ///
    /// # Errors
    /// `403` if they are neither a member nor on the staff.
    pub fn submitter(&self) -> Result<Submitter> {
        match self.is_member || self.insider.is_staff() {
            true => Ok(Submitter {
                person: self.insider.person(),
                team: self.team.id,
            }),
            false => Err(Error::forbidden("the team's members and staff of the campus")),
        }
    }
}

/// May hand in the work of a team.
#[derive(Clone, Copy, Debug)]
pub struct Submitter {
    person: Id,
    team: Id,
}

impl Submitter {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The team it holds for.
    pub fn team(&self) -> Id {
        self.team
    }
}

/// Sees a code review: whoever sees inside its cohort.
pub struct SeenReview {
    pub cohort: Cohort,
    pub review: CodeReview,
    insider: CohortInsider,
    own: Vec<Id>,
}

impl SeenReview {
    /// The review, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let review = on_both!(conn, |conn| code_reviews::table
            .find(id)
            .select(CodeReview::as_select())
            .first(conn))?;
        Self::load(conn, actor, review)
    }

    /// An issue with its review, and the proof.
    ///
    /// # Errors
    /// As [`SeenReview::of`].
    pub fn of_issue(conn: &mut Conn, actor: &Actor, issue: Id) -> Result<(Self, ReviewIssue)> {
        let (review, issue) = on_both!(conn, |conn| review_issues::table
            .inner_join(code_reviews::table)
            .filter(review_issues::id.eq(issue))
            .select((CodeReview::as_select(), ReviewIssue::as_select()))
            .first(conn))?;
        Ok((Self::load(conn, actor, review)?, issue))
    }

    fn load(conn: &mut Conn, actor: &Actor, review: CodeReview) -> Result<Self> {
        let (cohort, insider) = CohortInsider::of(conn, actor, review.cohort_id)?;
        let teams = [review.reviewing_team_id, review.reviewed_team_id];
        Ok(Self {
            own: own_teams(conn, &teams, insider.person())?,
            cohort,
            review,
            insider,
        })
    }

    /// The time zone of the campus.
    pub fn zone(&self) -> TimeZone {
        self.insider.zone()
    }

    /// The proof that they are on the staff.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.insider.staff()
    }

    /// Whether they are in the reviewing team.
    fn is_reviewing(&self) -> bool {
        self.own.contains(&self.review.reviewing_team_id)
    }

    /// The proof that they are in the reviewing team.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn team_reviewer(&self) -> Result<Reviewer> {
        match self.is_reviewing() {
            true => Ok(self.as_reviewer(true)),
            false => Err(Error::forbidden("members of the reviewing team")),
        }
    }

    /// The proof that they may say what is wrong with the code: in the reviewing team, or a mentor of the week, and not in
    /// the reviewed team.
    ///
    /// # Errors
    /// `403` if they may not.
    pub fn reviewer(&self, conn: &mut Conn) -> Result<Reviewer> {
        let is_own = self.own.contains(&self.review.reviewed_team_id);
        if !is_own && (self.is_reviewing() || self.mentors(conn)?) {
            return Ok(self.as_reviewer(self.is_reviewing()));
        }
        Err(Error::forbidden(
            "members of the reviewing team, and mentors of the week who are not in the reviewed team,",
        ))
    }

    fn as_reviewer(&self, is_in_team: bool) -> Reviewer {
        Reviewer {
            person: self.insider.person(),
            review: self.review.id,
            is_in_team,
        }
    }

    /// Whether they mentor in the week of the review.
    fn mentors(&self, conn: &mut Conn) -> Result<bool> {
        mentors(conn, self.cohort.id, self.review.week_number, self.insider.person())
    }

    /// The proof that they are in the reviewed team.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn reviewed(&self) -> Result<IssueKeeper> {
        match self.own.contains(&self.review.reviewed_team_id) {
            true => Ok(IssueKeeper(self.insider.person())),
            false => Err(Error::forbidden("members of the reviewed team")),
        }
    }

    /// The proof that they raised this issue.
    ///
    /// # Errors
    /// `403` if they did not.
    pub fn raiser(&self, issue: &ReviewIssue) -> Result<IssueKeeper> {
        match issue.raised_by == Some(self.insider.person()) {
            true => Ok(IssueKeeper(self.insider.person())),
            false => Err(Error::forbidden("whoever raised the issue")),
        }
    }

    /// The proof that they are in a team of the week, which may take the review over.
    ///
    /// # Errors
    /// `403` if they are in none.
    pub fn taker(&self, conn: &mut Conn) -> Result<Taker> {
        match team_in_week(conn, self.cohort.id, self.review.week_number, self.insider.person())? {
            Some(team) => Ok(Taker { team }),
            None => Err(Error::forbidden("members of the week's teams")),
        }
    }
}

/// May raise issues in a review.
#[derive(Clone, Copy, Debug)]
pub struct Reviewer {
    person: Id,
    review: Id,
    is_in_team: bool,
}

impl Reviewer {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// The review it holds for.
    pub fn review(&self) -> Id {
        self.review
    }

    /// Whether they are in the reviewing team.
    pub fn is_in_team(&self) -> bool {
        self.is_in_team
    }
}

/// May change an issue: answer it as one of the reviewed team, or close it as whoever raised it.
#[derive(Clone, Copy, Debug)]
pub struct IssueKeeper(Id);

impl IssueKeeper {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.0
    }
}

/// Is in a team of the week.
#[derive(Clone, Copy, Debug)]
pub struct Taker {
    team: Id,
}

impl Taker {
    /// Their team.
    pub fn team(&self) -> Id {
        self.team
    }
}

/// Sees a discovery: whoever sees inside its cohort.
pub struct SeenDiscovery {
    pub cohort: Cohort,
    pub discovery: Discovery,
    insider: CohortInsider,
}

impl SeenDiscovery {
    /// The discovery, with the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let discovery = on_both!(conn, |conn| discoveries::table
            .find(id)
            .select(Discovery::as_select())
            .first(conn))?;
        let (cohort, insider) = CohortInsider::of(conn, actor, discovery.cohort_id)?;
        Ok(Self {
            cohort,
            discovery,
            insider,
        })
    }

    /// That they see it.
    pub fn insider(&self) -> CohortInsider {
        self.insider
    }

    /// The proof that they shared it.
    ///
    /// # Errors
    /// `403` if they did not.
    pub fn author(&self) -> Result<Sharer> {
        match self.discovery.shared_by == Some(self.insider.person()) {
            true => Ok(Sharer {
                discovery: self.discovery.id,
            }),
            false => Err(Error::forbidden("whoever shared it")),
        }
    }

    /// The proof that they may remove it.
    ///
    /// # Errors
    /// `403` if they neither shared it nor are on the staff.
    pub fn remover(&self) -> Result<Sharer> {
        match self.insider.is_staff() {
            true => Ok(Sharer {
                discovery: self.discovery.id,
            }),
            false => self
                .author()
                .map_err(|_| Error::forbidden("whoever shared it and staff of the campus")),
        }
    }
}

/// May change or remove a discovery.
#[derive(Clone, Copy, Debug)]
pub struct Sharer {
    discovery: Id,
}

impl Sharer {
    /// The discovery it holds for.
    pub fn discovery(&self) -> Id {
        self.discovery
    }
}

/// Sees that a project has hints: whoever sees inside its cohort, and the mentors of its week at any time, who write them
/// beforehand.
pub struct SeenHints {
    pub cohort: Cohort,
    pub project: Project,
    pub week: Week,
    person: Id,
    zone: TimeZone,
    writes: bool,
    team: Option<Id>,
}

impl SeenHints {
    /// The project with its week, and the proof.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Self> {
        let (project, week): (Project, Week) = weeks::table
            .inner_join(projects::table)
            .filter(projects::id.eq(id))
            .select((Project::as_select(), Week::as_select()))
            .first(conn)?;
        let seen = CohortStanding::load(conn, actor, project.cohort_id)?;
        let mentors = mentors(conn, seen.cohort.id, week.number, seen.person)?;
        let is_staff = seen.staff().is_ok();
        let zone = seen.zone();
        if !mentors {
            CohortInsider::of(conn, actor, project.cohort_id)?;
        }
        Ok(Self {
            team: team_in_week(conn, seen.cohort.id, week.number, seen.person)?,
            writes: mentors || is_staff,
            person: seen.person,
            cohort: seen.cohort,
            project,
            week,
            zone,
        })
    }

    /// The time zone of the campus.
    pub fn zone(&self) -> TimeZone {
        self.zone
    }

    /// Their team in the week of the project, if it is published.
    pub fn team(&self) -> Option<Id> {
        self.team
    }

    /// The proof that they may write hints, and so see them all.
    ///
    /// # Errors
    /// `403` if they may not.
    pub fn writer(&self) -> Result<HintWriter> {
        match self.writes {
            true => Ok(HintWriter { person: self.person }),
            false => Err(Error::forbidden("mentors of the week and staff of the campus")),
        }
    }

    /// The proof that they are in a team of the week, which may ask for hints.
    ///
    /// # Errors
    /// `403` if they are in none.
    pub fn asker(&self) -> Result<HintAsker> {
        let person = self.person;
        let proof = self.team.map(|team| HintAsker { person, team });
        proof.ok_or_else(|| Error::forbidden("members of the week's teams"))
    }
}

/// May write hints of a project.
#[derive(Clone, Copy, Debug)]
pub struct HintWriter {
    person: Id,
}

impl HintWriter {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}

/// May ask for the hints of a project.
#[derive(Clone, Copy, Debug)]
pub struct HintAsker {
    person: Id,
    team: Id,
}

impl HintAsker {
    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }

    /// Their team.
    pub fn team(&self) -> Id {
        self.team
    }
}
