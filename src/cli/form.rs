//! `peerled form`: the team former by itself.

use std::{ops::ControlFlow, path::Path, process::ExitCode};

use super::output::{progress, say, say_error};
use crate::forming::{Case, Effort, Options, Problem, ResultFile, solve};

/// Forms the teams of a case file.
pub fn run(path: &Path, seed: u64, effort: Effort) -> ExitCode {
    match form(path, Options { seed, effort }) {
        Ok(result) => {
            say(&result);
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            say_error(&sentence);
            ExitCode::from(2)
        }
    }
}

fn form(path: &Path, options: Options) -> Result<String, String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let problem = Case::from_json(&text)
        .and_then(|case| Problem::new(&case))
        .map_err(|error| format!("{name}: {error}"))?;
    let bar = progress(100, "{bar:30} {pos}% of the moves; {msg}");
    let outcome = solve(&problem, &options, &mut |seen| {
        bar.set_position((100 * seen.moves).checked_div(seen.budget).unwrap_or(0));
        bar.set_message(match seen.best {
            Some(best) => format!("repeats R = {best}, at least {}", seen.bound),
            None => format!("no plan yet, R is at least {}", seen.bound),
        });
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    serde_json::to_string(&ResultFile::new(&problem, outcome)).map_err(|error| error.to_string())
}
