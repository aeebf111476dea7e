//! A student's week.

use chrono::NaiveDate;

use super::week_or_current;
use crate::{
    accounts::{
        self,
        model::{PersonView, Viewer},
    },
    authz::{Actor, SignedIn},
    board::rules,
    cohorts::{
        actions::WeekWithProject,
        model::{Project, Week},
    },
    db::Conn,
    error::{Code, Error, Result},
    events::{self, actions::ShownEvent},
    mentoring::{
        self,
        actions::{OfficeHours, SlotWithMentors},
        model::SlotSelection,
    },
    notifications,
    pastoral::{self, actions::SeenOnWalk},
    primitives::{Id, Instant, Period, time::TimeZone},
    reflection,
    retros::{self, actions::RetroInWeek, model::OwnedAction},
    students::{
        self,
        actions::Away,
        model::{EnrolmentStatus, OwnCohort},
    },
    teams::{
        self,
        model::{Company, FullTeam, TeamName, Teammate},
    },
    work::{
        self,
        actions::{ReviewWithTeams, TeamWork},
        model::Hint,
    },
};

/// What a week holds for one of its students.
pub struct MyWeek {
    /// Where they study.
    pub own: OwnCohort,
    /// The week.
    pub week: Week,
    /// What it builds.
    pub project: Option<Project>,
    /// Their place in a team; none while the week is not published, or if they are in no team.
    pub place: Option<OwnPlace>,
    /// What the team has submitted and when it is due; none without a team.
    pub work: Option<TeamWork>,
    /// The code reviews that the team does or gets.
    pub reviews: Vec<ReviewWithTeams>,
    /// What the caller, their team and the whole cohort have still to do.
    pub open_actions: Vec<OwnedAction>,
    /// What mentors are there for in the week, and who.
    pub mentoring: Vec<SlotWithMentors>,
    /// What takes place in the week.
    pub timetable: Vec<ShownEvent>,
    /// By whose clocks they live, if they have said so.
    pub own_zone: Option<TimeZone>,
    /// The hints of an open project that their team has asked for, and how many there are.
    pub hints: Vec<Hint>,
    pub hint_count: usize,
    /// The retros of their team and of the cohort in the week.
    pub retros: Vec<RetroInWeek>,
    /// The walk of the week in which they have a place.
    pub walk: Option<SeenOnWalk>,
    /// The times in office hours to which they come; other times are left out.
    pub office_hours: Vec<OfficeHours>,
    /// From when until when the members of their team give each other feedback.
    pub feedback: Option<[NaiveDate; 2]>,
    /// The teams of rounds that have ended whose members they can tell something, with the last day for it.
    pub feedback_open: Vec<(TeamName, NaiveDate)>,
    /// How many notices they have not read.
    pub unread: i64,
    /// The weeks for which an absence of theirs is noted.
    pub absent_in: Vec<i32>,
    /// The days of the cohort for which one is.
    pub absent_on: Vec<NaiveDate>,
}

/// A student's place in a team.
pub struct OwnPlace {
    /// The team.
    pub team: FullTeam,
    /// What they look after.
    pub role: Option<String>,
    /// How often they had that role before.
    pub role_before: usize,
    /// The others in the team.
    pub mates: Vec<Mate>,
    /// Those of them who have told how they work.
    pub with_manuals: Vec<Id>,
    /// Why they are in this team, in sentences.
    pub explanation: String,
}

/// Another in the team.
pub struct Mate {
    /// As the caller sees them.
    pub person: PersonView,
    /// What they look after.
    pub role: Option<String>,
    /// When the two were together before.
    pub met: Teammate,
    /// In what they are not there in the week.
    pub away: Away,
}

/// What somebody can do who studies nowhere.
const INSTEAD: &str = "Name one that you graduated from as `cohort_id`. What you have taken on as a mentor is on the page of \
                       your mentoring.";

/// The caller's week: of the cohort they study in and the week that goes on, unless others are named.
pub fn my_week(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Option<Id>,
    number: Option<i32>,
    now: Instant,
) -> Result<MyWeek> {
    let person = SignedIn::prove(actor)?.person();
    let cohorts = students::actions::own_cohorts(conn, actor)?;
    let own = match cohort {
        Some(named) => cohorts
            .into_iter()
            .find(|own| own.cohort.id == named)
            .ok_or_else(Error::not_found)?,
        None => students::own_cohort(cohorts, INSTEAD).map_err(as_mentor)?,
    };
    let WeekWithProject { week, project, .. } = week_or_current(conn, own.cohort.id, number, now)?;
    let of_week = teams::actions::list_week_teams(conn, actor, own.cohort.id, week.number)?;
    let team = of_week.teams.into_iter().find(|team| team.seat_of(person).is_some());
    let selection = SlotSelection {
        week: Some(week.number),
        ..SlotSelection::default()
    };
    let absent_in = match own.enrolment {
        EnrolmentStatus::Enrolled => students::actions::absences(conn, actor, own.cohort.id, None, None, i64::MAX)?
            .into_iter()
            .filter(|(absence, _)| absence.person_id == person)
            .map(|(absence, _)| absence.week_number)
            .collect(),
        EnrolmentStatus::Graduated | EnrolmentStatus::Withdrawn => Vec::new(),
    };
    let absent_on = match own.enrolment {
        EnrolmentStatus::Enrolled => {
            let all = students::actions::day_absences(conn, actor, own.cohort.id, Period::default(), None, i64::MAX)?;
            let theirs = all.into_iter().filter(|(absence, _)| absence.person_id == person);
            theirs.map(|(absence, _)| absence.day).collect()
        }
        EnrolmentStatus::Graduated | EnrolmentStatus::Withdrawn => Vec::new(),
    };
    let (mut work, mut reviews) = (None, Vec::new());
    if let Some(id) = team.as_ref().map(|team| team.team.id) {
        let of_week = work::actions::list_week(conn, actor, own.cohort.id, week.number)?;
        work = of_week.into_iter().find(|one| one.team.id == id);
        reviews = work::actions::list_reviews(conn, actor, own.cohort.id, week.number, now)?.reviews;
        reviews.retain(|one| one.reviewing.id == id || one.reviewed.id == id);
    }
    let own_team = team.as_ref().map(|team| team.team.id);
    let mut open_actions = retros::open_actions(conn, &own.cohort)?;
    let earlier = teams::actions::own_teams(conn, actor, own.cohort.id)?;
    let theirs = (own_team, earlier.as_slice());
    open_actions.retain(|open| {
        let owner = open.owner.as_ref().map(|owner| owner.id);
        rules::concerns(open.action.team_id, owner, theirs, person)
    });
    let open = project.as_ref().filter(|project| project.is_open);
    let hints = open
        .map(|project| work::actions::list_hints(conn, actor, project.id))
        .transpose()?;
    let (hints, hint_count) = hints.map_or((Vec::new(), 0), |found| (found.hints, found.count));
    let mut retros = retros::actions::list_retros(conn, actor, own.cohort.id, week.number)?;
    retros.retain(|one| one.retro.team_id.is_none() || one.retro.team_id == own_team);
    let walks = pastoral::actions::list_walks(conn, actor, own.cohort.id, now)?.into_iter();
    let mut walks = walks.filter(|seen| seen.is_mine && seen.walk.week == week.number);
    let mut office_hours = mentoring::actions::list_office_hours(conn, actor, own.cohort.id, Some(week.number))?;
    for hours in &mut office_hours {
        hours.times.retain(|time| time.is_mine);
    }
    office_hours.retain(|hours| !hours.times.is_empty());
    Ok(MyWeek {
        retros,
        office_hours,
        walk: walks.next(),
        feedback: own_team
            .map(|team| reflection::actions::window(conn, actor, team))
            .transpose()?,
        feedback_open: match own.enrolment {
            EnrolmentStatus::Enrolled => {
                reflection::actions::open_teams(conn, actor, own.cohort.id, now.date_in(own.time_zone))?
            }
            EnrolmentStatus::Graduated | EnrolmentStatus::Withdrawn => Vec::new(),
        },
        unread: notifications::actions::count_unread(conn, actor)?,
        open_actions,
        hints,
        hint_count,
        work,
        reviews,
        place: team
            .map(|team| place(conn, actor, team, &week, &of_week.viewer))
            .transpose()?,
        mentoring: mentoring::actions::list(conn, actor, own.cohort.id, selection, i64::MAX)?,
        timetable: events::actions::of_week(conn, actor, &week)?,
        own_zone: accounts::actions::account(conn, actor)?.time_zone,
        absent_in,
        absent_on,
        own,
        week,
        project,
    })
}

/// Where a mentor who studies nowhere finds what they have taken on.
fn as_mentor(error: Error) -> Error {
    match error.code() {
        Code::NoCohort => error.with("mentoring", "/v1/me/mentoring"),
        _ => error,
    }
}

fn place(conn: &mut Conn, actor: &Actor, team: FullTeam, week: &Week, viewer: &Viewer) -> Result<OwnPlace> {
    let explained = teams::actions::explain_team(conn, actor, team.team.id, None)?;
    let Company {
        role,
        role_before,
        with,
        ..
    } = explained.company;
    let mates: Vec<Id> = with.iter().map(|mate| mate.person.id).collect();
    let mut away = students::actions::away(conn, actor, week, &mates)?;
    let mate = |met: Teammate| {
        let (seat, card) = team.members.iter().find(|(_, card)| card.id == met.person.id)?;
        Some(Mate {
            person: viewer.view(card.clone()),
            role: seat.role.clone(),
            away: away.remove(&met.person.id).unwrap_or_default(),
            met,
        })
    };
    Ok(OwnPlace {
        mates: with.into_iter().filter_map(mate).collect(),
        with_manuals: reflection::actions::with_manuals(conn, &mates)?,
        role,
        role_before,
        explanation: explained.text,
        team,
    })
}
