//! Which forms hold together, and which answers fit them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    admissions::model::{Answer, Answers, Question, QuestionKind},
    error::{Error, FieldError, Result},
    primitives::{Url, Word},
};

/// As many questions as a form has.
const MOST: usize = 40;

/// That the questions hold together.
///
/// # Errors
/// `422` for each that does not.
pub fn check_questions(questions: &[Question]) -> Result<()> {
    let mut wrong = Vec::new();
    if !(1..=MOST).contains(&questions.len()) {
        wrong.push(FieldError::at(
            "/questions",
            "invalid",
            format!("must have 1 to {MOST} questions"),
        ));
    }
    let mut keys = BTreeSet::new();
    for (at, question) in questions.iter().enumerate() {
        let mut check = |holds: bool, field: &str, detail: &str| {
            if !holds {
                wrong.push(FieldError::at(format!("/questions/{at}/{field}"), "invalid", detail));
            }
        };
        check(
            keys.insert(&question.key),
            "key",
            "is that of another question too; choose another",
        );
        check(
            !question.label.is_empty(),
            "label",
            "must be there in at least one language",
        );
        let (is_choice, is_evidence) = (
            question.kind == QuestionKind::Choice,
            question.kind == QuestionKind::Evidence,
        );
        let values: BTreeSet<&Word> = question.choices.iter().map(|choice| &choice.value).collect();
        let count = question.choices.len();
        check(
            !is_choice || (2..=30).contains(&count),
            "choices",
            "must have 2 to 30 choices for a `choice`",
        );
        check(
            is_choice || count == 0,
            "choices",
            "must be left out unless the kind is `choice`",
        );
        check(values.len() == count, "choices", "must have different values");
        let labelled = question.choices.iter().all(|choice| !choice.label.is_empty());
        check(labelled, "choices", "must each have a label in at least one language");
        let pointed = question.choices.iter().filter_map(|choice| choice.points);
        check(
            pointed.into_iter().all(|points| (0..=100).contains(&points)),
            "choices",
            "must have 0 to 100 `points` each",
        );
        let counts = question.choices.iter().any(|choice| choice.points.is_some());
        check(
            !question.confidential || counts,
            "confidential",
            "must be left out unless the question is a `choice` with `points`: nobody else could use the answer",
        );
        let thresholds = usize::from(question.at_least.is_some()) + usize::from(question.at_most.is_some());
        check(
            !is_evidence || thresholds == 1,
            "at_least",
            "must be given for `evidence`, or `at_most`, but not both",
        );
        check(
            is_evidence || thresholds == 0,
            "at_least",
            "must be left out, like `at_most`, unless the kind is `evidence`",
        );
    }
    Error::check_fields(wrong)
}

/// The answers that others than the applicant see.
pub fn shown(answers: &Answers, questions: &[Question]) -> Answers {
    let is_confidential = |key: &Word| {
        questions
            .iter()
            .any(|question| question.confidential && question.key == *key)
    };
    let shown = answers.iter().filter(|(key, _)| !is_confidential(key));
    shown.map(|(key, answer)| (key.clone(), answer.clone())).collect()
}

/// The answers with what a patch changes: `null` takes one away.
pub fn merged(answers: &Answers, patch: BTreeMap<Word, Option<Answer>>) -> Answers {
    let mut merged = answers.clone();
    for (key, answer) in patch {
        match answer {
            Some(answer) => merged.insert(key, answer),
            None => merged.remove(&key),
        };
    }
    merged
}

/// That each answer fits its question. Not all need be there yet.
///
/// # Errors
/// `422` for each that does not.
pub fn check_answers(answers: &Answers, questions: &[Question]) -> Result<()> {
    let fault = |(key, answer): (&Word, &Answer)| {
        let pointer = format!("/answers/{key}");
        let Some(question) = questions.iter().find(|question| question.key == *key) else {
            return Some(FieldError::at(pointer, "unknown", "is not a question on the form"));
        };
        let detail = misfit(question, answer)?;
        Some(FieldError::at(pointer, "invalid", detail))
    };
    Error::check_fields(answers.iter().filter_map(fault).collect())
}

fn misfit(question: &Question, answer: &Answer) -> Option<String> {
    match (question.kind, answer) {
        (QuestionKind::Number, Answer::Number(_)) => None,
        (QuestionKind::Number, Answer::Text(_)) => Some("must be a whole number".into()),
        (_, Answer::Number(_)) => Some("must be a text".into()),
        (_, Answer::Text(text)) if text.as_str().is_empty() => Some("must not be empty; leave it out instead".into()),
        (QuestionKind::Text, Answer::Text(_)) => None,
        (QuestionKind::Link | QuestionKind::Evidence, Answer::Text(text)) => Url::parse(text.as_str()).err(),
        (QuestionKind::Choice, Answer::Text(text)) => {
            let values: Vec<&str> = question.choices.iter().map(|choice| choice.value.as_str()).collect();
            (!values.contains(&text.as_str())).then(|| format!("must be one of: {}", values.join(", ")))
        }
    }
}

/// That nothing is missing without which nobody applies.
///
/// # Errors
/// `422` for each that is.
pub fn check_complete(answers: &Answers, questions: &[Question]) -> Result<()> {
    let missing = questions
        .iter()
        .filter(|question| question.required && !answers.contains_key(&question.key));
    let fault = |question: &Question| {
        FieldError::at(
            format!("/answers/{}", question.key),
            "required",
            "must be answered before you apply",
        )
    };
    Error::check_fields(missing.map(fault).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn questions(json: Value) -> Vec<Question> {
        serde_json::from_value(json).unwrap()
    }

    fn asked() -> Vec<Question> {
        questions(json!([
            {"key": "why", "kind": "text", "label": {"en": "Why?"}, "required": true},
            {"key": "track", "kind": "choice", "label": {"en": "Which?"}, "choices": [
                {"value": "day", "label": {"en": "Day"}}, {"value": "night", "label": {"en": "Night"}}]},
            {"key": "site", "kind": "link", "label": {"en": "Where?"}},
            {"key": "hours", "kind": "number", "label": {"en": "How long?"}},
            {"key": "points", "kind": "evidence", "label": {"en": "Profile"}, "at_least": 100},
        ]))
    }

    fn pointers(checked: Result<()>) -> Vec<String> {
        let error = checked.err();
        let faults = error.iter().flat_map(|error| error.field_errors());
        faults.map(|fault| fault.pointer.clone()).collect()
    }

    #[test]
    fn forms_that_do_not_hold_together_are_refused_by_field() {
        assert!(check_questions(&asked()).is_ok());
        assert_eq!(pointers(check_questions(&[])), ["/questions"]);
        let text = json!({"key": "a", "kind": "text", "label": {"en": "A"}});
        let with = |fields: Value| {
            let mut one = text.clone();
            one.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            pointers(check_questions(&questions(json!([one]))))
        };
        assert_eq!(
            pointers(check_questions(&questions(json!([text, text])))),
            ["/questions/1/key"]
        );
        let day = json!({"value": "day", "label": {"en": "Day"}});
        for (fields, field) in [
            (json!({"label": {}}), "label"),
            (json!({"kind": "choice"}), "choices"),
            (json!({"kind": "choice", "choices": [day, day]}), "choices"),
            (json!({"choices": [day]}), "choices"),
            (
                json!({"kind": "choice", "choices": [day, {"value": "night", "label": {}}]}),
                "choices",
            ),
            (json!({"kind": "evidence"}), "at_least"),
            (json!({"kind": "evidence", "at_least": 1, "at_most": 2}), "at_least"),
            (json!({"at_most": 2}), "at_least"),
        ] {
            assert_eq!(with(fields), [format!("/questions/0/{field}")]);
        }
    }

    #[test]
    fn answers_fit_their_questions_and_none_that_is_required_is_missing() {
        let answers = |json: Value| serde_json::from_value::<Answers>(json).unwrap();
        let right = json!({"why": "To learn", "track": "day", "site": "https://example.org", "hours": 40, "points": "https://example.org/me"});
        assert!(check_answers(&answers(right), &asked()).is_ok());
        for (wrong, key) in [
            (json!({"what": "?"}), "what"),
            (json!({"why": 1}), "why"),
            (json!({"why": ""}), "why"),
            (json!({"track": "noon"}), "track"),
            (json!({"site": "here"}), "site"),
            (json!({"hours": "many"}), "hours"),
            (json!({"points": "120"}), "points"),
        ] {
            assert_eq!(
                pointers(check_answers(&answers(wrong), &asked())),
                [format!("/answers/{key}")]
            );
        }
        assert_eq!(
            pointers(check_complete(&answers(json!({"hours": 1})), &asked())),
            ["/answers/why"]
        );
        assert!(check_complete(&answers(json!({"why": "x"})), &asked()).is_ok());
        let patch = serde_json::from_value(json!({"hours": null, "track": "day"})).unwrap();
        assert_eq!(
            merged(&answers(json!({"hours": 1, "why": "x"})), patch),
            answers(json!({"track": "day", "why": "x"}))
        );
    }
}
