//! How many statements each operation sends: the number must not grow with the data.
//!
//! Each operation is asked of two cohorts, one with many times the students, teams, weeks, mentors and so on of the
//! other. A query inside a loop over rows shows as a difference.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{
        Arc, LazyLock, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use diesel::{
    connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation},
    prelude::*,
};
use peerled::{
    campuses::model::InvitationStatus,
    db::schema::{
        absences, actions, audit_entries, campus_days_off, clients, demo_day_invitations, demo_days, invitations,
        mentor_slots, plan_versions, sign_ups,
    },
    primitives::{Email, Id, Instant, Line, LocalTime},
    students::model::{EnrolmentStatus, Invitation},
    web::Operation,
};
use serde_json::Value;

use crate::{
    authz_matrix::{Make, Stage, Stages, samples},
    harness::{Backend, World},
};

/// Students of the small cohort and of the large one.
const STUDENTS: [usize; 2] = [8, 20];
/// More of anything else in the large one.
const MORE: i64 = 12;
/// In each of its mentor slots.
const PLACES: i32 = 8;
/// By so much the numbers may differ for other reasons, such as what is remembered from the request before.
const SLACK: u64 = 4;
/// Requests of each operation for the table of costs.
const TIMES: usize = 10;
/// How often two stages are built until the difference is believed: a loop shows each time, what another thread was
/// still about only once.
const ATTEMPTS: usize = 3;

type Counts = HashMap<String, Arc<AtomicU64>>;
static COUNTS: LazyLock<Mutex<Counts>> = LazyLock::new(Mutex::default);

/// The counter of all connections to a database.
fn counter(url: &str) -> Arc<AtomicU64> {
    let url = url.trim_start_matches("sqlite://").to_owned();
    let mut counts = COUNTS.lock().unwrap_or_else(PoisonError::into_inner);
    counts.entry(url).or_default().clone()
}

/// Counts what a connection sends.
#[derive(Default)]
struct Counting(Option<Arc<AtomicU64>>);

impl Instrumentation for Counting {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => self.0 = Some(counter(url)),
            // The writer looks every few milliseconds whether another process has written.
            InstrumentationEvent::StartQuery { query, .. } if !query.to_string().contains("data_version") => {
                self.0.iter().for_each(|count| {
                    count.fetch_add(1, Ordering::Relaxed);
                });
            }
            _ => {}
        }
    }
}

/// An hour of a day.
fn time(hour: u32) -> chrono::NaiveTime {
    chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap()
}

/// What most operations read more of, the more there is.
fn enlarge(stage: &Stage) {
    let cohort = Id::parse(&stage.home.cohort).unwrap();
    let campus = Id::parse(&stage.home.campus).unwrap();
    let organiser = Id::parse(&stage.home.organiser.id).unwrap();
    let students: Vec<Id> = stage
        .home
        .students
        .iter()
        .map(|user| Id::parse(&user.id).unwrap())
        .collect();
    let names: Vec<String> = (0..MORE).map(|n| format!("More {n} {cohort}")).collect();
    let mentors = stage.world.people(&names);
    for mentor in &mentors {
        stage.world.enrol(&stage.away, mentor, EnrolmentStatus::Graduated);
    }
    let mentors: Vec<Id> = mentors.iter().map(|user| Id::parse(&user.id).unwrap()).collect();
    stage.world.db(move |conn| {
        let now = Instant::now();
        for n in 0..MORE {
            let slot = Id::new();
            diesel::insert_into(mentor_slots::table)
                .values((
                    (
                        mentor_slots::id.eq(slot),
                        mentor_slots::cohort_id.eq(cohort),
                        mentor_slots::week_number.eq(2),
                    ),
                    (
                        mentor_slots::kind.eq("week"),
                        mentor_slots::min_mentors.eq(1),
                        mentor_slots::capacity.eq(PLACES),
                    ),
                    (mentor_slots::created_at.eq(now), mentor_slots::updated_at.eq(now)),
                ))
                .execute(conn)?;
            // Many in one slot, and one in each of the others.
            let mentors = if n == 0 { &mentors[..] } else { &mentors[..1] };
            for (turn, mentor) in (1..).zip(mentors) {
                diesel::insert_into(sign_ups::table)
                    .values((
                        (
                            sign_ups::id.eq(Id::new()),
                            sign_ups::slot_id.eq(slot),
                            sign_ups::person_id.eq(mentor),
                        ),
                        (
                            sign_ups::turn.eq(turn),
                            sign_ups::status.eq(if turn <= PLACES.into() {
                                "confirmed"
                            } else {
                                "waitlisted"
                            }),
                        ),
                        (sign_ups::created_at.eq(now), sign_ups::updated_at.eq(now)),
                    ))
                    .execute(conn)?;
            }
            let day = chrono::NaiveDate::from_ymd_opt(2040, 1, 1).unwrap() + chrono::Days::new(n.unsigned_abs());
            let client: Id = clients::table
                .filter(clients::campus_id.eq(campus))
                .order(clients::id)
                .select(clients::id)
                .first(conn)?;
            let (starts, ends) = (LocalTime::on(day, time(18)), LocalTime::on(day, time(20)));
            let demo_day = Id::new();
            diesel::insert_into(demo_days::table)
                .values((
                    (demo_days::id.eq(demo_day), demo_days::cohort_id.eq(cohort)),
                    (demo_days::starts_local.eq(starts), demo_days::ends_local.eq(ends)),
                    (
                        demo_days::version.eq(1_i64),
                        demo_days::created_at.eq(now),
                        demo_days::updated_at.eq(now),
                    ),
                ))
                .execute(conn)?;
            diesel::insert_into(demo_day_invitations::table)
                .values((
                    demo_day_invitations::id.eq(Id::new()),
                    demo_day_invitations::demo_day_id.eq(demo_day),
                    demo_day_invitations::client_id.eq(client),
                    demo_day_invitations::created_at.eq(now),
                    demo_day_invitations::updated_at.eq(now),
                ))
                .execute(conn)?;
            diesel::insert_into(campus_days_off::table)
                .values((
                    campus_days_off::campus_id.eq(campus),
                    campus_days_off::day.eq(day),
                    campus_days_off::name.eq("Off"),
                ))
                .execute(conn)?;
            let invitation = Invitation {
                id: Id::new(),
                cohort_id: cohort,
                email: Email::parse(&format!("{slot}@example.org")).unwrap(),
                name: Line::parse("Invited").unwrap(),
                experience: None,
                attributes: "{}".into(),
                joined_on: None,
                token_hash: slot.to_string(),
                status: InvitationStatus::Pending,
                invited_by: Some(organiser),
                created_at: now,
                expires_at: now.plus(chrono::TimeDelta::days(7)),
                accepted_by: None,
                graduated: false,
                place_id: None,
            };
            diesel::insert_into(invitations::table)
                .values(&invitation)
                .execute(conn)?;
        }
        for student in &students {
            diesel::insert_into(actions::table)
                .values((
                    actions::id.eq(Id::new()),
                    actions::cohort_id.eq(cohort),
                    actions::text.eq("More"),
                    actions::status.eq("open"),
                    actions::owner_id.eq(student),
                    actions::created_at.eq(now),
                    actions::updated_at.eq(now),
                ))
                .execute(conn)?;
            diesel::insert_into(absences::table)
                .values((
                    (
                        absences::cohort_id.eq(cohort),
                        absences::week_number.eq(6),
                        absences::person_id.eq(student),
                    ),
                    (absences::noted_by.eq(organiser), absences::created_at.eq(now)),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
}

/// The count, once what was begun besides has come to its end.
fn settled(statements: &AtomicU64) -> u64 {
    let mut before = statements.load(Ordering::Relaxed);
    loop {
        std::thread::sleep(Duration::from_millis(20));
        let now = statements.load(Ordering::Relaxed);
        if now == before {
            return now;
        }
        before = now;
    }
}

/// What an operation takes.
#[derive(Clone, Copy)]
struct Cost {
    statements: u64,
    /// Of CPU; of the whole process but for this thread.
    microseconds: f64,
}

/// Who is asked for an operation, until it succeeds.
const ORDER: [&str; 10] = [
    "organiser",
    "administrator",
    "student",
    "mentor",
    "alumna",
    "facilitator",
    "product owner",
    "employer contact",
    "stranger",
    "nobody",
];

/// What an operation takes at a stage, sent by the first for whom it succeeds and answered from the database.
/// Whoever that is comes first at the next stage.
fn cost(stage: &Stage, operation: &Operation, make: Make, order: &mut [&str]) -> Cost {
    let statements = counter(stage.world.database_url());
    let mut refusals = String::new();
    for turn in 0..order.len() {
        let role = stage.roles.iter().find(|role| role.name == order[turn]).unwrap();
        let sample = make.for_role(stage, role);
        let client = role.client.with("Cache-Control", "no-cache");
        let (before, began) = (settled(&statements), nanoseconds_of_others());
        let answer = sample.send(operation, &client);
        let cost = Cost {
            statements: statements.load(Ordering::Relaxed) - before,
            microseconds: nanoseconds_of_others().saturating_sub(began) as f64 / 1000.0,
        };
        if (200..300).contains(&answer.status) {
            order[..=turn].rotate_right(1);
            return cost;
        }
        write!(refusals, "\n{}: {}", role.name, answer.text).unwrap();
    }
    panic!("{} succeeds for nobody:{refusals}", operation.id());
}

/// What the other threads of the process have spent on the processor.
fn nanoseconds_of_others() -> u64 {
    let own = std::fs::read_link("/proc/thread-self").unwrap();
    let own = own.file_name().unwrap();
    let threads = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let others = threads.filter(|thread| thread.file_name() != own);
    let spent = |thread: std::fs::DirEntry| -> Option<u64> {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok()
    };
    others.filter_map(spent).sum()
}

/// Where to write the table of all operations, if it is wanted.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the service")]
fn costs_file() -> Option<std::path::PathBuf> {
    std::env::var_os("PEERLED_TEST_COSTS").map(Into::into)
}

/// The least of several, which is the one with the least of anything else in it.
fn least(stage: &Stage, operation: &Operation, make: Make, order: &mut [&str]) -> f64 {
    let costs = (0..TIMES).map(|_| cost(stage, operation, make, order).microseconds);
    costs.min_by(f64::total_cmp).unwrap()
}

fn compare(backend: Backend) {
    set_default_instrumentation(|| Some(Box::new(Counting::default()))).unwrap();
    let (world, samples) = (World::start_idle(backend), samples());
    let file = costs_file().filter(|_| backend == Backend::Sqlite);
    let (mut rows, mut faults) = (Vec::new(), String::new());
    let mut stages = Stages::new(|number| {
        let stage = |size: usize| Stage::with_students(&world, 2 * number + size, STUDENTS[size]);
        let pair = [stage(0), stage(1)];
        enlarge(&pair[1]);
        pair
    });
    for operation in &peerled::routes::operations() {
        let make = *samples.get(operation.id()).unwrap();
        let mut order = ORDER;
        let mut counts =
            |pair: &[Stage; 2]| [0, 1].map(|size| cost(&pair[size], operation, make, &mut order).statements);
        let grows = |[few, many]: [u64; 2]| many > few + SLACK;
        let mut pair = stages.of(operation);
        let mut counted = counts(pair);
        for _ in 1..ATTEMPTS {
            if grows(counted) {
                pair = stages.another();
                counted = counts(pair);
            }
        }
        let [few, many] = counted;
        if grows(counted) {
            let id = operation.id();
            writeln!(faults, "{id}: {few} statements, and {many} where there is more").unwrap();
        }
        if file.is_some() {
            let call = format!("{} {}", operation.method(), operation.path());
            rows.push((
                operation.id(),
                call,
                few,
                many,
                least(&pair[0], operation, make, &mut order),
            ));
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
    let Some(file) = file else { return };
    let (.., own) = rows.iter().find(|(id, ..)| *id == "get_cohort").unwrap();
    let mut table = String::from(
        "| operation | statements | where there is more | CPU-µs | beside a cohort |\n|---|---|---|---|---|\n",
    );
    for (_, call, few, many, spent) in &rows {
        writeln!(table, "| `{call}` | {few} | {many} | {spent:.0} | {:.1} |", spent / own).unwrap();
    }
    std::fs::write(file, table).unwrap();
}

#[test]
fn no_operation_sends_more_statements_where_there_is_more_data_on_sqlite() {
    compare(Backend::Sqlite);
}

#[test]
fn no_operation_sends_more_statements_where_there_is_more_data_on_postgres() {
    if let Some(backend) = Backend::postgres() {
        compare(backend);
    }
}

/// A loop would be seen.
#[test]
fn every_statement_counts() {
    set_default_instrumentation(|| Some(Box::new(Counting::default()))).unwrap();
    let world = World::start_idle(Backend::Sqlite);
    let statements = counter(world.database_url());
    let before = statements.load(Ordering::Relaxed);
    world.db(|conn| {
        for _ in 0..MORE {
            let _: i64 = audit_entries::table.count().get_result(conn)?;
        }
        let _: Vec<i64> = plan_versions::table.select(plan_versions::version).load(conn)?;
        Ok(())
    });
    let sent = statements.load(Ordering::Relaxed) - before;
    let begins = MORE.unsigned_abs() + 1;
    assert!((begins..begins + SLACK + 4).contains(&sent), "{sent}");
    let _: Value = world.nobody().get("/v1/campuses").is(200).json;
}
