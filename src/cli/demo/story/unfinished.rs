//! What the running cohort's staff have begun: enough for each request that the reference page prefills to find what it
//! is about.

use serde_json::json;

use super::{
    places,
    player::{Player, of},
    scene::{Scene, WEEK},
};
use crate::{
    accounts::actions as accounts,
    cli::demo::cast,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
    reflection::actions as reflection,
    retros::actions as retros,
    students::{actions as students, model::PairKind},
    team_plans::actions::plans,
    web::Origin,
};

/// A student without an account, an invitation, a pair rule, a draft that a job forms, a retro with an action, and a member who neither studies
/// nor is on the staff.
pub fn leave_unfinished(conn: &mut Conn, scene: &Scene, hash: &str, now: Instant) -> Result<()> {
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
    look_back(conn, scene.rosa, cohort, now)?;
    let member = Player::enter(conn, cast::MEMBER, hash, now)?;
    places::join(conn, member, scene.london, now)?;
    let actor = member.actor(conn, now)?;
    accounts::log_out(conn, &actor, now)
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
    };
    plans::enqueue(conn, &actor, cohort, &of(request)?, &origin, now)?;
    Ok(())
}
