//! The benchmark of the server: `benches/serving/run`. `docs/performance.md` explains it.

mod measure;
mod reference;
mod rows;
mod statements;

use std::{io::Write as _, process::ExitCode};

use clap::Parser;

/// Measures peerled, and is what it is measured beside.
#[derive(Parser)]
enum Command {
    /// Measure peerled beside other ways to do the same
    Measure(measure::Options),
    /// Serve a few operations in one of the other ways
    Reference(reference::Options),
    /// Print how many passwords a second this machine checks
    Hashes,
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Measure(options) => measure::run(&options),
        Command::Reference(options) => reference::run(&options),
        Command::Hashes => measure::hashes()
            .and_then(|count| writeln!(std::io::stdout(), "{count}").map_err(|error| error.to_string())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "serving: {error}");
            ExitCode::FAILURE
        }
    }
}
