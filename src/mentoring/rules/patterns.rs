//! In which weeks a pattern makes slots.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::office_hours::week_with;
use crate::{
    cohorts::model::{Phase, Week},
    error::FieldError,
    mentoring::model::{LeftOut, Slot},
};

/// For which weeks of a cohort slots are made at once.
#[derive(Clone, Debug)]
pub enum WeekChoice {
    /// These.
    Numbers(Vec<i32>),
    /// All of a phase.
    Phase(Phase),
    /// The one in which this day is.
    With(NaiveDate),
}

/// The numbers of the weeks that are meant, in order.
///
/// # Errors
/// What is wrong with the choice.
pub fn chosen_weeks(choice: &WeekChoice, weeks: &[Week]) -> Result<Vec<i32>, Vec<FieldError>> {
    let fault = |pointer: String, code: &str, detail: &str| FieldError::at(pointer, code, detail);
    match choice {
        WeekChoice::Numbers(numbers) if numbers.is_empty() => {
            Err(vec![fault("/weeks".into(), "invalid", "must name at least one week")])
        }
        WeekChoice::Numbers(numbers) => {
            let wrong = |(at, number): (usize, &i32)| {
                let pointer = format!("/weeks/{at}");
                if !weeks.iter().any(|week| week.number == *number) {
                    return Some(fault(pointer, "not_found", "must be a week of this cohort"));
                }
                let is_repeated = numbers.iter().take(at).any(|earlier| earlier == number);
                is_repeated.then(|| fault(pointer, "invalid", "is in the list already"))
            };
            let faults: Vec<FieldError> = numbers.iter().enumerate().filter_map(wrong).collect();
            match faults.is_empty() {
                true => Ok(BTreeSet::from_iter(numbers.iter().copied()).into_iter().collect()),
                false => Err(faults),
            }
        }
        WeekChoice::With(day) => match week_with(weeks, *day) {
            Some(week) => Ok(vec![week.number]),
            None => Err(vec![fault(
                "/date".into(),
                "not_found",
                "must be in a week of this cohort",
            )]),
        },
        WeekChoice::Phase(phase) => {
            let of_phase = weeks.iter().filter(|week| week.phase == *phase);
            let numbers: Vec<i32> = of_phase.map(|week| week.number).collect();
            match numbers.is_empty() {
                true => Err(vec![fault(
                    "/phase".into(),
                    "not_found",
                    "must be the phase of a week of this cohort",
                )]),
                false => Ok(numbers),
            }
        }
    }
}

/// Whether two slots are wanted for the same at the same time.
pub fn is_same(one: &Slot, other: &Slot) -> bool {
    let key = |slot: &Slot| {
        (
            (slot.cohort_id, slot.week_number, slot.kind, slot.mentor_role),
            (slot.part_of_week, slot.times(), slot.booking_minutes),
        )
    };
    key(one) == key(other)
}

/// Why a pattern makes no such slot in a week, if it does not: there is one, or the week is over and was not asked for.
pub fn left_out(slot: &Slot, week_is_past: bool, existing: &[Slot]) -> Option<LeftOut> {
    match existing.iter().any(|other| is_same(slot, other)) {
        true => Some(LeftOut::Exists),
        false => week_is_past.then_some(LeftOut::Past),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::slot, *};
    use crate::mentoring::model::{MentorRole, PartOfWeek, SlotKind};

    #[test]
    fn a_pattern_leaves_out_what_is_there_or_past() {
        let wanted = slot(1, 1, None);
        let like = |change: fn(&mut Slot)| {
            let mut other = Slot {
                cohort_id: wanted.cohort_id,
                ..slot(3, 4, None)
            };
            change(&mut other);
            other
        };
        assert_eq!(left_out(&wanted, true, &[like(|_| ())]), Some(LeftOut::Exists));
        assert_eq!(left_out(&wanted, true, &[]), Some(LeftOut::Past));
        let others = [
            like(|other| other.week_number = 2),
            like(|other| other.mentor_role = Some(MentorRole::Lead)),
            like(|other| other.part_of_week = Some(PartOfWeek::Evenings)),
            like(|other| other.kind = SlotKind::Role),
            slot(1, 1, None),
        ];
        assert_eq!(left_out(&wanted, false, &others), None);
    }
}
