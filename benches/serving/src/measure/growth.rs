//! What becomes of the same requests where there are a hundred times as many people.

use std::time::Duration;

use peerled::primitives::Id;
use serde_json::Value;

use super::{
    Bench, Contestant,
    load::{self, Ask, Load},
    results::median,
    scenarios,
    server::spent,
};

/// Campuses of the small network: 3,000 people.
pub const SMALL: u32 = 12;
/// Lists of the whole service, and of the campus and the cohort of who asks.
const LISTS: [&str; 11] = [
    "/v1/campuses",
    "/v1/cohorts",
    "/v1/cohorts?sort=starts_on",
    "/v1/cohorts?sort=-starts_on",
    "/v1/cohorts?status=running",
    "/v1/programmes",
    "/v1/campuses/{campus}/members",
    "/v1/campuses/{campus}/staff",
    "/v1/cohorts?campus_id={campus}",
    "/v1/cohorts/{cohort}/enrolments",
    "/v1/cohorts/{cohort}/mentor-slots",
];
/// Requests for each page.
const PAGES: usize = 400;

/// Microseconds of CPU a request, by what is asked.
pub type Costs = Vec<(String, f64)>;

/// Asks for everything at one size.
pub fn costs(bench: &mut Bench, contestant: &mut Contestant, rounds: usize) -> Result<Costs, String> {
    let places = bench.places()?;
    let all = scenarios::all(&places, bench.staff());
    let mut costs = Costs::new();
    for scenario in all.iter().filter(|one| ["R1", "R2", "W1"].contains(&one.name)) {
        let mut spent = Vec::new();
        for _ in 0..rounds {
            spent.push(bench.one(scenario, contestant)?.cpu);
        }
        costs.push((scenario.name.to_owned(), median(spent)));
    }
    let (campus, cohort) = {
        let (token, cohort) = places.own.first().copied().ok_or("there is no cohort to ask for")?;
        let campus: Id = bench.holders.get(token).ok_or("there is no token")?.campus_id;
        (campus.to_string(), cohort.to_string())
    };
    for list in LISTS {
        let path = list.replace("{campus}", &campus).replace("{cohort}", &cohort);
        costs.push((format!("{list}, first page"), page(bench, contestant, &path)?));
        if let Some(last) = last_page(bench, contestant, &path)? {
            costs.push((format!("{list}, last page"), page(bench, contestant, &last)?));
        }
    }
    Ok(costs)
}

/// The beside of two sizes.
pub fn table(small: &Costs, large: &Costs, people: (u32, u32)) -> String {
    let mut text = format!(
        "| CPU-µs a request | {} people | {} | ratio | goal | |\n|---|---|---|---|---|---|\n",
        people.0 * 250,
        people.1 * 250
    );
    for (what, cost) in large {
        let Some((_, before)) = small.iter().find(|(name, _)| name == what) else {
            continue;
        };
        let at_most = if what.starts_with('/') { 1.5 } else { 1.3 };
        let ratio = cost / before;
        let met = if ratio <= at_most { "met" } else { "**missed**" };
        text += &format!("| {what} | {before:.0} | {cost:.0} | {ratio:.2} | ≤ {at_most} | {met} |\n");
    }
    text
}

/// What a page costs that is read from the database each time.
fn page(bench: &mut Bench, contestant: &mut Contestant, path: &str) -> Result<f64, String> {
    let server = contestant.server.as_ref().ok_or("there is no server")?;
    let ask = Ask {
        fresh: true,
        ..Ask::get(path.to_owned(), 0)
    };
    let load = Load {
        asks: vec![ask; PAGES].into(),
        time: Duration::from_secs(30),
        connections: 8,
        ..bench.load(server)
    };
    let mut costs = Vec::new();
    for _ in 0..3 {
        let before = server.threads();
        let outcome = load::run(load.clone())?;
        if !outcome.refusals().is_empty() {
            return Err(format!("{path}: {}", outcome.refusals()));
        }
        costs.push(spent(&before, &server.threads()) / PAGES as f64);
    }
    Ok(median(costs))
}

/// The path of the last page, if the list has more than one.
fn last_page(bench: &Bench, contestant: &Contestant, path: &str) -> Result<Option<String>, String> {
    let server = contestant.server.as_ref().ok_or("there is no server")?;
    let join = if path.contains('?') { '&' } else { '?' };
    let mut last = None;
    let mut next = format!("{path}{join}limit=100");
    loop {
        let body = load::get(server.address, &bench.tokens, &Ask::get(next.clone(), 0))?;
        let page: Value = serde_json::from_str(&body).map_err(|error| format!("{next}: {error}: {body}"))?;
        let Some(cursor) = page.pointer("/page/next_cursor").and_then(Value::as_str) else {
            return Ok(last);
        };
        next = format!("{path}{join}limit=100&cursor={cursor}");
        last = Some(format!("{path}{join}cursor={cursor}"));
    }
}
