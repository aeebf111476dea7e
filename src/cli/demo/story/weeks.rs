//! What the running cohort has done so far, week by week: its work, its reviews, what it found.

use chrono::{NaiveTime, TimeDelta};
use serde_json::json;

use super::{
    player::{Player, of},
    scene::{Scene, WEEK},
};
use crate::{
    cohorts::{actions as cohorts, actions::WeekWithProject},
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
    teams::actions as teams,
    work::actions as work,
};

/// Teams hand in their work on Thursdays; one was late once. They review each other on Fridays, and what one raises is
/// answered and closed. In the week that goes on the project is open, the first team is done already, the last has asked for a hint,
/// and reviews are not shared out.
pub fn go_by(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    for week in cohorts::weeks(conn, scene.running.id)? {
        let number = week.week.number;
        if number > WEEK {
            break;
        }
        let actor = scene.staff.actor(conn, now)?;
        let of_week = teams::list_week_teams(conn, &actor, scene.running.id, number)?;
        let mut teams: Vec<(Id, Player)> = Vec::new();
        for team in &of_week.teams {
            let member = scene
                .running
                .students
                .iter()
                .find(|student| team.seat_of(student.person).is_some());
            teams.push((team.team.id, *member.ok_or_else(Error::not_found)?));
        }
        if number == WEEK {
            if let Some((team, member)) = teams.first() {
                submit(conn, *member, *team, number, now)?;
            }
            if let (Some(project), Some((_, member))) = (&week.project, teams.last()) {
                give_hint(conn, scene, project.id, *member, now)?;
            }
            return Ok(());
        }
        for (place, (team, member)) in teams.iter().enumerate() {
            let day = if (number, place) == (3, 0) { 5 } else { 3 };
            submit(conn, *member, *team, number, on_day(&week, day))?;
        }
        review(conn, scene, &teams, &week, now)?;
        if let Some((_, finder)) = teams.last() {
            find(conn, scene, *finder, number, on_day(&week, 2))?;
        }
    }
    Ok(())
}

/// Three in the afternoon of a day of a week: 0 is its first.
fn on_day(week: &WeekWithProject, day: i64) -> Instant {
    let date = week.week.starts_on + TimeDelta::days(day);
    let at = date.and_time(NaiveTime::from_hms_opt(15, 0, 0).unwrap_or_default());
    Instant::of_local(at, week.zone)
}

fn submit(conn: &mut Conn, member: Player, team: Id, week: i32, then: Instant) -> Result<()> {
    let submission = json!({
        "repository_url": format!("https://github.com/fac15/week{week}-{team}"),
        "deployed_url": format!("https://week{week}-{team}.example.org"),
        "week": week,
    });
    let actor = member.actor(conn, Instant::now())?;
    work::submit(conn, &actor, team, of(submission)?, then)?;
    Ok(())
}

/// A question too big: there are two hints, and one team could not go on without the first.
fn give_hint(conn: &mut Conn, scene: &Scene, project: Id, member: Player, now: Instant) -> Result<()> {
    let staff = scene.staff.actor(conn, now)?;
    let question = "How could somebody who cannot see find their way through our building?";
    let open = of(json!({"open": true, "question": question}))?;
    cohorts::change_project(conn, &staff, project, &open, IfMatch::Any, now)?;
    for body in [
        "Whom could you ask who knows what it is like?",
        "What would the smallest version of it be that somebody could try?",
    ] {
        work::create_hint(conn, &staff, project, of(json!({ "body": body }))?, now)?;
    }
    let actor = member.actor(conn, now)?;
    work::ask_hint(conn, &actor, project, 1, now)?;
    Ok(())
}

fn review(conn: &mut Conn, scene: &Scene, teams: &[(Id, Player)], week: &WeekWithProject, now: Instant) -> Result<()> {
    let (number, then) = (week.week.number, on_day(week, 4));
    let actor = scene.staff.actor(conn, now)?;
    let reviews = work::assign(conn, &actor, scene.running.id, number, None, then)?.reviews;
    for review in reviews {
        let member = |team: Id| teams.iter().find(|(id, _)| *id == team).map(|(_, member)| *member);
        let reviewing = member(review.reviewing.id)
            .ok_or_else(Error::not_found)?
            .actor(conn, now)?;
        let reviewed = member(review.reviewed.id)
            .ok_or_else(Error::not_found)?
            .actor(conn, now)?;
        let issue = json!({
            "title": "The menu cannot be opened by keyboard",
            "body": "Tab reaches the button, but neither Enter nor the space bar does anything.",
        });
        let issue = work::raise(conn, &reviewing, review.review.id, of(issue)?, then)?.issue;
        let answer = json!({"status": "answered", "answer": "It is a `button` now, not a `div`."});
        let issue = work::change_issue(conn, &reviewed, issue.id, of(answer)?, IfMatch::Any, then)?.issue;
        // What was found last is still open.
        if number + 1 < WEEK {
            work::change_issue(
                conn,
                &reviewing,
                issue.id,
                of(json!({"status": "closed"}))?,
                IfMatch::Any,
                then,
            )?;
        }
    }
    Ok(())
}

fn find(conn: &mut Conn, scene: &Scene, finder: Player, week: i32, then: Instant) -> Result<()> {
    let found = [
        ("Flexbox Froggy", "https://flexboxfroggy.com/", "game", "CSS"),
        (
            "A test that fails first",
            "https://example.org/red-green",
            "article",
            "Testing",
        ),
        (
            "What happens when a page is asked for",
            "https://example.org/http",
            "video",
            "HTTP",
        ),
        ("Joins, drawn", "https://example.org/joins", "article", "SQL"),
        (
            "Why hashes are salted",
            "https://example.org/salt",
            "article",
            "Security",
        ),
    ];
    let at = usize::try_from(week - 1).unwrap_or_default();
    if let Some((title, url, kind, topic)) = found.get(at) {
        let actor = finder.actor(conn, Instant::now())?;
        let discovery = json!({"title": title, "url": url, "kind": kind, "topic": topic});
        work::share(conn, &actor, scene.running.id, of(discovery)?, then)?;
    }
    Ok(())
}
