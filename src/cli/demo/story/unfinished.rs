//! What the running cohort's staff have begun: enough for each request that the reference page prefills to find what it
//! is about.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    places,
    player::{Player, of},
    scene::{Scene, WEEK},
};
use crate::{
    accounts::{Vault, actions as accounts},
    checklists::actions as checklists,
    cli::demo::cast,
    cohorts::actions as cohorts,
    db::Conn,
    error::Result,
    events::actions as events,
    pastoral::actions as pastoral,
    primitives::{Id, IfMatch, Instant},
    reflection::actions as reflection,
    retros::actions as retros,
    students::{actions as students, model::PairKind},
    team_plans::actions::plans,
    web::Origin,
    webhooks::actions as webhooks,
};

/// A student without an account, an invitation, a pair rule, a draft that a job forms, a webhook, a timetable, a retro with an
/// action, a pastoral note, a checklist, and a member who neither studies nor is on the staff.
pub fn leave_unfinished(conn: &mut Conn, scene: &Scene, (hash, vault): (&str, &Vault), now: Instant) -> Result<()> {
    let (cohort, staff) = (scene.running.id, scene.staff);
    let actor = staff.actor(conn, now)?;
    let today = now.date();
    let details = students::StudentDetails {
        joined_on: Some(today),
        ..students::StudentDetails::default()
    };
    let without_account = of(json!(cast::WITHOUT_ACCOUNT))?;
    students::enrol_by_name(conn, &actor, cohort, &without_account, &details, now)?;
    let invitee = students::Invitee {
        email: of(json!(cast::address(cast::INVITED)))?,
        name: of(json!(cast::INVITED))?,
        details,
        place: None,
    };
    students::invite(conn, &actor, cohort, &invitee, now)?;
    if let [.., one, other] = scene.running.students.as_slice() {
        let apart = students::RequestedPairRule {
            kind: PairKind::Apart,
            people: [one.person, other.person],
            from_week: Some(WEEK + 1),
            to_week: None,
        };
        students::add_pair_rule(conn, &actor, cohort, apart, now)?;
    }
    form_later(conn, staff, cohort, now)?;
    make_webhook(conn, scene, vault, now)?;
    fill_the_week(conn, staff, cohort, now)?;
    look_back(conn, scene.rosa, cohort, now)?;
    care(conn, scene, now)?;
    list_what_is_to_do(conn, scene, now)?;
    let member = Player::enter(conn, cast::MEMBER, hash, now)?;
    places::join(conn, member, scene.london, now)?;
    let actor = member.actor(conn, now)?;
    accounts::log_out(conn, &actor, now)
}

/// The organiser is a carer, too.
fn care(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let rosa = scene.rosa.actor(conn, now)?;
    pastoral::name_carer(conn, &rosa, scene.london, scene.rosa.person, now)?;
    if let Some(student) = scene.running.students.first() {
        let note = of(json!({ "text": "Glad to have somebody to talk to.", "flag": "watch" }))?;
        pastoral::create_note(conn, &rosa, (scene.running.id, student.person), note, now)?;
    }
    Ok(())
}

/// For the week that goes on.
fn list_what_is_to_do(conn: &mut Conn, scene: &Scene, now: Instant) -> Result<()> {
    let actor = scene.staff.actor(conn, now)?;
    let items = ["Publish the teams", "Write to the mentors", "Ask how the week was"];
    let template = of(json!({ "name": "A week", "scope": "week", "items": items }))?;
    let template = checklists::create_template(conn, &actor, scene.london, template, now)?;
    let made = of(json!({ "template_id": template.id, "week": WEEK }))?;
    checklists::create(conn, &actor, scene.running.id, made, now)?;
    Ok(())
}

/// Disabled: it bothers no server.
fn make_webhook(conn: &mut Conn, scene: &Scene, vault: &Vault, now: Instant) -> Result<()> {
    let actor = scene.rosa.actor(conn, now)?;
    let new = of(json!({ "url": "https://example.org/peerled", "events": ["campus.*"] }))?;
    let (webhook, _) = webhooks::create(conn, &actor, scene.london, new, (vault, &[]), now)?;
    let disabled = of(json!({ "enabled": false }))?;
    webhooks::change(conn, &actor, webhook.id, disabled, (IfMatch::Absent, &[]), now)?;
    Ok(())
}

/// A timetable, a session of the week that comes moved to the afternoon, and something that goes on, so that people can check in.
fn fill_the_week(conn: &mut Conn, staff: Player, cohort: Id, now: Instant) -> Result<()> {
    let actor = staff.actor(conn, now)?;
    let session = |weekday, starts, ends, title, kind| json!({"weekday": weekday, "starts": starts, "ends": ends, "title": title, "kind": kind, "place": "Main room"});
    let timetable = json!({"sessions": [
        session("mon", "09:30", "10:30", "Check-in", "stand_up"),
        session("tue", "10:00", "12:30", "Workshop", "workshop"),
        session("thu", "14:00", "15:30", "Code review", "workshop"),
        session("fri", "16:00", "17:00", "Presentations", "presentation"),
    ]});
    events::put_timetable(conn, &actor, cohort, &of(timetable)?, IfMatch::Absent, now)?;
    let weeks = cohorts::weeks(conn, cohort)?;
    if let Some(next) = weeks.iter().find(|week| week.week.number == WEEK + 1) {
        for shown in events::of_week(conn, &actor, &next.week)? {
            if shown.event.title.as_str() == "Workshop" {
                let day = shown.event.starts_local.date();
                let moved = json!({"starts_at": format!("{day}T13:30"), "ends_at": format!("{day}T16:00")});
                events::change(conn, &actor, shown.event.id, of(moved)?, IfMatch::Any, now)?;
            }
        }
    }
    let studio = json!({
        "title": "Open studio", "kind": "studio", "starts_at": now, "ends_at": now.plus(TimeDelta::days(6)), "optional": true,
    });
    events::announce(conn, &actor, cohort, of(studio)?, now)?;
    Ok(())
}

/// A retro of the cohort in which something is written, an action, and a manual.
fn look_back(conn: &mut Conn, organiser: Player, cohort: Id, now: Instant) -> Result<()> {
    let actor = organiser.actor(conn, now)?;
    let retro = retros::open(conn, &actor, (cohort, WEEK), of(json!({ "scope": "cohort" }))?, now)?;
    let item = json!({ "kind": "go", "text": "Show each other unfinished work" });
    retros::write(conn, &actor, retro.retro.retro.id, of(item)?)?;
    let action = json!({ "text": "Book the large room for demonstrations" });
    retros::create_action(conn, &actor, cohort, of(action)?, now)?;
    let manual = of(json!({ "how_i_work": "I answer in the evening." }))?;
    reflection::set_manual(conn, &actor, manual, IfMatch::Absent, now)?;
    Ok(())
}

fn form_later(conn: &mut Conn, staff: Player, cohort: Id, now: Instant) -> Result<()> {
    let actor = staff.actor(conn, now)?;
    let request = json!({ "from_week": WEEK + 1, "to_week": WEEK + 2, "seed": 1, "effort": "quick" });
    let origin = Origin {
        target: format!("/v1/cohorts/{cohort}/team-plans"),
        request_id: Id::new().to_string(),
        actor,
    };
    plans::enqueue(conn, &actor, cohort, &of(request)?, &origin, now)?;
    Ok(())
}
