//! Which demo days there can be, and who is invited.

use std::collections::BTreeSet;

use super::{ballots::was_built, meetings};
use crate::{
    clients::model::{ClientStatus, DemoDay, PitchedProduct},
    error::{Error, FieldError, Result},
    primitives::{Bound, Id, Instant, time::TimeZone},
};

/// How many demo days a cohort has.
pub const DEMO_DAYS: Bound = Bound {
    most: 50,
    whose: "a cohort",
    what: "demo days",
    remedy: "Change one that is to come instead.",
};

/// That a demo day can be as it is said.
///
/// # Errors
/// `422` for each field that is wrong.
pub fn check_demo_day(day: &DemoDay, zone: TimeZone, now: Instant) -> Result<()> {
    Error::check_fields(meetings::faults(&day.meeting(), zone, now))
}

/// That a demo day is still to come.
///
/// # Errors
/// `409 slot_over`
pub fn demo_day_must_be_to_come(day: &DemoDay, zone: TimeZone, now: Instant) -> Result<()> {
    let too_late = "The demo day has begun. It cannot be changed, cancelled or answered any more.";
    meetings::must_be_to_come(&day.meeting(), zone, now, too_late)
}

/// Whether the owners of a client can be invited to see its product.
pub fn can_be_invited(status: ClientStatus) -> bool {
    status != ClientStatus::Withdrawn
}

/// The clients whose owners are invited: those that are named, or all for which a team of the cohort builds or has built.
///
/// # Errors
/// `422` for each that is no product of the cohort.
pub fn invited(named: Option<&[Id]>, products: &[PitchedProduct]) -> Result<Vec<Id>> {
    let Some(named) = named else {
        let built = products.iter().filter(|one| was_built(one.status));
        return Ok(built.map(|one| one.product.client_id).collect());
    };
    let mut seen = BTreeSet::new();
    let fault = |(at, id): (usize, &Id)| {
        let mut with_status = products.iter().filter(|one| one.product.client_id == *id);
        let is_product = with_status.any(|one| can_be_invited(one.status));
        let detail = "must be a client whose product the cohort has, each once";
        let wrong = FieldError::at(format!("/client_ids/{at}"), "invalid", detail);
        (!is_product || !seen.insert(*id)).then_some(wrong)
    };
    Error::check_fields(named.iter().enumerate().filter_map(fault).collect())?;
    Ok(named.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clients::model::Product,
        primitives::{Line, Text},
    };

    #[test]
    fn owners_of_what_is_built_are_invited_or_those_who_are_named() {
        use ClientStatus::{Completed, Project, ResearchReceived, Withdrawn};
        let now = Instant::now();
        let products: Vec<PitchedProduct> = [ResearchReceived, Project, Completed, Withdrawn]
            .map(|status| PitchedProduct {
                product: Product {
                    cohort_id: Id::new(),
                    client_id: Id::new(),
                    summary: Text::parse("Shifts on phones.").unwrap(),
                    url: None,
                    version: 1,
                    created_at: now,
                    updated_at: now,
                },
                name: Line::parse("Food Bank").unwrap(),
                status,
            })
            .into();
        let ids: Vec<Id> = products.iter().map(|one| one.product.client_id).collect();
        assert_eq!(invited(None, &products).unwrap(), ids[1..3]);
        for (named, is_good) in [
            (vec![], true),
            (ids[..3].to_vec(), true),
            (vec![ids[3]], false),
            (vec![ids[0], ids[0]], false),
            (vec![Id::new()], false),
        ] {
            assert_eq!(invited(Some(&named), &products).is_ok(), is_good, "{named:?}");
        }
    }
}
