//! The network that is measured on: made once for each size, copied for each server, with tokens that are good.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use chrono::{Datelike as _, NaiveDate};
use diesel::{Connection as _, SqliteConnection, connection::SimpleConnection as _, prelude::*};
use peerled::{
    db::schema::{cohorts, mentor_slots, sign_ups, weeks},
    primitives::{Id, Instant},
};
use serde::Deserialize;

/// What all servers are known as: the issuer of the tokens.
pub const PUBLIC_URL: &str = "http://peerled.test";
/// The password of everybody in the network.
pub const PASSWORD: &str = "weaver lamp orbit";
/// Mentor slots of each week to come.
const SLOTS_PER_WEEK: u32 = 24;
/// Graduates to a token of staff: each can have one place in a week, and there must be enough for all sign-ups of a run.
const GRADUATES: u32 = 30;

/// A network on disk.
pub struct Data {
    folder: PathBuf,
    peerled: PathBuf,
    campuses: u32,
    tokens: u32,
}

/// Somebody who asks.
#[derive(Clone, Deserialize)]
pub struct Holder {
    pub role: String,
    pub person_id: Id,
    pub campus_id: Id,
    pub token: String,
}

impl Data {
    /// The network with so many campuses, made if it is not there.
    pub fn open(peerled: &Path, folder: &Path, campuses: u32, tokens: u32) -> Result<Self, String> {
        let data = Self {
            folder: folder.join(format!("network-{campuses}")),
            campuses,
            peerled: peerled.to_owned(),
            tokens,
        };
        let made = data.folder.join("made");
        if !made.exists() {
            let _ = fs::remove_dir_all(&data.folder);
            fs::create_dir_all(&data.folder).map_err(said(&data.folder))?;
            let day = Instant::now().date().to_string();
            data.make(&day, None)?;
            let mut conn = data.connect()?;
            // All of it in the one file that is copied.
            conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
                .map_err(|error| error.to_string())?;
            fs::write(&made, day).map_err(said(&made))?;
        }
        Ok(data)
    }

    /// Makes the network of a day, in another database if one is given.
    fn make(&self, day: &str, url: Option<&str>) -> Result<(), String> {
        let (campuses, slots) = (self.campuses.to_string(), SLOTS_PER_WEEK.to_string());
        let mut arguments = vec![
            "--campuses",
            &campuses,
            "--slots-per-week",
            &slots,
            "--password",
            PASSWORD,
            "--day",
            day,
        ];
        arguments.extend(url.iter().flat_map(|url| ["--database-url", *url]));
        self.synth(&arguments)
    }

    /// Fills an empty database with the same network: ids and sessions, and so the tokens, are the same.
    pub fn fill(&self, url: &str) -> Result<(), String> {
        let made = self.folder.join("made");
        let day = fs::read_to_string(&made).map_err(said(&made))?;
        self.make(&day, Some(url))
    }

    fn synth(&self, arguments: &[&str]) -> Result<(), String> {
        let status = Command::new(&self.peerled)
            .arg("synth")
            .args(arguments)
            .arg("--data-dir")
            .arg(&self.folder)
            .args(["--public-url", PUBLIC_URL])
            .stdout(std::process::Stdio::null())
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("peerled synth ended with {status}")),
            Err(error) => Err(format!("{}: {error}", self.peerled.display())),
        }
    }

    fn connect(&self) -> Result<SqliteConnection, String> {
        SqliteConnection::establish(&self.folder.join("peerled.db").to_string_lossy())
            .map_err(|error| error.to_string())
    }

    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// A folder with a copy of the database and of the keys.
    pub fn copy(&self, name: &str) -> Result<PathBuf, String> {
        let folder = self.folder.join("copies").join(name);
        let _ = fs::remove_dir_all(&folder);
        let keys = folder.join("keys");
        fs::create_dir_all(&keys).map_err(said(&keys))?;
        private(&folder).and_then(|()| private(&keys)).map_err(said(&folder))?;
        for key in fs::read_dir(self.keys()).map_err(said(&keys))?.flatten() {
            fs::copy(key.path(), keys.join(key.file_name())).map_err(said(&keys))?;
        }
        let database = folder.join("peerled.db");
        fs::copy(self.folder.join("peerled.db"), &database).map_err(said(&database))?;
        Ok(folder)
    }

    /// The addresses of so many students of the first campus.
    pub fn addresses(&self, count: usize) -> impl Iterator<Item = String> + use<> {
        (0..count).map(|nth| format!("student.1.{}.{}@synth.example", nth / 20 % 12, nth % 20))
    }

    /// New tokens, which are good for 15 minutes: those of staff, then [`GRADUATES`] times as many of graduates.
    pub fn tokens(&self) -> Result<Vec<Holder>, String> {
        let file = self.folder.join("tokens.jsonl");
        let (path, count) = (file.to_string_lossy(), (self.tokens * GRADUATES).to_string());
        self.synth(&["--only-tokens", "--tokens", &path, "--token-count", &count])?;
        let text = fs::read_to_string(&file).map_err(said(&file))?;
        let holders: Result<Vec<Holder>, _> = text.lines().map(serde_json::from_str).collect();
        let holders = holders.map_err(|error| error.to_string())?;
        let (mut staff, graduates): (Vec<Holder>, Vec<Holder>) =
            holders.into_iter().partition(|holder| holder.role == "staff");
        staff.truncate(usize::try_from(self.tokens).unwrap_or(usize::MAX));
        staff.extend(graduates);
        Ok(staff)
    }

    /// What there is to ask for.
    pub fn places(&self, holders: &[Holder]) -> Result<Places, String> {
        let conn = &mut self.connect()?;
        let mut places = Places::default();
        let mut fill = || -> diesel::QueryResult<()> {
            places.cohorts = cohorts::table.select(cohorts::id).order(cohorts::id).load(conn)?;
            for (token, holder) in holders.iter().enumerate() {
                match holder.role.as_str() {
                    "staff" => {
                        let of_campus = cohorts::table.filter(cohorts::campus_id.eq(holder.campus_id));
                        let own: Vec<Id> = of_campus.select(cohorts::id).load(conn)?;
                        places.own.extend(own.into_iter().map(|cohort| (token, cohort)));
                    }
                    _ => {
                        let open = open_slots(conn, holder, token)?;
                        places.open.extend(open.into_iter().map(|slot| (token, slot)));
                    }
                }
            }
            Ok(())
        };
        fill().map_err(|error| error.to_string())?;
        Ok(places)
    }
}

/// One slot of each week to come in which somebody mentors nowhere yet; `turn` says which, so that all are asked for.
fn open_slots(conn: &mut SqliteConnection, holder: &Holder, turn: usize) -> diesel::QueryResult<Vec<Id>> {
    let of_slot = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    let own: Vec<NaiveDate> = sign_ups::table
        .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_slot)))
        .filter(sign_ups::person_id.eq(holder.person_id))
        .select(weeks::starts_on)
        .load(conn)?;
    let mut open: Vec<(NaiveDate, Id)> = mentor_slots::table
        .inner_join(cohorts::table)
        .inner_join(weeks::table.on(of_slot))
        .filter(cohorts::campus_id.eq(holder.campus_id))
        .filter(cohorts::status.ne("graduated"))
        .filter(weeks::starts_on.gt(Instant::now().date()))
        .order((weeks::starts_on, mentor_slots::id))
        .select((weeks::starts_on, mentor_slots::id))
        .load(conn)?;
    open.retain(|(day, _)| own.iter().all(|own| own.iso_week() != day.iso_week()));
    let weeks = open.chunk_by(|(one, _), (next, _)| one.iso_week() == next.iso_week());
    Ok(weeks.filter_map(|week| Some(week.get(turn % week.len())?.1)).collect())
}

/// What there is to ask for, and with which token.
#[derive(Default)]
pub struct Places {
    pub cohorts: Vec<Id>,
    /// Cohorts of the staff who ask.
    pub own: Vec<(usize, Id)>,
    /// Slots that the graduates who ask may sign up for.
    pub open: Vec<(usize, Id)>,
}

/// The tokens themselves.
pub fn texts(holders: &[Holder]) -> Arc<[String]> {
    holders.iter().map(|holder| holder.token.clone()).collect()
}

fn said(path: &Path) -> impl Fn(std::io::Error) -> String {
    let path = path.display().to_string();
    move |error| format!("{path}: {error}")
}

/// For its owner alone, as peerled wants its keys.
fn private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}
