//! Servers to compare with, each the same few operations in another way of doing them: `reference direct --database …`.

mod direct;
mod fixed;
mod http;
mod tokens;
mod usual;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, ValueEnum};

/// A server that does the benchmark's operations in one way.
#[derive(Parser)]
struct Args {
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

fn main() -> ExitCode {
    let args = Args::parse();
    let done = tokens::Checker::open(&args.keys).and_then(|checker| match args.way {
        Way::Static => fixed::serve(args.bind, checker, args.size),
        Way::Usual => http::serve(args.bind, checker, usual::Usual::open(&args.database)?),
        Way::Direct => http::serve(args.bind, checker, direct::Direct::open(&args.database)?),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("reference: {error}\n"));
            ExitCode::FAILURE
        }
    }
}
