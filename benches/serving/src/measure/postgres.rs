//! On PostgreSQL: peerled beside a raw client that sends the same statements over as many connections, and two
//! processes beside one.

use std::{
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{
    Connection as _, PgConnection,
    connection::SimpleConnection as _,
    result::{DatabaseErrorKind, Error},
};
use peerled::primitives::Id;
use serde::Deserialize;

use super::{
    Bench,
    load::{self, Ask, Load, Outcome},
    results::median,
    scenarios::{self, Scenario},
    server::Server,
};
use crate::statements::{self, Caller, postgres};

/// Connections of the load, and of the raw client.
const CONNECTIONS: usize = 32;
const NAMES: [&str; 4] = ["R1", "R2", "R3", "W1"];
/// A transaction that others are in the way of is tried so often, as ours is.
const TRIES: usize = 30;

/// What came of one scenario.
#[derive(Default)]
struct Line {
    one: Vec<f64>,
    two: Vec<f64>,
    raw: Vec<f64>,
    p99: Vec<f64>,
    refused: String,
}

/// Measures, on a database that is empty before.
pub fn compare(bench: &mut Bench, url: &str, rounds: usize) -> Result<String, String> {
    bench.data.fill(url)?;
    let mut peerled = bench.contestant("peerled")?;
    peerled.database_url = Some(url.to_owned());
    let places = bench.places()?;
    let all = scenarios::all(&places, bench.staff());
    let start = || peerled.start(&bench.binaries, &bench.options.folder, 0);
    let servers = [start()?, start()?];
    let mut text = String::from(
        "| on PostgreSQL, 32 connections | peerled requests/s | p99 | raw client | ratio | goal | two processes | goal |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for scenario in all.iter().filter(|one| NAMES.contains(&one.name)) {
        let (mut line, mut from) = (Line::default(), 0);
        for _ in 0..rounds {
            from = round(bench, scenario, (&servers, url), &mut line, from)?;
        }
        let (one, two, raw) = (median(line.one), median(line.two), median(line.raw));
        text += &format!(
            "| {} | {one:.0}{} | {:.1} ms | {raw:.0} | {:.2} | ≥ 0.7 | {:.2} × | ≥ 1.6 with a core for each |\n",
            scenario.name,
            line.refused,
            median(line.p99) / 1000.0,
            one / raw,
            two / one,
        );
    }
    Ok(text)
}

/// One process, then the raw client, then two; each goes on where the one before it ended.
fn round(
    bench: &Bench,
    scenario: &Scenario,
    ([first, second], url): (&[Server; 2], &str),
    line: &mut Line,
    from: usize,
) -> Result<usize, String> {
    let load = |server: &Server, from| Load {
        asks: scenario.asks.clone(),
        again: !scenario.writes,
        from,
        connections: CONNECTIONS,
        ..bench.load(server)
    };
    let alone = load::run(load(first, from))?;
    line.one.push(alone.per_second());
    line.p99.push(alone.within(0.99).into());
    if !alone.refusals().is_empty() {
        line.refused += &format!(" ({})", alone.refusals());
    }
    let (done, next) = raw(bench, scenario, url, alone.next)?;
    line.raw.push(done);
    let half = |server| Load {
        connections: CONNECTIONS / 2,
        ..load(server, next)
    };
    // The second takes another part of what is asked only once.
    let middle = next + (scenario.asks.len().saturating_sub(next)) / 2;
    let other = Load {
        from: middle,
        ..half(second)
    };
    let (both, other): (Result<Outcome, String>, _) = std::thread::scope(|scope| {
        let other = scope.spawn(|| load::run(other));
        (load::run(half(first)), other.join())
    });
    let (both, other) = (both?, other.map_err(|_| "a measuring thread panicked")??);
    line.two.push(both.per_second() + other.per_second());
    Ok(both.next)
}

/// The same statements, without a server: how many requests a second, and how far it came.
fn raw(bench: &Bench, scenario: &Scenario, url: &str, from: usize) -> Result<(f64, usize), String> {
    let callers: Vec<Caller> = bench.tokens.iter().filter_map(|token| caller(token)).collect();
    let (next, done, began) = (AtomicUsize::new(from), AtomicU64::new(0), Instant::now());
    let time = Duration::from_secs_f64(bench.options.seconds);
    let work = || -> Result<(), String> {
        let mut conn = PgConnection::establish(url).map_err(|error| error.to_string())?;
        while began.elapsed() < time {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let place = if scenario.writes {
                place
            } else {
                place % scenario.asks.len().max(1)
            };
            let Some(ask) = scenario.asks.get(place) else { break };
            let Some((caller, ask)) = callers.get(ask.token).copied().zip(statement(ask)) else {
                return Err(format!("{} cannot be asked raw", ask.path));
            };
            transaction(&mut conn, caller, ask).map_err(|error| error.to_string())?;
            done.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| "a measuring thread panicked".to_owned())?)
    })?;
    let per_second = done.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64();
    Ok((per_second, next.load(Ordering::Relaxed)))
}

fn transaction(conn: &mut PgConnection, caller: Caller, ask: statements::Ask) -> Result<(), Error> {
    let begin = match ask {
        statements::Ask::SignUp(_) => "BEGIN ISOLATION LEVEL SERIALIZABLE",
        _ => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    for _ in 0..TRIES {
        conn.batch_execute(begin)?;
        let done = postgres::answer(conn, caller, ask).and_then(|_| conn.batch_execute("COMMIT"));
        match done {
            Ok(()) => return Ok(()),
            Err(error) => conn.batch_execute("ROLLBACK").and(match error {
                Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Ok(()),
                error => Err(error),
            })?,
        }
    }
    Err(Error::RollbackTransaction)
}

/// Whose token it is; the server has checked it.
fn caller(token: &str) -> Option<Caller> {
    #[derive(Deserialize)]
    struct Claims {
        sub: Id,
        sid: Id,
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let Claims { sub, sid } = serde_json::from_slice(&claims).ok()?;
    Some(Caller {
        person: sub,
        session: sid,
    })
}

/// The statements behind a request.
fn statement(ask: &Ask) -> Option<statements::Ask> {
    let (path, query) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
    let parts: Vec<&str> = path.split('/').skip(2).collect();
    let id = |text: &str| Id::parse(text).ok();
    Some(match parts.as_slice() {
        ["cohorts", cohort] => statements::Ask::Cohort(id(cohort)?),
        ["cohorts", cohort, "weeks", number, "teams"] => statements::Ask::WeekTeams(id(cohort)?, number.parse().ok()?),
        ["cohorts", cohort, "enrolments"] => {
            statements::Ask::Students(id(cohort)?, query.strip_prefix("limit=")?.parse().ok()?)
        }
        ["mentor-slots", slot, "sign-ups"] => statements::Ask::SignUp(id(slot)?),
        _ => return None,
    })
}
