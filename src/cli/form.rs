//! `peerled form`: the team former by itself.

mod reading;

use std::{ops::ControlFlow, path::Path, process::ExitCode};

use super::compare;
use super::input::read_bytes;
use super::output::{progress, say, say_aside, say_error};
use forming::{Effort, Options, Outcome, ResultFile, solve};

/// Forms the teams of a case file. With `compare`, the plan is set beside others on standard error, so
/// that standard output stays the plan and nothing else.
pub fn run(path: &Path, seed: u64, effort: Effort, compare: bool) -> ExitCode {
    let options = Options { seed, effort };
    match form(path, options, compare) {
        Ok((result, table)) => {
            say(&result);
            table.iter().for_each(|table| say_aside(table));
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            say_error(&sentence);
            ExitCode::from(2)
        }
    }
}

/// The result file, and the comparison if it is wanted and there is a plan.
fn form(path: &Path, options: Options, compare: bool) -> Result<(String, Option<String>), String> {
    let name = path.display();
    let text = String::from_utf8(read_bytes(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("{name}: this is not text in UTF-8 from byte {at} on; save the file as UTF-8")
    })?;
    // Some editors begin a file with a byte order mark, which JSON does not allow.
    let problem = reading::read(text.trim_start_matches('\u{feff}')).map_err(|error| format!("{name}: {error}"))?;
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
    let table = match &outcome {
        Outcome::Planned(planned) if compare => Some(compare::table(&problem, &planned.report)),
        _ => None,
    };
    let result = serde_json::to_string(&ResultFile::new(&problem, outcome)).map_err(|error| error.to_string())?;
    Ok((result, table))
}
