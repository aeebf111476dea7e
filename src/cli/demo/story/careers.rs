//! Where graduates go: an employer with a role that is public and one that waits, a graduate who was introduced and one who was
//! hired.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    places,
    player::{Player, of},
    scene::Scene,
};
use crate::{
    accounts::actions as accounts,
    careers::actions as careers,
    cli::demo::cast,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
};

/// The campus in London knows an employer.
pub fn find_work(conn: &mut Conn, scene: &Scene, hash: &str, now: Instant) -> Result<()> {
    let rosa = scene.rosa.actor(conn, now)?;
    let day = |days: i64| now.plus(TimeDelta::days(days)).date();
    let employer = json!({
        "name": cast::EMPLOYER, "about": "They sell tickets for small theatres.",
        "agreement_url": "https://example.org/agreement", "agreement_from": day(-30), "agreement_until": day(335),
    });
    let employer = careers::create_employer(conn, &rosa, scene.london, of(employer)?, now)?
        .employer
        .id;
    let contact = Player::enter(conn, cast::CONTACT, hash, now)?;
    places::join(conn, contact, scene.london, now)?;
    careers::add_contact(conn, &rosa, employer, contact.person, false, now)?;
    let contact = contact.actor(conn, now)?;
    let role = |title: &str| {
        json!({
            "title": title, "text": "You build the box office, in a team of four.", "place": "London", "expires_on": day(60),
            "pay": {"minimum": 3_000_000, "maximum": 3_600_000, "currency": "GBP", "per": "year"},
        })
    };
    let (public, _) = careers::create_role(conn, &contact, employer, of(role("Junior developer"))?, now)?;
    careers::create_role(conn, &contact, employer, of(role("Front-end developer"))?, now)?;
    let seen = IfMatch::Version(public.version);
    careers::set_status(conn, &rosa, public.id, of(json!("published"))?, seen, now)?;
    let [introduced, hired, ..] = scene.graduated.students.as_slice() else {
        return Ok(());
    };
    for (graduate, steps) in [
        (introduced, &["interview"][..]),
        (hired, &["interview", "offer", "hired"]),
    ] {
        let actor = graduate.actor(conn, now)?;
        let profile = json!({
            "headline": "Developer who used to run a kitchen", "skills": ["TypeScript", "SQL"],
            "looking_for": "A team that pairs", "shows_reviews": true, "shows_mentoring": true,
        });
        careers::save_profile(conn, &actor, of(profile)?, IfMatch::Absent, now)?;
        let introduction = introduce(conn, scene, public.id, graduate.person, now)?;
        let consent = json!({"employer_id": employer, "role_id": public.id, "until": day(60)});
        careers::consent(conn, &actor, introduction, of(consent)?, IfMatch::Absent, now)?;
        for step in steps {
            careers::take_step(conn, &contact, introduction, of(json!(step))?, IfMatch::Absent, now)?;
        }
        if steps.last() == Some(&"hired") {
            let fee = json!({"amount": 400_000, "currency": "GBP", "due_on": day(30)});
            careers::create_fee(conn, &rosa, introduction, of(fee)?, now)?;
        }
    }
    accounts::log_out(conn, &contact, now)
}

fn introduce(conn: &mut Conn, scene: &Scene, role: Id, graduate: Id, now: Instant) -> Result<Id> {
    let staff = scene.staff.actor(conn, now)?;
    let asked = json!({"person_id": graduate, "message": "They look for somebody who likes maps."});
    Ok(careers::ask(conn, &staff, role, of(asked)?, now)?.introduction.id)
}
