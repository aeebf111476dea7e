//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use super::{
    ACCEPT,
    ballots::{chosen, open_ballot, ready, vote},
    briefs::{answer, new_brief, set_status, submitted},
    code, new_client, open, step,
    workshops::{begin, new_workshop},
};
use crate::{
    authz_matrix::{Make::*, Samples, Stage, at},
    harness::User,
};

/// The client of the product owner, acknowledged: its path.
pub fn client(stage: &Stage) -> String {
    let listed = stage.read(&stage.campus("/clients"));
    let path = format!("/v1/clients/{}", listed.data()[0]["id"].as_str().unwrap());
    if listed.data()[0]["status"] == "applied" {
        step(&stage.home.organiser, &path, "acknowledged").is(200);
    }
    path
}

/// The same with an invitation to this address.
fn inviting(stage: &Stage, email: &str) -> String {
    let invitations = format!("{}/owner-invitations", client(stage));
    stage
        .make(&invitations, json!({ "email": email }))
        .header("location")
        .to_owned()
}

/// A workshop, and the client, which is invited.
fn workshop(stage: &Stage) -> [String; 2] {
    let client = client(stage);
    step(&stage.home.organiser, &client, "invited").is(200);
    let made = stage.make(&stage.campus("/client-workshops"), new_workshop(1));
    [made.header("location").to_owned(), client]
}

/// The same with a place at the workshop.
fn booked(stage: &Stage) -> [String; 2] {
    let [workshop, client] = workshop(stage);
    let choice = json!({"workshop_id": last(&workshop)});
    stage.home.organiser.put(&format!("{client}/workshop"), choice).is(200);
    [workshop, client]
}

/// The id at the end of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// A client of which a product can be made: its id.
fn ready_client(stage: &Stage) -> String {
    let owner = stage.somebody();
    last(&ready(&stage.home, &owner)).to_owned()
}

/// An open ballot in which nobody has voted: its path. What was open is cancelled.
fn ballot(stage: &Stage) -> String {
    let cohort = format!("/v1/cohorts/{}", stage.home.cohort);
    for open in stage.read(&format!("{cohort}/product-ballots")).data() {
        if open["status"] == "open" {
            let path = format!("/v1/product-ballots/{}/status", open["id"].as_str().unwrap());
            stage.home.organiser.put(&path, json!({"status": "cancelled"})).is(200);
        }
    }
    let products = stage.read(&format!("{cohort}/products"));
    let missing = 3_usize.saturating_sub(products.data().len());
    let owners: Vec<User> = (0..missing).map(|_| stage.somebody()).collect();
    open_ballot(&stage.home, &owners)
}

/// One that is closed, with teams to form.
fn closed(stage: &Stage) -> String {
    let ballot = ballot(stage);
    chosen(&stage.home, &ballot);
    ballot
}

/// A brief of the client, which waits to be approved: its path.
fn brief(stage: &Stage) -> String {
    submitted(&stage.home.organiser, &client(stage))
}

/// The same, open.
fn open_brief(stage: &Stage) -> String {
    let brief = brief(stage);
    set_status(&stage.home.organiser, &brief, "open").is(200);
    brief
}

/// The same, which the alumna would like.
fn wanted(stage: &Stage) -> String {
    let brief = open_brief(stage);
    answer(graduate(stage), &brief, true).is(200);
    brief
}

fn graduate<'s>(stage: &'s Stage<'_>) -> &'s User {
    let alumna = stage.roles.iter().find(|role| role.name == "alumna").unwrap();
    alumna.user.as_ref().unwrap()
}

fn address(stage: &Stage) -> String {
    format!("{}@example.org", stage.unique())
}

fn accept(stage: &Stage, user: &User) {
    inviting(stage, &user.email);
    user.post(ACCEPT, code(stage.world, user)).is(200);
}

pub const SAMPLES: Samples = &[
    ("get_client_terms", Once(|stage| at(stage.campus("/client-terms")))),
    (
        "set_client_terms",
        Again(|stage| {
            let terms = json!({"open": true, "answer_days": 7, "about": stage.unique()});
            at(stage.campus("/client-terms")).json(terms)
        }),
    ),
    (
        "create_client",
        ForEach(|stage, role| {
            if role.name == "product owner" {
                step(&stage.home.organiser, &client(stage), "withdrawn").is(200);
            }
            at(stage.campus("/clients")).json(new_client("Riverside Food Bank"))
        }),
    ),
    ("list_clients", Once(|stage| at(stage.campus("/clients")))),
    ("list_own_clients", Once(|_| at("/v1/me/clients"))),
    ("get_client", Once(|stage| at(client(stage)))),
    (
        "change_client",
        Again(|stage| at(client(stage)).json(json!({"about": stage.unique()}))),
    ),
    (
        "take_client_step",
        Again(|stage| {
            let client = client(stage);
            step(&stage.home.organiser, &client, "invited").is(200);
            at(format!("{client}/status")).json(json!({"status": "workshop_booked"}))
        }),
    ),
    (
        "create_client_workshop",
        Again(|stage| at(stage.campus("/client-workshops")).json(new_workshop(1))),
    ),
    (
        "list_client_workshops",
        Once(|stage| at(stage.campus("/client-workshops"))),
    ),
    (
        "get_client_workshop",
        Once(|stage| {
            let [workshop, _] = workshop(stage);
            at(workshop)
        }),
    ),
    (
        "change_client_workshop",
        Again(|stage| {
            let [workshop, _] = workshop(stage);
            at(workshop).json(json!({"place": stage.unique()}))
        }),
    ),
    (
        "cancel_client_workshop",
        Again(|stage| {
            let [workshop, _] = booked(stage);
            at(workshop)
        }),
    ),
    (
        "set_workshop_attendance",
        Again(|stage| {
            let [workshop, client] = booked(stage);
            begin(stage.world, &workshop);
            at(format!("{workshop}/attendances/{}", last(&client))).json(json!({"attended": false}))
        }),
    ),
    (
        "list_workshops_of_client",
        Once(|stage| at(format!("{}/workshops", client(stage)))),
    ),
    (
        "book_client_workshop",
        Again(|stage| {
            let [workshop, client] = workshop(stage);
            at(format!("{client}/workshop")).json(json!({"workshop_id": last(&workshop)}))
        }),
    ),
    (
        "give_up_client_workshop",
        Again(|stage| {
            let [_, client] = booked(stage);
            at(format!("{client}/workshop"))
        }),
    ),
    (
        "list_products",
        Once(|stage| at(format!("/v1/cohorts/{}/products", stage.home.cohort))),
    ),
    (
        "set_product",
        Again(|stage| {
            let product = format!("/v1/cohorts/{}/products/{}", stage.home.cohort, ready_client(stage));
            at(product).json(json!({"summary": "Shifts on phones."}))
        }),
    ),
    (
        "remove_product",
        Again(|stage| {
            let product = format!("/v1/cohorts/{}/products/{}", stage.home.cohort, ready_client(stage));
            stage
                .home
                .organiser
                .put(&product, json!({"summary": "Shifts."}))
                .is(200);
            at(product)
        }),
    ),
    (
        "open_product_ballot",
        Again(|stage| {
            let path = format!("{}/status", ballot(stage));
            stage.home.organiser.put(&path, json!({"status": "cancelled"})).is(200);
            at(format!("/v1/cohorts/{}/product-ballots", stage.home.cohort)).json(json!({"winners": 1}))
        }),
    ),
    (
        "list_product_ballots",
        Once(|stage| at(format!("/v1/cohorts/{}/product-ballots", stage.home.cohort))),
    ),
    ("get_product_ballot", Once(|stage| at(ballot(stage)))),
    (
        "end_product_ballot",
        Again(|stage| at(format!("{}/status", ballot(stage))).json(json!({"status": "cancelled"}))),
    ),
    (
        "vote_for_products",
        Once(|stage| {
            let ballot = ballot(stage);
            let candidate = stage.read(&ballot).json["candidates"][0]["client_id"].clone();
            at(format!("{ballot}/votes/me")).json(json!({"ranked": [candidate]}))
        }),
    ),
    (
        "get_own_product_vote",
        Once(|stage| {
            let ballot = ballot(stage);
            vote(&stage.home.students[0], &ballot, &[0]).is(204);
            at(format!("{ballot}/votes/me"))
        }),
    ),
    (
        "set_own_product_wish",
        Again(|stage| {
            let ballot = closed(stage);
            let chosen = stage.read(&ballot).json["result"]["chosen"][0].clone();
            at(format!("{ballot}/wishes/me")).json(json!({"ranked": [chosen]}))
        }),
    ),
    (
        "get_own_product_wish",
        Once(|stage| {
            let ballot = closed(stage);
            let chosen = stage.read(&ballot).json["result"]["chosen"][0].clone();
            let wish = json!({"ranked": [chosen]});
            stage.home.students[0].put(&format!("{ballot}/wishes/me"), wish).is(200);
            at(format!("{ballot}/wishes/me"))
        }),
    ),
    (
        "list_product_wishes",
        Once(|stage| at(format!("{}/wishes", closed(stage)))),
    ),
    (
        "suggest_product_teams",
        Once(|stage| at(format!("{}/team-suggestion", closed(stage)))),
    ),
    (
        "list_product_teams",
        Once(|stage| at(format!("{}/teams", closed(stage)))),
    ),
    (
        "set_product_teams",
        Again(|stage| at(format!("{}/teams", closed(stage))).json(json!({"teams": []}))),
    ),
    (
        "get_product_hand_over",
        Once(|stage| at(format!("{}/hand-over", client(stage)))),
    ),
    (
        "tick_product_hand_over",
        Again(|stage| {
            let ballot = closed(stage);
            let built = stage.read(&ballot).json["result"]["chosen"][0].clone();
            let teams = json!({"teams": [{"client_id": built, "members": [stage.home.students[0].id]}]});
            stage.home.organiser.put(&format!("{ballot}/teams"), teams).is(200);
            let client = built.as_str().unwrap();
            at(format!("/v1/clients/{client}/hand-over/readme")).json(json!({"done": true}))
        }),
    ),
    (
        "create_brief",
        Again(|stage| at(format!("{}/briefs", client(stage))).json(new_brief())),
    ),
    (
        "list_client_briefs",
        Once(|stage| at(format!("{}/briefs", client(stage)))),
    ),
    ("list_campus_briefs", Once(|stage| at(stage.campus("/briefs")))),
    ("get_brief", Once(|stage| at(open_brief(stage)))),
    (
        "change_brief",
        Again(|stage| at(brief(stage)).json(json!({"title": stage.unique()}))),
    ),
    (
        "set_brief_status",
        Again(|stage| {
            let brief = brief(stage);
            let seen = stage.read(&brief);
            at(format!("{brief}/status"))
                .json(json!({"status": "withdrawn"}))
                .seen(&seen)
        }),
    ),
    (
        "pass_brief_on",
        Again(|stage| {
            open(&stage.away);
            at(format!("{}/campus", open_brief(stage))).json(json!({"campus_id": stage.away.campus}))
        }),
    ),
    (
        "set_brief_team",
        Again(|stage| {
            let brief = wanted(stage);
            let seen = stage.read(&brief);
            at(format!("{brief}/team"))
                .json(json!({"members": [graduate(stage).id]}))
                .seen(&seen)
        }),
    ),
    (
        "list_brief_interests",
        Once(|stage| at(format!("{}/interests", wanted(stage)))),
    ),
    (
        "answer_brief",
        Once(|stage| at(format!("{}/interests/me", open_brief(stage))).json(json!({"interested": true}))),
    ),
    (
        "delete_brief_answer",
        Again(|stage| at(format!("{}/interests/me", wanted(stage)))),
    ),
    (
        "invite_product_owner",
        Again(|stage| at(format!("{}/owner-invitations", client(stage))).json(json!({"email": address(stage)}))),
    ),
    (
        "list_owner_invitations",
        Once(|stage| at(format!("{}/owner-invitations", client(stage)))),
    ),
    (
        "revoke_owner_invitation",
        Again(|stage| at(inviting(stage, &address(stage)))),
    ),
    (
        "accept_owner_invitation",
        ForEach(|stage, role| {
            let somebody = stage.somebody();
            let user = role.user.as_ref().unwrap_or(&somebody);
            inviting(stage, &user.email);
            at(ACCEPT).json(code(stage.world, user))
        }),
    ),
    (
        "remove_product_owner",
        Again(|stage| {
            let somebody = stage.somebody();
            accept(stage, &somebody);
            at(format!("{}/owners/{}", client(stage), somebody.id))
        }),
    ),
];
