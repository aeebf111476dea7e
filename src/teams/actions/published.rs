//! What students see of teams, and what they may change of their own.

use super::repairs::set_roles;
use crate::{
    accounts::model::{Audience, Viewer},
    audit,
    authz::Actor,
    campuses::store as campuses,
    cohorts::{
        CohortInsider,
        model::{Cohort, Project},
    },
    db::Conn,
    error::{Code, Error, FieldError, Result},
    primitives::{Field, Id, IfMatch, Instant, Line, time::TimeZone},
    teams::{
        events,
        model::{FullTeam, PersonName, Round, Seated, Team, TeamNames, TeamPatch},
        rules::{self, OwnTeam},
        store::{self, TeamPlace},
    },
};

/// The teams of a week.
pub struct WeekView {
    /// What the week builds.
    pub project: Option<Project>,
    /// Its published round, if there is one.
    pub round: Option<Round>,
    /// The teams of it.
    pub teams: Vec<FullTeam>,
    /// Who looks at them.
    pub viewer: Viewer,
    /// The time zone of the campus.
    pub zone: TimeZone,
}

fn viewer(conn: &mut Conn, cohort: &Cohort, insider: &CohortInsider, teams: &[FullTeam]) -> Result<Viewer> {
    let members = teams.iter().flat_map(|team| &team.members);
    let people: Vec<Id> = members.map(|(member, _)| member.person_id).collect();
    let staff_of = insider.is_staff().then_some(cohort.campus_id);
    campuses::viewer(conn, Some(insider.person()), Audience::Cohort, staff_of, &people)
}

/// The published teams of a week, for those inside the cohort.
pub fn list_week_teams(conn: &mut Conn, actor: &Actor, cohort: Id, number: i32) -> Result<WeekView> {
    let week = store::week_of(conn, cohort, number)?;
    let (cohort, insider) = CohortInsider::of(conn, actor, cohort)?;
    let teams = match &week.round {
        Some(round) => store::teams_of(conn, &[round.id])?,
        None => Vec::new(),
    };
    Ok(WeekView {
        project: week.project,
        round: week.round,
        viewer: viewer(conn, &cohort, &insider, &teams)?,
        teams,
        zone: insider.zone(),
    })
}

/// The weeks whose teams students see, in order, for those inside the cohort.
pub fn list_published_weeks(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<Vec<i32>> {
    CohortInsider::of(conn, actor, cohort)?;
    let weeks = store::published_weeks(conn, cohort)?;
    Ok(weeks.into_iter().map(|(week, _)| week).collect())
}

/// A team with its round.
pub struct TeamView {
    /// The round it is about.
    pub round: Round,
    /// The team as it is stored.
    pub team: FullTeam,
    /// Who looks at it.
    pub viewer: Viewer,
}

/// What somebody may do with a team they see.
enum Standing {
    Staff,
    Member,
    Onlooker,
}

fn load(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(TeamView, Standing)> {
    let TeamPlace { team, round } = store::team(conn, id)?;
    let (cohort, insider) = CohortInsider::of(conn, actor, round.cohort_id)?;
    let staff = insider.is_staff();
    if round.published_at.is_none() && !staff {
        return Err(Error::not_found());
    }
    let members = store::teams_of(conn, &[round.id])?
        .into_iter()
        .find(|other| other.team.id == id);
    let members = members.map(|team| team.members).unwrap_or_default();
    let standing = match () {
        () if staff => Standing::Staff,
        () if members.iter().any(|(member, _)| member.person_id == insider.person()) => Standing::Member,
        () => Standing::Onlooker,
    };
    let team = FullTeam { team, members };
    let viewer = viewer(conn, &cohort, &insider, std::slice::from_ref(&team))?;
    Ok((TeamView { round, team, viewer }, standing))
}

/// A team, for those inside the cohort; a draft's for staff only.
pub fn get_team(conn: &mut Conn, actor: &Actor, id: Id) -> Result<TeamView> {
    Ok(load(conn, actor, id)?.0)
}

/// Changes what is known of a team, and who looks after what in it.
pub fn update_team(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: &TeamPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<TeamView> {
    let (TeamView { round, team, .. }, standing) = load(conn, actor, id)?;
    match standing {
        Standing::Onlooker => return Err(Error::forbidden("the team's members and staff of the campus")),
        Standing::Member if patch.is_for_staff() => {
            return Err(Error::new(
                Code::Forbidden,
                "Only staff of the campus can change a team's name and roles. Send repository_url and deployed_url alone.",
            ));
        }
        _ => {}
    }
    seen.check(team.team.version)?;
    if let Field::Given(name) = &patch.name {
        check_name(&store::teams_in(conn, &[round.id])?, id, name)?;
    }
    let (patch, before) = (patch.clone(), team.team);
    let name = patch.name.or(before.name.clone());
    let repository_url = patch.repository_url.or(before.repository_url.clone());
    let deployed_url = patch.deployed_url.or(before.deployed_url.clone());
    let is_changed =
        (&name, &repository_url, &deployed_url) != (&before.name, &before.repository_url, &before.deployed_url);
    // Roles stand with the members, and count as a change of the team.
    if is_changed || patch.members != Field::Absent {
        let after = Team {
            name: name.clone(),
            repository_url: repository_url.clone(),
            deployed_url: deployed_url.clone(),
            ..before.clone()
        };
        audit::changed(&before, &after);
        store::update_team(conn, id, &name, repository_url.as_ref(), deployed_url.as_ref())?;
        events::team(&round, id).updated(conn)?;
    }
    match (patch.members, patch.reason) {
        (Field::Given(roles), reason) => {
            audit::touched("members");
            set_roles(conn, actor, id, &roles, reason.given(), now)?;
        }
        (Field::Absent, Field::Given(_)) => {
            let detail = "is only for a change of roles; send members with it";
            return Err(Error::field("/reason", "invalid", detail));
        }
        (Field::Absent, Field::Absent) => {}
    }
    get_team(conn, actor, id)
}

/// Two teams of one round with the same name could not be told apart.
fn check_name(round: &[Team], team: Id, name: &Line) -> Result<()> {
    let others = round.iter().filter(|other| other.id != team);
    let names: TeamNames = others.map(|other| &other.name).collect();
    if !names.contains(name) {
        return Ok(());
    }
    let field = FieldError::at(
        "/name",
        "taken",
        "another team of this round has this name; choose another",
    );
    Err(Error::new(
        Code::Conflict,
        "Another team of this round has this name. Choose another.",
    )
    .with_fields(vec![field]))
}

/// Why somebody is in a team, from published teams, for those inside the cohort. Without a `person`
/// it is the caller.
pub fn explain_team(conn: &mut Conn, actor: &Actor, id: Id, person: Option<Id>) -> Result<OwnTeam> {
    let (TeamView { round, team, .. }, _) = load(conn, actor, id)?;
    let asked = person.or(actor.person()).ok_or_else(Error::not_found)?;
    if !team.members.iter().any(|(member, _)| member.person_id == asked) {
        let code = if person.is_some() { "not_found" } else { "required" };
        return Err(Error::parameter("person_id", code, "must be a member of the team"));
    }
    let names = team.members.iter().map(|(_, card)| PersonName::from(card)).collect();
    let here = Seated {
        span: round.span(),
        teams: vec![team.seats()],
    };
    let published = store::published_rounds(conn, round.cohort_id)?;
    let before: Vec<&Seated> = published.iter().filter(|other| other.span < here.span).collect();
    let told = match actor.person() == Some(asked) {
        true => rules::Told::Themself,
        false => rules::Told::Another,
    };
    Ok(rules::own_team(asked, told, &here, &before, &names))
}
