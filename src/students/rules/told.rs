//! What is told of students: experience and attributes, by the staff or by themselves.

use crate::{
    error::{Code, Error, Result},
    primitives::{Field, Instant},
    students::model::{Attributes, AttributesPatch, Enrolment, Experience},
};

/// What is told of a student.
#[derive(Clone, Default)]
pub struct Told {
    pub experience: Field<Option<Experience>>,
    pub attributes: Field<Option<AttributesPatch>>,
}

impl Told {
    /// Experience and attributes after the staff have told this. Of a student who objects to their use the staff see none and
    /// tell none; whatever is there stays, and the answer does not depend on it.
    ///
    /// # Errors
    /// `409` if it changes what the student has told, or if they object.
    pub fn by_staff(self, before: &Enrolment, objects: bool) -> Result<(Option<i32>, String)> {
        if objects && self.says_something() {
            return Err(Error::new(
                Code::Conflict,
                "This student does not want teams balanced by experience and attributes, so neither is used, and none is noted. Leave out `experience` and `attributes`.",
            ));
        }
        if objects {
            return Ok((before.experience, before.attributes.clone()));
        }
        let (experience, attributes) = self.of(before)?;
        if before.told_at.is_some() && (experience, &attributes) != (before.experience, &before.attributes) {
            return Err(Error::new(
                Code::Conflict,
                "This student has told experience and attributes themself, so only they change them. Leave out `experience` and `attributes`.",
            ));
        }
        Ok((experience, attributes))
    }

    /// The enrolment after the student has told this. From then on the staff do not change it.
    pub fn by_student(self, before: Enrolment, now: Instant) -> Result<Enrolment> {
        let (experience, attributes) = self.of(&before)?;
        if (experience, &attributes) == (before.experience, &before.attributes) {
            return Ok(before);
        }
        Ok(Enrolment {
            experience,
            attributes,
            told_at: Some(now),
            version: before.version + 1,
            updated_at: now,
            ..before
        })
    }

    /// Whether it is more than that nothing is known.
    fn says_something(&self) -> bool {
        let attributes = match &self.attributes {
            Field::Given(Some(patch)) => patch.sets_any(),
            Field::Given(None) | Field::Absent => false,
        };
        attributes || matches!(self.experience, Field::Given(Some(_)))
    }

    fn of(self, before: &Enrolment) -> Result<(Option<i32>, String)> {
        let experience = match self.experience {
            Field::Absent => before.experience,
            Field::Given(given) => given.map(Experience::get),
        };
        let attributes = match self.attributes {
            Field::Absent => return Ok((experience, before.attributes.clone())),
            Field::Given(None) => Attributes::default(),
            Field::Given(Some(patch)) => Attributes::stored(&before.attributes)?.merge(patch),
        };
        attributes
            .check()
            .map_err(|why| Error::field("/attributes", "invalid", why))?;
        Ok((experience, attributes.to_stored()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::{primitives::Id, students::model::EnrolmentStatus};

    fn enrolment(told_at: Option<Instant>) -> Enrolment {
        let now = Instant::now();
        Enrolment {
            cohort_id: Id::new(),
            person_id: Id::new(),
            status: EnrolmentStatus::Enrolled,
            experience: Some(2),
            attributes: r#"{"gender":"woman"}"#.into(),
            joined_on: NaiveDate::MIN,
            left_on: None,
            version: 3,
            created_at: now,
            updated_at: now,
            entered_as: None,
            claimed_id: None,
            claimed_name: None,
            told_at,
        }
    }

    fn experience(number: Option<i64>) -> Told {
        Told {
            experience: Field::Given(number.map(|number| Experience::parse(number).unwrap())),
            ..Told::default()
        }
    }

    fn attributes(json: &str) -> Told {
        Told {
            attributes: Field::Given(serde_json::from_str(json).unwrap()),
            ..Told::default()
        }
    }

    #[test]
    fn what_a_student_has_told_the_staff_do_not_change() {
        let (entered, told) = (enrolment(None), enrolment(Some(Instant::now())));
        for (change, changes) in [
            (Told::default(), false),
            (experience(Some(2)), false),
            (attributes(r#"{"gender":"woman"}"#), false),
            (attributes(r#"{"city":null}"#), false),
            (experience(Some(3)), true),
            (experience(None), true),
            (attributes(r#"{"gender":"man"}"#), true),
            (attributes(r#"{"city":"Gaza"}"#), true),
            (attributes("null"), true),
        ] {
            assert!(change.clone().by_staff(&entered, false).is_ok());
            let code = change
                .clone()
                .by_staff(&told, false)
                .map_err(|error| error.code())
                .err();
            assert_eq!(code, changes.then_some(Code::Conflict));
            // The student changes both, and it is theirs from then on.
            let now = Instant::now();
            let after = change.by_student(entered.clone(), now).unwrap();
            assert_eq!(
                (after.told_at, after.version),
                (changes.then_some(now), 3 + i64::from(changes))
            );
        }
    }

    #[test]
    fn of_whoever_objects_the_staff_tell_nothing_and_learn_nothing() {
        let known = enrolment(None);
        let other = Enrolment {
            experience: None,
            attributes: "{}".into(),
            ..enrolment(Some(Instant::now()))
        };
        for (change, says_something) in [
            (Told::default(), false),
            (experience(None), false),
            (attributes("null"), false),
            (attributes(r#"{"gender":null}"#), false),
            (experience(Some(2)), true),
            (experience(Some(3)), true),
            (attributes(r#"{"gender":"woman"}"#), true),
            (attributes(r#"{"gender":null,"city":"Gaza"}"#), true),
        ] {
            for before in [&known, &other] {
                let after = change.clone().by_staff(before, true).map_err(|error| error.code());
                let same = (before.experience, before.attributes.clone());
                assert_eq!(after, if says_something { Err(Code::Conflict) } else { Ok(same) });
            }
        }
    }
}
