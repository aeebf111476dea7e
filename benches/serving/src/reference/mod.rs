//! Servers to compare with, each the same few operations in another way of doing them.

mod direct;
mod fixed;
mod http;
mod tokens;
mod usual;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// A server that does the benchmark's operations in one way.
#[derive(Args)]
pub struct Options {
    /// How it does them
    way: Way,
    /// The SQLite file
    #[arg(long)]
    database: PathBuf,
    /// The folder with the key that signs access tokens
    #[arg(long)]
    keys: PathBuf,
    /// Address and port to listen on
    #[arg(long)]
    bind: std::net::SocketAddr,
    /// Bytes of the answer that is always the same
    #[arg(long, default_value_t = 4000)]
    size: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Way {
    /// One answer of some size, whatever is asked; the token is checked
    Static,
    /// `web::block`, a pool of connections, one transaction for each write
    Usual,
    /// Reads on the thread that answers, with its own connection; one thread that writes, with one commit for all who
    /// wait
    Direct,
}

/// Serves until it is told to stop.
pub fn run(options: &Options) -> Result<(), String> {
    let checker = tokens::Checker::open(&options.keys)?;
    match options.way {
        Way::Static => fixed::serve(options.bind, checker, options.size),
        Way::Usual => http::serve(options.bind, checker, usual::Usual::open(&options.database)?),
        // What peerled found to cost SQLite most is no merit of how it serves.
        Way::Direct => {
            sqlite_settings::install();
            http::serve(options.bind, checker, direct::Direct::open(&options.database)?)
        }
    }
}
