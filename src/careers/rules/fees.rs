//! When a fee is due, what becomes of it, and what the fees of a year come to.

use std::collections::BTreeMap;

use crate::{
    careers::model::{Fee, FeeSettlement, FeeStatus, FeeSum, IntroductionStatus},
    error::{Code, Error, Result},
    primitives::Currency,
};

/// That a fee may be noted for an introduction that has come so far and has these already.
///
/// # Errors
/// `409 conflict`
pub fn may_have_fee(status: IntroductionStatus, there: &[Fee]) -> Result<()> {
    if status != IntroductionStatus::Hired {
        let detail = "There is a fee for a hire only: the introduction is not `hired`.";
        return Err(Error::new(Code::Conflict, detail));
    }
    match there.iter().find(|fee| fee.status != FeeStatus::Waived) {
        Some(fee) => {
            let detail = "This hire has a fee already, which `fee_id` names. Waive that one first if it is wrong.";
            Err(Error::new(Code::Conflict, detail).with("fee_id", fee.id))
        }
        None => Ok(()),
    }
}

/// That a fee may become this; nothing is to be done if it is that.
///
/// # Errors
/// `422` naming the field if the reason is missing or needless, `409 invalid_transition` if it has been settled.
pub fn settles(fee: &Fee, settlement: &FeeSettlement) -> Result<bool> {
    match (settlement.status, &settlement.reason) {
        (FeeStatus::Due, _) => return Err(Error::field("/status", "invalid", "must be `paid` or `waived`")),
        (FeeStatus::Waived, None) => return Err(Error::field("/reason", "required", "must say why it is waived")),
        (FeeStatus::Paid, Some(_)) => {
            return Err(Error::field(
                "/reason",
                "invalid",
                "is for a fee that is waived; leave it out",
            ));
        }
        (FeeStatus::Waived, Some(_)) | (FeeStatus::Paid, None) => {}
    }
    match fee.status {
        FeeStatus::Due => Ok(true),
        status if status == settlement.status && fee.reason == settlement.reason => Ok(false),
        status => Err(Error::new(
            Code::InvalidTransition,
            format!("The fee is `{}` already, and stays so.", status.as_str()),
        )),
    }
}

/// What fees come to, by currency in the order of their codes.
pub fn sums(fees: &[Fee]) -> Vec<FeeSum> {
    let mut all: BTreeMap<&Currency, FeeSum> = BTreeMap::new();
    for fee in fees {
        let sum = all.entry(&fee.currency).or_insert_with(|| FeeSum {
            currency: fee.currency.clone(),
            fees: 0,
            due: 0,
            paid: 0,
            waived: 0,
        });
        sum.fees += 1;
        let part = match fee.status {
            FeeStatus::Due => &mut sum.due,
            FeeStatus::Paid => &mut sum.paid,
            FeeStatus::Waived => &mut sum.waived,
        };
        *part = part.saturating_add(fee.amount);
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use FeeStatus::{Due, Paid, Waived};
    use chrono::NaiveDate;

    use super::*;
    use crate::primitives::{Id, Instant, Text};

    fn fee(amount: i64, currency: &str, status: FeeStatus) -> Fee {
        let now = Instant::now();
        Fee {
            id: Id::new(),
            campus_id: Id::new(),
            employer_id: Id::new(),
            introduction_id: Id::new(),
            amount,
            currency: Currency::parse(currency).unwrap(),
            due_on: NaiveDate::from_ymd_opt(2027, 4, 30).unwrap(),
            status,
            reason: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn a_hire_has_one_fee_that_counts() {
        use IntroductionStatus::{Hired, Offer};
        let (due, paid, waived) = (fee(1, "GBP", Due), fee(1, "GBP", Paid), fee(1, "GBP", Waived));
        for (status, there, may) in [
            (Hired, vec![], true),
            (Offer, vec![], false),
            (Hired, vec![due], false),
            (Hired, vec![paid], false),
            (Hired, vec![waived], true),
        ] {
            assert_eq!(may_have_fee(status, &there).is_ok(), may, "{status:?} {there:?}");
        }
    }

    #[test]
    fn what_is_due_is_paid_or_waived_with_a_reason_and_stays_so() {
        let why = Text::parse("They left.").ok();
        for (before, status, reason, outcome) in [
            (Due, Paid, None, Ok(true)),
            (Due, Waived, why.clone(), Ok(true)),
            (Due, Waived, None, Err(Code::InvalidFields)),
            (Due, Paid, why.clone(), Err(Code::InvalidFields)),
            (Due, Due, None, Err(Code::InvalidFields)),
            (Paid, Paid, None, Ok(false)),
            (Paid, Waived, why.clone(), Err(Code::InvalidTransition)),
            (Waived, Paid, None, Err(Code::InvalidTransition)),
            (Waived, Waived, why, Err(Code::InvalidTransition)),
        ] {
            let found = settles(&fee(1, "GBP", before), &FeeSettlement { status, reason });
            assert_eq!(found.map_err(|error| error.code()), outcome, "{before:?} {status:?}");
        }
    }

    #[test]
    fn sums_come_out_by_currency() {
        let all = [
            fee(400_000, "GBP", Paid),
            fee(100, "ILS", Due),
            fee(300_000, "GBP", Due),
            fee(5, "GBP", Waived),
            fee(1, "GBP", Due),
        ];
        let sum = |currency: &str, fees, due, paid, waived| FeeSum {
            currency: Currency::parse(currency).unwrap(),
            fees,
            due,
            paid,
            waived,
        };
        assert_eq!(
            sums(&all),
            [sum("GBP", 4, 300_001, 400_000, 5), sum("ILS", 1, 100, 0, 0)]
        );
        assert_eq!(sums(&[]), []);
    }
}
