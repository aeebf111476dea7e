//! The command line.

mod accounts;
mod backup;
mod campuses;
mod compare;
mod demo;
mod form;
mod input;
mod keys;
mod migrate;
mod output;
mod people;
mod roster;
mod second_factor;
mod serve;
pub mod synth;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use forming::Effort;

use crate::{
    config::{Config, Settings},
    students::model::{DateFormat, ImportOptions},
};
use output::{say, say_error};

/// The system a peer-led bootcamp runs on: cohorts, weekly teams, mentors, over a JSON API.
///
/// Every setting is a flag, a PEERLED_… variable, or a line of the file given with --config, in that
/// order; `peerled config` shows what holds.
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
    ///
    /// Examples:
    ///   peerled serve                       on 127.0.0.1:8080, with its data in the folder data
    ///   peerled serve --demo                with two campuses to look at, gone when it stops
    ///   peerled serve --database-url postgres://peerled@localhost/peerled --bind 0.0.0.0:80
    #[command(verbatim_doc_comment)]
    Serve {
        /// Serve a throw-away database with two campuses, three cohorts, their teams and mentors
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database up to date, and nothing else
    Migrate,
    /// Copy the whole database to a file, while it is in use; its checksum goes to FILE.sha256
    ///
    /// A copy of SQLite is a database itself; one of PostgreSQL is made by pg_dump. The signing keys are not
    /// in it: keep the folder keys as well.
    ///
    /// Examples:
    ///   peerled backup /backup/peerled-2026-03-02
    ///   peerled backup "/backup/peerled-$(date +%F)"
    #[command(verbatim_doc_comment)]
    Backup {
        /// Where to write it; nothing may be there yet
        file: PathBuf,
    },
    /// Put a backup in the place of the database, which nobody may be using
    ///
    /// Examples:
    ///   peerled restore /backup/peerled-2026-03-02                  into an empty or a new database
    ///   peerled restore /backup/peerled-2026-03-02 --overwrite      and give up what is there
    #[command(verbatim_doc_comment)]
    Restore {
        /// What `peerled backup` wrote, with its checksum beside it
        file: PathBuf,
        /// Replace a database that has data in it
        #[arg(long)]
        overwrite: bool,
    },
    /// Print the configuration as it is understood, without secrets
    Config,
    /// Form teams from a case file, without server or database; the plan goes to standard output
    ///
    /// Exit code 0 with a plan or with the smallest set of demands that contradict each other,
    /// 2 with a sentence that names the place if the file is not a case.
    Form {
        /// The case, as JSON; - reads standard input; docs/team-forming.md has the format
        case: PathBuf,
        /// The same seed gives the same plan
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How long to search: quick, normal or thorough, counted in moves
        #[arg(long, default_value = "normal")]
        effort: Effort,
        /// Also set the plan beside random and greedy ones, in a table on standard error
        #[arg(long)]
        compare: bool,
    },
    /// Enrol or invite the students in a table (CSV)
    ///
    /// The first row names the columns: email and name, and if wanted experience (0 to 5), joined_on,
    /// gender, and attr_… for anything else. Who has an address gets an invitation by mail, who has only
    /// a name is a student without an account; who is there already is updated, and nobody is ever
    /// removed. If a row is not right, all that is wrong is said and nothing is changed.
    ///
    /// Examples:
    ///   peerled import london/fac14 students.csv --dry-run     say what would happen
    ///   peerled import london/fac14 students.csv               do it
    ///   peerled import london/fac14 - < students.csv           the same from standard input
    ///   peerled import london/fac14 old.csv --windows-1252     a table that is not in UTF-8
    #[command(verbatim_doc_comment)]
    Import {
        /// The cohort: its id, or campus/cohort by their slugs
        cohort: String,
        /// The table; - reads standard input
        file: PathBuf,
        /// Only say what would become of each row
        #[arg(long)]
        dry_run: bool,
        /// How dates such as 03/04/2026 are written: dmy, mdy or ymd
        #[arg(long, value_parser = DateFormat::parse)]
        date_format: Option<DateFormat>,
        /// Skip columns whose names mean nothing here
        #[arg(long)]
        skip_unknown: bool,
        /// The table is in Windows-1252 instead of UTF-8
        #[arg(long = "windows-1252")]
        windows_1252: bool,
    },
    /// Print the students of a cohort as a table (CSV) that import reads again
    ///
    /// Examples:
    ///   peerled export london/fac14 > fac14.csv
    ///   peerled export 0ds8x2v4fmg00
    #[command(verbatim_doc_comment)]
    Export {
        /// The cohort: its id, or campus/cohort by their slugs
        cohort: String,
    },
    /// Let the invitations of a campus open accounts where registration is closed
    ///
    /// Examples:
    ///   peerled approve-campus london
    ///   peerled approve-campus london --withdraw
    #[command(verbatim_doc_comment)]
    ApproveCampus {
        /// The campus: its slug or its id
        campus: String,
        /// Take the approval back
        #[arg(long)]
        withdraw: bool,
    },
    /// Let an account run the whole service
    GrantAdmin {
        /// The account's id, or its address
        account: String,
    },
    /// Let an account run the whole service no longer
    RevokeAdmin {
        /// The account's id, or its address
        account: String,
    },
    /// Let nobody log in to an account, and end its sessions
    Disable {
        /// The account's id, or its address
        account: String,
    },
    /// Disable an account, and let nobody open another one with its address
    Ban {
        /// The account's id, or its address
        account: String,
    },
    /// Undo `disable` or `ban`
    Enable {
        /// The account's id, or its address; of an account that was erased, its address
        account: String,
    },
    /// Erase a person, as they can themself with DELETE /v1/me; an account that is disabled stays banned
    Erase {
        /// The account's id, or its address
        account: String,
    },
    /// Remove the second factor of somebody who has lost their phone and their recovery codes
    ///
    /// They then log in with their password alone. Make sure that it is them who asks.
    ResetSecondFactor {
        /// The account's id, or the address it was opened with
        account: String,
    },
    /// Make a code with which somebody can set a new password, for where no mail is sent
    ResetPassword {
        /// The account's id, or its address
        account: String,
    },
    /// Show, add and remove the keys that sign access tokens
    ///
    /// Examples:
    ///   peerled keys rotate        a new key, beside the old one
    ///   peerled keys retire        half an hour later: remove the old one
    #[command(verbatim_doc_comment)]
    Keys {
        #[command(subcommand)]
        command: keys::KeysCommand,
    },
    /// Fill an empty database with a made-up network, to measure and to rehearse with
    ///
    /// Examples:
    ///   peerled synth --campuses 12 --database-url sqlite://synth.db        3,000 people, in seconds
    ///   peerled synth --campuses 1200 --database-url sqlite://large.db      300,000, in minutes
    #[command(verbatim_doc_comment)]
    Synth {
        #[command(flatten)]
        options: synth::Options,
    },
    /// Show the newest messages of the outbox, where mail waits until it is handed over
    Outbox {
        /// How many
        #[arg(long, default_value_t = 20)]
        limit: u16,
    },
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let on_account = |change: fn(&Config, &str) -> Result<(), String>, account: &str| {
        cli.settings.load().and_then(|config| change(&config, account))
    };
    let done = match &cli.command {
        Command::Form {
            case,
            seed,
            effort,
            compare,
        } => return form::run(case, *seed, *effort, *compare),
        Command::Serve { demo: false } => cli.settings.load().and_then(serve::run),
        Command::Serve { demo: true } => cli.settings.load().and_then(serve::run_demo),
        Command::Migrate => cli.settings.load().and_then(|config| migrate::run(&config)),
        Command::Backup { file } => cli.settings.load().and_then(|config| backup::make(&config, file)),
        Command::Restore { file, overwrite } => cli
            .settings
            .load()
            .and_then(|config| backup::restore(&config, file, *overwrite)),
        Command::Config => cli.settings.load().map(|config| say(config.to_string().trim_end())),
        Command::Import {
            cohort,
            file,
            dry_run,
            date_format,
            skip_unknown,
            windows_1252,
        } => {
            let charset = windows_1252.then_some("windows-1252");
            let options = ImportOptions {
                dry_run: *dry_run,
                date_format: *date_format,
                skip_unknown: *skip_unknown,
            };
            let config = cli.settings.load();
            config.and_then(|config| roster::import(&config, cohort, file, charset, options))
        }
        Command::Export { cohort } => cli.settings.load().and_then(|config| roster::export(&config, cohort)),
        Command::ApproveCampus { campus, withdraw } => cli
            .settings
            .load()
            .and_then(|config| campuses::approve(&config, campus, !withdraw)),
        Command::GrantAdmin { account } => on_account(accounts::grant_admin, account),
        Command::RevokeAdmin { account } => on_account(accounts::revoke_admin, account),
        Command::Disable { account } => on_account(accounts::disable_account, account),
        Command::Ban { account } => on_account(accounts::ban_account, account),
        Command::Enable { account } => on_account(accounts::enable_account, account),
        Command::Erase { account } => on_account(accounts::erase_account, account),
        Command::ResetPassword { account } => on_account(accounts::reset_password, account),
        Command::ResetSecondFactor { account } => on_account(second_factor::reset, account),
        Command::Keys { command } => cli.settings.load().and_then(|config| keys::run(&config, *command)),
        Command::Synth { options } => cli.settings.load().and_then(|config| synth::run(config, options)),
        Command::Outbox { limit } => cli
            .settings
            .load()
            .and_then(|config| people::show_outbox(&config, (*limit).into())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say_error(&sentence);
            ExitCode::FAILURE
        }
    }
}
