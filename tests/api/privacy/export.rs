use std::collections::BTreeSet;

use diesel::prelude::*;
use peerled::{
    db::schema,
    primitives::{Email, Id, Instant},
    privacy::{EXPORTED, WITHHELD},
};
use serde_json::{Value, json};

use crate::{
    admissions, careers, clients, events,
    harness::{Backend, Fac, User, World},
    jobs,
    mentoring::office_hours::{booking, hours_path, working_day},
    on_every_database,
    team_plans::{fours, plan, publish},
};

/// Tables that hold people other than by a reference, which must not keep a person from being taken out.
const UNREFERENCED: [&str; 4] = ["audit_entries", "events", "idempotency_keys", "mail_messages"];
/// Tables that hold nobody themselves, of which people have copied what is theirs by another one.
const THEIRS_BY_ANOTHER: [&str; 8] = [
    "client_briefs",
    "client_links",
    "client_offers",
    "client_steps",
    "client_workshop_bookings",
    "client_workshops",
    "demo_day_invitations",
    "demo_days",
];

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Their team of week 1 and the other one.
fn work_of(fac: &Fac, user: &User) -> [String; 2] {
    let teams = fac
        .facilitator
        .get(&format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort))
        .is(200);
    let (own, others): (Vec<&Value>, Vec<&Value>) = teams
        .data()
        .iter()
        .partition(|team| team["members"].to_string().contains(&user.id));
    [own[0], others[0]].map(|team| team["id"].as_str().unwrap().to_owned())
}

/// The project of the first week of a cohort.
fn week_project(staff: &User, cohort: &str) -> String {
    let week = staff.get(&format!("{cohort}/weeks/1")).is(200).json;
    format!("/v1/projects/{}", week["project"]["id"].as_str().unwrap())
}

/// Opens it, with one hint.
fn open_with_hint(staff: &User, cohort: &str, body: &str) {
    let project = week_project(staff, cohort);
    staff.patch(&project, json!({"open": true})).is(200);
    staff.post(&format!("{project}/hints"), json!({"body": body})).is(201);
}

/// Has an interview, and asks in another.
fn meet(amal: &User, cohort: &str) {
    amal.put(&format!("{cohort}/admission-panel/{}", amal.id), Value::Null)
        .is(204);
    let slot = |day: i64, asks: Value| {
        let ends = peerled::primitives::Instant::parse(&admissions::in_days(day)).unwrap();
        let times =
            json!([{"starts_at": admissions::in_days(day), "ends_at": ends.plus(chrono::TimeDelta::minutes(30))}]);
        let new =
            json!({"times": times, "place": "Main room", "url": "https://meet.example.org", "interviewer_id": asks});
        let made = amal.post(&format!("{cohort}/interview-slots"), new).is(201);
        made.data()[0]["id"].as_str().unwrap().to_owned()
    };
    let own = slot(2, Value::Null);
    slot(3, json!(amal.id));
    amal.put(&format!("/v1/interview-slots/{own}/booking/me"), Value::Null)
        .is(200);
}

/// Scores one application of two that others hand in, and has nothing to do with the other.
fn read_and_stand_aside(world: &World, amal: &User, cohort: &str) {
    let criteria = json!([{"key": "luck", "label": {"en": "Luck"}, "most": 5, "weight": 1}]);
    amal.put(&format!("{cohort}/intake/rubric"), json!({ "criteria": criteria }))
        .is(200);
    amal.put(&format!("{cohort}/admission-panel/{}", amal.id), Value::Null)
        .is(204);
    let [scored, other] = ["Applicant One", "Applicant Two"].map(|name| {
        let applicant = world.person(name);
        let answers = json!({ "answers": admissions::answers() });
        let id = applicant.post(&format!("{cohort}/applications"), answers).is(201).id();
        applicant
            .post(
                &format!("/v1/applications/{id}/evidence"),
                json!({"question": "points", "value": 120}),
            )
            .is(201);
        applicant
            .put(&format!("/v1/applications/{id}/submission"), Value::Null)
            .is(200);
        format!("/v1/applications/{id}")
    });
    let score = json!({"points": {"luck": 3}, "note": "Knows Amal Hadi Haddad."});
    amal.put(&format!("{scored}/scores/me"), score).is(200);
    amal.put(&format!("{other}/recusals/me"), Value::Null).is(204);
}

/// Is the product owner of two clients, of one by an invitation, and invites somebody.
fn look_after_clients(world: &World, fac: &Fac, amal: &User) {
    clients::open(fac);
    let own = clients::apply_as(fac, amal, "Bakery of Amal Hadi Haddad");
    let said = json!({"status": "acknowledged", "note": "Amal Hadi Haddad bakes."});
    amal.put(&format!("{own}/status"), said).is(200);
    amal.put(&format!("{own}/status"), json!({"status": "invited"})).is(200);
    let workshops = format!("/v1/campuses/{}/client-workshops", fac.campus);
    let workshop = amal.post(&workshops, clients::workshops::new_workshop(1)).is(201);
    amal.put(&format!("{own}/workshop"), json!({"workshop_id": workshop.id()}))
        .is(200);
    let said = json!({"text": "Ask Amal Hadi Haddad.", "hours": [{"weekday": "tue", "from": "14:00", "to": "16:00"}]});
    amal.put(&format!("{own}/availability"), said).is(200);
    let link =
        json!({"kind": "research", "title": "Amal Hadi Haddad said", "note": "Amal Hadi Haddad has no printer."});
    amal.post(&format!("{own}/links"), link).is(201);
    let invitations = format!("{own}/owner-invitations");
    amal.post(&invitations, json!({"email": "guest@example.org"})).is(202);
    let other = clients::apply(fac, &world.person("Olive"));
    let to_them = json!({ "email": amal.email });
    fac.organiser
        .post(&format!("{other}/owner-invitations"), to_them)
        .is(202);
    amal.post(clients::ACCEPT, clients::code(world, amal)).is(200);
}

/// Gives paid work, and does some.
fn do_a_brief(world: &World, fac: &Fac, amal: &User) {
    let own = amal.get("/v1/me/clients").is(200);
    let mut brief = clients::briefs::new_brief();
    brief["text"] = json!("Ask Amal Hadi Haddad.");
    let client = own.data().last().unwrap()["id"].as_str().unwrap();
    let made = amal.post(&format!("/v1/clients/{client}/briefs"), brief).is(201);
    let path = made.header("location").to_owned();
    clients::briefs::note_as_member(world, &path, &amal.id, "Amal Hadi Haddad would like to.");
    clients::briefs::note_as_passed(world, &path, &fac.campus, 1);
}

/// Votes on products, wishes for one, builds it, and looks after its client.
fn choose_products(world: &World, fac: &Fac, amal: &User) {
    let owners = [1, 2, 3].map(|number| world.person(&format!("Owner {number}")));
    let ballot = clients::ballots::open_ballot(fac, &owners);
    clients::ballots::vote(amal, &ballot, &[0]).is(204);
    let chosen = clients::ballots::chosen(fac, &ballot);
    amal.put(&format!("{ballot}/wishes/me"), json!({"ranked": [chosen[0]]}))
        .is(200);
    let teams = json!({"teams": [{"client_id": chosen[0], "members": [amal.id]}]});
    fac.facilitator.put(&format!("{ballot}/teams"), teams).is(200);
    // They also look after that client, and are invited to a demo day.
    let invitations = format!("/v1/clients/{}/owner-invitations", chosen[0].as_str().unwrap());
    fac.organiser.post(&invitations, json!({ "email": amal.email })).is(202);
    amal.post(clients::ACCEPT, clients::code(world, amal)).is(200);
    // It may be offered to other campuses, and is.
    let client = format!("/v1/clients/{}", chosen[0].as_str().unwrap());
    amal.patch(&client, json!({"may_be_passed_on": true})).is(200);
    let elsewhere = world.campus_with_cohort("offered", 1, 0);
    let offer = clients::offers::at(&client, &elsewhere.campus);
    fac.facilitator.put(&offer, Value::Null).is(204);
    let day = clients::demo_days::new_demo_day();
    fac.facilitator.post(&clients::demo_days::at_cohort(fac), day).is(201);
}

/// Acts for an employer, and was hired by it.
fn be_introduced(world: &World, fac: &Fac, amal: &User) {
    let employer = careers::employer_named(fac, "Studio of Amal Hadi Haddad");
    careers::add_contact(fac, &employer, amal).is(204);
    let mut role = careers::new_role();
    role["text"] = json!("Ask Amal Hadi Haddad.");
    let role = amal.post(&format!("{employer}/roles"), role).is(201);
    let role = role.header("location").to_owned();
    careers::publish(&fac.organiser, &role);
    let profile = json!({"headline": "Amal Hadi Haddad", "skills": ["SQL"]});
    amal.put("/v1/me/career-profile", profile).is(200);
    let [campus, employer, role, person] =
        [&fac.campus, &employer, &role, &amal.id].map(|path| id(path.rsplit('/').next().unwrap()));
    let introduction = Id::new();
    world.db(move |conn| {
        use schema::introductions;
        diesel::insert_into(introductions::table)
            .values((
                introductions::id.eq(introduction),
                introductions::campus_id.eq(campus),
                introductions::employer_id.eq(employer),
                introductions::role_id.eq(role),
                introductions::person_id.eq(person),
                introductions::status.eq("hired"),
                introductions::message.eq("Amal Hadi Haddad, is this for you?"),
                introductions::consented_at.eq(Instant::now()),
                introductions::version.eq(1_i64),
                introductions::created_at.eq(Instant::now()),
                introductions::updated_at.eq(Instant::now()),
            ))
            .execute(conn)?;
        Ok(())
    });
    let fee = fac
        .organiser
        .post(
            &format!("/v1/introductions/{introduction}/referral-fees"),
            careers::new_fee(),
        )
        .is(201);
    let waived = json!({"status": "waived", "reason": "Amal Hadi Haddad is one of us."});
    fac.organiser
        .put(&format!("{}/status", fee.header("location")), waived)
        .is(200);
}

/// Is interested in a cohort, and applies to it once that is open.
fn apply_for_a_place(amal: &User, cohort: &str) {
    let mut coming = admissions::intake(admissions::window(1, 2));
    coming["interest_from"] = json!("2026-01-01");
    amal.put(&format!("{cohort}/intake"), coming).is(200);
    amal.put(&format!("{cohort}/intake/interest/me"), Value::Null).is(204);
    amal.put(
        &format!("{cohort}/intake"),
        admissions::intake(admissions::window(-1, 1)),
    )
    .is(200);
    amal.put(&format!("{cohort}/intake/form"), admissions::form()).is(200);
    let answers = json!({ "answers": admissions::answers() });
    let application = amal.post(&format!("{cohort}/applications"), answers).is(201).id();
    amal.put(&format!("/v1/applications/{application}/submission"), Value::Null)
        .is(200);
    meet(amal, cohort);
    let reading = json!({"question": "points", "value": 120});
    amal.post(&format!("/v1/applications/{application}/evidence"), reading)
        .is(201);
}

/// A student of the cohort who has also mentored and organised, with something in each table that knows people.
pub fn person_of_many_parts(world: &World) -> (Fac, User) {
    let fac = world.fac(4, 7);
    let amal = world.person("Amal Hadi Haddad");
    world.prove_address(&amal);
    let cohort = format!("/v1/cohorts/{}", fac.cohort);

    // A place that was kept for them, and that they took by invitation.
    let place = fac
        .facilitator
        .post(&format!("{cohort}/enrolments"), json!({"name": "Amal the Elder"}))
        .is(201);
    let place = place.json["person"]["id"].as_str().unwrap().to_owned();
    fac.facilitator
        .post(&format!("{cohort}/enrolments/{place}/claim-links"), Value::Null)
        .is(201);
    let details = json!({"experience": 4, "attributes": {"gender": "nonbinary-person"}});
    fac.facilitator
        .patch(&format!("{cohort}/enrolments/{place}"), details)
        .is(200);
    let invitation = json!({"person_id": place, "email": amal.email});
    fac.facilitator
        .with("Idempotency-Key", "invite")
        .post(&format!("{cohort}/enrolments"), invitation)
        .is(202);
    let letter = world.mail().pop().unwrap().body;
    let code = letter
        .lines()
        .find_map(|line| line.strip_prefix("    "))
        .unwrap()
        .to_owned();
    let accept = amal.with("Idempotency-Key", "accept");
    accept
        .post("/v1/invitations/acceptances", json!({"token": code}))
        .is(201);
    amal.patch("/v1/me", json!({"github": "amal-haddad"})).is(200);
    let daily = json!({"teams": {"mail": "daily"}});
    amal.patch("/v1/me/notification-settings", daily).is(200);
    amal.put("/v1/me/consents/diversity_reports", Value::Null).is(204);

    // What the staff know of them.
    let rule = json!({"kind": "apart", "people": [amal.id, fac.students[0].id]});
    fac.facilitator.post(&format!("{cohort}/pair-rules"), rule).is(201);
    let absence = json!({"reason": "Amal Hadi Haddad is at a wedding"});
    world.begin_week(&fac, 4, 7);
    fac.facilitator
        .put(&format!("{cohort}/weeks/4/absences/{}", amal.id), absence)
        .is(204);
    let day = fac.facilitator.get(&format!("{cohort}/weeks/4")).is(200).json["starts_on"].clone();
    let absence = json!({"reason": "Amal Hadi Haddad is at a wedding"});
    fac.facilitator
        .put(
            &format!("{cohort}/absences/{}/{}", amal.id, day.as_str().unwrap()),
            absence,
        )
        .is(204);
    // In pastoral care, for others and for themself.
    let carer = format!("/v1/campuses/{}/pastoral-carers/{}", fac.campus, amal.id);
    fac.organiser.put(&carer, Value::Null).is(204);
    let about = format!("{cohort}/students/{}/pastoral-notes", fac.students[1].id);
    amal.post(&about, json!({"text": "Sleeps badly.", "flag": "watch"}))
        .is(201);
    let slot = json!({"week": 4, "kind": "pastoral", "min": 0, "capacity": 1});
    let slot = fac
        .facilitator
        .post(&format!("{cohort}/mentor-slots"), slot)
        .is(201)
        .id();
    let walk = format!("/v1/mentor-slots/{slot}/walk");
    fac.facilitator.put(&walk, json!({"places": 2})).is(204);
    amal.put(&format!("{walk}/places/me"), Value::Null).is(204);
    let hours = json!({"date": working_day(&day), "starts": "10:00", "ends": "11:00", "minutes": 20});
    let hours = fac.facilitator.post(&hours_path(&fac), hours).is(201);
    let hours = hours.data()[0]["id"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        amal.put(&booking(&hours, 1), json!({})).is(204);
        amal.delete(&booking(&hours, 1)).is(204);
    }
    amal.put(&booking(&hours, 1), json!({})).is(204);
    let made = plan(&fac, fours(1, 2)).is(201);
    publish(&fac, &made, Some(&[1])).is(200);

    // Where they were.
    let coffee = json!({"title": "Coffee with Amal Hadi Haddad", "place": "At Amal Hadi Haddad's", "check_in": "code"});
    let coffee = events::now_on(&fac, 1, 60, coffee);
    let check_in = format!("{}/attendance/me", events::path_of(&coffee));
    amal.put(&check_in, json!({"code": coffee.json["check_in_code"]}))
        .is(200);
    let other = events::now_on(&fac, 1, 60, json!({"check_in": "code"}));
    amal.put(
        &format!("{}/attendance/me", events::path_of(&other)),
        json!({"code": "wrong"}),
    )
    .is(422);
    let one_to_one =
        json!([{"weekday": "mon", "starts": "09:30", "ends": "10:00", "title": "Amal Hadi Haddad", "kind": "talk"}]);
    events::put_timetable(&fac, one_to_one).is(200);

    // What they wrote about the week's work.
    let [own, other] = work_of(&fac, &amal);
    let submission = json!({"repository_url": "https://github.com/fac/week1", "notes": "Ask Amal Hadi Haddad."});
    amal.post(&format!("/v1/teams/{own}/submissions"), submission).is(201);
    let reviews = fac
        .facilitator
        .post(&format!("{cohort}/weeks/1/code-reviews"), Value::Null)
        .is(201);
    let review_by = |team: &str| {
        let review = reviews
            .data()
            .iter()
            .find(|review| review["reviewer_team"]["id"] == json!(team));
        format!("/v1/code-reviews/{}/issues", review.unwrap()["id"].as_str().unwrap())
    };
    let issue = json!({"title": "Amal Hadi Haddad cannot log in", "body": "Says Amal Hadi Haddad."});
    amal.post(&review_by(&own), issue.clone()).is(201);
    let team = fac.facilitator.get(&format!("/v1/teams/{other}")).is(200).json;
    let colleague = fac
        .students
        .iter()
        .find(|one| team["members"].to_string().contains(&one.id))
        .unwrap();
    let raised = colleague.post(&review_by(&other), issue).is(201);
    let answer = json!({"status": "answered", "answer": "Amal Hadi Haddad can now."});
    amal.patch(raised.header("location"), answer).is(200);
    let discovery = json!({
        "title": "By Amal Hadi Haddad", "url": "https://example.org", "kind": "article", "topic": "CSS", "text": "Amal Hadi Haddad likes it.",
    });
    let shared = amal.post(&format!("{cohort}/discoveries"), discovery).is(201);
    amal.put(&format!("{}/useful/me", shared.header("location")), Value::Null)
        .is(204);

    // What they said of the week.
    let of_week = json!({"scope": "team", "team_id": own});
    let retro = amal.post(&format!("{cohort}/weeks/1/retros"), of_week).is(201);
    let retro = retro.header("location").to_owned();
    let item = json!({"kind": "go", "text": "Pair with Amal Hadi Haddad"});
    let item = amal.post(&format!("{retro}/items"), item).is(201);
    amal.put(&format!("{}/votes/me", item.header("location")), Value::Null)
        .is(204);
    let action = json!({"text": "Thank Amal Hadi Haddad", "owner_id": amal.id});
    let action = amal.post(&format!("{cohort}/actions"), action).is(201);
    let note = json!({"note": "Amal Hadi Haddad was thanked."});
    amal.patch(action.header("location"), note).is(200);
    open_with_hint(&fac.facilitator, &cohort, "Look up.");
    let project = week_project(&fac.facilitator, &cohort);
    amal.post(&format!("{project}/hints/requests"), json!({"number": 1}))
        .is(201);

    // How they work, and what they and their team mates tell each other.
    amal.put("/v1/me/manual", json!({"good_to_know": "Amal Hadi Haddad likes tea."}))
        .is(200);
    let log = json!({"text": "Amal Hadi Haddad has learnt SQL.", "cohort_id": fac.cohort, "shared_with_staff": true});
    amal.post("/v1/me/progress-logs", log).is(201);
    world.begin_week(&fac, 1, -7);
    let team = fac.facilitator.get(&format!("/v1/teams/{own}")).is(200).json;
    let is_mate = |one: &&User| team["members"].to_string().contains(&one.id);
    let mates: Vec<&User> = fac.students.iter().filter(is_mate).collect();
    let words = json!({"text": "Amal Hadi Haddad asks well.", "anonymous": true});
    for mate in &mates {
        mate.put(&format!("/v1/teams/{own}/feedback/{}", amal.id), words.clone())
            .is(200);
    }
    amal.put(&format!("/v1/teams/{own}/feedback/{}", mates[0].id), words)
        .is(200);

    let token =
        json!({"name": "My script", "scopes": ["read"], "expires_on": Instant::now().date() + chrono::Days::new(30)});
    amal.post("/v1/me/api-tokens", token).is(201);
    amal.post("/v1/me/calendar-feeds", json!({"of": "me"})).is(201);

    // What they did as organiser of another campus, where they were removed from another before.
    let (away, banned) = (
        world.campus_with_cohort("away", 2, 8),
        world.campus_with_cohort("banned", 1, 0),
    );
    amal.put(&format!("/v1/campuses/{}/members/me", banned.campus), Value::Null)
        .is(204);
    banned
        .organiser
        .delete(&format!("/v1/campuses/{}/members/{}", banned.campus, amal.id))
        .is(204);
    amal.put(&format!("/v1/campuses/{}/members/me", away.campus), Value::Null)
        .is(204);
    let staff = format!("/v1/campuses/{}/staff/{}", away.campus, amal.id);
    away.organiser.put(&staff, json!({"role": "organiser"})).is(204);
    let webhook = json!({"url": "https://example.org/hook", "events": ["campus.updated"]});
    amal.post(&format!("/v1/campuses/{}/webhooks", away.campus), webhook)
        .is(201);
    let there = format!("/v1/cohorts/{}", away.cohort);
    let organiser = json!({"email": amal.email, "role": "facilitator"});
    away.organiser
        .post(&format!("/v1/campuses/{}/staff-invitations", away.campus), organiser)
        .is(202);
    let colleague = json!({"email": "guest@example.org", "role": "facilitator"});
    amal.post(&format!("/v1/campuses/{}/staff-invitations", away.campus), colleague)
        .is(202);
    let guest = json!({"email": "guest@example.org", "name": "Guest"});
    amal.post(&format!("{there}/enrolments"), guest).is(202);
    let named = amal
        .post(&format!("{there}/enrolments"), json!({"name": "Basma"}))
        .is(201);
    amal.post(&format!("{}/claim-links", named.header("location")), Value::Null)
        .is(201);
    let pair = [&away.students[0].id, &away.students[1].id];
    amal.post(
        &format!("{there}/pair-rules"),
        json!({"kind": "together", "people": pair}),
    )
    .is(201);
    world.begin_week(&away, 2, 7);
    amal.put(
        &format!("{there}/weeks/2/absences/{}", pair[0]),
        json!({"reason": "Ill"}),
    )
    .is(204);
    let day = amal.get(&format!("{there}/weeks/2")).is(200).json["ends_on"].clone();
    amal.put(
        &format!("{there}/absences/{}/{}", pair[0], day.as_str().unwrap()),
        json!({}),
    )
    .is(204);
    let event = events::now_on(&away, 1, 60, json!({}));
    amal.put(
        &format!("{}/attendance/{}", events::path_of(&event), pair[0]),
        json!({"status": "present"}),
    )
    .is(200);
    let theirs = json!({"from_week": 1, "to_week": 1, "effort": "quick"});
    let plan = amal.post(&format!("{there}/team-plans"), theirs).is(201);
    let seen = amal.with("If-Match", plan.header("etag"));
    seen.post(&format!("/v1/team-plans/{}/publication", plan.id()), json!({}))
        .is(200);
    let team = amal.get(&format!("{there}/weeks/1/teams")).is(200).data()[0].clone();
    let extension = format!("/v1/teams/{}/weeks/1/extension", team["id"].as_str().unwrap());
    let longer = json!({"due_at": "2099-01-12T12:00", "reason": "Amal Hadi Haddad was ill."});
    amal.put(&extension, longer).is(204);
    amal.post(&format!("{there}/weeks/1/code-reviews"), Value::Null).is(201);
    let member = &team["members"][0]["person"]["id"];
    let repair = json!({"members": [{"person_id": member, "role": "qa"}], "reason": "By wish"});
    amal.patch(&format!("/v1/teams/{}", team["id"].as_str().unwrap()), repair)
        .is(200);
    let template = json!({"name": "Before it begins", "scope": "cohort", "items": ["Book a room"]});
    let templates = format!("/v1/campuses/{}/checklist-templates", away.campus);
    let template = amal.post(&templates, template).is(201).id();
    let checklist = json!({ "template_id": template });
    let checklist = amal.post(&format!("{there}/checklists"), checklist).is(201).data()[0].clone();
    let item = checklist["items"][0]["id"].as_str().unwrap();
    amal.put(&format!("/v1/checklist-items/{item}/done"), Value::Null)
        .is(204);
    let slot = json!({"week": 2, "kind": "week", "min": 0, "capacity": 1});
    let slot = amal.post(&format!("{there}/mentor-slots"), slot).is(201).id();
    amal.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null)
        .is(201);
    amal.post(&format!("/v1/mentor-slots/{slot}/swap-offers"), json!({}))
        .is(201);
    amal.put(&format!("{there}/weeks/2/hand-over"), json!({"text": "All is well."}))
        .is(200);
    apply_for_a_place(&amal, &there);
    read_and_stand_aside(world, &amal, &there);
    look_after_clients(world, &away, &amal);
    do_a_brief(world, &away, &amal);
    choose_products(world, &fac, &amal);
    be_introduced(world, &away, &amal);
    open_with_hint(&amal, &there, "Amal Hadi Haddad knows.");
    amal.put(&format!("/v1/campuses/{}/thanks/me", away.campus), Value::Null)
        .is(204);
    let wished = json!({"week": 2, "kind": "pastoral", "min": 0, "capacity": 1});
    let wished = amal.post(&format!("{there}/mentor-slots"), wished).is(201).id();
    let wishes = json!({"ranked": [wished], "together_with": [away.organiser.id], "at_most": 2});
    amal.put(&format!("{there}/mentor-preferences/me"), wishes).is(200);
    amal.post(&format!("{there}/mentor-allocations"), json!({})).is(201);
    let job = amal
        .with("Prefer", "respond-async")
        .post(&format!("{there}/team-plans"), jobs::easy(2))
        .is(202);
    jobs::ended(&amal, &job.id(), "succeeded");

    // They are the only organiser there from now on.
    let staff = format!("/v1/campuses/{}/staff/{}", away.campus, away.organiser.id);
    amal.delete(&staff).is(204);

    let (person, email) = (id(&amal.id), Email::parse(&amal.email).unwrap());
    world.db(move |conn| {
        use schema::{
            mailed_codes as codes, merged_accounts, passkeys, second_factors as factors, sign_on_attempts as attempts,
            sign_ons,
        };
        let now = Instant::now();
        diesel::insert_into(sign_ons::table)
            .values((
                sign_ons::id.eq(Id::new()),
                sign_ons::person_id.eq(person),
                sign_ons::provider.eq("https://provider.example"),
                sign_ons::subject.eq("subject-of-amal"),
                sign_ons::email.eq(&email),
                sign_ons::created_at.eq(now),
                sign_ons::last_used_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(attempts::table)
            .values((
                attempts::id.eq(Id::new()),
                attempts::secret_hash.eq("hash"),
                attempts::provider.eq("https://provider.example"),
                attempts::return_to.eq("https://app.example/amal-haddad"),
                attempts::person_id.eq(person),
                attempts::created_at.eq(now),
                attempts::expires_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(passkeys::table)
            .values((
                passkeys::id.eq(Id::new()),
                passkeys::person_id.eq(person),
                passkeys::credential_id.eq("credential-of-amal"),
                passkeys::user_handle.eq(person.to_string()),
                passkeys::public_key.eq("key-of-amal"),
                passkeys::sign_count.eq(1_i64),
                passkeys::name.eq("Phone of Amal Hadi Haddad"),
                passkeys::created_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(merged_accounts::table)
            .values((
                merged_accounts::id.eq(Id::new()),
                merged_accounts::person_id.eq(person),
                merged_accounts::created_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(factors::table)
            .values((
                factors::person_id.eq(person),
                factors::secret.eq("sealed"),
                factors::created_at.eq(Instant::now()),
                factors::last_step.eq(0_i64),
                factors::wrong_codes.eq(0),
            ))
            .execute(conn)?;
        diesel::insert_into(codes::table)
            .values((
                codes::id.eq(Id::new()),
                codes::purpose.eq("password_reset"),
                codes::code_hash.eq("hash"),
                codes::email.eq(&email),
                codes::person_id.eq(person),
                codes::created_at.eq(Instant::now()),
                codes::expires_at.eq(Instant::now()),
            ))
            .execute(conn)?;
        Ok(())
    });
    world.mail();
    (fac, amal)
}

on_every_database! {
    fn every_section_has_what_is_stored(world: World) {
        let (fac, amal) = person_of_many_parts(&world);
        let answer = amal.get("/v1/me/export").is(200);
        assert_eq!(answer.header("cache-control"), "no-store");
        for (section, _) in EXPORTED.iter().copied().flatten() {
            let rows = &answer.json[section];
            let is_empty = rows.as_array().is_some_and(Vec::is_empty);
            assert!(!is_empty && !rows.is_null(), "{section} is empty: {}", answer.text);
        }
        let all = &answer.json;
        assert_eq!(all["account"]["email"], json!(amal.email));
        let own = all["enrolments"].as_array().unwrap().iter().find(|one| one["cohort_id"] == json!(fac.cohort)).unwrap();
        assert_eq!(own["attributes"], json!({"gender": "nonbinary-person"}));
        assert_eq!(own["claimed_name"], json!("Amal the Elder"));
        assert_eq!(all["absences"][0]["reason"], "Amal Hadi Haddad is at a wedding");
        assert_eq!(all["kept_answers"][0]["key"], "accept");
        assert_eq!(all["teams"].as_array().unwrap().len(), 1, "of published rounds only: {}", all["teams"]);
        for other in ["guest@example.org", "Guest", "Basma", "Ill", &fac.students[0].id] {
            assert!(!answer.text.contains(other), "{other}: {}", answer.text);
        }
        world.nobody().get("/v1/me/export").problem(401, "authentication_required");
    }

    fn what_waits_at_an_address_is_for_whoever_has_proved_it(world: World) {
        let fac = world.fac(1, 0);
        let amal = world.person("Amal");
        let invitation = json!({"email": amal.email, "name": "Amal"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), invitation).is(202);
        world.mail();
        let found = || {
            let export = amal.get("/v1/me/export").is(200).json;
            ["invitations", "mail"].map(|section| export[section].as_array().unwrap().len())
        };
        assert_eq!(found(), [0, 0]);
        world.prove_address(&amal);
        assert_eq!(found(), [1, 1]);
    }

    fn no_column_about_a_person_is_forgotten(world: World) {
        let listed: Vec<&str> = EXPORTED.iter().chain(WITHHELD).copied().flatten().flat_map(|(_, columns)| columns.iter().copied()).collect();
        let known: BTreeSet<&str> = listed.into_iter().collect();
        let people = world.person_columns();
        let referring = people.iter().filter_map(|column| column.split('.').next());
        let schema = include_str!("../../../src/db/schema/lib.rs").split("diesel::table! {").skip(1);
        let with_person = schema.filter(|table| table.contains(" person_id ->"));
        let with_person = with_person.filter_map(|table| table.split_whitespace().next());
        let tables: BTreeSet<&str> = referring.chain(with_person).chain(UNREFERENCED).chain(THEIRS_BY_ANOTHER).chain(["people"]).collect();
        let columns: Vec<String> = tables.into_iter().flat_map(|table| world.columns_of(table)).collect();
        let forgotten: Vec<&String> = columns.iter().filter(|column| !known.contains(column.as_str())).collect();
        assert!(forgotten.is_empty(), "neither exported nor withheld: {forgotten:?}");
        let stale: Vec<&&str> = known.iter().filter(|known| !columns.iter().any(|column| column == *known)).collect();
        assert!(stale.is_empty(), "there is no {stale:?}");
    }
}

#[test]
fn what_is_withheld_is_said() {
    let document = std::fs::read_to_string("docs/privacy.md").unwrap();
    let document = document.split_whitespace().collect::<Vec<_>>().join(" ");
    for (why, _) in WITHHELD.iter().copied().flatten() {
        assert!(document.contains(why), "docs/privacy.md does not say: {why}");
    }
    let world = World::start(Backend::Sqlite);
    let export = world.person("Amal").get("/v1/me/export").is(200).json;
    let sections: BTreeSet<&String> = export.as_object().unwrap().keys().collect();
    for section in sections {
        assert!(
            document.contains(&format!("`{section}`")),
            "docs/privacy.md does not name {section}"
        );
    }
}
