//! When a product can be handed over.

use crate::{
    clients::model::{ClientStatus, HandOverItem, TickedItem},
    error::{Code, Error, Result},
    primitives::Text,
};

/// What is not done.
pub fn missing(ticked: &[TickedItem]) -> Vec<HandOverItem> {
    let is_missing = |item: &HandOverItem| ticked.iter().all(|done| done.item != *item);
    HandOverItem::ALL.into_iter().filter(is_missing).collect()
}

/// That a product is handed over with all that belongs to it, or that it is said why not.
///
/// # Errors
/// `409 conflict` with what is `missing`.
pub fn may_hand_over(ticked: &[TickedItem], why_not: Option<&Text>) -> Result<()> {
    let missing: Vec<&str> = missing(ticked).into_iter().map(HandOverItem::as_str).collect();
    match missing.is_empty() || why_not.is_some() {
        true => Ok(()),
        false => {
            let detail = format!(
                "The hand-over lacks `{}`. Tick what is done, or say in `note` why the product is handed over without.",
                missing.join("`, `")
            );
            Err(Error::new(Code::Conflict, detail).with("missing", missing))
        }
    }
}

/// That things are ticked off.
///
/// # Errors
/// `409 conflict`
pub fn must_be_building(status: ClientStatus) -> Result<()> {
    match status {
        ClientStatus::Project => Ok(()),
        _ => Err(Error::new(
            Code::Conflict,
            format!(
                "The client is `{}`. The hand-over is ticked off while a team builds (`project`).",
                status.as_str()
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clients::model::HandOverParty,
        primitives::{Id, Instant},
    };

    fn ticked(items: &[HandOverItem]) -> Vec<TickedItem> {
        let one = |item: &HandOverItem| TickedItem {
            client_id: Id::new(),
            item: *item,
            ticked_by: HandOverParty::Team,
            created_at: Instant::now(),
        };
        items.iter().map(one).collect()
    }

    #[test]
    fn a_product_is_handed_over_whole_or_it_is_said_why_not() {
        let why = Text::parse("The team has moved on.").unwrap();
        for (count, why_not, may) in [
            (5, None, true),
            (4, None, false),
            (0, None, false),
            (0, Some(&why), true),
        ] {
            let outcome = may_hand_over(&ticked(&HandOverItem::ALL[..count]), why_not);
            assert_eq!(outcome.is_ok(), may, "{count}");
        }
        let refused = may_hand_over(&ticked(&HandOverItem::ALL[2..]), None).unwrap_err();
        assert!(
            refused.to_string().contains("lacks `demonstration`, `readme`."),
            "{refused}"
        );
    }

    #[test]
    fn it_is_ticked_off_while_a_team_builds() {
        for (status, may) in [
            (ClientStatus::ResearchReceived, false),
            (ClientStatus::Project, true),
            (ClientStatus::Completed, false),
            (ClientStatus::Withdrawn, false),
        ] {
            assert_eq!(must_be_building(status).is_ok(), may, "{status:?}");
        }
    }
}
