//! What network to make, as the command line says it.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

/// What network to make.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Campuses, each with twelve or thirteen cohorts of twenty students
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20_000), required_unless_present = "only_tokens")]
    pub campuses: Option<u32>,
    /// The same seed, number of campuses and day give the same data again, but for the passwords' hash
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// The day that cohorts are planned, running or graduated on [default: today]
    #[arg(long, value_name = "DATE")]
    pub day: Option<NaiveDate>,
    /// Mentor slots of each week that is to come
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub slots_per_week: u32,
    /// The password of all accounts [default: made up and printed]
    #[arg(long, value_name = "TEXT")]
    pub password: Option<String>,
    /// Write into a database that has campuses or people already
    #[arg(long)]
    pub into_existing: bool,
    /// Write access tokens of staff and of graduates to this file, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub tokens: Option<PathBuf>,
    /// Of how many of either
    #[arg(long, value_name = "N", default_value_t = 200, requires = "tokens")]
    pub token_count: u32,
    /// Make no network: write new tokens for the one that is there, as they are good for 15 minutes
    #[arg(long, requires = "tokens", conflicts_with = "campuses")]
    pub only_tokens: bool,
}
