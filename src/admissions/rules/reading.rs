//! What a rubric is, what scores fit it, and what they come to.

use std::collections::BTreeSet;

use crate::{
    admissions::model::{Application, ApplicationStatus, Criterion, Points, Score},
    error::{Code, Error, FieldError, Result},
    primitives::{Bound, Word},
};

/// How many read the applications to a cohort.
pub const PANEL: Bound = Bound {
    most: 100,
    whose: "a cohort",
    what: "people on its panel",
    remedy: "Remove one first.",
};

/// That the criteria hold together.
///
/// # Errors
/// `422` for each that does not.
pub fn check_rubric(criteria: &[Criterion]) -> Result<()> {
    let mut wrong = Vec::new();
    if !(1..=20).contains(&criteria.len()) {
        wrong.push(FieldError::at("/criteria", "invalid", "must have 1 to 20 criteria"));
    }
    let mut keys = BTreeSet::new();
    for (at, criterion) in criteria.iter().enumerate() {
        let mut check = |holds: bool, field: &str, detail: &str| {
            if !holds {
                wrong.push(FieldError::at(format!("/criteria/{at}/{field}"), "invalid", detail));
            }
        };
        check(
            keys.insert(&criterion.key),
            "key",
            "is that of another criterion too; choose another",
        );
        check(
            !criterion.label.is_empty(),
            "label",
            "must be there in at least one language",
        );
        check((1..=10).contains(&criterion.most), "most", "must be 1 to 10");
        check((1..=10).contains(&criterion.weight), "weight", "must be 1 to 10");
    }
    Error::check_fields(wrong)
}

/// That points are given for each criterion, and no others.
///
/// # Errors
/// `422` for each that is wrong.
pub fn check_points(points: &Points, rubric: &[Criterion]) -> Result<()> {
    let unknown = |key: &&Word| rubric.iter().all(|criterion| criterion.key != **key);
    let mut wrong: Vec<FieldError> = (points.keys().filter(unknown))
        .map(|key| FieldError::at(format!("/points/{key}"), "unknown", "is not a criterion of the rubric"))
        .collect();
    for criterion in rubric {
        let pointer = format!("/points/{}", criterion.key);
        match points.get(&criterion.key) {
            None => wrong.push(FieldError::at(pointer, "required", "must be given, unless you abstain")),
            Some(points) if !(0..=criterion.most).contains(points) => {
                wrong.push(FieldError::at(
                    pointer,
                    "invalid",
                    format!("must be 0 to {}", criterion.most),
                ));
            }
            Some(_) => {}
        }
    }
    Error::check_fields(wrong)
}

/// What points come to, from 0 to 100. What the rubric has no longer counts for nothing.
pub fn total(points: &Points, rubric: &[Criterion]) -> f64 {
    let share = |criterion: &Criterion| {
        let given = points.get(&criterion.key).copied().unwrap_or_default();
        f64::from(given) / f64::from(criterion.most.max(1)) * f64::from(criterion.weight)
    };
    let weights: f64 = rubric.iter().map(|criterion| f64::from(criterion.weight)).sum();
    let sum: f64 = rubric.iter().map(share).sum();
    if weights > 0.0 { sum / weights * 100.0 } else { 0.0 }
}

/// The average of those who scored; who abstains is no zero. None if nobody has scored.
pub fn average<'a>(scores: impl IntoIterator<Item = &'a Score>, rubric: &[Criterion]) -> Option<f64> {
    let totals: Vec<f64> = (scores.into_iter())
        .filter_map(|score| Some(total(score.points.as_ref()?, rubric)))
        .collect();
    let count = u32::try_from(totals.len()).ok().filter(|count| *count > 0)?;
    Some(totals.iter().sum::<f64>() / f64::from(count))
}

/// That the panel may still say what it thinks.
///
/// # Errors
/// `409 invalid_transition`
pub fn must_be_undecided(application: &Application) -> Result<()> {
    match application.status {
        ApplicationStatus::Submitted => Ok(()),
        status => {
            let detail = format!(
                "The application is {}, so its scores stay as they are.",
                status.as_str()
            );
            Err(Error::new(Code::InvalidTransition, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::primitives::{Id, Instant, Stored};

    fn rubric() -> Vec<Criterion> {
        serde_json::from_value(json!([
            {"key": "curiosity", "label": {"en": "Curiosity"}, "most": 5, "weight": 3},
            {"key": "kindness", "label": {"en": "Kindness"}, "most": 2, "weight": 1},
        ]))
        .unwrap()
    }

    fn points(json: Value) -> Points {
        serde_json::from_value(json).unwrap()
    }

    fn score(given: Option<Value>) -> Score {
        let now = Instant::parse("2027-03-01T00:00:00Z").unwrap();
        Score {
            application_id: Id::new(),
            person_id: Id::new(),
            points: given.map(|given| Stored::new(points(given)).unwrap()),
            note: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    #[test]
    fn who_abstains_is_no_zero() {
        let (best, worst) = (
            json!({"curiosity": 5, "kindness": 2}),
            json!({"curiosity": 0, "kindness": 0}),
        );
        for (scores, expected) in [
            (vec![], None),
            (vec![score(None)], None),
            (vec![score(Some(best.clone())), score(None)], Some(100.0)),
            (vec![score(Some(best.clone())), score(Some(worst))], Some(50.0)),
            (vec![score(Some(json!({"curiosity": 5, "kindness": 0})))], Some(75.0)),
        ] {
            assert_eq!(average(&scores, &rubric()), expected);
        }
        assert!((total(&points(best), &[]) - 0.0).abs() < f64::EPSILON);
    }

    #[test]
    fn points_are_given_for_each_criterion_and_no_others() {
        let pointers = |checked: Result<()>| -> Vec<String> {
            let error = checked.err();
            error
                .iter()
                .flat_map(Error::field_errors)
                .map(|fault| fault.pointer.clone())
                .collect()
        };
        assert!(check_points(&points(json!({"curiosity": 5, "kindness": 0})), &rubric()).is_ok());
        for (given, pointer) in [
            (json!({"curiosity": 5}), "/points/kindness"),
            (json!({"curiosity": 6, "kindness": 0}), "/points/curiosity"),
            (json!({"curiosity": -1, "kindness": 0}), "/points/curiosity"),
            (json!({"curiosity": 5, "kindness": 0, "luck": 1}), "/points/luck"),
        ] {
            assert_eq!(pointers(check_points(&points(given), &rubric())), [pointer]);
        }
        assert_eq!(pointers(check_rubric(&[])), ["/criteria"]);
        let [mut first, second] = <[Criterion; 2]>::try_from(rubric()).unwrap();
        (first.key, first.most, first.weight) = (second.key.clone(), 11, 0);
        let wrong = pointers(check_rubric(&[second, first]));
        assert_eq!(wrong, ["/criteria/1/key", "/criteria/1/most", "/criteria/1/weight"]);
    }
}
