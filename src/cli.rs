//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    app::{self, State},
    config::{Config, Settings},
    db::migrations,
    telemetry,
};

/// The system a peer-led bootcamp runs on: cohorts, weekly teams, mentors, over a JSON API.
#[derive(Parser)]
#[command(name = "peerled", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database up to date and serve the API
    Serve,
    /// Bring the database up to date, and nothing else
    Migrate,
    /// Print the configuration as it is understood, without secrets
    Config,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match execute(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say_error(&sentence);
            ExitCode::FAILURE
        }
    }
}

fn execute(cli: &Cli) -> Result<(), String> {
    let config = cli.settings.load()?;
    match &cli.command {
        Command::Serve => serve(config),
        Command::Migrate => {
            let steps = migrations::run(&config.database_url)?;
            say(&format!("The database is up to date; {steps} steps were needed."));
            Ok(())
        }
        Command::Config => {
            say(config.to_string().trim_end());
            Ok(())
        }
    }
}

fn serve(config: Config) -> Result<(), String> {
    telemetry::start_log(&config.log);
    let state = State::open(config)?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::System::new().block_on(async move {
        let (server, address) = app::serve(state, workers)?;
        tracing::info!(%address, "serving; the documentation is at /docs");
        server.await.map_err(|error| format!("the server stopped: {error}"))
    })
}

#[expect(clippy::print_stdout, reason = "the command line's answers go to standard output")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "the log may not have been started yet")]
fn say_error(text: &str) {
    eprintln!("peerled: {text}");
}
