//! Until when students note their own absences.

use chrono::NaiveDate;

use crate::{
    error::{Code, Error, Result},
    primitives::Id,
};

/// Whether a student may note an absence of theirs, or take it back, today: until `last_day`, the day itself or the last of
/// the week, is over, and not what staff have noted. Teams were formed by it, and who came is what the staff saw.
///
/// # Errors
/// `409`.
pub fn student_may_note(last_day: NaiveDate, today: NaiveDate, student: Id, noted_by: Option<Id>) -> Result<()> {
    if last_day < today {
        let detail = format!("It ended on {last_day}. Ask the staff of your campus to correct who was there.");
        return Err(Error::new(Code::Conflict, detail));
    }
    match noted_by {
        Some(by) if by != student => Err(Error::new(
            Code::Conflict,
            "The staff of your campus noted this absence. Ask them to change it.",
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_note_their_own_until_it_is_over() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (student, staff) = (Id::new(), Id::new());
        for (today, noted_by, may) in [
            ("2026-02-01", None, true),
            ("2026-03-06", None, true),
            ("2026-03-07", None, false),
            ("2026-03-04", Some(student), true),
            ("2026-03-04", Some(staff), false),
            ("2026-03-07", Some(student), false),
        ] {
            let allowed = student_may_note(date("2026-03-06"), date(today), student, noted_by).is_ok();
            assert_eq!(allowed, may, "{today} {noted_by:?}");
        }
    }
}
