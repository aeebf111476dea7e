//! A bootcamp with clients who keep at it: each write has a key of its own and is sent until it is acknowledged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use diesel::prelude::*;
use peerled::{
    db::{
        Db, Url,
        schema::{audit_entries, idempotency_keys, mentor_slots},
    },
    primitives::Id,
};
use serde_json::{Value, json};

use crate::process::{Served, Workspace, text};

/// A campus with a cohort whose weeks are to come, and its organiser.
#[derive(Clone)]
pub struct Camp {
    pub url: String,
    pub token: String,
    pub cohort: String,
}

impl Camp {
    pub fn open(server: &Served) -> Self {
        let (_, token) = server.person("Olga");
        let campus = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        let campus = text(&server.json("POST", "/v1/campuses", &token, &campus)["id"]);
        let programmes: Value = serde_json::from_str(&server.ask("GET", "/v1/programmes", &token, "").1).unwrap();
        let cohort = json!({
            "slug": "fac99", "name": "FAC99", "programme_id": programmes["data"][0]["id"], "starts_on": "2099-01-05",
        });
        let cohort = server.json("POST", &format!("/v1/campuses/{campus}/cohorts"), &token, &cohort);
        Self {
            url: server.url.clone(),
            cohort: text(&cohort["id"]),
            token,
        }
    }

    pub fn slots(&self) -> String {
        format!("/v1/cohorts/{}/mentor-slots", self.cohort)
    }
}

/// Starts the service where it can be found again after it has died.
pub fn serve(workspace: &Workspace, port: u16, database: Option<&str>) -> Served {
    serve_with(workspace, port, database, &[])
}

/// The same with more settings.
pub fn serve_with(workspace: &Workspace, port: u16, database: Option<&str>, more: &[&str]) -> Served {
    let bind = format!("127.0.0.1:{port}");
    let mut arguments = vec!["--bind", &bind, "--rate-limit", "off"];
    arguments.extend(database.iter().flat_map(|url| ["--database-url", url]));
    workspace.serve(&[&arguments, more].concat())
}

/// What the clients were told.
#[derive(Debug, Default)]
pub struct Told {
    /// What was made under each key, as acknowledged.
    pub made: BTreeMap<String, String>,
    /// How often each status was answered.
    pub statuses: BTreeMap<u16, usize>,
    /// Requests that found nobody to ask.
    pub refused: usize,
    /// Requests that were sent and not answered.
    pub cut: usize,
    /// The first answers that nobody should have got.
    pub wrong: Vec<String>,
    /// The longest that an answer took.
    pub longest: Duration,
}

impl Told {
    fn join(mut self, other: Self) -> Self {
        let keys = self.made.len() + other.made.len();
        self.made.extend(other.made);
        assert_eq!(self.made.len(), keys, "two clients had one key");
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.refused += other.refused;
        self.cut += other.cut;
        self.wrong.extend(other.wrong);
        self.longest = self.longest.max(other.longest);
        self
    }
}

/// Clients at work.
pub struct Load {
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    clients: Vec<JoinHandle<Told>>,
}

impl Load {
    /// So many clients who write, and half as many who read.
    pub fn start(camp: &Camp, writers: usize) -> Self {
        let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let clients = (0..writers + writers.div_ceil(2)).map(|number| {
            let (camp, stop, acknowledged) = (camp.clone(), stop.clone(), acknowledged.clone());
            std::thread::spawn(move || {
                let mut client = Client::new(camp);
                for turn in 0.. {
                    // What nobody should have got fails the test: asking again could take for ever.
                    if stop.load(Ordering::Relaxed) || !client.told.wrong.is_empty() {
                        break;
                    }
                    if number >= writers {
                        client.read();
                    } else if client.make(format!("client-{number}-{turn}")) {
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                    }
                }
                client.told
            })
        });
        Self {
            clients: clients.collect(),
            stop,
            acknowledged,
        }
    }

    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// Waits until so many more writes were acknowledged.
    #[track_caller]
    pub fn goes_on(&self, more: usize, within: Duration) {
        let (began, wanted) = (Instant::now(), self.acknowledged() + more);
        while self.acknowledged() < wanted {
            assert!(began.elapsed() < within, "no write was acknowledged for {within:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Lets every client finish what it is at.
    pub fn stop(self) -> Told {
        self.stop.store(true, Ordering::Relaxed);
        let told = self.clients.into_iter().map(|client| client.join().unwrap());
        told.fold(Told::default(), Told::join)
    }
}

/// One client with one connection.
struct Client {
    camp: Camp,
    agent: ureq::Agent,
    told: Told,
}

impl Client {
    fn new(camp: Camp) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Self {
            camp,
            agent: agent.into(),
            told: Told::default(),
        }
    }

    /// Makes a mentor slot, and does not give up before it is acknowledged or the answer is wrong.
    fn make(&mut self, key: String) -> bool {
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 3}).to_string();
        let url = format!("{}{}", self.camp.url, self.camp.slots());
        while self.told.wrong.is_empty() {
            let began = Instant::now();
            let request = self.agent.post(&url).header("Content-Type", "application/json");
            let request = request.header("Authorization", format!("Bearer {}", self.camp.token));
            let answer = request.header("Idempotency-Key", &key).send(&slot);
            if let Some(slot) = self.hear(answer, 201, began) {
                self.told.made.insert(key, text(&slot["id"]));
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    fn read(&mut self) {
        let began = Instant::now();
        let request = self.agent.get(format!("{}{}", self.camp.url, self.camp.slots()));
        let request = request.header("Authorization", format!("Bearer {}", self.camp.token));
        let answer = request.call();
        if self.hear(answer, 200, began).is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The body, if the answer is the one that was asked for. To wait and send it again is an answer too.
    fn hear(
        &mut self,
        answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
        wanted: u16,
        began: Instant,
    ) -> Option<Value> {
        let heard = answer.and_then(|mut answer| {
            let status = answer.status().as_u16();
            let waits = answer.headers().contains_key("retry-after");
            Ok((status, waits, answer.body_mut().read_to_string()?))
        });
        let (status, waits, body) = match heard {
            Ok(heard) => heard,
            Err(ureq::Error::Io(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
                self.told.refused += 1;
                return None;
            }
            Err(_) => {
                self.told.cut += 1;
                return None;
            }
        };
        self.told.longest = self.told.longest.max(began.elapsed());
        *self.told.statuses.entry(status).or_default() += 1;
        if status == wanted {
            return serde_json::from_str(&body).ok();
        }
        let is_polite = waits && (status == 503 || body.contains("request_in_progress"));
        if !is_polite && self.told.wrong.len() < 3 {
            self.told.wrong.push(format!("{status} {body}"));
        }
        None
    }
}

/// That the database holds each acknowledged write.
#[track_caller]
pub fn assert_none_lost(database: &str, told: &Told) {
    let there: BTreeSet<String> = slots(database).iter().map(ToString::to_string).collect();
    let lost: Vec<_> = told.made.values().filter(|id| !there.contains(*id)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

/// That the database holds each acknowledged write once, whole, and nothing else.
#[track_caller]
pub fn assert_nothing_lost(database: &str, told: &Told) {
    assert_none_lost(database, told);
    let (made, keys, noted) = counts(database);
    assert_eq!(
        made,
        told.made.len(),
        "some stand twice, or without having been acknowledged"
    );
    assert_eq!(
        (keys, noted),
        (made, made),
        "kept answers and entries of the trail belong to what was made"
    );
}

/// How many slots were made, how many answers about them are kept, and how many entries of the trail tell of them:
/// what one transaction writes.
pub fn counts(database: &str) -> (usize, usize, usize) {
    let counts = open(database).read_blocking(|conn| {
        let made: i64 = mentor_slots::table.count().get_result(conn)?;
        let kept = idempotency_keys::table.filter(idempotency_keys::status.eq(201));
        let keys: i64 = kept
            .filter(idempotency_keys::key.like("client-%"))
            .count()
            .get_result(conn)?;
        let noted = audit_entries::table.filter(audit_entries::operation.eq("create_mentor_slot"));
        Ok([made, keys, noted.count().get_result(conn)?].map(|count| usize::try_from(count).unwrap()))
    });
    counts.unwrap().into()
}

fn slots(database: &str) -> Vec<Id> {
    let slots = open(database).read_blocking(|conn| Ok(mentor_slots::table.select(mentor_slots::id).load(conn)?));
    slots.unwrap()
}

fn open(database: &str) -> Db {
    Db::open_existing(&Url::parse(database).unwrap()).unwrap()
}
