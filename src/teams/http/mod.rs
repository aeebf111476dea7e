//! Teams over HTTP.

mod edits;
mod encounters;
mod plans;
mod repairs;
mod reruns;
mod trade_offs;
mod weeks;

pub use edits::{explain, move_person, preview_swap, publish, swap};
pub use encounters::{encounters, role_ledger};
pub use plans::{create, discard, list, show};
pub use repairs::{propose_repairs, repair, repairs};
pub use reruns::rerun;
pub use trade_offs::{choose_trade_off, find_trade_off, trade_off};
pub use weeks::{change_team, explain_team, show_team, week_teams};

use super::svg;
use crate::{
    error::{Code, Error, Result},
    web::Reply,
};

/// The media type of pictures.
const SVG: &str = "image/svg+xml";

/// A picture of so many people in place of the JSON, unless nobody could read it.
fn picture<T>(people: usize, draw: impl FnOnce() -> String) -> Result<Reply<T>> {
    if people > svg::MOST {
        let detail = format!("A picture shows up to {} people. Ask for application/json.", svg::MOST);
        return Err(Error::new(Code::NotAcceptable, detail));
    }
    Ok(Reply::media(SVG, draw()))
}
