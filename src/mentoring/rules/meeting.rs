//! Which slots keep somebody from each other.

use crate::{
    cohorts::model::Span,
    mentoring::model::{PartOfWeek, Slot, SlotKind},
};

/// Whether nobody can have both slots, with the days of their weeks. In one cohort whoever has no times arranges them as they
/// like, but nobody looks after one week twice; two cohorts know nothing of each other.
pub fn keep_from_each_other((one, its_days): (&Slot, Span), (other, other_days): (&Slot, Span)) -> bool {
    match one.cohort_id == other.cohort_id {
        true => overlap(one, other) || look_after_the_same(one, other),
        false => compete((one, its_days), (other, other_days)),
    }
}

/// Whether two slots take time from each other for whoever gives both: those with times if the times overlap, those
/// without if their weeks do and they may be on the same half-day.
pub fn compete((one, its_days): (&Slot, Span), (other, other_days): (&Slot, Span)) -> bool {
    if one.times().is_some() || other.times().is_some() {
        return overlap(one, other);
    }
    parts_meet(one, other) && its_days.starts_on <= other_days.ends_on && other_days.starts_on <= its_days.ends_on
}

/// Whether the parts of one week that two slots take have a half-day in common.
fn parts_meet(one: &Slot, other: &Slot) -> bool {
    use PartOfWeek::{FirstHalf, SecondHalf};
    let is_half = |part| matches!(part, FirstHalf | SecondHalf);
    match (one.part_of_week, other.part_of_week) {
        (Some(a), Some(b)) => a == b || is_half(a) != is_half(b),
        _ => true,
    }
}

/// Whether two slots of one cohort are to look after the same week at the same time: nobody is its lead and its support.
pub fn look_after_the_same(one: &Slot, other: &Slot) -> bool {
    let looks_after = |slot: &Slot| slot.kind == SlotKind::Week && slot.times().is_none();
    looks_after(one) && looks_after(other) && one.week_number == other.week_number && parts_meet(one, other)
}

/// Whether nobody can be at both: only slots with times of their own get in each other's way.
pub fn overlap(one: &Slot, other: &Slot) -> bool {
    one.times()
        .zip(other.times())
        .is_some_and(|(one, other)| one.overlap(other))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::mentoring::rules::tests::slot;

    fn week(day: u32) -> Span {
        Span {
            starts_on: NaiveDate::from_ymd_opt(2026, 3, day).unwrap(),
            ends_on: NaiveDate::from_ymd_opt(2026, 3, day + 4).unwrap(),
        }
    }

    #[test]
    fn in_one_cohort_times_and_the_same_week_count_and_between_two_whole_weeks_do() {
        let (first, second) = (week(2), week(9));
        let timed = |starts, ends| slot(1, 1, Some((starts, ends)));
        let whole = || slot(1, 1, None);
        let helps = || Slot {
            kind: SlotKind::Project,
            ..whole()
        };
        let part = |part| Slot {
            part_of_week: Some(part),
            ..whole()
        };
        use PartOfWeek::{Evenings, Mornings};
        // Two slots with the days of their weeks, and whether they keep somebody from each other in one cohort and in two.
        for (one, its_days, other, other_days, in_one, in_two) in [
            (timed(1, 3), first, timed(2, 4), first, true, true),
            (timed(1, 2), first, timed(3, 4), first, false, false),
            (timed(1, 3), first, whole(), first, false, false),
            (whole(), first, whole(), first, true, true),
            (whole(), first, helps(), first, false, true),
            (helps(), first, helps(), first, false, true),
            (part(Mornings), first, part(Evenings), first, false, false),
            (part(Mornings), first, part(Mornings), first, true, true),
            (whole(), first, whole(), second, false, false),
        ] {
            let number = |days: Span| if days == first { 1 } else { 2 };
            for (same, expected) in [(true, in_one), (false, in_two)] {
                let one = Slot {
                    week_number: number(its_days),
                    ..one.clone()
                };
                let other = Slot {
                    week_number: number(other_days),
                    cohort_id: if same { one.cohort_id } else { other.cohort_id },
                    ..other.clone()
                };
                let (one, other) = ((&one, its_days), (&other, other_days));
                assert_eq!(keep_from_each_other(one, other), expected, "{one:?} {other:?}");
                assert_eq!(keep_from_each_other(other, one), expected, "{other:?} {one:?}");
            }
        }
    }

    #[test]
    fn only_times_of_their_own_overlap() {
        let at = |starts, ends| slot(1, 1, Some((starts, ends)));
        assert!(overlap(&at(1, 3), &at(2, 4)) && overlap(&at(1, 4), &at(2, 3)));
        assert!(!overlap(&at(1, 2), &at(3, 4)) && !overlap(&at(1, 3), &slot(1, 1, None)));
    }

    #[test]
    fn parts_of_a_week_compete_if_a_half_day_may_be_in_both() {
        use PartOfWeek::{Evenings, FirstHalf, Mornings, SecondHalf};
        let of = |part_of_week| Slot {
            part_of_week,
            ..slot(1, 1, None)
        };
        for (one, other, competing) in [
            (None, None, true),
            (None, Some(Mornings), true),
            (Some(Mornings), Some(Mornings), true),
            (Some(Mornings), Some(Evenings), false),
            (Some(FirstHalf), Some(SecondHalf), false),
            (Some(FirstHalf), Some(Mornings), true),
        ] {
            assert_eq!(
                compete((&of(one), week(2)), (&of(other), week(2))),
                competing,
                "{one:?} {other:?}"
            );
            assert_eq!(
                compete((&of(other), week(2)), (&of(one), week(2))),
                competing,
                "{other:?} {one:?}"
            );
            assert!(!compete((&of(one), week(2)), (&of(other), week(9))));
            assert_eq!(
                look_after_the_same(&of(one), &of(other)),
                competing,
                "{one:?} {other:?}"
            );
        }
        let timed = slot(1, 1, Some((1, 2)));
        assert!(!compete((&of(None), week(2)), (&timed, week(2))) && !look_after_the_same(&of(None), &timed));
        let change = |change: fn(&mut Slot)| {
            let mut other = of(None);
            change(&mut other);
            other
        };
        assert!(!look_after_the_same(&of(None), &change(|other| other.week_number = 2)));
        assert!(!look_after_the_same(
            &of(None),
            &change(|other| other.kind = SlotKind::Role)
        ));
    }
}
