//! What has happened before the demonstration begins. It is told through the actions of the
//! features, by people who may do what they do, so that it cannot show what the API would refuse.

mod careers;
mod clients;
mod draw;
mod hours;
mod newcomers;
mod places;
mod player;
mod scene;
mod unfinished;
mod weeks;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::cast::{self, Student};
use crate::{
    accounts::actions as accounts,
    cohorts::model::CohortStatus,
    db::Conn,
    error::Result,
    mentoring::actions as mentors,
    primitives::{Id, IfMatch, Instant},
    state::State,
    students::{actions as students, model::EnrolmentStatus},
    team_plans::actions::{plans, publication, solve_on},
};
use places::{GAZA, LONDON};
use player::{Player, of};
use scene::{CohortWithStudents, Scene, WEEK, ask_for_mentors};

/// What there is to show.
pub struct Story {
    /// Who can log in: what they are, and their name.
    pub accounts: Vec<(&'static str, &'static str)>,
    /// Person and session of whoever runs the campus of the running cohort.
    pub organiser: (Id, Id),
    /// The running cohort.
    pub running: Id,
    /// The week it is in.
    pub week: i32,
}

/// Fills an empty database.
///
/// # Errors
/// What an action refuses: a mistake of ours.
pub async fn tell(state: &State, password: &str) -> Result<Story> {
    let hash = state.hasher.hash(password.into()).await?;
    let now = Instant::now();
    let password_hash = hash.clone();
    let scene = state.db.write(move |conn| open(conn, &password_hash, now)).await?;
    let (graduated, running) = (scene.graduated.id, scene.running.id);
    for (cohort, from, to, weeks_per_round) in [
        (graduated, 1, 8, 1),
        (graduated, 10, 12, 3),
        (graduated, 13, 16, 4),
        (running, 1, WEEK, 1),
    ] {
        let request = json!({ "from_week": from, "to_week": to, "weeks_per_round": weeks_per_round, "seed": 1, "effort": "quick" });
        form(state, scene.staff, cohort, request, now).await?;
    }
    let (rosa, staff, vault) = (scene.rosa, scene.staff, state.vault.clone());
    let rest = move |conn: &mut Conn| {
        go_on(conn, &scene, now)?;
        newcomers::apply(conn, &scene, &hash, now)?;
        clients::apply(conn, &scene, &hash, now)?;
        careers::find_work(conn, &scene, &hash, now)?;
        leave(conn, &scene, now)?;
        unfinished::leave_unfinished(conn, &scene, (&hash, &vault), now)
    };
    state.db.write(rest).await?;
    draw::share_out(state, staff, running, now).await?;
    Ok(Story {
        accounts: vec![
            ("organiser in London", cast::LONDON),
            ("facilitator in London", cast::LONDON_FACILITATOR),
            ("organiser in Gaza", cast::GAZA),
            ("graduated from fac14, mentors fac15", cast::FAC14[0].name),
            ("studies in fac15", cast::FAC15[0].name),
            ("enrolled in fac-gaza-1", cast::GAZA_1[0].name),
            ("has an offer in fac17", cast::APPLICANTS[0]),
            ("product owner of a client in London", cast::OTHER_OWNER),
            ("contact of an employer in London", cast::CONTACT),
        ],
        organiser: (rosa.person, rosa.session),
        running,
        week: WEEK,
    })
}

/// Two campuses, three cohorts, and everybody where they belong.
fn open(conn: &mut Conn, hash: &str, now: Instant) -> Result<Scene> {
    let mut enter = |name| Player::enter(conn, name, hash, now);
    let (rosa, staff, gaza) = (
        enter(cast::LONDON)?,
        enter(cast::LONDON_FACILITATOR)?,
        enter(cast::GAZA)?,
    );
    let london = places::open_campus(conn, rosa, LONDON, now)?;
    places::appoint(conn, rosa, &london, staff, now)?;
    let gaza_campus = places::open_campus(conn, gaza, GAZA, now)?;

    let begun = 1 - i64::from(WEEK);
    let fac14 = places::open_cohort(conn, staff, &london, ("fac14", "FAC14", "fac-2018"), -30, now)?;
    let fac15 = places::open_cohort(conn, staff, &london, ("fac15", "FAC15", "fac-2020"), begun, now)?;
    let coming = places::open_cohort(conn, staff, &london, ("fac17", "FAC17", "fac-2022"), 16, now)?;
    let next = places::open_cohort(
        conn,
        gaza,
        &gaza_campus,
        ("fac-gaza-1", "FAC Gaza 1", "fac-2022"),
        3,
        now,
    )?;
    for running in [fac14, fac15] {
        places::move_on(conn, staff, running, CohortStatus::Running, now)?;
    }
    Ok(Scene {
        rosa,
        staff,
        gaza,
        london: london.id,
        graduated: enrol(conn, staff, london.id, fac14, &cast::FAC14, hash, now)?,
        running: enrol(conn, staff, london.id, fac15, &cast::FAC15, hash, now)?,
        planned: enrol(conn, gaza, gaza_campus.id, next, &cast::GAZA_1, hash, now)?,
        coming,
    })
}

fn enrol(
    conn: &mut Conn,
    staff: Player,
    campus: Id,
    cohort: Id,
    cast: &[Student],
    hash: &str,
    now: Instant,
) -> Result<CohortWithStudents> {
    let actor = staff.actor(conn, now)?;
    let mut enrolled = Vec::new();
    for student in cast {
        let player = Player::enter(conn, student.name, hash, now)?;
        places::join(conn, player, campus, now)?;
        let attributes = match student.gender {
            "" => json!({}),
            gender => json!({ "gender": gender }),
        };
        let details = students::StudentDetails {
            status: EnrolmentStatus::Enrolled,
            experience: Some(of(json!(student.experience))?),
            attributes: of(attributes)?,
            joined_on: None,
        };
        students::enrol(conn, &actor, cohort, player.person, &details, now)?;
        enrolled.push(player);
    }
    Ok(CohortWithStudents {
        id: cohort,
        students: enrolled,
    })
}

/// Forms teams and lets the students see them.
async fn form(state: &State, staff: Player, cohort: Id, request: Value, now: Instant) -> Result<()> {
    let request = of(request)?;
    let prepared = state
        .db
        .read(move |conn| {
            let actor = staff.actor(conn, now)?;
            plans::prepare(conn, &actor, cohort, &request)
        })
        .await?;
    let formed = solve_on(&state.solver_pool, prepared.input.clone()).await?;
    state
        .db
        .write(move |conn| {
            let actor = staff.actor(conn, now)?;
            let plan = plans::save(conn, &actor, &prepared, &formed, now)?.plan;
            let seen = IfMatch::Version(plan.version);
            publication::publish(conn, &actor, plan.id, None, seen, now)?;
            Ok(())
        })
        .await
}

/// The first cohort graduates and mentors the second; the third asks for mentors. Week 7 lacks one,
/// in week 8 there are more than there is room for, and those of weeks 9 and 10 are drawn from wishes.
fn go_on(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let Scene {
        staff,
        gaza,
        graduated,
        running,
        planned,
        ..
    } = scene;
    places::move_on(conn, *staff, graduated.id, CohortStatus::Graduated, now)?;
    // Places are taken before their week is over.
    let then = now.plus(-TimeDelta::weeks(i64::from(WEEK)));
    let mut alumni = graduated.students.iter().cycle();
    for (week, mentors) in (1..=8).zip([2, 2, 2, 2, 2, 2, 1, 4]) {
        let slot = ask_for_mentors(conn, *staff, running.id, week, now)?;
        for mentor in alumni.by_ref().take(mentors) {
            let actor = mentor.actor(conn, now)?;
            mentors::sign_up(conn, &actor, slot, then)?;
        }
    }
    for week in 1..=6 {
        ask_for_mentors(conn, *gaza, planned.id, week, now)?;
    }
    draw::wish(conn, scene, now)?;
    hours::hold_office_hours(conn, scene, now)?;
    hours::go_for_a_walk(conn, scene, now)?;
    weeks::go_by(conn, scene, now)
}

/// Only the staff in London stay logged in.
fn leave(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let everybody = [&scene.graduated, &scene.running, &scene.planned]
        .into_iter()
        .flat_map(|cast| &cast.students);
    for player in everybody.chain([&scene.gaza]) {
        let actor = player.actor(conn, now)?;
        accounts::log_out(conn, &actor, now)?;
    }
    Ok(())
}
