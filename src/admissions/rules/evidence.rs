//! How far somebody had come when applications closed.

use crate::{
    admissions::model::{JudgedEvidence, Question, QuestionKind, Reading},
    error::{Error, Result},
    primitives::{Instant, Word},
};

/// What counts of each thing that is asked: the last that was seen before `closes`, and what the staff saw before what the
/// applicant says. What was seen later counts for nothing, however late this is read.
pub fn judged(questions: &[Question], readings: &[Reading], closes: Instant) -> Vec<JudgedEvidence> {
    let asked = questions
        .iter()
        .filter(|question| question.kind == QuestionKind::Evidence);
    let judge = |question: &Question| {
        let in_time = readings
            .iter()
            .filter(|one| one.question == question.key && one.seen_at < closes);
        let counts = in_time.max_by_key(|one| (one.is_checked, one.seen_at, one.id));
        JudgedEvidence {
            question: question.key.clone(),
            value: counts.map(|one| one.value),
            seen_at: counts.map(|one| one.seen_at),
            checked: counts.is_some_and(|one| one.is_checked),
            met: counts.is_some_and(|one| is_enough(question, one.value)),
        }
    };
    asked.map(judge).collect()
}

fn is_enough(question: &Question, value: i32) -> bool {
    question.at_least.is_none_or(|least| value >= least) && question.at_most.is_none_or(|most| value <= most)
}

/// That the form asks for it.
///
/// # Errors
/// `422`
pub fn check_asked(questions: &[Question], key: &Word) -> Result<()> {
    let is_asked = |question: &Question| question.kind == QuestionKind::Evidence && question.key == *key;
    match questions.iter().any(is_asked) {
        true => Ok(()),
        false => Err(Error::field(
            "/question",
            "not_found",
            "must be the key of a question of kind `evidence`",
        )),
    }
}

/// When it was seen: now by applicants, for whom they cannot have been further than the server knows.
///
/// # Errors
/// `422`
pub fn seen_at(given: Option<Instant>, by_staff: bool, now: Instant) -> Result<Instant> {
    match given {
        Some(_) if !by_staff => {
            let detail = "must be left out: what you say counts from when it arrives";
            Err(Error::field("/seen_at", "read_only", detail))
        }
        Some(seen) if seen > now => Err(Error::field("/seen_at", "invalid", "must not lie in the future")),
        given => Ok(given.unwrap_or(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    #[test]
    fn what_was_seen_before_the_end_counts_and_what_the_staff_saw_before_what_is_said() {
        let question: Question = serde_json::from_value(serde_json::json!({
            "key": "points", "kind": "evidence", "label": {"en": "Points"}, "at_least": 100,
        }))
        .unwrap();
        let rank: Question = serde_json::from_value(serde_json::json!({
            "key": "rank", "kind": "evidence", "label": {"en": "Rank"}, "at_most": 6,
        }))
        .unwrap();
        let at = |hour: &str| Instant::parse(&format!("2027-02-28T{hour}:00Z")).unwrap();
        let reading = |key: &str, value: i32, hour: &str, is_checked: bool| Reading {
            id: Id::new(),
            application_id: Id::new(),
            question: Word::parse(key).unwrap(),
            value,
            seen_at: at(hour),
            is_checked,
            noted_by: None,
            created_at: at("23:59"),
        };
        let judge = |readings: &[Reading]| {
            let judged = judged(&[question.clone(), rank.clone()], readings, at("22:00"));
            judged
                .into_iter()
                .map(|one| (one.value, one.checked, one.met))
                .collect::<Vec<_>>()
        };
        let nothing = (None, false, false);
        assert_eq!(judge(&[]), [nothing; 2]);
        // At the very end it is over, whoever looked.
        assert_eq!(judge(&[reading("points", 150, "22:00", true)]), [nothing; 2]);
        let said = [
            reading("points", 90, "20:00", false),
            reading("points", 100, "21:59", false),
        ];
        assert_eq!(judge(&said), [(Some(100), false, true), nothing]);
        let [first, second] = said;
        let looked = reading("points", 99, "19:00", true);
        assert_eq!(judge(&[second, looked, first]), [(Some(99), true, false), nothing]);
        assert_eq!(judge(&[reading("rank", 7, "20:00", true)])[1], (Some(7), true, false));
        assert_eq!(judge(&[reading("rank", 6, "20:00", true)])[1], (Some(6), true, true));
    }

    #[test]
    fn applicants_say_what_is_now_and_staff_what_was() {
        let [then, now] = ["2027-02-27T00:00:00Z", "2027-02-28T00:00:00Z"].map(|text| Instant::parse(text).unwrap());
        assert_eq!(seen_at(None, false, now).unwrap(), now);
        assert!(seen_at(Some(then), false, now).is_err());
        assert_eq!(seen_at(Some(then), true, now).unwrap(), then);
        assert!(seen_at(Some(now), true, then).is_err());
    }
}
