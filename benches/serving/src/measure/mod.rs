//! Measuring, and what is told of it.

mod chart;
mod contestant;
mod data;
mod growth;
mod load;
mod log_ins;
mod postgres;
mod results;
mod scenarios;
mod server;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use contestant::Contestant;
use data::{Data, Holder, Places, texts};
use load::{Ask, Load};
pub use log_ins::hashes;
use results::{Results, Sample, median};
use scenarios::Scenario;
use server::{Server, spent};

/// Measures peerled beside other ways to do the same.
#[derive(Args)]
pub struct Options {
    /// Only the key operations beside the references, in two or three minutes
    #[arg(long)]
    quick: bool,
    /// In place of all that, what becomes of reads, sign-ups and every list's pages from 3,000 people on
    #[arg(long, conflicts_with = "quick")]
    growth: bool,
    /// In place of all that, measure on this PostgreSQL, which must be empty
    #[arg(long, env = "PEERLED_BENCH_POSTGRES_URL", conflicts_with_all = ["quick", "growth"])]
    postgres: Option<String>,
    /// Campuses of the network [default: 300 if quick, else 1200]
    #[arg(long)]
    campuses: Option<u32>,
    /// Rounds, of which the medians count [default: 3 if quick, else 5]
    #[arg(long)]
    rounds: Option<usize>,
    /// Seconds of each run
    #[arg(long, default_value_t = 2.0)]
    seconds: f64,
    /// Connections that are kept open
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// Tokens of staff, and thirty times as many of graduates
    #[arg(long, default_value_t = 200)]
    tokens: u32,
    /// Only scenarios with one of these names, by commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Put the tables and the picture into docs/performance.md
    #[arg(long)]
    docs: bool,
    /// Where the networks are kept, and what servers say
    #[arg(long, default_value = "target/serving")]
    folder: PathBuf,
}

/// In the order of the tables.
const CONTESTANTS: [&str; 4] = ["peerled", "direct", "usual", "static"];
/// How long tokens are used, of the 15 minutes that they are good for.
const TOKENS_LAST: Duration = Duration::from_secs(9 * 60);

struct Bench<'a> {
    options: &'a Options,
    data: Data,
    binaries: PathBuf,
    holders: Vec<Holder>,
    tokens: Arc<[String]>,
    signed: Instant,
    size: usize,
}

/// Measures, and prints the tables.
pub fn run(options: &Options) -> Result<(), String> {
    let campuses = options.campuses.unwrap_or(match (options.quick, &options.postgres) {
        (_, Some(_)) => growth::SMALL,
        (true, None) => 300,
        (false, None) => 1200,
    });
    let rounds = options.rounds.unwrap_or(if options.quick { 3 } else { 5 });
    let mut bench = Bench::open(options, campuses)?;
    let told = match (options.growth, &options.postgres) {
        (_, Some(url)) => postgres::compare(&mut bench, url, rounds)?,
        (true, None) => {
            let large = bench.growth(rounds)?;
            let small = Bench::open(options, growth::SMALL)?.growth(rounds)?;
            growth::table(&small, &large, (growth::SMALL, campuses))
        }
        (false, None) => bench.compare(rounds)?,
    };
    say(&told);
    let name = match (options.growth, &options.postgres) {
        (_, Some(_)) => "postgres",
        (true, None) => "growth",
        (false, None) => "results",
    };
    write(&options.folder.join(format!("{name}.md")), &told)?;
    match options.docs {
        true => publish(name, &told, &options.folder),
        false => Ok(()),
    }
}

/// Puts a table into its place in the documentation.
fn publish(name: &str, told: &str, folder: &Path) -> Result<(), String> {
    let docs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    let page = docs.join("performance.md");
    let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let (Some((before, rest)), Some((_, after))) = (text.split_once(&begin), text.split_once(&end)) else {
        return Err(format!("{} has no place for {name}", page.display()));
    };
    if !rest.contains(&end) {
        return Err(format!("{} has no end of {name}", page.display()));
    }
    let picture = match name {
        "results" => "\n![Requests a second of each server, as shares of the fastest](performance.svg)\n",
        _ => "",
    };
    write(&page, &format!("{before}{begin}{picture}\n{told}\n{end}{after}"))?;
    match fs::read_to_string(folder.join("chart.svg")) {
        Ok(chart) if name == "results" => write(&docs.join("performance.svg"), &chart),
        _ => Ok(()),
    }
}

impl Options {
    fn takes(&self, scenario: &Scenario) -> bool {
        let is_named = self.only.is_empty() || self.only.iter().any(|name| name == scenario.name);
        is_named && !(self.quick && scenario.slow_disk)
    }
}

/// What is told while it runs and in the end.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

impl<'a> Bench<'a> {
    fn open(options: &'a Options, campuses: u32) -> Result<Self, String> {
        let binaries = std::env::current_exe().map_err(|error| error.to_string())?;
        let binaries = binaries.parent().ok_or("there is no folder of programs")?.to_owned();
        let data = Data::open(&binaries.join("peerled"), &options.folder, campuses, options.tokens)?;
        let holders = data.tokens()?;
        Ok(Self {
            options,
            tokens: texts(&holders),
            signed: Instant::now(),
            holders,
            binaries,
            size: 0,
            data,
        })
    }

    fn places(&self) -> Result<Places, String> {
        self.data.places(&self.holders)
    }

    /// How many of the tokens are of staff: the first.
    fn staff(&self) -> usize {
        self.holders.iter().filter(|holder| holder.role == "staff").count()
    }

    fn contestant(&self, name: &'static str) -> Result<Contestant, String> {
        Ok(Contestant::new(name, self.data.copy(name)?))
    }

    fn growth(&mut self, rounds: usize) -> Result<growth::Costs, String> {
        let mut peerled = self.contestant("peerled")?;
        growth::costs(self, &mut peerled, rounds)
    }

    fn compare(&mut self, rounds: usize) -> Result<String, String> {
        let scenarios = scenarios::all(&self.places()?, self.staff());
        let scenarios: Vec<Scenario> = scenarios.into_iter().filter(|one| self.options.takes(one)).collect();
        let mut contestants = CONTESTANTS
            .into_iter()
            .map(|name| self.contestant(name))
            .collect::<Result<Vec<_>, _>>()?;
        let results = self.all(&scenarios, &mut contestants, rounds)?;
        Ok(self.tables(&scenarios, &results)? + &self.beside(&mut contestants, &results)?)
    }

    fn all(
        &mut self,
        scenarios: &[Scenario],
        contestants: &mut [Contestant],
        rounds: usize,
    ) -> Result<Results, String> {
        let mut results = Results::default();
        for round in 0..rounds {
            for scenario in scenarios {
                for place in 0..contestants.len() {
                    // Nobody is always the one who comes after another.
                    let place = (place + round) % contestants.len();
                    let Some(contestant) = contestants.get_mut(place) else {
                        continue;
                    };
                    let is_static = contestant.name == "static";
                    if is_static && scenario.name != "R2 again" {
                        continue;
                    }
                    let sample = self.one(scenario, contestant)?;
                    say(&format!(
                        "round {} {:9} {:10} {:>8.0}/s {:>7.1} µs  p50 {:>6.2} ms  p99 {:>6.2} ms  {:>4.0} MiB {}",
                        round + 1,
                        scenario.name,
                        contestant.name,
                        sample.per_second,
                        sample.cpu,
                        sample.p50 / 1000.0,
                        sample.p99 / 1000.0,
                        sample.memory,
                        sample.refusals
                    ));
                    results.add(scenario.name, contestant.name, sample);
                }
            }
        }
        Ok(results)
    }

    /// The medians, their ratios, and the picture of them.
    fn tables(&self, scenarios: &[Scenario], results: &Results) -> Result<String, String> {
        let names: Vec<_> = scenarios.iter().map(|one| (one.name, one.about)).collect();
        let bars = |scenario: &Scenario| {
            let rate = |server| results.median((scenario.name, server), |sample| sample.per_second);
            (scenario.name, CONTESTANTS.map(rate).to_vec())
        };
        let bars: Vec<_> = scenarios.iter().map(bars).collect();
        write(
            &self.options.folder.join("chart.svg"),
            &chart::draw(&CONTESTANTS, &bars),
        )?;
        Ok(format!(
            "{}\n{}\n",
            results.table(&names, &CONTESTANTS),
            results.ratios()
        ))
    }

    /// What is measured of peerled alone: its size, start and memory, and log-ins.
    fn beside(&self, contestants: &mut [Contestant], results: &Results) -> Result<String, String> {
        let peerled = contestants
            .iter_mut()
            .find(|one| one.name == "peerled")
            .ok_or("there is no peerled")?;
        let (mut starts, mut idle) = (Vec::new(), f64::NAN);
        for _ in 0..5 {
            peerled.server = None;
            let server = peerled.start(&self.binaries, &self.options.folder, self.size)?;
            starts.push(server.ready.as_secs_f64() * 1000.0);
            std::thread::sleep(Duration::from_millis(300));
            idle = server.memory();
            peerled.server = Some(server);
        }
        let size = fs::metadata(self.binaries.join("peerled"))
            .map_err(|error| error.to_string())?
            .len();
        let mut text = format!(
            "| peerled | | goal |\n|---|---|---|\n| ready on a migrated database | {:.0} ms | ≤ 30 ms |\n\
             | memory, idle | {idle:.0} MiB | ≤ 20 MiB |\n| memory, most under load | {:.0} MiB | ≤ 60 MiB |\n\
             | release binary | {:.1} MiB | ≤ 25 MiB |\n",
            median(starts),
            results.most_memory("peerled").unwrap_or(f64::NAN),
            size as f64 / f64::from(1 << 20),
        );
        if let (Some(server), false) = (&peerled.server, self.options.quick) {
            let cohort = Ask::get("/v1/campuses?limit=1".into(), 0);
            let reads = Load {
                asks: Arc::new([cohort]),
                ..self.load(server)
            };
            let log_ins = Load {
                asks: log_ins::asks(self.data.addresses(self.options.connections)),
                ..self.load(server)
            };
            text += &log_ins::measure(server, log_ins, reads)?.text();
        }
        Ok(text)
    }

    fn one(&mut self, scenario: &Scenario, contestant: &mut Contestant) -> Result<Sample, String> {
        if self.signed.elapsed() > TOKENS_LAST {
            self.holders = self.data.tokens()?;
            self.tokens = texts(&self.holders);
            self.signed = Instant::now();
        }
        if scenario.first || contestant.slow_disk != scenario.slow_disk {
            contestant.server = None;
        }
        if contestant.server.is_none() {
            contestant.slow_disk = scenario.slow_disk;
            contestant.server = Some(contestant.start(&self.binaries, &self.options.folder, self.size)?);
        }
        let Some(server) = &contestant.server else {
            return Err("there is no server".into());
        };
        self.know_the_tokens(server, scenario)?;
        let load = Load {
            from: if scenario.writes {
                contestant.next.get(scenario.name).copied().unwrap_or(0)
            } else {
                0
            },
            again: scenario.again,
            asks: scenario.asks.clone(),
            ..self.load(server)
        };
        let before = server.threads();
        let outcome = load::run(load)?;
        let cpu = spent(&before, &server.threads());
        if scenario.name == "R2" {
            self.size = outcome.size;
        }
        if scenario.writes {
            contestant.next.insert(scenario.name, outcome.next);
        }
        Ok(Sample {
            per_second: outcome.per_second(),
            cpu: cpu / outcome.microseconds.len().max(1) as f64,
            p50: outcome.within(0.5).into(),
            p99: outcome.within(0.99).into(),
            memory: server.memory(),
            refusals: outcome.refusals(),
        })
    }

    fn load(&self, server: &Server) -> Load {
        Load {
            address: server.address,
            tokens: self.tokens.clone(),
            asks: Arc::default(),
            from: 0,
            again: false,
            connections: self.options.connections,
            time: Duration::from_secs_f64(self.options.seconds),
        }
    }

    /// Lets the server check every token once, by a request that is not measured; where things are read again, these
    /// too.
    fn know_the_tokens(&self, server: &Server, scenario: &Scenario) -> Result<(), String> {
        let Some(first) = scenario.asks.first() else {
            return Err(format!(
                "there is nothing to ask for {}; make a larger network",
                scenario.name
            ));
        };
        let mut asks: Vec<Ask> = (0..self.tokens.len())
            .map(|token| Ask {
                token,
                ..Ask::get("/v1/cohorts/0000000000000".into(), token)
            })
            .collect();
        if scenario.again {
            asks.extend(scenario.asks.iter().cloned());
        } else if first.method == "GET" && !scenario.first {
            asks.push(first.clone());
        }
        let time = Duration::from_secs(20);
        load::run(Load {
            asks: asks.into(),
            time,
            ..self.load(server)
        })
        .map(drop)
    }
}
