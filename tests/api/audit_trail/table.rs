//! The audit trail as a table, and by what means entries were made.

use peerled::primitives::Instant;
use serde_json::{Value, json};

use crate::{
    harness::{Answer, Client, User, World},
    on_every_database,
};

/// As whoever wants a table.
fn table(user: &User, path: &str) -> (Answer, Vec<Vec<String>>) {
    let answer = user.with("Accept", "text/csv").get(path).is(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert!(answer.header("content-disposition").contains("audit-entries.csv"));
    let text = answer.text.strip_prefix('\u{feff}').unwrap().to_owned();
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows = rows.records().map(|row| row.unwrap().iter().map(Into::into).collect());
    (answer, rows.collect())
}

fn column<'r>(rows: &'r [Vec<String>], name: &str) -> Vec<&'r str> {
    let at = rows[0].iter().position(|column| column == name).unwrap();
    rows[1..].iter().map(|row| row[at].as_str()).collect()
}

fn program(world: &World, user: &User, name: &str) -> (Client, String) {
    let until = Instant::now().date() + chrono::Days::new(30);
    let body = json!({"name": name, "scopes": ["read", "write"], "expires_on": until});
    let made = user.post("/v1/me/api-tokens", body).is(201);
    let client = Client::new(&world.url, made.json["token"].as_str().map(Into::into));
    (client, made.header("location").to_owned())
}

on_every_database! {
    fn of_the_whole_trail_and_no_cell_is_a_formula(world: World) {
        let fac = world.fac(1, 0);
        let campus = format!("/v1/campuses/{}", fac.campus);
        for number in 0..130 {
            fac.organiser.patch(&campus, json!({"city": format!("Leeds {number}")})).is(200);
        }
        let (spreadsheet, _) = program(&world, &fac.facilitator, "=1+1");
        spreadsheet.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"name": "FAC"})).is(200);
        let (_, rows) = table(&fac.organiser, &format!("{campus}/audit-entries?limit=5"));
        assert_eq!(rows.len(), 1 + 131);
        assert_eq!(column(&rows, "token_name")[0], "'=1+1");
        assert_eq!((column(&rows, "via")[0], column(&rows, "via")[1]), ("api_token", "session"));
        assert_eq!(column(&rows, "operation")[..2], ["change_cohort", "change_campus"]);
        assert_eq!(column(&rows, "changes")[1], json!({"city": {"from": "Leeds 128", "to": "Leeds 129"}}).to_string());
        assert_eq!(column(&rows, "person_id")[1], fac.organiser.id);
        assert!(rows[1..].iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));

        let by = |query: &str| table(&fac.organiser, &format!("{campus}/audit-entries?{query}")).1.len() - 1;
        assert_eq!(by(&format!("actor={}", fac.facilitator.id)), 1);
        assert_eq!((by("to=2026-01-01"), by("from=2099-01-01")), (0, 0));
        fac.facilitator.with("Accept", "text/csv").get(&format!("{campus}/audit-entries")).problem(403, "forbidden");
    }

    fn more_entries_than_are_read_at_once(world: World) {
        let fac = world.fac(1, 0);
        let campus = peerled::primitives::Id::parse(&fac.campus).unwrap();
        world.db(move |conn| {
            let entry = peerled::audit::AuditEntry {
                operation: "peerled import", target: "/v1/cohorts", campus: Some(campus), ..Default::default()
            };
            (0..1001).try_for_each(|_| peerled::audit::note(conn, &entry, Instant::now()))
        });
        let (_, rows) = table(&fac.organiser, &format!("/v1/campuses/{}/audit-entries", fac.campus));
        assert_eq!(rows.len(), 1 + 1001);
        let mut ids = column(&rows, "id");
        ids.dedup();
        assert_eq!(ids.len(), 1001);
    }

    fn ones_own_entries_from_day_to_day_and_as_a_table(world: World) {
        let amal = world.person("Amal");
        amal.patch("/v1/me", json!({"name": "Amal H"})).is(200);
        let today = Instant::now().date();
        let own = |query: &str| amal.get(&format!("/v1/me/audit-entries?{query}")).is(200).data().len();
        assert_eq!((own(&format!("from={today}&to={today}")), own("to=2026-01-01"), own("from=2099-01-01")), (1, 0, 0));
        amal.get("/v1/me/audit-entries?from=2026-02-01&to=2026-01-01").problem(400, "invalid_parameter");
        let (answer, rows) = table(&amal, "/v1/me/audit-entries");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(column(&rows, "operation"), ["change_me"]);
    }

    fn entries_tell_whether_a_session_or_an_api_token_acted(world: World) {
        let amal = world.person("Amal");
        let (script, token) = program(&world, &amal, "Nightly report");
        script.post("/v1/campuses", crate::campuses::gaza()).is(201);
        let newest = || amal.get("/v1/me/audit-entries").is(200).data().to_vec();
        let entries = newest();
        assert_eq!(entries[0]["via"], json!({"kind": "api_token", "token_name": "Nightly report"}));
        assert_eq!(entries[1]["via"], json!({"kind": "session", "token_name": null}));
        amal.delete(&token).is(204);
        // It is still known that it was one.
        let entries = newest();
        assert_eq!(entries[1]["via"], json!({"kind": "api_token", "token_name": null}));
        assert_eq!(entries[0]["via"]["kind"], "session");
        let trail = entries[1]["object"].as_str().unwrap().to_owned() + "/audit-entries";
        assert_eq!(amal.get(&trail).is(200).data()[0]["via"]["token_name"], Value::Null);
    }
}
