//! Who has a place, who waits where, and who is next.

use crate::mentoring::model::{SignUp, SignUpStatus};

/// Whether somebody with this status takes up a place. Who did not come took it up all the same.
pub fn holds_a_place(status: SignUpStatus) -> bool {
    matches!(
        status,
        SignUpStatus::Confirmed | SignUpStatus::Attended | SignUpStatus::NoShow
    )
}

/// Whether this status says what came of a place: that is kept.
pub fn is_on_record(status: SignUpStatus) -> bool {
    matches!(status, SignUpStatus::Attended | SignUpStatus::NoShow)
}

/// How full a slot is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Places {
    /// Places taken.
    pub taken: i32,
    /// People in line.
    pub waiting: i32,
}

impl Places {
    /// From all the sign-ups of a slot.
    pub fn of(statuses: impl IntoIterator<Item = SignUpStatus>) -> Self {
        let mut places = Self::default();
        for status in statuses {
            places.taken += i32::from(holds_a_place(status));
            places.waiting += i32::from(status == SignUpStatus::Waitlisted);
        }
        places
    }

    /// Places that are free.
    pub fn remaining(self, capacity: i32) -> i32 {
        (capacity - self.taken).max(0)
    }
}

/// What a newcomer gets. Nobody overtakes the line.
pub fn status_of_newcomer(places: Places, capacity: i32) -> SignUpStatus {
    if places.waiting == 0 && places.remaining(capacity) > 0 {
        SignUpStatus::Confirmed
    } else {
        SignUpStatus::Waitlisted
    }
}

/// The place in line, from 1, of whoever waits with this turn; `waiting` holds everybody's.
pub fn position(turn: i64, waiting: impl IntoIterator<Item = i64>) -> usize {
    1 + waiting.into_iter().filter(|other| *other < turn).count()
}

/// Who gets the free places: the first in line. `sign_ups` are all of the slot, by turn.
pub fn promoted(sign_ups: &[SignUp], capacity: i32) -> Vec<&SignUp> {
    let places = Places::of(sign_ups.iter().map(|sign_up| sign_up.status));
    let free = usize::try_from(places.remaining(capacity)).unwrap_or(0);
    let waiting = sign_ups
        .iter()
        .filter(|sign_up| sign_up.status == SignUpStatus::Waitlisted);
    waiting.take(free).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Id, Instant};

    fn line(statuses: &[SignUpStatus]) -> Vec<SignUp> {
        let slot_id = Id::new();
        let sign_up = |(turn, status): (usize, &SignUpStatus)| {
            let turn = i64::try_from(turn).unwrap();
            SignUp::new(Id::new(), (slot_id, Id::new()), turn, *status, Instant::now())
        };
        statuses.iter().enumerate().map(sign_up).collect()
    }

    use SignUpStatus::{Attended, Cancelled, Confirmed, NoShow, Waitlisted};

    #[test]
    fn a_newcomer_gets_a_free_place_but_never_overtakes() {
        for (taken, waiting, status) in [
            (0, 0, Confirmed),
            (1, 0, Confirmed),
            (2, 0, Waitlisted),
            (1, 1, Waitlisted),
        ] {
            assert_eq!(status_of_newcomer(Places { taken, waiting }, 2), status);
        }
    }

    #[test]
    fn free_places_go_to_the_first_in_line() {
        let turns = |statuses: &[SignUpStatus], capacity| -> Vec<i64> {
            promoted(&line(statuses), capacity)
                .iter()
                .map(|sign_up| sign_up.turn)
                .collect()
        };
        let cancelled = [Cancelled, Confirmed, Waitlisted, Waitlisted, Waitlisted];
        assert_eq!(turns(&cancelled, 2), [2]);
        assert_eq!(turns(&cancelled, 3), [2, 3]);
        assert_eq!(turns(&cancelled, 9), [2, 3, 4]);
        assert!(turns(&cancelled, 1).is_empty() && turns(&cancelled, 0).is_empty());
        assert!(turns(&[Attended, NoShow, Waitlisted], 2).is_empty());
        assert_eq!((position(4, [2, 4, 7]), position(2, [2, 4, 7])), (2, 1));
    }
}
