//! What was measured: medians, and the ratios that are wanted.

use std::collections::BTreeMap;

/// One run of one scenario on one server.
#[derive(Clone, Debug)]
pub struct Sample {
    pub per_second: f64,
    /// The server's time on the processor, in microseconds a request.
    pub cpu: f64,
    pub p50: f64,
    pub p99: f64,
    /// In MiB, at the end of the run.
    pub memory: f64,
    pub refusals: String,
}

/// All of them.
#[derive(Default)]
pub struct Results {
    samples: BTreeMap<(&'static str, &'static str), Vec<Sample>>,
}

/// A ratio that is wanted: of what to what, and how much at least.
pub struct Goal {
    pub of: (&'static str, &'static str),
    pub to: (&'static str, &'static str),
    pub at_least: f64,
}

/// In the order of the table of goals.
pub const GOALS: [Goal; 11] = [
    goal(("R2 again", "peerled"), ("R2 again", "static"), 0.7),
    goal(("R2 again", "peerled"), ("R2 again", "fastify"), 10.0),
    goal(("R2", "peerled"), ("R2", "usual"), 1.3),
    goal(("R2", "peerled"), ("R2", "fastify"), 2.0),
    goal(("R2", "peerled"), ("R2", "pocketbase"), 20.0),
    goal(("R1", "peerled"), ("R1", "direct"), 0.9),
    goal(("R3", "peerled"), ("R3", "direct"), 0.9),
    goal(("MIX", "peerled"), ("R2", "peerled"), 0.6),
    goal(("W1", "peerled"), ("W1", "direct"), 0.8),
    goal(("W1", "peerled"), ("W1", "usual"), 2.5),
    goal(("W1 slow", "peerled"), ("W1 slow", "usual"), 12.0),
];

const fn goal(of: (&'static str, &'static str), to: (&'static str, &'static str), at_least: f64) -> Goal {
    Goal { of, to, at_least }
}

pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
    match sorted.len() % 2 {
        0 if middle > 0 => f64::midpoint(at(middle - 1), at(middle)),
        _ => at(middle),
    }
}

impl Results {
    pub fn add(&mut self, scenario: &'static str, server: &'static str, sample: Sample) {
        self.samples.entry((scenario, server)).or_default().push(sample);
    }

    /// The median of something, if it was measured.
    pub fn median(&self, (scenario, server): (&'static str, &'static str), of: fn(&Sample) -> f64) -> Option<f64> {
        let samples = self.samples.get(&(scenario, server))?;
        Some(median(samples.iter().map(of)))
    }

    /// Requests a second and microseconds of each, by scenario and server.
    pub fn table(&self, scenarios: &[(&'static str, &'static str)], servers: &[&'static str]) -> String {
        let mut text = String::from("| requests/s · CPU-µs each · p99 ms |");
        for server in servers {
            text += &format!(" {server} |");
        }
        text += &format!("\n|---|{}\n", "---|".repeat(servers.len()));
        for (scenario, about) in scenarios {
            text += &format!("| **{scenario}**, {about} |");
            for server in servers {
                text += &self.cell((scenario, server));
            }
            text.push('\n');
        }
        text
    }

    fn cell(&self, at: (&'static str, &'static str)) -> String {
        let (Some(rate), Some(cpu), Some(p99)) = (
            self.median(at, |sample| sample.per_second),
            self.median(at, |sample| sample.cpu),
            self.median(at, |sample| sample.p99),
        ) else {
            return " – |".into();
        };
        let refused = self
            .samples
            .get(&at)
            .into_iter()
            .flatten()
            .map(|one| one.refusals.as_str());
        let refused: Vec<&str> = refused.filter(|told| !told.is_empty()).collect();
        let refused = match refused.is_empty() {
            true => String::new(),
            false => format!(" ({})", refused.join("; ")),
        };
        format!(" {rate:.0} · {cpu:.1} · {:.1}{refused} |", p99 / 1000.0)
    }

    /// The ratios beside what is wanted of them.
    pub fn ratios(&self) -> String {
        let mut text = String::from("| ratio | by requests/s | by CPU | goal | |\n|---|---|---|---|---|\n");
        for Goal { of, to, at_least } in GOALS {
            let rates = (self.median(of, |s| s.per_second), self.median(to, |s| s.per_second));
            let cpus = (self.median(of, |s| s.cpu), self.median(to, |s| s.cpu));
            let ((Some(own), Some(other)), (Some(own_cpu), Some(other_cpu))) = (rates, cpus) else {
                text += &format!(
                    "| {} {} / {} {} | – | – | ≥ {at_least} | not measured |\n",
                    of.0, of.1, to.0, to.1
                );
                continue;
            };
            let ratio = own / other;
            let met = if ratio >= at_least { "met" } else { "**missed**" };
            text += &format!(
                "| {} {} / {} {} | {ratio:.2} | {:.2} | ≥ {at_least} | {met} |\n",
                of.0,
                of.1,
                to.0,
                to.1,
                other_cpu / own_cpu
            );
        }
        text
    }

    /// Memory of a server at its most, in MiB.
    pub fn most_memory(&self, server: &str) -> Option<f64> {
        let of_server = self.samples.iter().filter(|((_, name), _)| *name == server);
        of_server
            .flat_map(|(_, samples)| samples.iter().map(|one| one.memory))
            .max_by(f64::total_cmp)
    }
}
