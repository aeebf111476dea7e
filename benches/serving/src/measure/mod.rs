//! Measuring, and what is told of it.

mod data;
mod load;
mod results;
mod scenarios;
mod server;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use data::{Data, Holder, PUBLIC_URL, texts};
use load::{Ask, Load};
use results::{Results, Sample};
use scenarios::Scenario;
use server::{Server, free_address, spent};

/// Measures peerled beside other ways to do the same.
#[derive(Args)]
pub struct Options {
    /// Only the key operations beside the references, in two or three minutes
    #[arg(long)]
    quick: bool,
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
    /// Tokens of staff, and as many of graduates
    #[arg(long, default_value_t = 200)]
    tokens: u32,
    /// Only scenarios with one of these names, by commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Where the networks are kept, and what servers say
    #[arg(long, default_value = "target/serving")]
    folder: PathBuf,
}

/// How long tokens are used, of the 15 minutes that they are good for.
const TOKENS_LAST: Duration = Duration::from_secs(9 * 60);

/// Who is measured, and how it is started.
struct Contestant {
    name: &'static str,
    folder: PathBuf,
    server: Option<Server>,
    /// How far each scenario that writes has got with it.
    next: BTreeMap<&'static str, usize>,
}

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
#[expect(clippy::print_stdout, reason = "the tables are what it is for")]
pub fn run(options: &Options) -> Result<(), String> {
    let binaries = std::env::current_exe().map_err(|error| error.to_string())?;
    let binaries = binaries.parent().ok_or("there is no folder of programs")?.to_owned();
    let campuses = options.campuses.unwrap_or(if options.quick { 300 } else { 1200 });
    let rounds = options.rounds.unwrap_or(if options.quick { 3 } else { 5 });
    let data = Data::open(&binaries.join("peerled"), &options.folder, campuses, options.tokens)?;
    let holders = data.tokens()?;
    let mut bench = Bench {
        options,
        tokens: texts(&holders),
        signed: Instant::now(),
        holders,
        binaries,
        size: 0,
        data,
    };
    let places = bench.data.places(&bench.holders)?;
    let staff = bench.holders.iter().filter(|holder| holder.role == "staff").count();
    let scenarios = scenarios::all(&places, staff);
    let mut contestants = Vec::new();
    for name in ["peerled", "direct", "usual", "static"] {
        contestants.push(Contestant {
            name,
            folder: bench.data.copy(name)?,
            server: None,
            next: BTreeMap::new(),
        });
    }
    let results = bench.all(&scenarios, &mut contestants, rounds)?;
    let names: Vec<_> = scenarios
        .iter()
        .map(|scenario| (scenario.name, scenario.about))
        .collect();
    let told = format!(
        "{}\n{}",
        results.table(&names, &["peerled", "direct", "usual", "static"]),
        results.ratios()
    );
    println!("{told}");
    let memory: Vec<String> = contestants
        .iter()
        .filter_map(|one| Some(format!("{} {:.0} MiB", one.name, results.most_memory(one.name)?)))
        .collect();
    println!("Most anonymous memory: {}.", memory.join(", "));
    write(&options.folder.join("results.md"), &told)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

impl Bench<'_> {
    fn all(
        &mut self,
        scenarios: &[Scenario],
        contestants: &mut [Contestant],
        rounds: usize,
    ) -> Result<Results, String> {
        let mut results = Results::default();
        for round in 0..rounds {
            for scenario in scenarios {
                if !self.options.only.is_empty() && !self.options.only.iter().any(|name| name == scenario.name) {
                    continue;
                }
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
                    println!(
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
                    );
                    results.add(scenario.name, contestant.name, sample);
                }
            }
        }
        Ok(results)
    }

    fn one(&mut self, scenario: &Scenario, contestant: &mut Contestant) -> Result<Sample, String> {
        if self.signed.elapsed() > TOKENS_LAST {
            self.holders = self.data.tokens()?;
            self.tokens = texts(&self.holders);
            self.signed = Instant::now();
        }
        if scenario.first {
            contestant.server = None;
        }
        if contestant.server.is_none() {
            contestant.server = Some(self.start(contestant, &[])?);
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

    fn start(&self, contestant: &Contestant, environment: &[(&str, String)]) -> Result<Server, String> {
        let address = free_address()?;
        let log = contestant.folder.join("log");
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let folder = text(contestant.folder.clone());
        let (program, arguments): (&str, Vec<String>) = match contestant.name {
            "peerled" => (
                "peerled",
                [
                    "serve",
                    "--data-dir",
                    &folder,
                    "--bind",
                    &address.to_string(),
                    "--public-url",
                    PUBLIC_URL,
                    "--rate-limit",
                    "off",
                ]
                .map(Into::into)
                .into(),
            ),
            way => (
                "serving",
                [
                    "reference",
                    way,
                    "--database",
                    &text(contestant.folder.join("peerled.db")),
                    "--keys",
                    &text(contestant.folder.join("keys")),
                    "--bind",
                    &address.to_string(),
                    "--size",
                    &self.size.max(100).to_string(),
                ]
                .map(Into::into)
                .into(),
            ),
        };
        Server::start(&self.binaries.join(program), &arguments, environment, (address, &log))
    }
}
