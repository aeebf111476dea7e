//! In which order applications are offered places: by what the campus says counts, and published with the form.

use crate::{
    admissions::model::{Answer, Application, Criterion, JudgedEvidence, Question, Score},
    admissions::rules::reading::average,
};

/// What counts of an application.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub application: Application,
    /// Whether all evidence that is required is there.
    pub meets: bool,
    /// What it comes to. Never shown: it could tell what somebody has chosen in confidence.
    pub worth: f64,
}

/// What counts of an application: the panel's average, from 0 to 100, and the points of what was chosen.
pub fn ranked(
    application: Application,
    questions: &[Question],
    evidence: &[JudgedEvidence],
    scores: &[Score],
    rubric: &[Criterion],
) -> Ranked {
    let is_met = |question: &&Question| {
        let judged = evidence.iter().find(|one| one.question == question.key);
        !question.required || judged.is_none_or(|one| one.met)
    };
    let points: i32 = questions
        .iter()
        .filter_map(|question| points(question, application.answers.get(&question.key)?))
        .sum();
    Ranked {
        meets: questions.iter().filter(is_met).count() == questions.len(),
        worth: rounded(average(scores, rubric).unwrap_or_default() + f64::from(points)),
        application,
    }
}

/// Without what binary fractions add: whoever is given as much as another is worth as much.
fn rounded(worth: f64) -> f64 {
    (worth * 1e6).round() / 1e6
}

fn points(question: &Question, answer: &Answer) -> Option<i32> {
    let Answer::Text(chosen) = answer else { return None };
    let choice = question
        .choices
        .iter()
        .find(|choice| choice.value.as_str() == chosen.as_str())?;
    choice.points
}

/// The best first: who meets what is asked before who does not, then by worth; of equals, who handed in first.
pub fn order(mut all: Vec<Ranked>) -> Vec<Ranked> {
    all.sort_by(|one, other| {
        (other.meets.cmp(&one.meets))
            .then(other.worth.total_cmp(&one.worth))
            .then(one.application.submitted_at.cmp(&other.application.submitted_at))
            .then(one.application.id.cmp(&other.application.id))
    });
    all
}

#[cfg(test)]
pub mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        admissions::model::ApplicationStatus,
        primitives::{Id, Instant, Stored},
    };

    pub fn application(second: u8, answers: serde_json::Value) -> Application {
        let now = Instant::parse(&format!("2027-02-10T00:00:{second:02}Z")).unwrap();
        Application {
            id: Id::new(),
            cohort_id: Id::new(),
            person_id: Id::new(),
            form_id: Id::new(),
            answers: Stored::new(serde_json::from_value(answers).unwrap()).unwrap(),
            status: ApplicationStatus::Submitted,
            may_be_kept: false,
            submitted_at: Some(now),
            ended_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
            reply_by_local: None,
            turn: None,
            deferred_to: None,
            trial: None,
        }
    }

    fn score(application: &Application, luck: i32) -> Score {
        Score {
            application_id: application.id,
            person_id: Id::new(),
            points: Some(Stored::new(serde_json::from_value(json!({ "luck": luck })).unwrap()).unwrap()),
            note: None,
            version: 1,
            created_at: application.created_at,
            updated_at: application.created_at,
        }
    }

    #[test]
    fn what_is_asked_comes_first_then_what_the_panel_thinks_and_the_published_rule_then_who_was_first() {
        let questions: Vec<Question> = serde_json::from_value(json!([
            {"key": "points", "kind": "evidence", "label": {"en": "Points"}, "required": true, "at_least": 100},
            {"key": "gender", "kind": "choice", "label": {"en": "Gender"}, "confidential": true, "choices": [
                {"value": "woman", "label": {"en": "Woman"}, "points": 10}, {"value": "man", "label": {"en": "Man"}}]},
        ]))
        .unwrap();
        let rubric: Vec<Criterion> =
            serde_json::from_value(json!([{"key": "luck", "label": {"en": "Luck"}, "most": 10, "weight": 1}])).unwrap();
        let evidence = |met: bool| {
            vec![JudgedEvidence {
                question: questions[0].key.clone(),
                value: Some(1),
                seen_at: None,
                checked: false,
                met,
            }]
        };
        let rank = |second: u8, luck: i32, answers: serde_json::Value, met: bool| {
            let application = application(second, answers);
            let score = score(&application, luck);
            ranked(application, &questions, &evidence(met), &[score], &rubric)
        };
        let all = vec![
            rank(1, 10, json!({}), false),
            rank(2, 5, json!({"gender": "man"}), true),
            rank(3, 5, json!({"gender": "woman"}), true),
            rank(4, 6, json!({}), true),
            rank(5, 9, json!({}), true),
        ];
        let seconds: Vec<String> = (order(all).iter())
            .map(|one| one.application.submitted_at.unwrap().to_string()[17..19].to_owned())
            .collect();
        assert_eq!(seconds, ["05", "03", "04", "02", "01"]);
    }

    #[test]
    fn of_those_who_are_worth_as_much_whoever_was_first_is_first() {
        let questions: Vec<Question> = serde_json::from_value(json!([
            {"key": "study", "kind": "choice", "label": {"en": "Study"}, "choices": [
                {"value": "nobody", "label": {"en": "Nobody"}, "points": 10}]},
        ]))
        .unwrap();
        let rubric: Vec<Criterion> =
            serde_json::from_value(json!([{"key": "luck", "label": {"en": "Luck"}, "most": 60, "weight": 1}])).unwrap();
        let rank = |second: u8, luck: i32, answers: serde_json::Value| {
            let application = application(second, answers);
            let scores = [score(&application, luck)];
            ranked(application, &questions, &[], &scores, &rubric)
        };
        // Both are worth five sixths of a hundred, one of them a little less in binary fractions.
        let all = order(vec![rank(1, 44, json!({"study": "nobody"})), rank(2, 50, json!({}))]);
        assert!(all.is_sorted_by_key(|one| one.application.submitted_at), "{all:?}");
    }
}
