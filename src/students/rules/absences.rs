//! Until when students note their own absences.

use chrono::NaiveDate;

use crate::{
    cohorts::model::Week,
    error::{Code, Error, Result},
    primitives::Id,
    students::model::Absence,
};

/// Whether a student may note an absence of theirs, or take it back, today: until the week is over, and not what staff
/// have noted. Teams were formed by it, and who came is what the staff saw.
///
/// # Errors
/// `409`.
pub fn student_may_note(week: &Week, today: NaiveDate, student: Id, noted: Option<&Absence>) -> Result<()> {
    if week.ends_on < today {
        let detail = format!(
            "Week {} ended on {}. Ask the staff of your campus to correct who was there.",
            week.number, week.ends_on
        );
        return Err(Error::new(Code::Conflict, detail));
    }
    match noted.and_then(|noted| noted.noted_by) {
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
    use crate::{
        cohorts::model::Phase,
        primitives::{Instant, Line},
    };

    #[test]
    fn students_note_their_own_until_the_week_is_over() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (student, staff) = (Id::new(), Id::new());
        let week = Week {
            id: Id::new(),
            cohort_id: Id::new(),
            number: 2,
            phase: Phase::Core,
            topic: Line::parse("Testing").unwrap(),
            starts_on: date("2026-03-02"),
            ends_on: date("2026-03-06"),
            project_id: None,
            version: 1,
        };
        let noted = |by| Absence {
            cohort_id: week.cohort_id,
            week_number: 2,
            person_id: student,
            reason: None,
            noted_by: by,
            created_at: Instant::now(),
        };
        for (today, noted, may) in [
            ("2026-02-01", None, true),
            ("2026-03-06", None, true),
            ("2026-03-07", None, false),
            ("2026-03-04", Some(noted(Some(student))), true),
            ("2026-03-04", Some(noted(None)), true),
            ("2026-03-04", Some(noted(Some(staff))), false),
            ("2026-03-07", Some(noted(Some(student))), false),
        ] {
            let allowed = student_may_note(&week, date(today), student, noted.as_ref()).is_ok();
            assert_eq!(allowed, may, "{today} {noted:?}");
        }
    }
}
